"""Arithmetic of Terraform's numbers, which are binary floats of 512 bits."""

from __future__ import annotations

from fractions import Fraction

from guard.values.binary import (
    COUNTED,
    Number,
    counted,
    from_float,
    is_negative,
    precision_of,
    rounded,
    tagged,
    too_large,
)
from guard.values.decimals import brief_text, format_number, parse_number
from guard.values.errors import OperationError

__all__ = [
    "COUNTED",
    "Number",
    "add",
    "brief_text",
    "counted",
    "divide",
    "format_number",
    "from_float",
    "is_negative",
    "modulo",
    "multiply",
    "negate",
    "parse_number",
    "precision_of",
    "rounded",
    "same_number",
    "subtract",
]


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
    return tagged(product, max(_common(left, right), needed), not product and is_negative(product))


def _bits_needed(value: Number) -> int:
    numerator = abs(value.numerator)
    return numerator.bit_length() - ((numerator & -numerator).bit_length() - 1 if numerator else 0)


def divide(left: Number, right: Number) -> Number:
    """The quotient. Raises OperationError for 0/0, NotDeterminedError for the infinity of x/0."""
    if not right:
        if not left:
            raise OperationError("can't divide zero by zero or infinity by infinity")
        raise too_large()
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
    return tagged(-value, precision_of(value), not value and not is_negative(value))


def same_number(left: Number, right: Number) -> bool:
    """Terraform's equality of numbers: fractions of different precision are equal if they print alike."""
    if left == right:
        return True
    if isinstance(left, int) or isinstance(right, int) or precision_of(left) == precision_of(right):
        return False
    return format_number(left) == format_number(right)
