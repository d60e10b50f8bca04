"""Pairs of key and value to an object, where keys may not be known."""

from __future__ import annotations

from collections.abc import Sequence

from guard.source import SourceRange
from guard.values.errors import EvaluationError
from guard.values.keys import OpenKeys, build_mapping
from guard.values.labels import label
from guard.values.types import ANY
from guard.values.unknown import Applied
from guard.values.value import Value, derived, key_value, object_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def build_object(
    pairs: Sequence[tuple[Value, Value]], at: SourceRange, *, grouped: bool = False, unique: bool = False
) -> Value:
    """An object of these attributes; keys are strings, not null.

    grouped: values of equal keys are collected in a tuple (`...` in a `for`). unique: a second value
    for a key is an error, as in a `for`; otherwise the last one wins, as in `{ a = 1, a = 2 }`.
    A key that Terraform learns at apply leaves the object open; so does an input that is not given
    while it is not decided whether it equals another key.
    """

    def refuse(key: str) -> NoReturn:
        raise _duplicate(key_value(key), at)

    marks = frozenset(mark for key, _ in pairs for mark in key.marks)
    made = build_mapping(pairs, grouped=grouped, on_duplicate=refuse if unique else None)
    if isinstance(made, OpenKeys):
        everything = tuple(item for pair in pairs for item in pair)
        return derived(ANY, Applied("{}", everything), made.sources, questions=made.questions).marked(marks)
    return object_of(made).marked(marks)


def _duplicate(key: Value, at: SourceRange) -> EvaluationError:
    detail = (
        f"Two different items produced the key {label(key)} in this 'for' expression. "
        "If duplicates are expected, use the ellipsis (...) after the value expression to group by key."
    )
    return EvaluationError("Duplicate object key", detail, at)
