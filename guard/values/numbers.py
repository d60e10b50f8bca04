"""Numbers as Terraform computes and prints them: binary floats of 512 bits (Go's math/big.Float).

A number is an int if it is whole, else a Fraction. Few results have fewer bits than 512 (`length` 64,
`pow` and `log` 53) or a zero with a sign; `_Whole` and `_Part` carry that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from guard.diagnostics import error
from guard.values.errors import ConversionError, NotDeterminedError, OperationError

Number: TypeAlias = int | Fraction

PRECISION = 512
COUNTED = 64
FLOAT = 53
_BRIEF = 10
_POSITIONAL = range(-3, _BRIEF + 1)
_LARGEST = 14_000
_SMALLEST = -4_500
_LONG_DIGITS = 3_500
_LONG_EXPONENT = 4
_EXPONENTS = range(-(2**31), 2**31)
_NUMBER = re.compile(r"([+-]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:([eEpP])([+-]?\d+))?", re.ASCII)
_INFINITY = re.compile(r"[+-]?[Ii]nf")


class _Whole(int):
    """A whole number of another precision than 512 bits, or a negative zero."""

    precision: int
    minus: bool


class _Part(Fraction):
    """A fraction of another precision than 512 bits."""

    precision: int


def _tagged(value: Number, precision: int, minus_zero: bool = False) -> Number:
    if precision == PRECISION and not minus_zero:
        return value
    if isinstance(value, int):
        whole = _Whole(value)
        whole.precision, whole.minus = precision, minus_zero
        return whole
    part = _Part(value)
    part.precision = precision
    return part


def precision_of(value: Number) -> int:
    """The bits of the number's mantissa in Terraform."""
    return value.precision if isinstance(value, _Whole | _Part) else PRECISION


def is_negative(value: Number) -> bool:
    """Whether the number has a minus sign: negative numbers and Terraform's negative zero."""
    return value < 0 or (isinstance(value, _Whole) and value.minus)


def counted(value: int) -> int:
    """A whole number that Terraform counted itself (a length, an index): it has 64 bits."""
    result = _tagged(value, max(COUNTED, value.bit_length()))
    assert isinstance(result, int)
    return result


def from_float(value: float) -> Number:
    """The number of a 64-bit float, as `pow` and `log` give it. The float must be finite."""
    exact = Fraction(value)
    return _tagged(
        exact.numerator if exact.denominator == 1 else exact, FLOAT, value == 0 and str(value) == "-0.0"
    )


def rounded(value: Number, precision: int = PRECISION, *, minus_zero: bool = False) -> Number:
    """The nearest number with so many bits, ties to even. Raises NotDeterminedError if it is too large."""
    numerator, denominator = value.numerator, value.denominator
    excess = abs(numerator).bit_length() - denominator.bit_length()
    if not numerator:
        return _tagged(0, precision, minus_zero)
    if not _SMALLEST < excess < _LARGEST:
        raise _too_large()
    shift = excess - precision
    quotient = _divide_to_even(numerator << max(0, -shift), denominator << max(0, shift))
    if abs(quotient).bit_length() > precision:
        shift += 1
        quotient = _divide_to_even(numerator << max(0, -shift), denominator << max(0, shift))
    if shift >= 0:
        return _tagged(quotient << shift, precision)
    result = Fraction(quotient, 1 << -shift)
    return _tagged(result.numerator if result.denominator == 1 else result, precision)


def _divide_to_even(numerator: int, denominator: int) -> int:
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    return quotient + (twice > denominator or (twice == denominator and quotient & 1))


def _too_large() -> NotDeterminedError:
    return NotDeterminedError(
        error("Number too large", "This makes a number that is too large or too small to be computed here.")
    )


# --- text ----------------------------------------------------------------------------------------


def parse_number(text: str) -> Number:
    """The number that a decimal text stands for (cty.ParseNumberVal).

    Raises ConversionError if it is none, NotDeterminedError if it is too large or infinite.
    """
    found = _NUMBER.fullmatch(text)
    if found is None:
        if _INFINITY.fullmatch(text):
            raise _too_large()
        raise ConversionError("a number is required")
    sign, whole, decimals, only_decimals, base, exponent = found.groups()
    after_point = decimals or only_decimals or ""
    digits = ((whole or "") + after_point).lstrip("0")
    if len(digits) > _LONG_DIGITS or len(exponent or "") > _LONG_EXPONENT:
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
    raise _too_large()


def _scaled(sign: str, mantissa: int, point: int, base: str | None, exponent: int) -> Number:
    if not mantissa:
        return _tagged(0, PRECISION, sign == "-")
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
    return negate(value) if value < 0 else value


def _shortest(value: Number, precision: int) -> tuple[str, int]:
    """Go's roundShortest (math/big/ftoa.go): the digits and the exponent."""
    exact = _decimal(value)
    position = _position(value)
    half_unit = Fraction(2) ** (position - precision - 1)
    lower, upper = _decimal(value - half_unit), _decimal(value + half_unit)
    inclusive = (value / half_unit).numerator & 2 == 0
    for index, digit in enumerate(exact.digits):
        last_below, last_above = index + 1 >= len(lower.digits), index + 1 >= len(upper.digits)
        down = lower.at(index) != digit or (inclusive and index + 1 == len(lower.digits) and last_below)
        above = int(upper.at(index)) - int(digit)
        up = above != 0 and (inclusive or above > 1 or not last_above)
        if down or up:
            return _cut(exact, index + 1, up and (not down or _rounds_up(exact.digits, index + 1)))
    return exact.digits, exact.exponent


def _position(value: Number) -> int:
    """The exponent e with 2**(e-1) <= value < 2**e."""
    guess = value.numerator.bit_length() - value.denominator.bit_length() + 1
    return guess - 1 if value < Fraction(2) ** (guess - 1) else guess


def _rounds_up(digits: str, count: int) -> bool:
    if count >= len(digits):
        return False
    if digits[count] == "5" and count + 1 == len(digits):
        return int(digits[count - 1]) % 2 == 1
    return digits[count] >= "5"


def _cut(value: _Decimal, count: int, up: bool) -> tuple[str, int]:
    kept = value.digits[:count]
    if not up:
        return kept.rstrip("0"), value.exponent
    raised = str(int(kept) + 1)
    return raised.rstrip("0"), value.exponent + len(raised) - len(kept)


# --- arithmetic ----------------------------------------------------------------------------------


def _common(left: Number, right: Number) -> int:
    return max(precision_of(left), precision_of(right))


def add(left: Number, right: Number) -> Number:
    both_minus = not left and not right and is_negative(left) and is_negative(right)
    return rounded(left + right, _common(left, right), minus_zero=both_minus)


def subtract(left: Number, right: Number) -> Number:
    return add(left, negate(right))


def multiply(left: Number, right: Number) -> Number:
    """The product: of 512 bits, even if the factors have fewer, where it needs them."""
    product = rounded(left * right, minus_zero=is_negative(left) != is_negative(right))
    needed = _bits_needed(product)
    return _tagged(product, max(_common(left, right), needed), not product and is_negative(product))


def _bits_needed(value: Number) -> int:
    numerator = abs(value.numerator)
    return numerator.bit_length() - ((numerator & -numerator).bit_length() - 1 if numerator else 0)


def divide(left: Number, right: Number) -> Number:
    """The quotient. Raises OperationError for 0/0, NotDeterminedError for the infinity of x/0."""
    if not right:
        if not left:
            raise OperationError("can't divide zero by zero or infinity by infinity")
        raise _too_large()
    minus_zero = is_negative(left) != is_negative(right)
    return rounded(Fraction(left) / right, _common(left, right), minus_zero=minus_zero)


def modulo(left: Number, right: Number) -> Number:
    """The rest of a division that rounds towards zero; the left number itself if the right one is zero."""
    if not right:
        return left
    precision = precision_of(left)
    whole = rounded(_truncated(divide(left, right)), precision)
    return rounded(left - rounded(right * whole, precision), precision)


def _truncated(value: Number) -> int:
    return abs(value.numerator) // value.denominator * (-1 if value < 0 else 1)


def negate(value: Number) -> Number:
    return _tagged(-value, precision_of(value), not value and not is_negative(value))


def same_number(left: Number, right: Number) -> bool:
    """Terraform's equality of numbers: fractions of different precision are equal if they print alike."""
    if left == right:
        return True
    if isinstance(left, int) or isinstance(right, int) or precision_of(left) == precision_of(right):
        return False
    return format_number(left) == format_number(right)
