"""Pairs of key and value to an object, where keys may not be known."""

from __future__ import annotations

from collections.abc import Sequence

from guard.source import SourceRange
from guard.values.equality import compare
from guard.values.errors import EvaluationError
from guard.values.labels import label
from guard.values.types import ANY
from guard.values.unknown import Applied, Kind, Question
from guard.values.value import SymbolicKey, Value, derived, key_value, object_of, tuple_of, unknowns


def build_object(
    pairs: Sequence[tuple[Value, Value]], at: SourceRange, *, grouped: bool = False, unique: bool = False
) -> Value:
    """An object of these attributes; keys are strings, not null.

    grouped: values of equal keys are collected in a tuple (`...` in a `for`). unique: a second value
    for a key is an error, as in a `for`; otherwise the last one wins, as in `{ a = 1, a = 2 }`.
    A key that Terraform learns at apply leaves the object open; so does an input that is not given
    while it is not decided whether it equals another key.
    """
    marks = frozenset(mark for key, _ in pairs for mark in key.marks)
    if any(item.kind is not Kind.NOT_GIVEN for item in unknowns(*(key for key, _ in pairs))):
        return _open(pairs, ())
    groups: dict[str, list[Value]] = {}
    symbolic: list[SymbolicKey] = []
    for key, value in pairs:
        text = key.text if not key.is_unknown else SymbolicKey(key)
        if text not in groups:
            questions = _undecided(text, key, groups, symbolic)
            if questions is not None:
                return _open(pairs, questions)
        if isinstance(text, SymbolicKey) and text not in groups:
            symbolic.append(text)
        if unique and not grouped and text in groups:
            raise _duplicate(key, at)
        groups.setdefault(text, []).append(value)
    result = {key: tuple_of(values) if grouped else values[-1] for key, values in groups.items()}
    return object_of(result).marked(marks)


def _undecided(
    text: str, key: Value, groups: dict[str, list[Value]], symbolic: Sequence[SymbolicKey]
) -> tuple[Question, ...] | None:
    """The questions that would tell whether a new key equals one that is there; None if it does not."""
    others = groups if isinstance(text, SymbolicKey) else symbolic
    answers = [compare(key, key_value(other)) for other in others]
    if any(answer.is_equal is not False for answer in answers):
        return tuple(question for answer in answers for question in answer.questions)
    return None


def _open(pairs: Sequence[tuple[Value, Value]], questions: tuple[Question, ...]) -> Value:
    everything = tuple(item for pair in pairs for item in pair)
    keys = [key for key, _ in pairs if key.is_unknown]
    return derived(ANY, Applied("{}", everything), keys, questions=questions)


def _duplicate(key: Value, at: SourceRange) -> EvaluationError:
    detail = (
        f"Two different items produced the key {label(key)} in this 'for' expression. "
        "If duplicates are expected, use the ellipsis (...) after the value expression to group by key."
    )
    return EvaluationError("Duplicate object key", detail, at)
