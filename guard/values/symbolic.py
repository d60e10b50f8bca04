"""Objects whose attribute names are not all known."""

from __future__ import annotations

from guard.values.equality import compare
from guard.values.types import ObjectOf, without_optional
from guard.values.unknown import Applied, Question
from guard.values.value import SymbolicKey, Value, derived, key_value, string


def attributes_known(value: Value, to: ObjectOf) -> Value | None:
    """None if it is clear which keys of a known mapping are attributes of the type.

    Otherwise the object that is not known, with the questions that would settle it.
    """
    open_keys = [key for key in value.mapping if isinstance(key, SymbolicKey)]
    if not open_keys:
        return None
    missing = [name for name in to.attributes if name not in value.mapping]
    answers = [compare(key_value(key), string(name)) for key in open_keys for name in missing]
    if all(answer.is_equal is False for answer in answers):
        return None
    questions: tuple[Question, ...] = sum((answer.questions for answer in answers), ())
    sources = [key_value(key) for key in open_keys]
    return derived(without_optional(to), Applied("object", (value,)), sources, questions=questions)
