"""A value as JSON text, spelled as Terraform spells it; unknown strings and numbers stay pieces of it.

https://github.com/zclconf/go-cty/blob/main/cty/json/marshal.go
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction

from guard.lang.budget import Budget
from guard.values.numbers import format_number
from guard.values.types import STRING, SetOf
from guard.values.unknown import Applied, Refinement
from guard.values.value import SymbolicKey, Value, derived, wholly_known

_HTML = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}


def quoted_json(text: str) -> str:
    """A JSON string, with the characters escaped that Go escapes for HTML."""
    return json.dumps(text, ensure_ascii=False).translate(_HTML)


def json_pieces(value: Value, budget: Budget) -> Iterator[str | Value]:
    """The texts, and for unknown parts the string values, that make the JSON document of the value."""
    todo: list[str | Value] = [value]
    while todo:
        item = todo.pop()
        budget.spend(1)
        match item:
            case str():
                yield item
            case Value(data=tuple() | Mapping()) if not _is_disordered(item):
                todo.extend(reversed(list(_container(item))))
            case _:
                piece = _scalar(item)
                if isinstance(piece, str):
                    budget.allow_text(len(piece))
                yield piece


def _is_disordered(value: Value) -> bool:
    """Whether the order of the parts depends on what is not known."""
    if isinstance(value.data, Mapping):
        return len(value.data) > 1 and any(isinstance(key, SymbolicKey) for key in value.data)
    return isinstance(value.type, SetOf) and len(value.elements) > 1 and not wholly_known(value)


def _container(value: Value) -> Iterator[str | Value]:
    match value.data:
        case Mapping() as items:
            yield "{"
            for index, (key, part) in enumerate(items.items()):
                yield "," if index else ""
                yield key.value if isinstance(key, SymbolicKey) else quoted_json(key)
                yield ":"
                yield part
            yield "}"
        case _:
            yield "["
            for index, part in enumerate(value.elements):
                yield "," if index else ""
                yield part
            yield "]"


def _scalar(value: Value) -> str | Value:
    match value.data:
        case None:
            return "null"
        case bool(truth):
            return "true" if truth else "false"
        case str(text):
            return quoted_json(text)
        case int() | Fraction():
            return format_number(value.number)
        case _:
            return derived(STRING, Applied("jsonencode", (value,)), (value,), Refinement(not_null=True))
