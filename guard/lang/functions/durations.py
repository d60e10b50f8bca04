"""Durations such as `1h30m`, read as Go reads them: https://pkg.go.dev/time#ParseDuration"""

from __future__ import annotations

import re

from guard.lang.functions.moments import SECOND
from guard.lang.functions.table import FunctionError

_UNITS = {
    "ns": 1,
    "us": 1_000,
    "\u00b5s": 1_000,
    "\u03bcs": 1_000,
    "ms": 1_000_000,
    "s": SECOND,
    "m": 60 * SECOND,
    "h": 3_600 * SECOND,
}
_LARGEST = 2**63
_LARGEST_DIGITS = len(str(_LARGEST))
_DURATION_PART = re.compile(r"(\d*)(?:(\.)(\d*))?([^.0-9]*)", re.ASCII)


def parse_duration(text: str) -> int:
    """Nanoseconds. Raises FunctionError as Go's time.ParseDuration complains."""
    rest = text[1:] if text[:1] in ("-", "+") else text
    total = 0
    if rest == "0":
        return 0
    if not rest:
        raise _bad_duration(text)
    while rest:
        found = _DURATION_PART.match(rest)
        assert found
        total += _duration_part(found, text)
        if total > _LARGEST:
            raise _bad_duration(text)
        rest = rest[found.end() :]
    if text.startswith("-"):
        return -total
    if total == _LARGEST:
        raise _bad_duration(text)
    return total


def _duration_part(found: re.Match[str], whole: str) -> int:
    digits, _, fraction, unit = found.groups()
    if not digits and not fraction:
        raise _bad_duration(whole)
    if len(digits.lstrip("0")) > _LARGEST_DIGITS or int(digits or 0) > _LARGEST:
        raise _bad_duration(whole)
    if not unit:
        raise FunctionError(f"time: missing unit in duration {_time_quoted(whole)}")
    if unit not in _UNITS:
        raise FunctionError(f"time: unknown unit {_time_quoted(unit)} in duration {_time_quoted(whole)}")
    value = int(digits or 0)
    if value > _LARGEST // _UNITS[unit]:
        raise _bad_duration(whole)
    numerator, scale = _fraction(fraction or "")
    return value * _UNITS[unit] + int(float(numerator) * (float(_UNITS[unit]) / scale))


def _fraction(digits: str) -> tuple[int, float]:
    """The digits that count before they overflow Go's integer, and what to divide them by."""
    numerator, scale = 0, 1.0
    for digit in digits:
        longer = numerator * 10 + int(digit)
        if numerator > (_LARGEST - 1) // 10 or longer > _LARGEST:
            break
        numerator, scale = longer, scale * 10
    return numerator, scale


def _bad_duration(text: str) -> FunctionError:
    return FunctionError(f"time: invalid duration {_time_quoted(text)}")


def _time_quoted(text: str) -> str:
    """The time package writes what is not printable ASCII as bytes."""
    escaped = "".join(
        "".join(f"\\x{byte:02x}" for byte in letter.encode())
        if letter < " " or letter >= "\x80"
        else f"\\{letter}"
        if letter in '"\\'
        else letter
        for letter in text
    )
    return f'"{escaped}"'
