"""Values to the IAM users that they name."""

from __future__ import annotations

from guard.inventory.model import User
from guard.lang.root import Root
from guard.values.labels import label
from guard.values.value import Value


def user_of(root: Root, value: Value) -> User:
    """The user that a value names. An aws_iam_user's `id` is its name, though Terraform learns it later."""
    named = value
    if value.is_unknown and value.origin is not None and value.origin in root.user_names:
        named = root.user_names[value.origin]
    if not named.is_unknown and isinstance(named.data, str):
        return User(named.data, named.data, value.origin)
    return User(None, value.origin or label(value), value.origin, named)
