"""Values that several tests of values use."""

from __future__ import annotations

from guard.values.types import BOOL, NUMBER, STRING, ListOf, MapOf, SetOf, Type
from guard.values.unknown import Input, Kind, Question, Refinement
from guard.values.value import Value, boolean, null, number, object_of, string, tuple_of, unknown


def not_given(
    name: str, type: Type = STRING, *, questions: tuple[Question, ...] = (), **known: object
) -> Value:
    """An input without value or default."""
    refinement = Refinement(**known)  # type: ignore[arg-type]  # whatever the test wants to be known
    why = f"{name} is not given"
    return unknown(type, Kind.NOT_GIVEN, Input(name), why, questions=questions, refinement=refinement)


def at_apply(name: str, type: Type = STRING, **known: object) -> Value:
    """A value that Terraform learns while applying."""
    refinement = Refinement(**known)  # type: ignore[arg-type]  # whatever the test wants to be known
    return unknown(type, Kind.AT_APPLY, Input(name), f"{name} is known at apply", refinement=refinement)


def unread(name: str, type: Type = STRING) -> Value:
    return unknown(type, Kind.UNREAD, Input(name), f"{name} cannot be read")


X = not_given("var.x")
Y = not_given("var.y")
FLAG = not_given("var.flag", BOOL)
COUNT = not_given("var.count", NUMBER)
NAMES = not_given("var.names", ListOf(STRING))
TAGS = not_given("var.tags", MapOf(STRING))
GROUP = not_given("var.group", SetOf(STRING))
PET = at_apply("random_pet.p.id", not_null=True)
PETS = at_apply("local.pets", ListOf(STRING))


def value(plain: object) -> Value:
    """The value that a literal in a configuration has: lists are tuples, dicts objects."""
    match plain:
        case Value():
            return plain
        case None:
            return null()
        case bool(truth):
            return boolean(truth)
        case str(text):
            return string(text)
        case list(items):
            return tuple_of(map(value, items))
        case dict(items):
            return object_of({key: value(item) for key, item in items.items()})
    return number(plain)  # type: ignore[arg-type]  # a number is what is left
