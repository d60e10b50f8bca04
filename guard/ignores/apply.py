"""Ignores to the users whose keys they cover; the rules are those of waivers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from guard.diagnostics import Diagnostic, note, warning
from guard.findings import amount
from guard.ignores.model import Ignore
from guard.records import replace
from guard.rules import UserVerdict
from guard.source import SourceFile
from guard.suppress import Applied, covers, needs, out_of_force
from guard.visible import visible


def apply_ignores(
    users: Sequence[UserVerdict], ignores: Iterable[Ignore], today: date, most_days: int
) -> Applied:
    """Put each ignore on the users who have a key from its block, where it is valid and names enough keys."""
    result = list(users)
    said: list[Diagnostic] = []
    places = _places(users)
    for ignore in ignores:
        name = f"This ignore of {visible(ignore.target)}"
        invalid = out_of_force("Ignore", name, ignore.until, ignore.at, today, most_days)
        if invalid:
            said.append(invalid)
            continue
        meant = list(places.get(_place(ignore), ()))
        said += _without_effect(ignore, [users[number] for number in meant])
        for number in meant:
            if needs(users[number]) and covers(ignore.at_most, users[number].active):
                result[number] = replace(users[number], waived=result[number].waived or ignore.shown)
    return Applied(tuple(result), tuple(said))


Place = tuple[SourceFile, int | None]


def _places(users: Sequence[UserVerdict]) -> Mapping[Place, Mapping[int, None]]:
    """By block (where it starts) and by file (None): the numbers of the users with an active key from it."""
    found: dict[Place, dict[int, None]] = defaultdict(dict)
    for number, user in enumerate(users):
        for key in user.keys:
            if key.active.high != 0:
                for at in (key.at, *key.through):
                    if at is not None:
                        found[at.source, at.start][number] = found[at.source, None][number] = None
    return found


def _place(ignore: Ignore) -> Place:
    return ignore.at.source, None if ignore.block is None else ignore.block.header.start


def _without_effect(ignore: Ignore, meant: Sequence[UserVerdict]) -> Iterator[Diagnostic]:
    """Why a valid ignore changes nothing for a user, if so."""
    if not meant:
        text = f"No active key of this run comes from {visible(ignore.target)}: remove the ignore."
        yield warning("Ignore without effect", text, ignore.at)
    elif not any(map(needs, meant)):
        yield note("Ignore not needed", "Every user here passes without it: remove it.", ignore.at)
    for user in meant:
        if needs(user) and not covers(ignore.at_most, user.active):
            text = (
                f"It allows {ignore.at_most} (at-most), and {visible(user.label)} has {amount(user.active)}."
            )
            yield warning("Ignore too small", text, ignore.at)
