"""The waist: every source of access keys ends here, everything after starts here."""

from __future__ import annotations

from enum import Enum

from guard.records import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime

    from guard.source import SourceRange
    from guard.values.unknown import Question
    from guard.values.value import Value


class Source(Enum):
    CONFIGURATION = "configuration"
    PLAN = "plan"
    STATE = "state"
    ACCOUNT = "account"


class Status(Enum):
    """As AWS and Terraform spell it. UNKNOWN: not known, or a status that we have never heard of."""

    ACTIVE = "Active"
    INACTIVE = "Inactive"
    EXPIRED = "Expired"
    UNKNOWN = "unknown"


class Reading(Enum):
    """How far a user of a live account was read: in full, gone while we read, or not (never a pass)."""

    READ = "read"
    DELETED = "deleted"
    UNREAD = "unread"


class Change(Enum):
    """What a plan does to a key. A replaced key is the new one; the old one is DELETED or FORGOTTEN."""

    KEPT = "kept"
    CREATED = "created"
    UPDATED = "updated"
    REPLACED = "replaced"
    DELETED = "deleted"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True, slots=True)
class Count:
    """A number that lies in low..high; high is None when nothing bounds it."""

    low: int
    high: int | None

    def __add__(self, other: Count) -> Count:
        high = None if self.high is None or other.high is None else self.high + other.high
        return Count(self.low + other.low, high)

    def within(self, limit: int) -> bool | None:
        """Whether the number is at most the limit: yes, no, or not decided by the range."""
        if self.low > limit:
            return False
        return True if self.high is not None and self.high <= limit else None


NONE = Count(0, 0)
ONE = Count(1, 1)
MAYBE_ONE = Count(0, 1)
ROOT_USER = "<root_account>"  # as credential reports name the root user, who is no IAM user
ANY_NUMBER = Count(0, None)


@dataclass(frozen=True, slots=True)
class Account:
    """An AWS account.

    name: the 12-digit id, `profile:NAME`, `access_key:ID` (masked), `default` or `unknown`.
    value: for `unknown`, the string value that would name it, when there is one; for a name that is masked,
        the whole of it.
    asks: for `unknown`, what decides whether `value` is what names it, or something else.
    by_role: whether `value` is the ARN of a role, so that two that differ may still be of one account.
    alias: the account's alias, when known (live accounts).
    certain: False where the name is concluded from signs: equal names are one account all the same,
        different ones may be one.
    """

    name: str
    value: Value | None = None
    alias: str | None = field(default=None, compare=False)
    certain: bool = True
    asks: tuple[Question, ...] = ()
    by_role: bool = False

    @property
    def identity(self) -> str:
        """The name, or what is masked in it."""
        return self.value.text if self.value is not None and isinstance(self.value.data, str) else self.name


DEFAULT_ACCOUNT = Account("default")
UNKNOWN_ACCOUNT = Account("unknown")


@dataclass(frozen=True, slots=True)
class User:
    """An IAM user, as far as it is known which.

    name: its name, or None.
    label: what to call it in reports: the name, else as people would write it (`var.user_name`).
    managed_by: the address of the aws_iam_user instance that the name was taken from, if any.
    value: when the name is not known, the unknown string that it is.
    """

    name: str | None
    label: str
    managed_by: str | None = None
    value: Value | None = None


@dataclass(frozen=True, slots=True)
class AccessKey:
    """One access key, or one resource instance that stands for a number of them.

    address: of the resource instance in Terraform; None for a key seen only in the live account.
    active: how many active keys this is after apply: 1..1, 0..0 (Inactive), 0..1 (status not known),
        0..None (`count` not known).
    exists: how many keys this is whatever their status (they fill the user's quota of two).
    peak: how many of them are active at once during apply, where that is more (plans only).
    crowd: how many of them exist at once during apply, where that is more (plans only).
    change: what the plan does to it, and was: its status before (plans only).
    root: the directory of the root module, or the name of the plan, state or account read.
    through: the module calls that lead to it, the nearest first.
    why: what keeps `active` from being one number, as a clause ("var.x is not given").
    """

    user: User
    account: Account
    status: Status
    active: Count
    exists: Count
    root: str
    source: Source
    address: str | None = None
    at: SourceRange | None = None
    peak: Count | None = None
    key_id: str | None = None
    created: datetime | None = None
    last_used: LastUse | None = None
    why: str | None = None
    crowd: Count | None = None
    change: Change | None = None
    was: Status | None = None
    through: tuple[SourceRange, ...] = ()


@dataclass(frozen=True, slots=True)
class LastUse:
    """When and for what a key was last used, as GetAccessKeyLastUsed tells; at is None for never."""

    at: datetime | None
    service: str | None
    region: str | None


def masked_id(key_id: str) -> str:
    """An access key id as accounts are named after it: only its last four characters."""
    return f"****{key_id[-4:]}"
