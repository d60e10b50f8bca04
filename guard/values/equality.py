"""Whether two values are equal: yes, no, or what would have to be asked to tell.

Terraform's rule (https://developer.hashicorp.com/terraform/language/expressions/operators#equality-operators):
both the type and the value must be the same; nothing is converted. What Terraform learns at apply it
compares as https://github.com/zclconf/go-cty/blob/main/cty/value_ops.go (Equals) does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guard.values.answers import DEPENDS, NO, YES, Answer, excludes, terms_decide, undecided
from guard.values.numbers import Number, same_number
from guard.values.pieces import compare_texts, known_prefix, prefixes_differ
from guard.values.types import ANY, BOOL, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type
from guard.values.unknown import Applied, Ask, Kind, Question, Refinement, Unknown
from guard.values.value import SymbolicKey, Value, all_marks, boolean, derived, key_value, walk

__all__ = ["Answer", "compare", "equal", "find"]


def equal(left: Value, right: Value) -> Value:
    """The result of `left == right`: a bool, not known where Terraform (or an input) leaves it open."""
    answer = compare(left, right)
    if answer.is_equal is not None:
        return boolean(answer.is_equal).marked(all_marks(left, right))
    term = Applied("==", (left, right))
    return derived(BOOL, term, (left, right), Refinement(not_null=True), answer.questions)


def find(item: Value, others: Iterable[Value], *, identity: bool = False) -> Answer:
    """Whether one of the others equals the item."""
    result = NO
    for other in others:
        answer = compare(item, other, identity=identity)
        if answer.is_equal:
            return YES
        if answer.is_equal is None:
            result = Answer(None, result.questions + answer.questions)
    return result


def compare(left: Value, right: Value, *, identity: bool = False) -> Answer:
    """Compare two values.

    identity: also let equal terms of kind AT_APPLY be equal. Terraform's `==` leaves that open; for
    the question whether two keys have one user it is true.
    """
    if left.is_unknown or right.is_unknown:
        return _compare_unknown(left, right, identity)
    if left.is_null or right.is_null:
        return Answer(left.is_null and right.is_null)
    if left.type != right.type and not _types_may_match(left, right):
        return NO
    if not identity and _type_learnt_at_apply(left, right):
        return DEPENDS
    return _compare_known(left, right, identity)


# --- known values, perhaps with unknown parts ----------------------------------------------------


def _types_may_match(left: Value, right: Value) -> bool:
    """Whether types that differ may turn out to be the same: a part's type or name is not known."""
    is_open = any(_is_open_type(item) for value in (left, right) for item in walk(value))
    return is_open and _overlap(left.type, right.type)


def _is_open_type(value: Value) -> bool:
    match value.data:
        case Unknown():
            return value.type is ANY
        case Mapping() as mapping if isinstance(value.type, ObjectOf):
            return any(isinstance(name, SymbolicKey) for name in mapping)
    return False


def _overlap(left: Type, right: Type) -> bool:
    if ANY in (left, right):
        return True
    match left, right:
        case (ListOf(ours), ListOf(theirs)) | (SetOf(ours), SetOf(theirs)) | (MapOf(ours), MapOf(theirs)):
            return _overlap(ours, theirs)
        case TupleOf(ours), TupleOf(theirs):
            return len(ours) == len(theirs) and all(map(_overlap, ours, theirs))
        case ObjectOf(attributes=ours), ObjectOf(attributes=theirs):
            return _objects_overlap(ours, theirs)
    return left == right


def _objects_overlap(ours: Mapping[str, Type], theirs: Mapping[str, Type]) -> bool:
    if any(isinstance(name, SymbolicKey) for name in (*ours, *theirs)):
        return len(ours) == len(theirs)
    return ours.keys() == theirs.keys() and all(_overlap(ours[name], theirs[name]) for name in ours)


def _type_learnt_at_apply(left: Value, right: Value) -> bool:
    return any(
        isinstance(item.data, Unknown) and item.type is ANY and item.data.kind is Kind.AT_APPLY
        for value in (left, right)
        for item in walk(value)
    )


def _compare_known(left: Value, right: Value, identity: bool) -> Answer:
    match left.data, right.data:
        case tuple(), tuple() if isinstance(left.type, SetOf):
            return _compare_sets(left.elements, right.elements, identity)
        case tuple(ours), tuple(theirs):
            return _compare_sequences(ours, theirs, identity)
        case Mapping() as ours, Mapping() as theirs:
            return _compare_mappings(ours, theirs, identity)
        case ((str() | bool() as ours), theirs):
            return Answer(ours == theirs)
    return Answer(same_number(left.number, right.number))


def _compare_sequences(ours: tuple[Value, ...], theirs: tuple[Value, ...], identity: bool) -> Answer:
    """Terraform gives up at the first pair that it learns at apply, even if a later one differs."""
    if len(ours) != len(theirs):
        return NO
    return _every(_until_apply(zip(ours, theirs, strict=True), identity))


def _until_apply(pairs: Iterable[tuple[Value, Value]], identity: bool) -> Iterator[Answer]:
    for left, right in pairs:
        answer = compare(left, right, identity=identity)
        yield answer
        if answer.is_equal is None and not identity and _learnt_at_apply(left, right):
            return


def _learnt_at_apply(*values: Value) -> bool:
    return any(isinstance(item.data, Unknown) and item.data.kind is Kind.AT_APPLY for item in values)


def _compare_sets(ours: tuple[Value, ...], theirs: tuple[Value, ...], identity: bool) -> Answer:
    """Sets hold distinct elements, so equal sizes and one inclusion make them equal."""
    if not identity and _learnt_at_apply(*ours, *theirs):
        return DEPENDS
    if len(ours) != len(theirs):
        return NO
    return _every(find(item, theirs, identity=identity) for item in ours)


def _compare_mappings(ours: Mapping[str, Value], theirs: Mapping[str, Value], identity: bool) -> Answer:
    if len(ours) != len(theirs):
        return NO
    if ours.keys() == theirs.keys():
        return _every(compare(ours[key], theirs[key], identity=identity) for key in ours)
    if not any(isinstance(key, SymbolicKey) for key in (*ours, *theirs)):
        return NO
    others = tuple(map(key_value, theirs))
    answer = _every(find(key_value(key), others, identity=identity) for key in ours)
    return NO if answer.is_equal is False else Answer(None, answer.questions)


def _every(answers: Iterable[Answer]) -> Answer:
    result = YES
    for answer in answers:
        if answer.is_equal is False:
            return NO
        if answer.is_equal is None:
            result = Answer(None, result.questions + answer.questions)
    return result


# --- unknown values ------------------------------------------------------------------------------


def _compare_unknown(left: Value, right: Value, identity: bool) -> Answer:
    if left.is_null or right.is_null:
        return _compare_with_null(right if left.is_null else left)
    if _out_of_range(left, right) or _out_of_range(right, left):
        return NO
    if not identity and _learnt_at_apply(left, right):
        return _compare_at_apply(left, right)
    if ANY not in (left.type, right.type) and left.type != right.type:
        return DEPENDS if _overlap(left.type, right.type) else _both_null(left, right)
    if excludes(left, right) or excludes(right, left):
        return NO
    if left.type is STRING and right.type is STRING:
        return compare_texts(left, right, identity)
    if left.data == right.data and terms_decide((left, right), identity):
        return YES
    return undecided(left, right)


def _compare_with_null(value: Value) -> Answer:
    hidden = value.unknown
    if hidden.refinement.not_null:
        return NO
    return Answer(None, (Question(Ask.NULL, value),) if hidden.kind is Kind.NOT_GIVEN else ())


def _both_null(left: Value, right: Value) -> Answer:
    """Values of different types are equal only if both are null."""
    answers = [_compare_with_null(item) if item.is_unknown else NO for item in (left, right)]
    return _every(answers)


def _out_of_range(value: Value, other: Value) -> bool:
    """Whether the bounds of an unknown number or collection leave out a known one."""
    if not isinstance(value.data, Unknown):
        return False
    known = value.data.refinement
    match other.data:
        case bool() | str() | None | Unknown():
            return False
        case tuple() | Mapping() as data if value.type == other.type:
            return len(data) < known.at_least or (known.at_most is not None and len(data) > known.at_most)
        case tuple() | Mapping():
            return False
        case number:
            return _outside(number, known.low, known.high)


def _outside(number: Number, low: Number | None, high: Number | None) -> bool:
    return (low is not None and number < low) or (high is not None and number > high)


def _compare_at_apply(left: Value, right: Value) -> Answer:
    """Terraform tells an unknown value from a known one by the type and by the beginning of a string."""
    if left.is_unknown and right.is_unknown:
        return NO if left.type is right.type is STRING and _beginnings_differ(left, right) else DEPENDS
    hidden, given = (left, right) if left.is_unknown else (right, left)
    if not _overlap(hidden.type, given.type):
        return NO
    if isinstance(given.data, str) and not given.data.startswith(hidden.unknown.refinement.prefix):
        return NO
    return DEPENDS


def _beginnings_differ(left: Value, right: Value) -> bool:
    """Of two values learnt at apply Terraform says nothing; an input is known when it compares."""
    kinds = {left.unknown.kind, right.unknown.kind}
    return Kind.NOT_GIVEN in kinds and prefixes_differ(known_prefix(left), known_prefix(right))
