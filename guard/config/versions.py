"""Version constraints of module calls, to the span of versions that they allow.

https://developer.hashicorp.com/terraform/language/expressions/version-constraints
https://github.com/hashicorp/go-version (what Terraform reads them with)
"""

from __future__ import annotations

import re
from functools import reduce

from guard.records import dataclass

SEGMENTS = 3
LONGEST = 500
_VERSION = re.compile(r"v?(\d{1,9}(?:\.\d{1,9}){0,5})(?:-([0-9A-Za-z.~-]+))?(?:\+[0-9A-Za-z.~-]+)?\Z")
_PART = re.compile(r"\s*(=|!=|>=|<=|~>|>|<)?\s*(\S+)\s*\Z")


class VersionError(ValueError):
    """A text that is no version or no constraint. The message is a clause."""


@dataclass(frozen=True, slots=True)
class Version:
    """A version: its numbers, at least three of them, and what follows a hyphen (a pre-release)."""

    numbers: tuple[int, ...]
    prerelease: str = ""

    def __str__(self) -> str:
        text = ".".join(map(str, self.numbers))
        return f"{text}-{self.prerelease}" if self.prerelease else text

    def __lt__(self, other: Version) -> bool:
        return self._order < other._order

    @property
    def _order(self) -> tuple[tuple[int, ...], bool, tuple[tuple[bool, int, str], ...]]:
        """Pre-releases come before the release, numbers in them before words (https://semver.org, 11)."""
        parts = self.prerelease.split(".")
        words = tuple((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)
        return self.numbers, not self.prerelease, words

    @property
    def release(self) -> Version:
        """The version without its pre-release."""
        return Version(self.numbers)


def version(text: str) -> Version:
    """Read a version such as `5.3`, `v5.3.0` or `1.0.0-rc1`; raises VersionError."""
    return _version(text)[0]


def _version(text: str) -> tuple[Version, int]:
    """A version, and how many numbers were written."""
    match = _VERSION.match(text) if len(text) <= LONGEST else None
    if match is None:
        raise VersionError(f'"{text[:LONGEST]}" is not a version')
    numbers = tuple(map(int, match[1].split(".")))
    written = len(numbers)
    return Version(numbers + (0,) * (SEGMENTS - written), match[2] or ""), written


@dataclass(frozen=True, slots=True)
class Span:
    """The versions from low to high. high is None when nothing bounds it; with_* tell if the ends belong.

    left_out: single versions in it that are not allowed.
    """

    low: Version = Version((0, 0, 0))
    high: Version | None = None
    with_low: bool = True
    with_high: bool = False
    left_out: frozenset[Version] = frozenset()

    def __and__(self, other: Span) -> Span:
        """The versions in both."""
        low, with_low = max((self.low, not self.with_low), (other.low, not other.with_low))
        highs = [(span.high, span.with_high) for span in (self, other) if span.high is not None]
        high, with_high = min(highs, default=(None, False))
        return Span(low, high, not with_low, with_high, self.left_out | other.left_out)

    @property
    def is_empty(self) -> bool:
        if self.high is None or self.low < self.high:
            return False
        return self.high < self.low or not (self.with_low and self.with_high) or self.low in self.left_out

    @property
    def only(self) -> Version | None:
        """The single version that is allowed, if it is one."""
        return self.low if self.low == self.high and not self.is_empty else None

    def __str__(self) -> str:
        """The span as a constraint."""
        if self.only is not None:
            return str(self.only)
        parts = [] if self.low == Span().low and self.with_low else [f">{'=' * self.with_low} {self.low}"]
        parts += [f"<{'=' * self.with_high} {self.high}"] if self.high is not None else []
        parts += [f"!= {item}" for item in sorted(self.left_out)]
        return ", ".join(parts) or "any"


EVERY = Span()


def constraint(text: str) -> Span:
    """The versions that a constraint such as `~> 5.3, != 5.4.0` allows; raises VersionError.

    Pre-releases are allowed only when named exactly, so a span holds them only as its single version.
    """
    return reduce(Span.__and__, map(_part, text.split(",")), EVERY)


def _part(text: str) -> Span:
    match = _PART.match(text) if len(text) <= LONGEST else None
    if match is None:
        raise VersionError(f'"{text[:LONGEST]}" is not a version constraint')
    found, written = _version(match[2])
    match match[1]:
        case "!=":
            return Span(left_out=frozenset({found}))
        case ">=":
            return Span(low=found)
        case ">":
            return Span(low=found, with_low=False)
        case "<":
            return Span(high=found)
        case "<=":
            return Span(high=found, with_high=True)
        case "~>":
            return Span(low=found, high=_next(found, written))
        case _:
            return Span(found, found, with_high=True)


def _next(found: Version, written: int) -> Version | None:
    """The first version that `~>` excludes: the last number written may grow. One number bounds nothing."""
    if written == 1:
        return None
    kept = found.numbers[: written - 1]
    grown = (*kept[:-1], kept[-1] + 1)
    return Version(grown + (0,) * (len(found.numbers) - len(grown)))
