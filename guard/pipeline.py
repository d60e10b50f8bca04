"""The order of the steps: from paths to a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime

from guard.diagnostics import Diagnostic, Severity, error
from guard.findings import findings_of
from guard.history.event import is_pull_request
from guard.ignores.apply import apply_ignores
from guard.ignores.model import Ignore, Ignores
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
    found = _ignores(reading)
    by_waivers = apply(reading.users, settings.waivers, now, settings.max_waiver_days)
    by_ignores = apply_ignores(by_waivers.users, found.ignores, now, settings.max_waiver_days)
    applied = _with_baseline(by_ignores, options, reading.coverage.roots, adopt)
    changes = _changes(options, found.ignores)
    said = (
        *changes,
        *reading.diagnostics,
        *found.diagnostics,
        *by_waivers.diagnostics,
        *applied.diagnostics,
    )
    incomplete = any(item.severity is Severity.ERROR for item in said)
    findings = (
        *findings_of(applied.users, options.limit),
        *plan_findings(applied.users, options.limit),
        *expiring(applied.users, now),
    )
    verdict = max((user.verdict for user in applied.users if not user.waived), default=Verdict.PASS)
    if incomplete or (options.require_complete and reading.coverage.modules_not_analysed):
        verdict = max(verdict, Verdict.UNDETERMINED)
    return Report(
        command="check",
        verdict=verdict,
        exit_code=exit_code(findings, verdict, options, incomplete=incomplete),
        limit=options.limit,
        users=applied.users,
        findings=findings,
        diagnostics=(*said, *_missed(reading, options)),
        coverage=reading.coverage,
        changes=changes,
    )


def _ignores(reading: Reading) -> Ignores:
    """The ignores in the files that were read."""
    if not reading.texts:
        return Ignores()
    from guard.ignores.find import find_ignores

    return find_ignores(reading.texts)


def _missed(reading: Reading, options: CheckOptions) -> Iterator[Diagnostic]:
    """What --require-complete does not let pass."""
    calls = reading.coverage.modules_not_analysed
    if options.require_complete and calls:
        text = f"{', '.join(calls)}. Run `terraform init -backend=false` first (--require-complete)."
        yield error("Modules not analysed", text)


def _changes(options: CheckOptions, ignores: Sequence[Ignore]) -> tuple[Diagnostic, ...]:
    """What the change at hand allows itself; nothing where no base is named and there is no pull request."""
    if options.base is None and not is_pull_request(options.inputs.environment):
        return ()
    from guard.history.compare import changes

    return changes(options, ignores)


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
