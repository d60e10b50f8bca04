"""What to ask so that a value that depends on inputs becomes known."""

from __future__ import annotations

from guard.records import replace
from guard.values.types import ANY, BOOL, STRING, Type
from guard.values.unknown import Ask, Kind, Question, Unknown
from guard.values.value import Value


def decisive(value: Value) -> Value:
    """The value with a question that can be answered.

    A text that a function takes apart (`startswith(var.env, "prod-")`) can be anything, so asking for
    the text itself leads nowhere: then the outcome is asked for instead, true or false, or how many.
    """
    hidden = value.data
    if not isinstance(hidden, Unknown) or hidden.kind is not Kind.NOT_GIVEN:
        return value
    if any(question.ask is not Ask.TEXT for question in hidden.questions):
        return value
    bare = replace(value, data=replace(hidden, questions=()))
    return replace(value, data=replace(hidden, questions=(Question(_ask(value.type), bare, _text(value)),)))


def _text(value: Value) -> Value | None:
    """The text, or what may be one, that a truth is converted from, if it is."""
    subjects = (question.subject for question in value.unknown.questions)
    same = (
        item for item in subjects if item.type in (STRING, ANY) and item.unknown.term == value.unknown.term
    )
    return next(same, None) if value.type is BOOL else None


def _ask(type: Type) -> Ask:
    return Ask.TRUTH if type is BOOL else Ask.SIZE
