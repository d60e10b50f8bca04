"""The order of the steps: from paths to a report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from guard.diagnostics import Diagnostic, Severity, error
from guard.history.event import is_pull_request
from guard.ignores.hints import may_ignore
from guard.options import CheckOptions
from guard.reading import Reading, read
from guard.reports.model import Report
from guard.rules import Finding, Judged, Level, Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date

    from guard.ignores.model import Ignore

FOUND, INCOMPLETE = 1, 3


def check(
    options: CheckOptions, today: Callable[[], date] | None = None, adopt: Callable[[str], None] | None = None
) -> Report:
    """Check the paths; raises UsageError for wrong use.

    adopt: is given the text of a new baseline, which is in force at once.
    """
    reading = read(options)
    ignores, remarks = _ignores(reading)
    judged = _judged(reading, ignores, options, today, adopt)
    changes = _changes(options, ignores)
    said = (*changes, *reading.diagnostics, *remarks, *judged.diagnostics)
    incomplete = any(item.severity is Severity.ERROR for item in said)
    verdict = max((user.verdict for user in judged.users if not user.waived), default=Verdict.PASS)
    if incomplete or (options.require_complete and reading.coverage.modules_not_analysed):
        verdict = max(verdict, Verdict.UNDETERMINED)
    return Report(
        command="check",
        verdict=verdict,
        exit_code=exit_code(judged.findings, verdict, options, incomplete=incomplete),
        limit=options.limit,
        users=judged.users,
        findings=judged.findings,
        diagnostics=(*said, *_missed(reading, options)),
        coverage=reading.coverage,
        changes=changes,
    )


def _ignores(reading: Reading) -> tuple[Sequence[Ignore], Sequence[Diagnostic]]:
    """The ignores in the files that were read, and what is to be said about comments."""
    texts = [text for text in reading.texts if may_ignore(text.source.text)]
    if not texts:
        return (), ()
    from guard.ignores.find import find_ignores

    found = find_ignores(texts)
    return found.ignores, found.diagnostics


def _judged(
    reading: Reading,
    ignores: Sequence[Ignore],
    options: CheckOptions,
    today: Callable[[], date] | None,
    adopt: Callable[[str], None] | None,
) -> Judged:
    """What counts of what was read; where there is nothing to judge, not even the day is asked for."""
    if not (reading.users or ignores or options.settings.waivers or options.baseline):
        return Judged()
    from guard.judging import judge, this_day

    return judge(reading.users, ignores, reading.coverage.roots, options, (today or this_day)(), adopt)


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
