"""Binary floats of so many bits, as Go's math/big.Float keeps them: Terraform's numbers.

A number is an int if it is whole, else a Fraction. Few results have fewer bits than 512 (`length` 64,
`pow` and `log` 53) or a zero with a sign; `Whole` and `Part` carry that.
"""

from __future__ import annotations

from fractions import Fraction

from guard.diagnostics import error
from guard.values.errors import NotDeterminedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Number: TypeAlias = int | Fraction

PRECISION = 512
COUNTED = 64
FLOAT = 53
LARGEST = 14_000
"""Numbers of more bits than this are not computed."""
_SMALLEST = -4_500


class Whole(int):
    """A whole number of another precision than 512 bits, or a negative zero."""

    precision: int
    minus: bool


class Part(Fraction):
    """A fraction of another precision than 512 bits."""

    precision: int


def tagged(value: Number, precision: int, minus_zero: bool = False) -> Number:
    """The number with its precision; minus_zero only for zero."""
    if precision == PRECISION and not minus_zero:
        return value
    if isinstance(value, int):
        whole = Whole(value)
        whole.precision, whole.minus = precision, minus_zero
        return whole
    part = Part(value)
    part.precision = precision
    return part


def precision_of(value: Number) -> int:
    """The bits of the number's mantissa in Terraform."""
    return value.precision if isinstance(value, Whole | Part) else PRECISION


def is_negative(value: Number) -> bool:
    """Whether the number has a minus sign: negative numbers and Terraform's negative zero."""
    return value < 0 or (isinstance(value, Whole) and value.minus)


def counted(value: int) -> int:
    """A whole number that Terraform counted itself (a length, an index): it has 64 bits."""
    result = tagged(value, max(COUNTED, value.bit_length()))
    assert isinstance(result, int)
    return result


def from_float(value: float) -> Number:
    """The number of a 64-bit float, as `pow` and `log` give it. The float must be finite."""
    exact = Fraction(value)
    return tagged(
        exact.numerator if exact.denominator == 1 else exact, FLOAT, value == 0 and str(value) == "-0.0"
    )


def rounded(value: Number, precision: int = PRECISION, *, minus_zero: bool = False) -> Number:
    """The nearest number with so many bits, ties to even. Raises NotDeterminedError if it is too large."""
    numerator, denominator = value.numerator, value.denominator
    excess = abs(numerator).bit_length() - denominator.bit_length()
    if not numerator:
        return tagged(0, precision, minus_zero)
    if not _SMALLEST < excess < LARGEST:
        raise too_large()
    shift = excess - precision
    quotient = _divide_to_even(numerator << max(0, -shift), denominator << max(0, shift))
    if abs(quotient).bit_length() > precision:
        shift += 1
        quotient = _divide_to_even(numerator << max(0, -shift), denominator << max(0, shift))
    if shift >= 0:
        return tagged(quotient << shift, precision)
    result = Fraction(quotient, 1 << -shift)
    return tagged(result.numerator if result.denominator == 1 else result, precision)


def _divide_to_even(numerator: int, denominator: int) -> int:
    quotient, rest = divmod(numerator, denominator)
    twice = 2 * rest
    return quotient + (twice > denominator or (twice == denominator and quotient & 1))


def too_large() -> NotDeterminedError:
    """The error about a number that is not computed: too large, too small or infinite."""
    return NotDeterminedError(
        error("Number too large", "This makes a number that is too large or too small to be computed here.")
    )
