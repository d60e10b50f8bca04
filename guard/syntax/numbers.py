"""Reads number literals."""

from __future__ import annotations

from fractions import Fraction

from guard.syntax.cursor import Cursor
from guard.syntax.nodes import Literal

# Longer and larger numbers than these are no one's; Terraform keeps 512 bits of them.
_DIGITS = 1_000
_EXPONENT = 1_000


def read_number(cursor: Cursor) -> Literal:
    start, text = cursor.start, cursor.text
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    power = exponent.lstrip("+-0")
    if not (whole + fraction + (power or "0")).isdigit():
        raise cursor.problem(
            "Invalid number literal", "Failed to recognize the value of this number literal."
        )
    if len(mantissa) > _DIGITS or len(power) > len(str(_EXPONENT)) or int(power or "0") > _EXPONENT:
        raise cursor.problem("Invalid number literal", f"Numbers beyond {_DIGITS} digits are not read.")
    scale = int(exponent or "0") - len(fraction)
    value = Fraction(int(whole + fraction)) * Fraction(10) ** scale
    cursor.advance()
    return Literal(int(value) if value.denominator == 1 else value, cursor.range(start))
