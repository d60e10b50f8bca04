"""The words of one comment to an ignore: `iam-key-guard: ignore[RULE] until=YYYY-MM-DD reason="…"`."""

from __future__ import annotations

import re

from guard.diagnostics import GuardError, error
from guard.ignores.model import AT_MOST
from guard.records import dataclass
from guard.rule_table import RULES
from guard.source import SourceRange
from guard.suppress import day
from guard.visible import visible

SUMMARY = "Invalid ignore"
FORM = 'ignore[RULE] until=YYYY-MM-DD reason="…"'
LONGEST_REASON = 500
MOST = 100
_RULE = re.compile(r"ignore\[([^\]]*+)\](?![^ \t])")
_PART = re.compile(r"""[ \t]++([A-Za-z_-]++)=("(?:[^"\\]|\\["\\])*+"|[^ \t"]++)(?![^ \t])""")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_KNOWN = ("until", "reason", "at-most")


@dataclass(frozen=True, slots=True)
class Wording:
    """What an ignore says, checked part by part."""

    rule: str
    until: str
    reason: str
    at_most: int


def wording(text: SourceRange) -> Wording:
    """The words from `ignore` to the end of the comment; GuardError at the part that is not right."""
    rule, at = _rule(text)
    parts = _parts(text, at)
    for name in ("until", "reason"):
        if name not in parts:
            raise _wrong(text, f"The part {name}=… is missing: an ignore is written {FORM}.")
    until, reason = _plain(parts["until"]), _plain(parts["reason"])
    if not _DAY.fullmatch(until) or day(until) is None:
        raise _wrong(parts["until"], f"There is no day {visible(until)}: write it as until=2026-12-31.")
    if not reason.strip() or len(reason) > LONGEST_REASON or not parts["reason"].text.startswith('"'):
        raise _wrong(
            parts["reason"], f"A reason is a text in double quotes, of 1 to {LONGEST_REASON} characters."
        )
    return Wording(rule, until, reason, _at_most(parts.get("at-most")))


def _rule(text: SourceRange) -> tuple[str, int]:
    """The rule, and where what follows it starts."""
    found = _RULE.match(text.source.text, text.start, text.end)
    if found is None:
        raise _wrong(text, f"An ignore is written {FORM}.")
    name = found[1].strip()
    if name not in RULES:
        from difflib import get_close_matches

        near = get_close_matches(name, RULES, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(RULES)}."
        at = SourceRange(text.source, *found.span(1))
        raise _wrong(at, f"There is no rule {visible(name) or 'without a name'}. {hint}")
    return name, found.end()


def _parts(text: SourceRange, at: int) -> dict[str, SourceRange]:
    """The values by name, each where it stands."""
    parts: dict[str, SourceRange] = {}
    while found := _PART.match(text.source.text, at, text.end):
        name, at = found[1], found.end()
        place = SourceRange(text.source, found.start(1), found.end())
        if name not in _KNOWN:
            raise _wrong(place, f"There is no part {visible(name)}; known: {', '.join(_KNOWN)}.")
        if name in parts:
            raise _wrong(place, f"The part {name} is given twice.")
        parts[name] = SourceRange(text.source, *found.span(2))
    if at < text.end:
        rest = SourceRange(text.source, text.end - len(text.source.text[at : text.end].lstrip()), text.end)
        detail = f"{visible(rest.text, 80)} is not understood here: an ignore is written {FORM}."
        raise _wrong(rest, detail)
    return parts


def _plain(value: SourceRange) -> str:
    text = value.text
    return re.sub(r"\\(.)", r"\1", text[1:-1]) if text.startswith('"') else text


def _at_most(value: SourceRange | None) -> int:
    if value is None:
        return AT_MOST
    if not _NUMBER.fullmatch(value.text) or int(value.text) > MOST:
        raise _wrong(value, f"at-most is a whole number from 1 to {MOST}.")
    return int(value.text)


def _wrong(at: SourceRange, detail: str) -> GuardError:
    return GuardError(error(SUMMARY, f"{detail} Until this is right, it ignores nothing.", at))
