"""Timestamps in RFC 3339 syntax, read as Go reads them.

https://github.com/zclconf/go-cty/blob/main/cty/function/stdlib/datetime_rfc3339.go and https://pkg.go.dev/time#Parse
"""

from __future__ import annotations

import re
from collections.abc import Container

from guard.lang.functions.moments import Moment, days, days_in, moment
from guard.lang.functions.table import FunctionError
from guard.values.text import go_quoted

_STRICT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:Z|([+-])(\d\d):(\d\d))", re.ASCII
)
_MONTHS = range(1, 13)
_HOURS = range(24)
_SIXTY = frozenset(range(60))


def parse_strict(text: str) -> Moment:
    """A timestamp by RFC 3339 and nothing else. Raises FunctionError as go-cty complains."""
    found = _STRICT.fullmatch(text)
    if found:
        checked = _checked(found)
        if checked:
            return checked
    parse_lenient(text, strict=True)
    if text[12] == ":":
        raise _invalid("hour must have exactly two digits")
    if text[19] == ",":
        raise _invalid('cannot use "," as timestamp segment')
    raise _invalid(f"cannot use {go_quoted(text[-6:])} as UTC offset")


def _checked(found: re.Match[str]) -> Moment | None:
    year, month, day, hour, minute, second = map(int, found.groups()[:6])
    fraction, sign, zone_hour, zone_minute = found.groups()[6:]
    hours, minutes = int(zone_hour or 0), int(zone_minute or 0)
    in_range = month in _MONTHS and hour in _HOURS and hours in _HOURS and {minute, second, minutes} <= _SIXTY
    if not in_range or not 1 <= day <= days_in(year, month):
        return None
    offset = (hours * 60 + minutes) * 60 * (-1 if sign == "-" else 1)
    return moment(days(year, month, day), hour * 3600 + minute * 60 + second, fraction or "", offset)


def parse_lenient(text: str, *, strict: bool = False) -> Moment:
    """A timestamp as Go's time.Parse reads the layout RFC3339, which allows more than the RFC.

    strict: complain of the hour as the stricter reader does.
    """
    reader = _Reader(text, strict)
    year = reader.year()
    reader.skip("-")
    month = reader.number("month", _MONTHS)
    reader.skip("-")
    day = reader.number("day of month")
    reader.skip("T")
    hour = reader.number("hour", _HOURS, digits=1)
    reader.skip(":")
    minute = reader.number("minute", _SIXTY)
    reader.skip(":")
    second = reader.number("second", _SIXTY)
    fraction = reader.fraction()
    offset = reader.offset()
    reader.end()
    if not 1 <= day <= days_in(year, month):
        raise _invalid("day out of range")
    return moment(days(year, month, day), hour * 3600 + minute * 60 + second, fraction or "", offset)


def _invalid(problem: str) -> FunctionError:
    return FunctionError(f"not a valid RFC3339 timestamp: {problem}")


class _Reader:
    """Takes the parts of a timestamp from the front of a text."""

    def __init__(self, text: str, strict: bool) -> None:
        self._rest = text
        self._strict = strict

    def _take(self, length: int) -> str:
        taken, self._rest = self._rest[:length], self._rest[length:]
        return taken

    def _unusable(self, what: str) -> FunctionError:
        if not self._rest:
            return _invalid(f"end of string before {what}")
        if self._strict and what == "hour" and ":" in self._rest:
            return _invalid("hour must be between 0 and 23 inclusive")
        if (
            self._strict
            and what in ("hour", "minute")
            and not re.fullmatch(rb"..", self._rest.encode(), re.DOTALL)
        ):
            return _invalid(f"{what} must have exactly two digits")
        return _invalid(f"cannot use {go_quoted(self._rest)} as {what}")

    def skip(self, letter: str) -> None:
        if self._rest.startswith(letter):
            self._take(1)
            return
        if letter == "T":
            raise _invalid("missing required time introducer 'T'")
        if not self._rest:
            raise _invalid(f'end of string where "{letter}" is expected')
        raise _invalid(f'found {go_quoted(self._rest)} where "{letter}" is expected')

    def year(self) -> int:
        if not re.match(r"\d{4}", self._rest, re.ASCII):
            raise self._unusable("year")
        return int(self._take(4))

    def number(self, what: str, allowed: Container[int] = range(100), digits: int = 2) -> int:
        found = re.match(r"\d{1,2}", self._rest, re.ASCII)
        if not found or len(found[0]) < digits:
            raise self._unusable(what)
        number = int(self._take(len(found[0])))
        if number not in allowed:
            raise self._unusable(what)
        return number

    def fraction(self) -> str | None:
        found = re.match(r"[.,](\d+)", self._rest, re.ASCII)
        if not found:
            return None
        self._take(len(found[0]))
        return found[1]

    def offset(self) -> int:
        if self._rest.startswith("Z"):
            self._take(1)
            return 0
        found = re.match(r"([+-])(\d\d):(\d\d)", self._rest, re.ASCII)
        if not found:
            raise self._unusable("UTC offset")
        self._take(len(found[0]))
        hours, minutes = int(found[2]), int(found[3])
        # Some people write offsets of 24 hours or 60 minutes, says Go.
        if hours > len(_HOURS) or minutes > len(_SIXTY):
            raise self._unusable("UTC offset")
        return (hours * 60 + minutes) * 60 * (-1 if found[1] == "-" else 1)

    def end(self) -> None:
        if self._rest:
            raise self._unusable("timestamp segment")
