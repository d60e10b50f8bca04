"""What the bodies of several function families share: parameters, results, whole numbers."""

from __future__ import annotations

from collections.abc import Callable

from guard.lang.functions.table import FunctionError, Parameter
from guard.values.joined import joined
from guard.values.text import go_quoted, nfc
from guard.values.types import NUMBER, STRING, Type
from guard.values.unknown import Applied, Joined, Refinement, Unknown
from guard.values.value import Mark, Value, derived, string

INT64 = range(-(2**63), 2**63)


def text(name: str, *, unknown: bool = False) -> Parameter:
    """A parameter that takes a string."""
    return Parameter(STRING, name=name, unknown=unknown)


def count(name: str) -> Parameter:
    """A parameter that takes a number."""
    return Parameter(NUMBER, name=name)


def result(content: str) -> Value:
    """A string value of text that may need normalization, as cty.StringVal does it."""
    return string(nfc(content))


def edited(value: Value, content: str) -> Value:
    """The value with other text; itself if the text is the same, so that it keeps its origin."""
    return value if content == value.data else result(content)


def whole(value: Value) -> int:
    """The number as Go's int, or Terraform's error."""
    number = value.number
    if number.denominator != 1 or number.numerator not in INT64:
        raise FunctionError(f"value must be a whole number, between {INT64.start} and {INT64.stop - 1}")
    return number.numerator


def shown(value: Value, text: str | None = None) -> str:
    """A text in quotes for a message, or what stands for it if the value is sensitive."""
    if Mark.SENSITIVE in value.marks:
        return "(sensitive value)"
    return go_quoted(value.text if text is None else text)


def piecewise(name: str, value: Value, change: Callable[[str], str], *others: Value) -> Value:
    """Apply a change that works letter by letter to a string: its unknown pieces stay apart.

    `upper("svc-${var.x}")` is `"SVC-${upper(var.x)}"`. others: further arguments of the function.
    """
    match value.data:
        case Unknown(term=Joined(parts=parts)):
            return joined(
                change(part) if isinstance(part, str) else applied(STRING, name, part, *others)
                for part in parts
            )
        case Unknown():
            return applied(STRING, name, value, *others)
        case _:
            return edited(value, change(value.text))


def panic(problem: str) -> FunctionError:
    """Go's panic in a function, which Terraform reports with a stack trace."""
    return FunctionError(f"panic in function implementation: {problem}\nThat is an error of Terraform itself")


def applied(type: Type, name: str, *arguments: Value) -> Value:
    """The result of a function that is not known, because some argument is not."""
    return derived(type, Applied(name, arguments), arguments, Refinement(not_null=True))
