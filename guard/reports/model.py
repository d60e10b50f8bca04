"""What a report says, ready to be rendered: no Terraform in it, no decision left to make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

from guard.records import dataclass, field
from guard.rules import Finding, UserVerdict, Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias, TypeVar

    from guard.diagnostics import Diagnostic
    from guard.inventory.model import AccessKey, Account

    Item = TypeVar("Item", UserVerdict, Finding)

Holder: TypeAlias = "tuple[Account, str, str]"
COVERED = (Verdict.PASS + Verdict.UNDETERMINED) / 2


class AccountStatus(Enum):
    """Whether an account was read: in full, in part, not at all, or left out on purpose (suspended)."""

    AUDITED = "audited"
    INCOMPLETE = "incomplete"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class AccountCoverage:
    """How far one live account was read.

    name: its name in the organization. evidence: `live`, `report, age N min` or both.
    expected: how many users the account says it has, when it told. read, deleted, unread: what became
    of them (the root user not counted); unread includes users whose names are not known.
    why: for everything but AUDITED, the reason.
    """

    account: Account
    status: AccountStatus
    name: str | None = None
    evidence: str = ""
    expected: int | None = None
    read: int = 0
    deleted: int = 0
    unread: int = 0
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Since:
    """The comparison with an earlier report, each finding by its fingerprint.

    file: the earlier report. new: found now only, or then under a waiver that has ended. unchanged: found
    in both. gone: found then, and the account and user were read again without it; each with a line that
    says what it was. unread: found then, and now not read, so that nobody knows; with its line too.
    waived: found now, under a waiver in force; these are in none of the others.
    """

    file: str
    new: tuple[str, ...]
    unchanged: tuple[str, ...]
    gone: Mapping[str, str]
    unread: Mapping[str, str]
    waived: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at.

    roots: directories of the root modules. modules_not_analysed: calls whose module is not on disk
    and that may be left out, as `module.name (source)`. accounts: live accounts (audit only).
    shard: for an organization split over several jobs, which part this is, as `2/5`.
    """

    roots: tuple[str, ...] = ()
    files_seen: int = 0
    blocks_read: int = 0
    modules_not_analysed: tuple[str, ...] = ()
    accounts: tuple[AccountCoverage, ...] = ()
    shard: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run found. command is `check`, `audit` or `merge`; exit_code is 0, 1 or 3.

    changes: those of the diagnostics that say what a change allows itself. Reports with little room show
    them first: whoever makes the change must not be able to crowd them out.
    """

    command: str
    verdict: Verdict
    exit_code: int
    limit: int
    users: tuple[UserVerdict, ...]
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]
    coverage: Coverage
    show_key_ids: bool = False
    since: Since | None = None
    changes: tuple[Diagnostic, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)


def holder(item: UserVerdict | Finding) -> Holder:
    """Whom a verdict or a finding is about: account, label and root."""
    return item.account, item.user if isinstance(item, Finding) else item.label, item.root


def worst_first(items: Iterable[Item]) -> list[Item]:
    """By verdict; what a waiver covers comes after all that counts."""
    return sorted(items, key=lambda item: -COVERED if item.waived else -item.verdict)


def by_holder(findings: Iterable[Finding]) -> dict[Holder, list[Finding]]:
    """The findings of each user."""
    found: dict[Holder, list[Finding]] = {}
    for finding in findings:
        found.setdefault(holder(finding), []).append(finding)
    return found


def masked(key_id: str, *, show: bool = False) -> str:
    """A key id as reports show it: `****WXYZ` unless shown on purpose."""
    return key_id if show else f"****{key_id[-4:]}"


def shown_keys(user: UserVerdict) -> tuple[AccessKey, ...]:
    """The keys of a user, the ones that count first, then by address."""
    return tuple(sorted(user.keys, key=lambda key: (key.active.high == 0, key.address or key.key_id or "")))
