"""Users to what counts: waivers, ignores and a baseline put on them, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime

from guard.findings import findings_of
from guard.ignores.apply import apply_ignores
from guard.ignores.model import Ignore
from guard.options import CheckOptions
from guard.plan_findings import plan_findings
from guard.rules import Judged, UserVerdict
from guard.suppress import Applied, apply, expiring


def this_day() -> date:
    """Today in UTC."""
    return datetime.now(UTC).date()


def judge(
    users: Sequence[UserVerdict],
    ignores: Sequence[Ignore],
    roots: Collection[str],
    options: CheckOptions,
    now: date,
    adopt: Callable[[str], None] | None,
) -> Judged:
    """Judge the users of these roots; adopt as for `guard.pipeline.check`."""
    most_days = options.settings.max_waiver_days
    by_waivers = apply(users, options.settings.waivers, now, most_days)
    by_ignores = apply_ignores(by_waivers.users, ignores, now, most_days)
    applied = _with_baseline(by_ignores, options, roots, adopt)
    findings = (
        *findings_of(applied.users, options.limit),
        *plan_findings(applied.users, options.limit),
        *expiring(applied.users, now),
    )
    return Judged(applied.users, findings, (*by_waivers.diagnostics, *applied.diagnostics))


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
