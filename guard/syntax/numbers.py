"""Reads number literals."""

from __future__ import annotations

from guard.syntax.cursor import Cursor
from guard.syntax.nodes import Literal
from guard.values.errors import ConversionError, NotDeterminedError
from guard.values.numbers import parse_number


def read_number(cursor: Cursor) -> Literal:
    start, text = cursor.start, cursor.text
    try:
        value = parse_number(text)
    except ConversionError:
        raise cursor.problem(
            "Invalid number literal", "Failed to recognize the value of this number literal."
        ) from None
    except NotDeterminedError as found:
        raise cursor.problem("Invalid number literal", found.diagnostic.detail) from None
    cursor.advance()
    return Literal(value, cursor.range(start))
