"""Readings of accounts to the report of an audit: who passed, what was not read, and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from guard.audit.rules import Judge
from guard.diagnostics import Diagnostic, Severity, error
from guard.inventory.account.model import AccountReading
from guard.inventory.account.organization import Listed
from guard.inventory.model import Account, Reading
from guard.records import dataclass, replace
from guard.reports.model import AccountCoverage, AccountStatus, Coverage, Report
from guard.rules import Finding, Level, UserVerdict, Verdict

PASSED = 0
FINDINGS = 1
INCOMPLETE = 3
READ = frozenset({AccountStatus.AUDITED, AccountStatus.INCOMPLETE})
NOT_READ = frozenset({AccountStatus.FAILED, AccountStatus.INCOMPLETE})


@dataclass(frozen=True, slots=True)
class Strictness:
    """What fails: fail_on, the least verdict that does; allow_partial, that what was not read does not."""

    fail_on: Verdict = Verdict.UNDETERMINED
    allow_partial: bool = False


def audit_report(
    readings: Sequence[AccountReading],
    left_out: Iterable[Listed],
    judge: Judge,
    strictness: Strictness,
    shard: str | None = None,
) -> Report:
    """The report of all accounts that were read, tried or left out."""
    users: list[UserVerdict] = []
    findings: list[Finding] = []
    diagnostics: list[Diagnostic] = []
    for reading in readings:
        judged = judge.judge(reading)
        users += judged.users
        findings += judged.findings
        diagnostics += (*reading.diagnostics, *judged.diagnostics)
    diagnostics += _absent(readings)
    accounts = [*map(account_coverage, readings), *map(_skipped, left_out)]
    return conclude(
        Report(
            command="audit",
            verdict=Verdict.PASS,
            exit_code=PASSED,
            limit=judge.limit,
            users=tuple(users),
            findings=tuple(findings),
            diagnostics=tuple(diagnostics),
            coverage=Coverage(accounts=tuple(accounts), shard=shard),
            show_key_ids=judge.show_key_ids,
        ),
        strictness,
    )


def account_coverage(reading: AccountReading) -> AccountCoverage:
    """How far an account was read; the root user counts for whether, not for how many."""
    unread = [user for user in reading.users if user.reading is Reading.UNREAD]
    why = reading.failed or next((user.why for user in unread), None)
    if reading.nameless and not why:
        why = "not every user could be listed"
    evidence = Counter(user.evidence for user in reading.users if user.reading is Reading.READ)
    return AccountCoverage(
        account=reading.account,
        status=_status(reading),
        name=reading.name,
        evidence="; ".join(sorted(evidence)),
        expected=reading.expected,
        read=reading.count(Reading.READ),
        deleted=reading.count(Reading.DELETED),
        unread=reading.count(Reading.UNREAD) + reading.nameless,
        why=why,
    )


def _status(reading: AccountReading) -> AccountStatus:
    if reading.failed:
        return AccountStatus.FAILED
    errors = any(item.severity is Severity.ERROR for item in reading.diagnostics)
    return AccountStatus.AUDITED if reading.complete and not errors else AccountStatus.INCOMPLETE


def _skipped(listed: Listed) -> AccountCoverage:
    return AccountCoverage(Account(listed.id), AccountStatus.SKIPPED, listed.name, why=listed.left_out)


def _absent(readings: Sequence[AccountReading]) -> list[Diagnostic]:
    """Users asked for by name that no account has: more likely a misspelt name than a pass."""
    absent = Counter(name for reading in readings for name in reading.absent)
    return [
        error("No such user", f"No audited account has an IAM user named {name}.")
        for name, number in absent.items()
        if number == len(readings)
    ]


def conclude(report: Report, strictness: Strictness) -> Report:
    """The same report with the verdict and the exit code.

    Part of the accounts may be allowed to go unread, not all of them: such a run says nothing.
    """
    broken = _is_broken(report)
    partly = any(item.status in READ for item in report.coverage.accounts)
    verdicts = [user.verdict for user in report.users if user.waived is None]
    verdict = max([*verdicts, Verdict.UNDETERMINED if broken else Verdict.PASS])
    least = strictness.fail_on
    failing = any(
        finding.level is Level.ERROR and not finding.waived and finding.verdict >= least
        for finding in report.findings
    ) or any(
        user.reading is Reading.READ and not user.waived and user.verdict >= least for user in report.users
    )
    allowed = strictness.allow_partial and partly
    code = FINDINGS if failing else INCOMPLETE if broken and not allowed else PASSED
    return replace(report, verdict=verdict, exit_code=code)


def _is_broken(report: Report) -> bool:
    """Whether something was not read; a joined report may lack the error or finding that once said so."""
    return (
        any(item.severity is Severity.ERROR for item in report.diagnostics)
        or any(item.status in NOT_READ or item.unread for item in report.coverage.accounts)
        or any(user.reading is Reading.UNREAD for user in report.users)
    )
