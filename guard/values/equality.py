"""Whether two values are equal: yes, no, or what would have to be asked to tell.

Terraform's rule (https://developer.hashicorp.com/terraform/language/expressions/operators#equality-operators):
both the type and the value must be the same; nothing is converted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from guard.values.types import ANY, BOOL, STRING, SetOf, Type, holds_any
from guard.values.value import (
    Applied,
    Ask,
    Joined,
    Kind,
    Question,
    SymbolicKey,
    Unknown,
    Value,
    all_marks,
    boolean,
    derived,
    key_value,
    string,
    unknowns,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """is_equal is None when it depends; then questions are the decisions that would settle it."""

    is_equal: bool | None
    questions: tuple[Question, ...] = ()


YES = Answer(True)
NO = Answer(False)
DEPENDS = Answer(None)


def equal(left: Value, right: Value) -> Value:
    """The result of `left == right`: a bool, not known where Terraform (or an input) leaves it open."""
    answer = compare(left, right)
    if answer.is_equal is not None:
        return boolean(answer.is_equal).marked(all_marks(left, right))
    return derived(BOOL, Applied("==", (left, right)), (left, right), questions=answer.questions)


def compare(left: Value, right: Value, *, identity: bool = False) -> Answer:
    """Compare two values.

    identity: also let equal terms of kind AT_APPLY be equal. Terraform's `==` leaves that open; for
    the question whether two keys have one user it is true.
    """
    if left.is_unknown or right.is_unknown:
        return _compare_unknown(left, right, identity)
    if left.is_null or right.is_null:
        return Answer(left.is_null and right.is_null)
    if not _same_type(left.type, right.type):
        return DEPENDS if holds_any(left.type) or holds_any(right.type) else NO
    return _compare_known(left, right, identity)


def _same_type(left: Type, right: Type) -> bool:
    return left == right


def _compare_known(left: Value, right: Value, identity: bool) -> Answer:
    match left.data, right.data:
        case tuple(), tuple() if isinstance(left.type, SetOf):
            return _compare_sets(left.elements, right.elements, identity)
        case tuple() as ours, tuple() as theirs:
            return _all_equal(zip(ours, theirs, strict=True), identity) if len(ours) == len(theirs) else NO
        case Mapping() as ours, Mapping() as theirs:
            return _compare_mappings(ours, theirs, identity)
        case ours, theirs:
            return Answer(ours == theirs)


def _all_equal(pairs: Iterable[tuple[Value, Value]], identity: bool) -> Answer:
    result = YES
    for left, right in pairs:
        answer = compare(left, right, identity=identity)
        if answer.is_equal is False:
            return NO
        if answer.is_equal is None:
            result = Answer(None, result.questions + answer.questions)
    return result


def _compare_sets(ours: tuple[Value, ...], theirs: tuple[Value, ...], identity: bool) -> Answer:
    """Sets hold distinct elements, so equal sizes and one inclusion make them equal."""
    if len(ours) != len(theirs):
        return NO
    return _every(find(item, theirs, identity=identity) for item in ours)


def _compare_mappings(ours: Mapping[str, Value], theirs: Mapping[str, Value], identity: bool) -> Answer:
    if len(ours) != len(theirs):
        return NO
    if ours.keys() == theirs.keys():
        return _all_equal(((ours[key], theirs[key]) for key in ours), identity)
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


# --- unknown values ----------------------------------------------------------------------------


def _compare_unknown(left: Value, right: Value, identity: bool) -> Answer:
    if left.is_null or right.is_null:
        return _compare_with_null(right if left.is_null else left)
    if ANY not in (left.type, right.type) and left.type != right.type:
        known_types = not (holds_any(left.type) or holds_any(right.type))
        return NO if known_types else DEPENDS
    if _excluded(left, right) or _excluded(right, left):
        return NO
    if left.type is STRING and right.type is STRING:
        return _compare_texts(left, right, identity)
    if left.data == right.data and _terms_decide((left, right), identity):
        return YES
    return _undecided(left, right)


def _compare_with_null(value: Value) -> Answer:
    hidden = value.unknown
    if hidden.refinement.not_null:
        return NO
    return Answer(None, (Question(Ask.NULL, value),) if hidden.kind is Kind.NOT_GIVEN else ())


def _excluded(value: Value, other: Value) -> bool:
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


def _terms_decide(values: tuple[Value, ...], identity: bool) -> bool:
    kinds = {item.kind for item in unknowns(*values)}
    return identity or Kind.AT_APPLY not in kinds


def _undecided(left: Value, right: Value) -> Answer:
    """Ask about the left-most part that stands for an input."""
    for value, other in ((left, right), (right, left)):
        if isinstance(value.data, Unknown) and value.data.kind is Kind.NOT_GIVEN:
            return Answer(None, (Question(Ask.EQUAL, value, other),))
    return DEPENDS


# --- texts made of known and unknown pieces ----------------------------------------------------

Piece = str | Value


def _compare_texts(left: Value, right: Value, identity: bool) -> Answer:
    """Strip what both texts begin and end with; what remains decides.

    `app-${x}-reader` and `app-${x}-writer` differ, `svc-${x}` equals `svc-bob` exactly if x is bob.
    """
    ours, theirs = list(pieces(left)), list(pieces(right))
    if _strip(ours, theirs, 0, identity) or _strip(ours, theirs, -1, identity):
        return NO
    if not ours and not theirs:
        return YES
    if not ours or not theirs:
        return _compare_with_empty(ours or theirs)
    return _compare_rests(ours, theirs, left, right)


def pieces(value: Value) -> Iterator[Piece]:
    """The pieces of a string: texts that are known and values that are not."""
    match value.data:
        case str(text):
            if text:
                yield text
        case Unknown(term=Joined(parts=parts)):
            for part in parts:
                yield from (pieces(part) if isinstance(part, Value) else [part])
        case _:
            yield value


def _strip(ours: list[Piece], theirs: list[Piece], end: int, identity: bool) -> bool:
    """Remove equal pieces at one end (0 or -1). True if the texts differ there."""
    while ours and theirs:
        one, other = ours[end], theirs[end]
        if isinstance(one, str) and isinstance(other, str):
            common = min(len(one), len(other))
            if (one[:common] != other[:common]) if end == 0 else (one[-common:] != other[-common:]):
                return True
            _shorten(ours, common, end)
            _shorten(theirs, common, end)
        elif isinstance(one, Value) and isinstance(other, Value) and _same_piece(one, other, identity):
            del ours[end], theirs[end]
        else:
            return end == 0 and (_prefixes_differ(one, other))
    return False


def _shorten(side: list[Piece], count: int, end: int) -> None:
    piece = side[end]
    assert isinstance(piece, str)
    rest = piece[count:] if end == 0 else piece[:-count]
    if rest:
        side[end] = rest
    else:
        del side[end]


def _same_piece(one: Value, other: Value, identity: bool) -> bool:
    return one.data == other.data and _terms_decide((one, other), identity)


def _prefixes_differ(one: Piece, other: Piece) -> bool:
    """Whether the known beginnings of two pieces already tell them apart."""
    ours, theirs = _known_prefix(one), _known_prefix(other)
    common = min(len(ours), len(theirs))
    return ours[:common] != theirs[:common]


def _known_prefix(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.unknown.refinement.prefix


def _compare_with_empty(rest: list[Piece]) -> Answer:
    if any(isinstance(piece, str) for piece in rest):
        return NO
    first = rest[0]
    assert isinstance(first, Value)
    return _compare_rests(rest, [], first, string(""))


def _compare_rests(ours: list[Piece], theirs: list[Piece], left: Value, right: Value) -> Answer:
    """What neither end decided: ask whether the one remaining piece is the other side's rest."""
    one, other = _whole(ours), _whole(theirs)
    if one is None or other is None:
        return Answer(None, (*_first_pieces(ours, theirs), *_undecided(left, right).questions))
    if _excluded(one, other) or _excluded(other, one):
        return NO
    answer = _undecided(one, other)
    return answer if answer.questions else Answer(None, _questions_about((left, right)))


def _first_pieces(ours: list[Piece], theirs: list[Piece]) -> tuple[Question, ...]:
    """Ask whether the pieces that stand first on both sides are the same."""
    one, other = _whole(ours[:1]), _whole(theirs[:1])
    if one is None or other is None or not (one.is_unknown and other.is_unknown):
        return ()
    return () if _excluded(one, other) or _excluded(other, one) else _undecided(one, other).questions


def _whole(side: list[Piece]) -> Value | None:
    """The side as one value, if it is one piece (or nothing)."""
    if not side:
        return string("")
    if len(side) > 1:
        return None
    return string(side[0]) if isinstance(side[0], str) else side[0]


def _questions_about(side: Iterable[Piece]) -> tuple[Question, ...]:
    values = [piece for piece in side if isinstance(piece, Value)]
    return tuple(question for item in unknowns(*values) for question in item.questions)
