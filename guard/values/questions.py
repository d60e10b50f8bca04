"""What to ask about inputs so that a value that follows from them gets known."""

from __future__ import annotations

from guard.values.equality import Answer, compare
from guard.values.types import ANY, BOOL, COLLECTIONS, STRING
from guard.values.unknown import Ask, Kind, Question, Unknown
from guard.values.value import Value, string, walk

_EMPTY = string("")


def questions_about(*values: Value) -> tuple[Question, ...]:
    """The truth of booleans and the sizes of collections that are not given, at any depth.

    Values that come with questions of their own are left out: those go first.
    """
    found = (question for value in values for item in walk(value) for question in _about(item))
    return tuple(dict.fromkeys(found))


def _about(value: Value) -> tuple[Question, ...]:
    match value.data:
        case Unknown(kind=Kind.NOT_GIVEN, questions=()) if value.type is BOOL:
            return (Question(Ask.TRUTH, value),)
        case Unknown(kind=Kind.NOT_GIVEN, questions=()) if isinstance(value.type, COLLECTIONS):
            return (Question(Ask.SIZE, value),)
    return ()


def is_null(value: Value) -> Answer:
    """Whether a value is null; for one that Terraform learns at apply that stays open without questions."""
    if not isinstance(value.data, Unknown):
        return Answer(value.is_null)
    if value.data.refinement.not_null:
        return Answer(False)
    return Answer(None, (Question(Ask.NULL, value),) if value.data.kind is Kind.NOT_GIVEN else ())


def is_blank(value: Value) -> Answer:
    """Whether a value is null or the empty string."""
    null = is_null(value)
    if null.is_equal or value.type is not STRING:
        return null
    empty = compare(value, _EMPTY)
    if empty.is_equal is False:
        return null
    return empty if null.is_equal is False else Answer(None, null.questions + empty.questions)


def untyped_inputs(*values: Value) -> list[Value]:
    """What in the values is not known, not even by type, and would have one when Terraform plans.

    While it lacks a type, a refusal because of types may be no refusal at all.
    """
    return [
        item
        for value in values
        for item in walk(value)
        if isinstance(item.data, Unknown) and item.type is ANY and item.data.kind is not Kind.AT_APPLY
    ]


def is_at_apply(*values: Value) -> bool:
    """Whether something in the values is not known for another reason than that it is not given."""
    return any(
        isinstance(item.data, Unknown) and item.data.kind is not Kind.NOT_GIVEN
        for value in values
        for item in walk(value)
    )
