"""Whether two texts made of known and unknown pieces are equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guard.values.answers import NO, YES, Answer, excludes, terms_decide, undecided
from guard.values.errors import ConversionError, NotDeterminedError
from guard.values.numbers import format_number, parse_number
from guard.values.types import BOOL, NUMBER, Type
from guard.values.unknown import Applied, Joined, Question, Unknown
from guard.values.value import FALSE, TRUE, Value, number, string, unknowns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Piece: TypeAlias = str | Value

# Functions whose results differ where their arguments do: of digests nobody knows two names that share one.
DIGESTS = frozenset({"md5", "sha1", "sha256", "sha512"})


def compare_texts(left: Value, right: Value, identity: bool) -> Answer:
    """Strip what both texts begin and end with; what remains decides.

    `app-${x}-reader` and `app-${x}-writer` differ, `svc-${x}` equals `svc-bob` exactly if x is bob.
    """
    ours, theirs = list(pieces(left)), list(pieces(right))
    if _strip(ours, theirs, 0, identity) or _strip(ours, theirs, -1, identity):
        return NO
    if not ours and not theirs:
        return YES
    if not ours or not theirs:
        return _compare_with_empty(ours or theirs, identity)
    return _compare_rests(ours, theirs, left, right, identity)


def pieces(value: Value) -> Iterator[Piece]:
    """The pieces of a string: texts that are known and values that are not."""
    match value.data:
        case str(text):
            if text:
                yield text
        case Unknown(term=Joined(parts=parts)):
            for part in parts:
                yield from (pieces(part) if isinstance(part, Value) else [part])
        case Unknown(term=Applied(name="tostring", arguments=(inner,))):
            yield inner
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
            return end == 0 and prefixes_differ(known_prefix(one), known_prefix(other))
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
    return one.data == other.data and terms_decide((one, other), identity)


def prefixes_differ(ours: str, theirs: str) -> bool:
    """Whether known beginnings already tell two texts apart."""
    common = min(len(ours), len(theirs))
    return ours[:common] != theirs[:common]


def known_prefix(piece: Piece) -> str:
    return piece if isinstance(piece, str) else piece.unknown.refinement.prefix


def _compare_with_empty(rest: list[Piece], identity: bool) -> Answer:
    if any(known_prefix(piece) for piece in rest):
        return NO
    first = rest[0]
    assert isinstance(first, Value)
    return _compare_rests(rest, [], first, string(""), identity)


def _compare_rests(
    ours: list[Piece], theirs: list[Piece], left: Value, right: Value, identity: bool
) -> Answer:
    """What neither end decided: ask whether the one remaining piece is the other side's rest."""
    one, other = _whole(ours), _whole(theirs)
    if one is None or other is None:
        return Answer(None, (*_first_pieces(ours, theirs), *undecided(left, right).questions))
    digested = _digested(one, other)
    if digested:
        return compare_texts(*digested, identity)
    for piece, text in ((one, other), (other, one)):
        if piece.is_unknown and isinstance(text.data, str):
            converted = _as_written(text.data, piece.type)
            if converted is None:
                return NO
            one, other = piece, converted
    if excludes(one, other) or excludes(other, one):
        return NO
    answer = undecided(one, other)
    return answer if answer.questions else Answer(None, _questions_about((left, right)))


def _digested(one: Value, other: Value) -> tuple[Value, Value] | None:
    """What both values are digests of, made by one function."""
    match one.data, other.data:
        case (
            Unknown(term=Applied(name=name, arguments=(Value() as mine,))),
            Unknown(term=Applied(name=same, arguments=(Value() as theirs,))),
        ) if name == same and name in DIGESTS:
            return mine, theirs
    return None


def _as_written(text: str, type: Type) -> Value | None:
    """The value of a primitive type that a template writes as this text, or None if there is none."""
    if type is BOOL:
        return {"true": TRUE, "false": FALSE}.get(text)
    if type is not NUMBER:
        return string(text)
    try:
        found = parse_number(text)
    except ConversionError:
        return None
    except NotDeterminedError:
        return string(text)
    return number(found) if format_number(found) == text else None


def _first_pieces(ours: list[Piece], theirs: list[Piece]) -> tuple[Question, ...]:
    """Ask whether the pieces that stand first on both sides are the same."""
    one, other = _whole(ours[:1]), _whole(theirs[:1])
    if one is None or other is None or not (one.is_unknown and other.is_unknown):
        return ()
    return () if excludes(one, other) or excludes(other, one) else undecided(one, other).questions


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
