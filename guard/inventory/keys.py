"""An object of a plan or state that is an access key, as the waist has it."""

from __future__ import annotations

from guard.inventory.model import (
    MAYBE_ONE,
    NONE,
    ONE,
    AccessKey,
    Account,
    Count,
    Source,
    Status,
    User,
)
from guard.inventory.objects import Attributes, is_user_name, status_of
from guard.records import replace
from guard.values.types import STRING
from guard.values.unknown import Input, Kind
from guard.values.value import unknown

_COUNTS = {Status.ACTIVE: ONE, Status.INACTIVE: NONE, Status.EXPIRED: NONE, Status.UNKNOWN: MAYBE_ONE}


def count_of(status: Status) -> Count:
    """How many active keys a key of this status is. A status never heard of may be active."""
    return _COUNTS[status]


def key_of(
    address: str,
    attributes: Attributes,
    account: Account,
    root: str,
    source: Source,
    user: User | None = None,
) -> AccessKey:
    """The key with these attributes; user: where it is known from elsewhere than `user`."""
    status = status_of(attributes.status)
    key = AccessKey(
        user=user or _named(address, attributes.user),
        account=account,
        status=status,
        active=NONE,
        exists=ONE,
        root=root,
        source=source,
        address=address,
        key_id=attributes.id,
        created=attributes.created,
    )
    return with_status(key, status)


def with_status(key: AccessKey, status: Status) -> AccessKey:
    """The key with another status, counted accordingly."""
    why = f"the status of {key.address} is not known" if status is Status.UNKNOWN else None
    return replace(key, status=status, active=count_of(status), why=why)


def _named(address: str, name: str | None) -> User:
    if name is not None and is_user_name(name):
        return User(name, name)
    term = Input(f"{address}.user")
    return User(None, str(term), value=unknown(STRING, Kind.UNREAD, term, f"{term} is not shown"))
