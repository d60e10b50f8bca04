"""Marks taken off a value at every depth."""

from __future__ import annotations

from collections.abc import Mapping

from guard.records import replace
from guard.values.value import NO_MARKS, Value, all_marks


def without_marks(value: Value) -> Value:
    """The value without marks at any depth; the very value if it has none."""
    return _stripped(value) if all_marks(value) else value


def _stripped(value: Value) -> Value:
    match value.data:
        case tuple(elements):
            return replace(value, data=tuple(map(_stripped, elements)), marks=NO_MARKS)
        case Mapping() as mapping:
            data = {key: _stripped(part) for key, part in mapping.items()}
            return replace(value, data=data, marks=NO_MARKS)
    return value.unmarked()
