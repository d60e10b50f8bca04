"""Two settings files, before and after a change, to what the change allows itself by them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from guard.diagnostics import Diagnostic, note, warning
from guard.history.base import Base
from guard.records import dataclass
from guard.rules import Verdict
from guard.settings.model import Settings
from guard.source import SourceRange
from guard.visible import visible
from guard.waiver import Waiver

REVIEW = "Somebody else should review this."
OTHERS_LISTED = 5
_RELATIVE = frozenset({"roots"})
_RAISED = {"limit": "Limit raised by this change", "max-waiver-days": "Waiver cap raised by this change"}
# Compared by what they mean, or without a meaning.
_COMPARED = frozenset({"$schema", "limit", "fail-on", "exclude", "max-waiver-days", "waivers"})


@dataclass(frozen=True, slots=True)
class Stated:
    """A settings file, read, and as plain data by the names of its keys. base: where its patterns start."""

    settings: Settings
    data: Mapping[str, object]
    base: Path

    @property
    def limit(self) -> int:
        return 1 if self.settings.limit is None else self.settings.limit

    @property
    def fail_on(self) -> Verdict:
        return Verdict[(self.settings.fail_on or "undetermined").upper()]


def setting_changes(before: Stated, now: Stated, base: Base) -> Iterator[Diagnostic]:
    """A warning for everything that is looser now, a note for what is stricter."""
    yield from _number("limit", before.limit, now.limit, now, base)
    yield from _fail_on(before, now, base)
    yield from _number(
        "max-waiver-days", before.settings.max_waiver_days, now.settings.max_waiver_days, now, base
    )
    yield from _exclusions(before, now, base)
    yield from _others(before, now, base)
    yield from _waivers(before.settings.waivers, now.settings.waivers, base)


def _said(summary: str, detail: str, at: SourceRange | None, now: Stated) -> Diagnostic:
    if at is None and now.settings.file:
        detail = f"{visible(now.settings.file)}: {detail}"
    return warning(summary, f"{detail} {REVIEW}", at)


def _number(name: str, before: int, after: int, now: Stated, base: Base) -> Iterator[Diagnostic]:
    at = now.settings.places.get(name)
    detail = f"{name} is {after} now, and it is {before} at {base}."
    if after > before:
        yield _said(_RAISED[name], detail, at, now)
    elif after < before:
        yield note("Setting made stricter by this change", detail, at)


def _fail_on(before: Stated, now: Stated, base: Base) -> Iterator[Diagnostic]:
    at = now.settings.places.get("fail-on")
    detail = f"fail-on is {now.fail_on.word} now, and it is {before.fail_on.word} at {base}."
    if now.fail_on > before.fail_on:
        yield _said("Strictness lowered by this change", detail, at, now)
    elif now.fail_on < before.fail_on:
        yield note("Setting made stricter by this change", detail, at)


def _exclusions(before: Stated, now: Stated, base: Base) -> Iterator[Diagnostic]:
    known = {pattern.text for pattern in before.settings.exclude}
    for pattern in now.settings.exclude:
        if pattern.text not in known or before.base != now.base:
            detail = f"{visible(pattern.text)} is left out, and it is not at {base}."
            yield _said("Exclusion added by this change", detail, pattern.at, now)


def _others(before: Stated, now: Stated, base: Base) -> Iterator[Diagnostic]:
    """Whatever else differs: accounts, inputs of roots and the like decide what a verdict rests on."""
    for name in sorted({*before.data, *now.data} - _COMPARED):
        moved = name in _RELATIVE and before.base != now.base
        if moved or _exactly(before.data.get(name)) != _exactly(now.data.get(name)):
            detail = f"{visible(name)} is not what it is at {base}, and results rest on it."
            yield _said("Settings changed by this change", detail, now.settings.places.get(name), now)


def _exactly(data: object) -> str:
    """Data as text: `true` is not 1 as an input, and of two entries of roots the later one holds."""
    return json.dumps(data)


# --- waivers -------------------------------------------------------------------------------------


def _waivers(before: Sequence[Waiver], after: Sequence[Waiver], base: Base) -> Iterator[Diagnostic]:
    known: dict[tuple[str, str], list[Waiver]] = defaultdict(list)
    for waiver in before:
        known[_who(waiver)].append(waiver)
    for waiver in after:
        others = known[_who(waiver)]
        if any(_allows(other, waiver) for other in others):
            continue
        what = f"{visible(waiver.user)} (account {visible(waiver.account)}) may have {_terms(waiver)}"
        if others:
            terms = ", or ".join(_terms(other) for other in others[:OTHERS_LISTED])
            detail = f"{what}; at {base}: {terms}. {REVIEW}"
            yield warning("Waiver widened by this change", detail, waiver.at)
        else:
            yield warning("Waiver added by this change", f"{what}; not at {base}. {REVIEW}", waiver.at)


def _who(waiver: Waiver) -> tuple[str, str]:
    return waiver.account, waiver.user.lower()


def _allows(before: Waiver, after: Waiver) -> bool:
    """Whether all that a waiver allows was allowed by another one already. Days sort as their texts do."""
    return (
        before.root in (None, after.root) and before.at_most >= after.at_most and before.until >= after.until
    )


def _terms(waiver: Waiver) -> str:
    where = f" in {visible(waiver.root)}" if waiver.root else ""
    return f"at most {waiver.at_most} active keys{where} until {visible(waiver.until)}"
