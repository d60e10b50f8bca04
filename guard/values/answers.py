"""What a comparison of values gives: yes, no, or what would have to be asked to tell."""

from __future__ import annotations

from collections.abc import Mapping

from guard.records import dataclass
from guard.values.unknown import Ask, Input, Kind, Question, Unknown
from guard.values.value import Value, unknowns


@dataclass(frozen=True, slots=True)
class Answer:
    """is_equal is None when it depends; then questions are the decisions that would settle it."""

    is_equal: bool | None
    questions: tuple[Question, ...] = ()


YES = Answer(True)
NO = Answer(False)
DEPENDS = Answer(None)


def excludes(value: Value, other: Value) -> bool:
    """Whether it is known of an unknown value that it differs from the other one."""
    if not isinstance(value.data, Unknown):
        return False
    excluded = value.data.refinement.excluded
    match other.data:
        case Unknown(term=term):
            return term in excluded
        case bool() | None | tuple() | Mapping():
            return False
        case plain:
            return plain in excluded


def terms_decide(values: tuple[Value, ...], identity: bool) -> bool:
    """Whether equal terms make these unknown values equal: for Terraform not what it learns at apply."""
    return identity or all(item.kind is not Kind.AT_APPLY for item in unknowns(*values))


def undecided(left: Value, right: Value) -> Answer:
    """Ask about the left-most value that stands for an input."""
    for value, other in ((left, right), (right, left)):
        if isinstance(value.data, Unknown) and value.data.kind is Kind.NOT_GIVEN:
            return Answer(None, of_making(value.data) or (Question(Ask.EQUAL, value, other),))
    return DEPENDS


def of_making(hidden: Unknown) -> tuple[Question, ...]:
    """What decides how a value is made of inputs (`var.a ? var.b : "c"`): that goes before what it equals,
    for what a value made of inputs is cannot be chosen."""
    if isinstance(hidden.term, Input):
        return ()
    return tuple(question for question in hidden.questions if question.ask is not Ask.TEXT)
