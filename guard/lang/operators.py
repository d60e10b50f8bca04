"""Unary and binary operators, with Terraform's conversions.

https://developer.hashicorp.com/terraform/language/expressions/operators
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from guard.lang.questions import decisive
from guard.source import SourceRange
from guard.values import numbers
from guard.values.bounds import within
from guard.values.convert import convert
from guard.values.equality import equal
from guard.values.errors import ConversionError, EvaluationError, OperationError
from guard.values.types import BOOL, NUMBER, Type
from guard.values.unknown import Applied, Kind, Unknown
from guard.values.value import FALSE, TRUE, Value, boolean, derived, number, unknowns

Number = int | Fraction

ARITHMETIC: dict[str, Callable[[Number, Number], Number]] = {
    "+": numbers.add,
    "-": numbers.subtract,
    "*": numbers.multiply,
    "/": numbers.divide,
    "%": numbers.modulo,
}

ORDER: dict[str, Callable[[Number, Number], bool]] = {
    "<": lambda left, right: left < right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    ">=": lambda left, right: left >= right,
}


def binary(operator: str, left: Value, right: Value, at: tuple[SourceRange, SourceRange]) -> Value:
    """The result of `left operator right`. at: the ranges of the operands, for messages."""
    if operator in ("==", "!="):
        result = equal(left, right)
        return result if operator == "==" else unary("!", result, at[0])
    wanted = BOOL if operator in ("&&", "||") else NUMBER
    ours = _operand(left, wanted, "left", at[0])
    theirs = _operand(right, wanted, "right", at[1])
    if operator in ("&&", "||"):
        return _logic(operator, ours, theirs)
    return _numeric(operator, ours, theirs, at)


def _operand(value: Value, wanted: Type, side: str, at: SourceRange) -> Value:
    try:
        converted = decisive(convert(value, wanted)) if wanted is BOOL else convert(value, wanted)
    except ConversionError as problem:
        raise EvaluationError(
            "Invalid operand", f"Unsuitable value for {side} operand: {problem}.", at
        ) from None
    if converted.is_null:
        raise EvaluationError(
            "Operation failed",
            f"The {side} operand is null: operators need a value. Use coalesce() or a condition.",
            at,
        )
    return converted


def _logic(operator: str, left: Value, right: Value) -> Value:
    """`&&` and `||`.

    An input that is not given does not matter where the other side decides. A value known only at
    apply does: Terraform 1.11 leaves `false && unknown` open.
    """
    absorbing = operator == "||"
    marks = left.marks | right.marks
    hidden = unknowns(left, right)
    if not hidden:
        truth = (left.truth or right.truth) if absorbing else (left.truth and right.truth)
        return boolean(truth).marked(marks)
    if all(item.kind is Kind.NOT_GIVEN for item in hidden):
        known = [side for side in (left, right) if not side.is_unknown]
        if any(side.truth is absorbing for side in known) or (not known and _negations(left, right)):
            return boolean(absorbing).marked(marks)
        if known:
            return (left if left.is_unknown else right).marked(marks)
    return derived(BOOL, Applied(operator, (left, right)), (left, right))


def _negations(left: Value, right: Value) -> bool:
    """Whether one is `!` of the other, so that `a && !a` is false and `a || !a` true."""
    return _is_negation(left, right) or _is_negation(right, left)


def _is_negation(value: Value, other: Value) -> bool:
    term = value.unknown.term
    return isinstance(term, Applied) and term.name == "!" and term.arguments[0].data == other.data


def _numeric(operator: str, left: Value, right: Value, at: tuple[SourceRange, SourceRange]) -> Value:
    marks = left.marks | right.marks
    if left.is_unknown or right.is_unknown:
        decided = _by_ranges(operator, left, right) if operator in ORDER else None
        if decided is not None:
            return boolean(decided).marked(marks)
        if operator == "%" and not right.is_unknown and right.number:
            size = max(right.number, -right.number)
            return within(operator, (left, right), -size, size, open_ends=True).marked(marks)
        returns = BOOL if operator in ORDER else NUMBER
        return derived(returns, Applied(operator, (left, right)), (left, right))
    if operator in ORDER:
        return boolean(ORDER[operator](left.number, right.number)).marked(marks)
    try:
        return number(ARITHMETIC[operator](left.number, right.number)).marked(marks)
    except OperationError as problem:
        raise EvaluationError(
            "Operation failed", f"Error during operation: {problem}.", at[0].to(at[1])
        ) from None


End = tuple[Number, int]
Range = tuple[End | None, End | None]
BELOW, EXACTLY, ABOVE = -1, 0, 1


def _by_ranges(operator: str, left: Value, right: Value) -> bool | None:
    """The comparison, if what is known of the numbers decides it."""
    if any(item.kind is Kind.AT_APPLY for item in unknowns(left, right)):
        return _by_distance(operator, left, right)
    ours, theirs = _range(left), _range(right)
    match operator:
        case "<":
            return _below(ours, theirs, strict=True)
        case "<=":
            return _below(ours, theirs, strict=False)
        case ">":
            return _below(theirs, ours, strict=True)
        case _:
            return _below(theirs, ours, strict=False)


def _by_distance(operator: str, left: Value, right: Value) -> bool | None:
    """Terraform decides about what it learns at apply only if the ranges do not even touch."""
    ours, theirs = _range(left), _range(right)
    if _below(ours, theirs, strict=True):
        return ORDER[operator](0, 1)
    if _below(theirs, ours, strict=True):
        return ORDER[operator](1, 0)
    return None


def _range(value: Value) -> Range:
    """The ends of what a number can be: each with BELOW or ABOVE where it does not belong to it itself."""
    if not isinstance(value.data, Unknown):
        return (value.number, EXACTLY), (value.number, EXACTLY)
    known = value.data.refinement
    low = None if known.low is None else (known.low, ABOVE if known.low in known.excluded else EXACTLY)
    high = None if known.high is None else (known.high, BELOW if known.high in known.excluded else EXACTLY)
    return low, high


def _below(one: Range, other: Range, *, strict: bool) -> bool | None:
    """Whether the first is below the second (or equal to it, unless strict): yes, no, or open."""
    (low, high), (other_low, other_high) = one, other
    if high is not None and other_low is not None and _is_below(high, other_low, strict=strict):
        return True
    if low is not None and other_high is not None and not _is_below(low, other_high, strict=strict):
        return False
    return None


def _is_below(one: End, other: End, *, strict: bool) -> bool:
    return one < other if strict else one <= other


def unary(operator: str, operand: Value, at: SourceRange) -> Value:
    """`!` of a bool or `-` of a number."""
    wanted = BOOL if operator == "!" else NUMBER
    try:
        value = convert(operand, wanted)
    except ConversionError as problem:
        raise EvaluationError(
            "Invalid operand", f"Unsuitable value for unary operand: {problem}.", at
        ) from None
    if value.is_null:
        raise EvaluationError("Operation failed", "The operand is null: operators need a value.", at)
    if value.is_unknown:
        return _unary_unknown(operator, value)
    if operator == "!":
        return (FALSE if value.truth else TRUE).marked(value.marks)
    return number(numbers.negate(value.number)).marked(value.marks)


def _unary_unknown(operator: str, value: Value) -> Value:
    term = value.unknown.term
    if isinstance(term, Applied) and term.name == operator and value.unknown.kind is Kind.NOT_GIVEN:
        return term.arguments[0].marked(value.marks)
    return derived(value.type, Applied(operator, (value,)), (value,))
