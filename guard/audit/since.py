"""Tonight's report against an earlier one: what is new, what is gone, and what nobody can say.

A waiver in force takes a finding out of the count: once it ends, the finding is new.
"""

from __future__ import annotations

from guard.diagnostics import note
from guard.inventory.model import Reading
from guard.records import dataclass, replace
from guard.reports.model import AccountStatus, Report, Since
from guard.reports.read_json_v1 import read_report
from guard.rules import Finding

LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Earlier:
    """The findings of an earlier report, by fingerprint."""

    file: str
    findings: dict[str, Finding]


def read_earlier(path: str) -> Earlier:
    """Read a JSON report of `audit` or `merge`; UsageError when it is none."""
    return Earlier(path, {finding.fingerprint: finding for finding in read_report(path).findings})


def compared(report: Report, earlier: Earlier) -> Report:
    """The report with its comparison, and a note that sums it up."""
    now = {finding.fingerprint: finding for finding in report.findings}
    counting = [mark for mark, finding in now.items() if not finding.waived]
    known = {mark for mark, finding in earlier.findings.items() if not finding.waived}
    missing = {mark: finding for mark, finding in earlier.findings.items() if mark not in now}
    seen = _Seen(report)
    gone = {mark: _line(finding) for mark, finding in missing.items() if seen.settles(finding)}
    unread = {mark: _line(finding) for mark, finding in missing.items() if mark not in gone}
    since = Since(
        file=earlier.file,
        new=tuple(mark for mark in counting if mark not in known),
        unchanged=tuple(mark for mark in counting if mark in known),
        waived=tuple(mark for mark, finding in now.items() if finding.waived),
        gone=gone,
        unread=unread,
    )
    text = f"Since {earlier.file}: {len(since.new)} new, {len(since.unchanged)} unchanged, {len(gone)} gone"
    text += f", {len(since.waived)} waived" if since.waived else ""
    lost = f", {len(unread)} of users that were not read this time" if unread else ""
    diagnostics = (*report.diagnostics, note("Findings compared", f"{text}{lost}."))
    return replace(report, since=since, diagnostics=diagnostics)


class _Seen:
    """What this run has looked at."""

    def __init__(self, report: Report) -> None:
        self._users = {(user.account.name, user.label.lower()): user.reading for user in report.users}
        # Without the number of users it may have been an audit of some users only.
        self._whole = {
            item.account.name
            for item in report.coverage.accounts
            if item.status is AccountStatus.AUDITED and item.expected is not None
        }

    def settles(self, finding: Finding) -> bool:
        """Whether the user was read again, or is certainly no more."""
        reading = self._users.get((finding.account.name, finding.user.lower()))
        if reading is not None:
            return reading is not Reading.UNREAD
        return finding.account.name in self._whole


def _line(finding: Finding) -> str:
    return f"{finding.rule.name}: {finding.message}"[:LONGEST_LINE]
