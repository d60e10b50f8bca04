"""Which files match a pattern: `*`, `**`, `?`, `[a-z]`, `{a,b}`, as Terraform's library matches them.

https://github.com/bmatcuk/doublestar/tree/v1.1.5
"""

from __future__ import annotations

import os
import posixpath
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from guard.diagnostics import error
from guard.lang.budget import Budget
from guard.lang.functions.files import clean_path
from guard.lang.functions.table import FunctionContext, FunctionError
from guard.records import dataclass
from guard.values.errors import NotDeterminedError
from guard.values.text import go_quoted

_SPECIAL = re.compile(r"[*?\[{\\]")
_SLASH = re.compile(r"(?<!\\)/")
_COMMA = re.compile(r"(?<!\\),")
_CLASS_END = re.compile(r"(?<!\\)\]")
_OPTIONS_END = re.compile(r"(?<!\\)\}")
_CLASS_ITEM = re.compile(r"(?:\\(.)|([^-\\]))(?:-(?:\\(.)|([^-\\])))?", re.DOTALL)
_LONGEST_COMPONENT = 300
_MOST_LINKS = 40


class BadPatternError(Exception):
    """The pattern is malformed, and a name was compared with the malformed part."""


def glob(context: FunctionContext, pattern: str) -> list[str]:
    """The regular files that match, relative to the working directory if the pattern is.

    Raises BadPatternError, or NotDeterminedError where the search leaves the workspace.
    """
    first, *others = _SLASH.split(pattern)
    start = ("/", others) if first == "" and others else (".", [first, *others])
    return [place.shown for place in _Search(context).run(*start) if _is_regular(place)]


def has_pattern(path: str) -> bool:
    """Whether a path holds what stands for other letters."""
    return _SPECIAL.search(path) is not None


@dataclass(frozen=True, slots=True)
class _Place:
    """A file or folder on the way of a search.

    shown: as the pattern comes to it. real: where it is. links: symbolic links followed on the way, of
    which the system follows no more than 40.
    """

    shown: str
    real: Path
    links: int = 0


class _Search:
    def __init__(self, context: FunctionContext) -> None:
        self._context = context

    def run(self, folder: str, components: Sequence[str]) -> Iterator[_Place]:
        todo = [(self._placed(folder), components)]
        first = True
        while todo:
            place, components = todo.pop()
            plain = next((i for i, part in enumerate(components) if _SPECIAL.search(part)), len(components))
            if plain:
                place = self._placed(
                    clean_path(posixpath.join(place.shown, *components[:plain])), place.links
                )
            if plain < len(components):
                try:
                    yield from self._listed(place, components[plain:], todo)
                except BadPatternError:
                    if first:
                        raise
                    detail = (
                        "Whether Terraform refuses this pattern depends on the order of files on its disk."
                    )
                    raise NotDeterminedError(error("Malformed file pattern", detail)) from None
                first = False
            elif os.path.lexists(self._context.working_directory / place.shown):
                yield place

    def _listed(
        self, folder: _Place, components: Sequence[str], todo: list[tuple[_Place, Sequence[str]]]
    ) -> Iterator[_Place]:
        """The matches right in a folder; folders to search further are put on the list."""
        found = list(self._entries(folder))
        is_last = len(components) == 1
        if components[0] == "**":
            for place in found:
                if place.real.is_dir():
                    todo.append((place, components))
            if is_last:
                yield from found
                return
            components = components[1:]
            is_last = len(components) == 1
        for place in found:
            if _matches(components[0], posixpath.basename(place.shown), self._context.budget):
                if is_last:
                    yield place
                else:
                    todo.append((place, components[1:]))

    def _entries(self, folder: _Place) -> Iterator[_Place]:
        try:
            entries = list(os.scandir(folder.real))
        except OSError:
            return
        self._context.budget.spend(10 * len(entries) + 50)
        for entry in entries:
            name = os.fsencode(entry.name).decode(errors="replace")
            shown = clean_path(posixpath.join(folder.shown, name))
            if not entry.is_symlink():
                yield _Place(shown, Path(entry.path), folder.links)
            elif folder.links < _MOST_LINKS:
                yield self._placed(shown, folder.links + 1)

    def _placed(self, shown: str, links: int = 0) -> _Place:
        """A place whose path may lead through links. It must be in the workspace."""
        self._context.budget.spend(100)
        real = Path(os.path.realpath(self._context.working_directory / shown))
        if not real.is_relative_to(self._context.boundary):
            detail = f"The search for files comes to {shown}, which lies outside of {self._context.boundary}."
            raise NotDeterminedError(error("File outside of the workspace", detail))
        return _Place(shown, real, links)


def _is_regular(place: _Place) -> bool:
    try:
        return stat.S_ISREG(place.real.stat().st_mode)
    except OSError as problem:
        reason = (problem.strerror or "").lower()
        name = go_quoted(place.shown)
        raise FunctionError(f"failed to stat {name}: stat {place.shown}: {reason}") from None


# --- one component of a path -------------------------------------------------------------------


def _matches(pattern: str, name: str, budget: Budget) -> bool:
    if len(pattern) > _LONGEST_COMPONENT:
        raise NotDeterminedError(
            error("Pattern too large", "A part of this file pattern is too long to be tried.")
        )
    return _Matching(name, budget).at(pattern, 0)


class _Matching:
    """Compares a name with patterns; remembers what was compared, so that no pattern takes long."""

    def __init__(self, name: str, budget: Budget) -> None:
        self._name = name
        self._budget = budget
        self._known: dict[tuple[str, int], bool | BadPatternError] = {}

    def at(self, pattern: str, position: int) -> bool:
        """Whether the pattern matches the name from a position to its end."""
        key = (pattern, position)
        if key not in self._known:
            self._budget.spend(1)
            try:
                self._known[key] = self._compare(pattern, position)
            except BadPatternError as problem:
                self._known[key] = problem
        known = self._known[key]
        if isinstance(known, BadPatternError):
            raise known
        return known

    def _compare(self, pattern: str, position: int) -> bool:
        if not pattern or position >= len(self._name):
            return position >= len(self._name) and pattern in ("", "*", "**")
        letter = self._name[position]
        match pattern[0]:
            case "*":
                return self._star(pattern[1:], position)
            case "{":
                return self._options(pattern, position)
            case "[":
                rest = _after_class(pattern, letter)
                return rest is not None and self.at(rest, position + 1)
            case "\\":
                if len(pattern) == 1:
                    raise BadPatternError
                return pattern[1] == letter and self.at(pattern[2:], position + 1)
            case other:
                return other in ("?", letter) and self.at(pattern[1:], position + 1)

    def _star(self, rest: str, position: int) -> bool:
        """Some number of letters. A malformed rest matches nothing here, and is no error."""
        if not rest:
            return True
        for start in range(position, len(self._name)):
            try:
                if self.at(rest, start):
                    return True
            except BadPatternError:
                continue
        return False

    def _options(self, pattern: str, position: int) -> bool:
        end = _OPTIONS_END.search(pattern, 1)
        if end is None:
            raise BadPatternError
        options = _COMMA.split(pattern[1 : end.start()])
        return any(self.at(option + pattern[end.end() :], position) for option in options)


def _after_class(pattern: str, letter: str) -> str | None:
    """The rest of a pattern behind a character class that the letter is in; None if it is not."""
    end = _CLASS_END.search(pattern, 1)
    if end is None:
        raise BadPatternError
    content = pattern[1 : end.start()]
    negated = content.startswith("^")
    if not content:
        raise BadPatternError
    found, position = False, int(negated)
    while position < len(content):
        item = _CLASS_ITEM.match(content, position)
        if item is None or content[item.end() : item.end() + 1] == "-":
            raise BadPatternError
        low = item[1] or item[2]
        high = item[3] or item[4] or low
        found = found or low <= letter <= high
        position = item.end()
    return pattern[end.end() :] if found != negated else None
