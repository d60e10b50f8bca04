"""Numbers printed as Go's math/big does it: Float.Text and the Format methods of Float and Int."""

from __future__ import annotations

from guard.lang.functions.verbs import Verb
from guard.values.numbers import Number, format_number, is_negative

_SHORTEST_LIMIT = 6
_SMALL = -4


def padded_float(verb: Verb, value: Number) -> str:
    """A number with a verb among e E f g G, with its flags and width."""
    precision = verb.precision
    if precision is None and verb.mode in "eEf":
        precision = _SHORTEST_LIMIT
    digits = float_text(value, verb.mode, precision)
    sign = _sign(verb, is_negative(value))
    padding = max(0, (verb.width or 0) - len(sign) - len(digits))
    if "0" in verb.flags:
        return sign + "0" * padding + digits
    if "-" in verb.flags:
        return sign + digits + " " * padding
    return " " * padding + sign + digits


def padded_int(verb: Verb, value: int) -> str:
    """A whole number with a verb among b d o x X, with its flags, width and precision."""
    if value == 0 and verb.precision == 0:
        return ""
    digits = format(abs(value), verb.mode).rjust(verb.precision or 0, "0")
    sign = _sign(verb, value < 0)
    prefix = {"b": "0b", "o": "0", "x": "0x", "X": "0X"}.get(verb.mode, "") if "#" in verb.flags else ""
    padding = max(0, (verb.width or 0) - len(sign) - len(prefix) - len(digits))
    if "-" in verb.flags:
        return sign + prefix + digits + " " * padding
    if "0" in verb.flags and verb.precision is None:
        return sign + prefix + "0" * padding + digits
    return " " * padding + sign + prefix + digits


def _sign(verb: Verb, negative: bool) -> str:
    if negative:
        return "-"
    return "+" if "+" in verb.flags else " " if " " in verb.flags else ""


def float_text(value: Number, mode: str, precision: int | None) -> str:
    """The digits without the sign. precision None: as few digits as tell the number apart."""
    digits, exponent = _rounded(value, mode, precision) if value else ("", 0)
    if mode in "eE":
        return _scientific(digits, exponent, mode, len(digits) - 1 if precision is None else precision)
    if mode == "f":
        return _plain(digits, exponent, max(len(digits) - exponent, 0) if precision is None else precision)
    return _general(digits, exponent, "E" if mode == "G" else "e", precision)


def _rounded(value: Number, mode: str, precision: int | None) -> tuple[str, int]:
    size = -value if value < 0 else value
    if precision is None:
        return _shortest(size)
    digits, exponent = _exact(size)
    kept = {"e": 1 + precision, "f": exponent + precision, "g": precision or 1}[mode.lower()]
    return _cut(digits, exponent, kept)


def _exact(value: Number) -> tuple[str, int]:
    """The digits and the exponent of 0.DIGITS * 10**exponent. The denominator is a power of two."""
    places = value.denominator.bit_length() - 1
    digits = str(value.numerator * 5**places)
    return digits.rstrip("0"), len(digits) - places


def _shortest(value: Number) -> tuple[str, int]:
    """As few digits as tell the number apart: those that Terraform prints."""
    whole, _, fraction = format_number(value).partition(".")
    if whole != "0":
        return (whole + fraction).rstrip("0"), len(whole)
    digits = fraction.lstrip("0")
    return digits, len(digits) - len(fraction)


def _cut(digits: str, exponent: int, kept: int) -> tuple[str, int]:
    """Round to so many digits, an exact half to even."""
    if not 0 <= kept < len(digits):
        return digits, exponent
    is_half = digits[kept:] == "5"
    up = int(digits[kept - 1]) % 2 == 1 if is_half and kept else digits[kept] >= "5" and not is_half
    if not up:
        return digits[:kept].rstrip("0"), exponent if digits[:kept].rstrip("0") else 0
    raised = str(int(digits[:kept] or "0") + 1)
    return raised.rstrip("0"), exponent + len(raised) - kept


def _scientific(digits: str, exponent: int, letter: str, precision: int) -> str:
    first, others = digits[:1] or "0", digits[1 : precision + 1]
    fraction = f".{others.ljust(precision, '0')}" if precision > 0 else ""
    return f"{first}{fraction}{letter}{exponent - 1 if digits else 0:+03d}"


def _plain(digits: str, exponent: int, precision: int) -> str:
    whole = digits[: max(exponent, 0)].ljust(exponent, "0") or "0"
    if precision <= 0:
        return whole
    fraction = (
        "0" * min(-exponent, precision) + digits[max(exponent, 0) :] if exponent < 0 else digits[exponent:]
    )
    return f"{whole}.{fraction[:precision].ljust(precision, '0')}"


def _general(digits: str, exponent: int, letter: str, precision: int | None) -> str:
    places = len(digits) if precision is None else precision or 1
    limit = places
    if limit > len(digits) >= exponent:
        limit = len(digits)
    if precision is None:
        limit = _SHORTEST_LIMIT
    if not _SMALL <= exponent - 1 < limit:
        return _scientific(digits, exponent, letter, min(places, len(digits)) - 1)
    if places > exponent:
        places = len(digits)
    return _plain(digits, exponent, max(places - exponent, 0))
