"""What one audit found in one account: every user with keys, or with the reason why they are not known."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

from guard.aws.errors import Trouble
from guard.aws.model import ListedKey
from guard.diagnostics import Diagnostic
from guard.inventory.model import (
    MAYBE_ONE,
    NONE,
    ONE,
    ROOT_USER,
    AccessKey,
    Account,
    Count,
    Reading,
    Source,
    Status,
    User,
)
from guard.records import dataclass, field, replace

LIVE = "live"


class Evidence(Enum):
    """What the audit rests on, as --evidence names it."""

    AUTO = "auto"
    REPORT = "report"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class Target:
    """An account to audit. role_arn: the role to assume in it; None reads it with the credentials at hand."""

    account: str
    name: str | None = None
    role_arn: str | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How to read an account.

    users: read just these; empty means all. limit: how many active keys are allowed.
    old_after: the age from which an active key's last use is wanted.
    report_wait: seconds to wait for a credential report. live_up_to: how many users `auto` lists one by one.
    """

    evidence: Evidence = Evidence.AUTO
    users: tuple[str, ...] = ()
    limit: int = 1
    old_after: timedelta = timedelta(days=90)
    report_wait: float = 120
    live_up_to: int = 1000


@dataclass(frozen=True, slots=True)
class UserReading:
    """One user as far as it was read.

    keys: empty for a user without keys, and for one that is not READ.
    evidence: `live`, or `report, age N min`. why: for UNREAD, what was in the way.
    trouble: for UNREAD, what kind of obstacle a call met.
    """

    name: str
    arn: str | None
    keys: tuple[AccessKey, ...] = ()
    reading: Reading = Reading.READ
    evidence: str = LIVE
    why: str | None = None
    trouble: Trouble | None = None

    @property
    def is_root(self) -> bool:
        return self.name == ROOT_USER


@dataclass(frozen=True, slots=True)
class AccountReading:
    """One account as far as it was read.

    users: every user that is known by name, the root user among them unless just some were asked for.
    expected: how many users the account says it has. nameless: how many more there are than `users` names.
    failed: nothing of the account could be read. absent: users asked for that the account does not have.
    """

    account: Account
    name: str | None = None
    users: tuple[UserReading, ...] = ()
    expected: int | None = None
    nameless: int = 0
    failed: str | None = None
    absent: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = field(default=())

    def count(self, reading: Reading) -> int:
        """How many IAM users (the root user is none) ended so."""
        return sum(user.reading is reading and not user.is_root for user in self.users)

    @property
    def complete(self) -> bool:
        unread = any(user.reading is Reading.UNREAD for user in self.users)
        return not (self.failed or self.nameless or unread)


_COUNTS = {"Active": ONE, "Inactive": NONE, "Expired": NONE}


def live_key(account: Account, user: str, listed: ListedKey) -> AccessKey:
    """An AccessKey of ListAccessKeys. A status that we have never heard of may let the key be used."""
    known = listed.status in _COUNTS
    return AccessKey(
        user=User(user, user),
        account=account,
        status=Status(listed.status) if known else Status.UNKNOWN,
        active=_COUNTS.get(listed.status, MAYBE_ONE),
        exists=ONE,
        root=account.name,
        source=Source.ACCOUNT,
        key_id=listed.id,
        created=listed.created,
        why=None if known else f"a key has the status {listed.status!r}, which this version does not know",
    )


def unread(user: UserReading, why: str, trouble: Trouble | None = None) -> UserReading:
    """The same user, not read: whatever was known of its keys may be wrong by now."""
    return replace(user, keys=(), reading=Reading.UNREAD, why=why, trouble=trouble)


def total(keys: tuple[AccessKey, ...]) -> Count:
    """How many of the keys are active."""
    result = NONE
    for key in keys:
        result += key.active
    return result
