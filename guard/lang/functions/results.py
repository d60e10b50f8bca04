"""What the bodies of functions share: results that are not known, whole numbers, kinds of sequences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guard.lang.functions.table import FunctionError
from guard.values.collapsed import collapsed
from guard.values.questions import questions_about
from guard.values.types import ListOf, SetOf, TupleOf, Type
from guard.values.unknown import Applied, Question, Refinement
from guard.values.value import Value, derived

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeGuard

NOT_NULL = Refinement(not_null=True)
_INT64 = range(-(2**63), 2**63)


def undecided(
    name: str,
    type: Type,
    arguments: Sequence[Value],
    questions: Iterable[Question] = (),
    refinement: Refinement = NOT_NULL,
) -> Value:
    """The result of a call that depends on unknown parts of its arguments, the questions first."""
    asked = (*questions, *questions_about(*arguments))
    return collapsed(derived(type, Applied(name, tuple(arguments)), arguments, refinement, asked))


def whole(value: Value, what: str = "", argument: int | None = None) -> int:
    """A known number as Go's int. what: how the message begins, to name what the number is."""
    number = value.number
    if number.denominator == 1 and number.numerator in _INT64:
        return number.numerator
    clause = f"value must be a whole number, between {_INT64.start} and {_INT64.stop - 1}"
    raise FunctionError(what + clause, argument)


def panic(message: str) -> FunctionError:
    """Where Terraform's own function fails; a trace of its code follows there."""
    return FunctionError(
        f"panic in function implementation: {message}\nTerraform itself fails in this function"
    )


def is_sequence(type: Type) -> TypeGuard[ListOf | SetOf | TupleOf]:
    return isinstance(type, ListOf | SetOf | TupleOf)
