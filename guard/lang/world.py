"""A world: assumptions about what is not given, under which evaluation goes on.

In the empty world nothing is assumed. See `guard.worlds` for how worlds are chosen.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from guard.records import dataclass, field, replace
from guard.values.convert import convert
from guard.values.errors import ConversionError
from guard.values.joined import joined
from guard.values.numbers import Number
from guard.values.types import ANY, Type
from guard.values.unknown import Ask, Joined, Kind, Question, Refinement, Term, Unknown
from guard.values.value import SymbolicKey, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Fact: TypeAlias = Value | Refinement
Excluded: TypeAlias = str | int | Fraction | Term


@dataclass(frozen=True, slots=True)
class World:
    """facts: by term, the value that an input is assumed to have, or what is assumed about it."""

    facts: Mapping[Term, Fact] = field(default_factory=dict)

    def assume(self, term: Term, fact: Fact) -> World:
        """This world with one more assumption; refinements of one term add up."""
        known = self.facts.get(term)
        if isinstance(known, Refinement) and isinstance(fact, Refinement):
            fact = both(known, fact)
        return World({**self.facts, term: fact})

    def settle(self, value: Value, seen: frozenset[Term] = frozenset()) -> Value:
        """The value with everything replaced or refined that this world makes an assumption about.

        seen: terms that were replaced on the way here. What leads back to one of them equals it.
        """
        if not self.facts or not isinstance(value.data, Unknown) or value.data.kind is not Kind.NOT_GIVEN:
            return value
        term = value.data.term
        match None if term in seen else self.facts.get(term):
            case None:
                return self._told_apart(value)
            case Refinement() as fact:
                return self._told_apart(replace(value, data=_refined(value.data, fact, value)))
            case Value() as fact:
                settled = self._settle_parts(as_type(fact, value.type), seen | {term})
                return replace(settled, origin=value.origin).marked(value.marks)

    def _told_apart(self, value: Value) -> Value:
        """What differs from an input differs from what that is assumed to be."""
        known = value.unknown.refinement
        others = {self._assumed(item) for item in known.excluded if item in self.facts}
        if others <= known.excluded:
            return value
        refinement = replace(known, excluded=known.excluded | others)
        return replace(value, data=replace(value.unknown, refinement=refinement))

    def _assumed(self, term: Excluded) -> Excluded:
        """The text or number that a term is assumed to be, or the term that it is assumed to equal."""
        while isinstance(term, Term) and isinstance(fact := self.facts.get(term), Value):
            match fact.data:
                case Unknown(term=other):
                    term = other
                case str() | int() | Fraction() as plain:
                    return plain
                case _:
                    return term
        return term

    def resolve(self, value: Value, seen: frozenset[Term] = frozenset()) -> Value:
        """The value settled, also inside of a text that is made of pieces, and then as a whole again."""
        settled = self.settle(value, seen)
        match settled.data:
            case Unknown(term=Joined(parts=pieces) as term) if self.facts:
                made = joined(
                    piece if isinstance(piece, str) else self.resolve(piece, seen) for piece in pieces
                )
                same = isinstance(made.data, Unknown) and made.data.term == term
                return made if same else self.settle(made, seen)
            case _:
                return settled

    def _settle_parts(self, value: Value, seen: frozenset[Term]) -> Value:
        """Settle what an assumed value is made of: its elements are inputs of their own."""
        match value.data:
            case Unknown():
                return self.resolve(value, seen)
            case tuple():
                return replace(value, data=tuple(self._settle_parts(item, seen) for item in value.data))
            case Mapping():
                items = value.data.items()
                return replace(
                    value, data={self._key(key): self._settle_parts(item, seen) for key, item in items}
                )
            case _:
                return value

    def _key(self, key: str) -> str:
        if not isinstance(key, SymbolicKey):
            return key
        settled = self.settle(key.value)
        return SymbolicKey(settled) if settled.is_unknown else settled.text


def _refined(hidden: Unknown, fact: Refinement, value: Value) -> Unknown:
    """What is not known, with an assumption. A number in an interval, or
    a collection of many elements, leaves no more to ask about itself."""
    questions = hidden.questions
    if fact.low is not None or fact.high is not None or fact.at_least:
        questions = (Question(Ask.TEXT, replace(value, data=replace(hidden, questions=()))),)
    return replace(hidden, refinement=both(hidden.refinement, fact), questions=questions)


def as_type(fact: Value, wanted: Type) -> Value:
    """An assumed value in the type in which it is asked for: `"2"` where a number is wanted."""
    if wanted is ANY or fact.type == wanted:
        return fact
    try:
        return convert(fact, wanted)
    except ConversionError:
        return fact


def _highest(*bounds: Number | None) -> Number | None:
    """The tightest of lower bounds, any of which may be missing."""
    return max((bound for bound in bounds if bound is not None), default=None)


def _lowest(*bounds: Number | None) -> Number | None:
    """The tightest of upper bounds, any of which may be missing."""
    return min((bound for bound in bounds if bound is not None), default=None)


def both(one: Refinement, other: Refinement) -> Refinement:
    """What holds when both refinements hold."""
    return Refinement(
        not_null=one.not_null or other.not_null,
        prefix=max(one.prefix, other.prefix, key=len),
        at_least=max(one.at_least, other.at_least),
        at_most=min((size for size in (one.at_most, other.at_most) if size is not None), default=None),
        low=_highest(one.low, other.low),
        high=_lowest(one.high, other.high),
        excluded=one.excluded | other.excluded,
    )
