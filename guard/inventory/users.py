"""Values to the IAM users that they name."""

from __future__ import annotations

from guard.addresses import legible
from guard.inventory.model import User
from guard.lang.root import Root
from guard.values.labels import label
from guard.values.unknown import Input, Kind, Unknown
from guard.values.value import Value, walk


def user_of(root: Root, value: Value) -> User:
    """The user that a value names. An aws_iam_user's `id` is its name, though Terraform learns it later."""
    named = value
    if value.is_unknown and value.origin is not None and value.origin in root.user_names:
        named = root.user_names[value.origin]
    if not named.is_unknown and isinstance(named.data, str):
        return User(named.data, named.data, value.origin)
    return User(None, legible(value.origin or label(value)), value.origin, named)


def may_be_several(user: User) -> bool:
    """Whether the user of an instance that stands for several may be another for each of them.

    So it is while the name is not known, unless it is made of inputs alone.
    """
    return user.name is None and (user.value is None or not all(map(_is_one_input, walk(user.value))))


def _is_one_input(value: Value) -> bool:
    hidden = value.data
    return not isinstance(hidden, Unknown) or (
        isinstance(hidden.term, Input) and hidden.kind is Kind.NOT_GIVEN and not value.origin
    )
