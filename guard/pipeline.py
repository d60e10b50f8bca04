"""The order of the steps: from paths to a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime

from guard.diagnostics import Diagnostic, error
from guard.findings import findings_of
from guard.options import CheckOptions
from guard.plan_findings import plan_findings
from guard.reading import Reading, read
from guard.reports.model import Report
from guard.rules import Finding, Level, Verdict
from guard.suppress import Applied, apply, expiring

FOUND, INCOMPLETE = 1, 3


def this_day() -> date:
    """Today in UTC."""
    return datetime.now(UTC).date()


def check(
    options: CheckOptions, today: Callable[[], date] = this_day, adopt: Callable[[str], None] | None = None
) -> Report:
    """Check the paths; raises UsageError for wrong use.

    adopt: is given the text of a new baseline, which is in force at once.
    """
    reading = read(options)
    now, settings = today(), options.settings
    waived = apply(reading.users, settings.waivers, now, settings.max_waiver_days)
    applied = _with_baseline(waived, options, reading.coverage.roots, adopt)
    findings = (
        *findings_of(applied.users, options.limit),
        *plan_findings(applied.users, options.limit),
        *expiring(applied.users, now),
    )
    verdict = max((user.verdict for user in applied.users if not user.waived), default=Verdict.PASS)
    if reading.incomplete or (options.require_complete and reading.coverage.modules_not_analysed):
        verdict = max(verdict, Verdict.UNDETERMINED)
    return Report(
        command="check",
        verdict=verdict,
        exit_code=exit_code(findings, verdict, options, incomplete=reading.incomplete),
        limit=options.limit,
        users=applied.users,
        findings=findings,
        diagnostics=(*reading.diagnostics, *applied.diagnostics, *_missed(reading, options)),
        coverage=reading.coverage,
    )


def _missed(reading: Reading, options: CheckOptions) -> Iterator[Diagnostic]:
    """What --require-complete does not let pass."""
    calls = reading.coverage.modules_not_analysed
    if options.require_complete and calls:
        text = f"{', '.join(calls)}. Run `terraform init -backend=false` first (--require-complete)."
        yield error("Modules not analysed", text)


def _with_baseline(
    waived: Applied, options: CheckOptions, roots: Collection[str], adopt: Callable[[str], None] | None
) -> Applied:
    """What the baseline that is read, or the one that is written now, leaves."""
    if options.baseline is None:
        return waived
    from guard.baseline import apply_baseline, read_baseline, render, taken

    if adopt is None:
        baseline = read_baseline(options.baseline)
    else:
        baseline = taken(str(options.baseline), waived.users)
        adopt(render(baseline))
    applied = apply_baseline(waived.users, baseline, roots)
    return Applied(applied.users, (*waived.diagnostics, *applied.diagnostics))


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
