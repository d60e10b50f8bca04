"""Values as lines of a variable file, and as JSON values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from guard.addresses import quoted
from guard.values.numbers import format_number
from guard.values.value import Value


def tfvars(variables: Mapping[str, Value]) -> str:
    """One assignment per line; the text is valid HCL whatever the values hold."""
    return "".join(f"{name} = {hcl(value)}\n" for name, value in variables.items())


def hcl(value: Value) -> str:
    """A known value as an HCL expression."""
    match value.data:
        case None:
            return "null"
        case bool():
            return "true" if value.data else "false"
        case int() | Fraction():
            return format_number(value.data)
        case str():
            return f'"{quoted(value.data)}"'
        case tuple():
            return f"[{', '.join(map(hcl, value.data))}]"
        case Mapping():
            inner = ", ".join(f'"{quoted(key)}" = {hcl(item)}' for key, item in value.data.items())
            return f"{{ {inner} }}" if inner else "{}"
    raise AssertionError(value)


def json_value(value: Value) -> object:
    """A known value as JSON has it."""
    match value.data:
        case Fraction():
            return float(value.data)
        case tuple():
            return [json_value(item) for item in value.data]
        case Mapping():
            return {key: json_value(item) for key, item in value.data.items()}
        case _:
            return value.data
