"""What a comparison of values gives: yes, no, or what would have to be asked to tell."""

from __future__ import annotations

from collections.abc import Mapping

from guard.records import dataclass
from guard.values.unknown import Ask, Kind, Question, Unknown
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
            return Answer(None, (Question(Ask.EQUAL, value, other),))
    return DEPENDS
