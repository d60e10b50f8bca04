"""The order of the steps: from paths to a report."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from guard.findings import findings_of
from guard.options import CheckOptions
from guard.plan_findings import plan_findings
from guard.reports.model import Report
from guard.rules import Finding, Level, Verdict

if TYPE_CHECKING:
    pass

from guard.reading import read

FOUND, INCOMPLETE = 1, 3


def check(options: CheckOptions) -> Report:
    """Check the paths; raises UsageError for wrong use."""
    reading = read(options)
    findings = (
        *findings_of(reading.users, options.limit),
        *plan_findings(reading.users, options.limit),
    )
    verdict = max((user.verdict for user in reading.users), default=Verdict.PASS)
    if reading.incomplete or (options.require_complete and reading.coverage.modules_not_analysed):
        verdict = max(verdict, Verdict.UNDETERMINED)
    return Report(
        command="check",
        verdict=verdict,
        exit_code=exit_code(findings, verdict, options, incomplete=reading.incomplete),
        limit=options.limit,
        users=reading.users,
        findings=findings,
        diagnostics=reading.diagnostics,
        coverage=reading.coverage,
    )


def exit_code(
    findings: Iterable[Finding], verdict: Verdict, options: CheckOptions, *, incomplete: bool
) -> int:
    """0, 1 (findings at or above --fail-on) or 3 (incomplete without such a finding)."""
    failing = [
        item
        for item in findings
        if item.level is Level.ERROR and item.waived is None and item.verdict >= options.fail_on
    ]
    if failing:
        return FOUND
    if incomplete:
        return INCOMPLETE
    return FOUND if options.require_complete and verdict >= options.fail_on and not failing and verdict else 0
