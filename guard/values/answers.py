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
    """Ask how the values are made; else about an input, because what it is can be chosen; else about what
    is made of inputs."""
    open_ones = [
        (value.data, Question(Ask.EQUAL, value, other))
        for value, other in ((left, right), (right, left))
        if isinstance(value.data, Unknown) and value.data.kind is Kind.NOT_GIVEN
    ]
    making = tuple(question for hidden, _ in open_ones for question in of_making(hidden))
    if making or not open_ones:
        return Answer(None, making)
    inputs = [question for hidden, question in open_ones if isinstance(hidden.term, Input)]
    return Answer(None, (*inputs, open_ones[0][1])[:1])


def of_making(hidden: Unknown) -> tuple[Question, ...]:
    """What decides how a value is made of inputs (`var.a ? var.b : "c"`): that goes before what it equals,
    for what a value made of inputs is cannot be chosen."""
    if isinstance(hidden.term, Input):
        return ()
    return tuple(question for question in hidden.questions if question.ask is not Ask.TEXT)
