"""Numbers to and from decimal text, digit by digit as Go's math/big does it."""

from __future__ import annotations

import re
from fractions import Fraction

from guard.records import dataclass
from guard.values.binary import PRECISION, Number, is_negative, precision_of, rounded, tagged, too_large
from guard.values.errors import ConversionError

_BRIEF = 10
_POSITIONAL = range(-3, _BRIEF + 1)
_LONG_DIGITS = 3_500
_LONG_EXPONENT = 4
_EXPONENTS = range(-(2**31), 2**31)
_NUMBER = re.compile(r"([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:([eEpP])([+-]?\d+))?", re.ASCII)
_SHORT = re.compile(r"[1-9][0-9]{0,99}")
_INFINITY = re.compile(r"[+-]?[Ii]nf")


def parse_number(text: str) -> Number:
    """The number that a decimal text stands for (cty.ParseNumberVal).

    Raises ConversionError if it is none, NotDeterminedError if it is too large or infinite.
    """
    if _SHORT.fullmatch(text):
        return int(text)
    found = _NUMBER.fullmatch(text)
    if found is None:
        if _INFINITY.fullmatch(text):
            raise too_large()
        raise ConversionError("a number is required")
    sign, whole, decimals, only_decimals, base, exponent = found.groups()
    after_point = decimals or only_decimals or ""
    digits = ((whole or "") + after_point).lstrip("0")
    if len(digits) > _LONG_DIGITS or len((exponent or "").lstrip("+-0")) > _LONG_EXPONENT:
        return _parse_extreme(digits, exponent or "0", len(after_point))
    return _scaled(sign, int(digits or "0"), -len(after_point), base, int(exponent or "0"))


def _parse_extreme(digits: str, exponent: str, after_point: int) -> Number:
    if not digits:
        return 0
    significant = exponent.lstrip("+-").lstrip("0")
    if len(significant) > len(str(_EXPONENTS.stop)):
        raise ConversionError("a number is required")
    if len(digits) * 4 + int(exponent) - after_point not in _EXPONENTS:
        raise ConversionError("a number is required")
    raise too_large()


def _scaled(sign: str, mantissa: int, point: int, base: str | None, exponent: int) -> Number:
    if not mantissa:
        return tagged(0, PRECISION, sign == "-")
    fives = point + (0 if base in ("p", "P") else exponent)
    value = mantissa * Fraction(2) ** (point + exponent)
    value = value * _power_of_five(fives) if fives >= 0 else value / _power_of_five(-fives)
    return rounded(-value if sign == "-" else value)


def _power_of_five(exponent: int) -> Number:
    """5**exponent with the roundings of Go's Float.pow5, which show in numbers of many digits."""
    result: Number = 5 ** min(exponent, 27)
    rest, factor = exponent - 27, 5
    while rest > 0:
        if rest & 1:
            result = int(rounded(result * factor, PRECISION + 64))
        factor = int(rounded(factor * factor, PRECISION + 128))
        rest >>= 1
    return result


@dataclass(frozen=True, slots=True)
class _Decimal:
    """0.DIGITS * 10**exponent, without zeros at either end."""

    digits: str
    exponent: int

    def at(self, index: int) -> str:
        return self.digits[index] if index < len(self.digits) else "0"


def _decimal(value: Number) -> _Decimal:
    """The exact decimal digits of a positive number whose denominator is a power of two."""
    places = value.denominator.bit_length() - 1
    digits = str(value.numerator * 5**places)
    return _Decimal(digits.rstrip("0"), len(digits) - places)


def format_number(value: Number) -> str:
    """The number as Terraform prints it: the shortest decimal that rounds to it (big.Float.Text('f', -1))."""
    sign = "-" if is_negative(value) else ""
    precision = precision_of(value)
    if isinstance(value, int) and value.bit_length() <= precision:
        return f"{sign}{abs(value):d}"
    return sign + _positional(*_shortest(_size(value), precision))


def brief_text(value: Number) -> str:
    """The number in at most ten digits, as Go prints it in short (big.Float.String)."""
    if not value:
        return "-0" if is_negative(value) else "0"
    exact = _decimal(_size(value))
    digits, exponent = exact.digits, exact.exponent
    if len(digits) > _BRIEF:
        digits, exponent = _cut(exact, _BRIEF, _rounds_up(digits, _BRIEF))
    sign = "-" if value < 0 else ""
    if exponent not in _POSITIONAL:
        point = "." if len(digits) > 1 else ""
        return f"{sign}{digits[0]}{point}{digits[1:]}e{exponent - 1:+03d}"
    return sign + _positional(digits, exponent)


def _positional(digits: str, exponent: int) -> str:
    if exponent >= len(digits):
        return digits.ljust(exponent, "0")
    if exponent > 0:
        return f"{digits[:exponent]}.{digits[exponent:]}"
    return f"0.{'0' * -exponent}{digits}"


def _size(value: Number) -> Number:
    return tagged(-value, precision_of(value)) if value < 0 else value


def _shortest(value: Number, precision: int) -> tuple[str, int]:
    """Go's roundShortest (math/big/ftoa.go): the digits and the exponent."""
    exact = _decimal(value)
    position = _position(value)
    half_unit = Fraction(2) ** (position - precision - 1)
    lower, upper = _decimal(value - half_unit), _decimal(value + half_unit)
    inclusive = (value / half_unit).numerator & 2 == 0
    down = up = False
    index = -1
    while not (down or up):
        index += 1
        digit = exact.at(index)
        last_below, last_above = index + 1 >= len(lower.digits), index + 1 >= len(upper.digits)
        down = lower.at(index) != digit or (inclusive and index + 1 == len(lower.digits) and last_below)
        above = int(upper.at(index)) - int(digit)
        up = above != 0 and (inclusive or above > 1 or not last_above)
    return _cut(exact, index + 1, up and (not down or _rounds_up(exact.digits, index + 1)))


def _position(value: Number) -> int:
    """The exponent e with 2**(e-1) <= value < 2**e."""
    guess = value.numerator.bit_length() - value.denominator.bit_length() + 1
    return guess - 1 if value < Fraction(2) ** (guess - 1) else guess


def _rounds_up(digits: str, count: int) -> bool:
    if digits[count:] == "5":
        return int(digits[count - 1]) % 2 == 1
    return digits[count : count + 1] >= "5"


def _cut(value: _Decimal, count: int, up: bool) -> tuple[str, int]:
    kept = value.digits[:count]
    if not up:
        return kept.rstrip("0"), value.exponent
    raised = str(int(kept) + 1)
    return raised.rstrip("0"), value.exponent + len(raised) - len(kept)
