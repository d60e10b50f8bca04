"""Two baselines, before and after a change, to what the change allows itself by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from guard.baseline import Entry, baseline_of, read_baseline
from guard.diagnostics import Diagnostic, Severity, UsageError
from guard.history.base import Base
from guard.history.setting_changes import REVIEW
from guard.visible import visible

MOST_NAMED = 10


def baseline_changes(path: Path, before: bytes | None, base: Base) -> Iterator[Diagnostic]:
    """A warning where the baseline has entries that its file at the base (None: there is none) has not."""
    new = list(_new(_entries(path, before), read_baseline(path).entries))
    if not new:
        return
    names = [f"{visible(entry.user)} (root {visible(entry.root)})" for entry in new[:MOST_NAMED]]
    more = [f"{len(new) - MOST_NAMED} more"] if len(new) > MOST_NAMED else []
    detail = f"{path} covers what it does not cover at {base}: {', '.join((*names, *more))}. {REVIEW}"
    summary = "Baseline added by this change" if before is None else "Baseline widened by this change"
    yield Diagnostic(Severity.WARNING, summary, detail, file=str(path))


def _entries(path: Path, before: bytes | None) -> tuple[Entry, ...]:
    try:
        return baseline_of(path, before).entries if before is not None else ()
    except UsageError:
        return ()  # it covered nothing there, so all is new


def _new(before: Iterable[Entry], after: Iterable[Entry]) -> Iterator[Entry]:
    """The entries that none of those before covers, each of which covers one."""
    waiting: dict[str, list[Entry]] = defaultdict(list)
    for entry in before:
        waiting[entry.fingerprint].append(entry)
    for entry in after:
        known = waiting[entry.fingerprint]
        fitting = next((item for item in known if item.allows(entry.active, entry.verdict)), None)
        if fitting is None:
            yield entry
        else:
            known.remove(fitting)
