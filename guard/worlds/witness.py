"""A world to real inputs: values for everything that is not given, checked by evaluating them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from guard.inventory.configuration import KeyResource
from guard.inventory.roots import RootModule
from guard.lang.budget import Budget
from guard.lang.world import World, as_type
from guard.ledger import holdings
from guard.records import dataclass, field
from guard.rules import Witness
from guard.values.joined import joined
from guard.values.numbers import Number
from guard.values.sets import set_of
from guard.values.types import (
    ANY,
    BOOL,
    NUMBER,
    ListOf,
    MapOf,
    ObjectOf,
    SetOf,
    TupleOf,
    Type,
)
from guard.values.unknown import WORKSPACE, Applied, Input, Joined, Refinement, Term, Unknown
from guard.values.unknown_types import set_of_what
from guard.values.value import (
    FALSE,
    SymbolicKey,
    Value,
    list_of,
    map_of,
    number,
    object_of,
    string,
    tuple_of,
    unknowns,
)
from guard.worlds.literals import Literals
from guard.worlds.naming import Naming, namings
from guard.worlds.tfvars import json_value, tfvars

MOST_TRIES = 200


def confirmed_witness(
    root: RootModule,
    world: World,
    only: frozenset[KeyResource],
    limit: int,
    literals: Literals,
    budget: Budget,
    *,
    names: Iterable[Value] = (),
) -> Witness | None:
    """Inputs that agree with the world and really give a user too many keys, or None if none was found.

    names: of the users and accounts, as far as they are not known.
    """
    parts = _parts(world, names)
    for naming, guesses in islice(_attempts(world, literals), MOST_TRIES):
        attempt = _Grounding(world, naming, parts, guesses)
        variables = _accepted(root, _variables(root, attempt), world, literals)
        workspace = _workspace(root, attempt)
        facts: dict[Term, Value] = {term: attempt.value(term, ANY) for term in _data_terms(world)}
        evaluation = root.evaluate(World(facts), only, variables, workspace, budget=budget)
        if evaluation.refusals or len(evaluation.diagnostics) > len(root.origin.diagnostics):
            continue
        found = holdings(item.key for item in evaluation.found)
        if any(holding.active.within(limit) is False for holding in found):
            return _witness(variables, workspace, facts)
    return None


def _witness(variables: Mapping[str, Value], workspace: str | None, facts: Mapping[Term, Value]) -> Witness:
    inputs: dict[str, object] = {f"var.{name}": json_value(value) for name, value in variables.items()}
    if workspace is not None:
        inputs["terraform.workspace"] = workspace
    inputs.update((str(term), json_value(value)) for term, value in facts.items())
    return Witness(inputs, tfvars(variables), (), workspace)


def _variables(root: RootModule, attempt: _Grounding) -> dict[str, Value]:
    """A value for every variable of the root module that has neither a value nor a default."""
    module, given = root.origin.module, root.origin.inputs.values
    found = {}
    for (name,) in module.names("variable"):
        variable = module.variable(name)
        if variable is not None and variable.default is None and name not in given:
            found[name] = attempt.value(Input(f"var.{name}"), variable.type)
    return found


def _accepted(
    root: RootModule, variables: Mapping[str, Value], world: World, literals: Literals
) -> dict[str, Value]:
    """The values, with those of variables that nothing is assumed about made such that their validation
    takes them: Terraform would refuse the plan otherwise."""
    assumed = {term.name for term in world.facts if isinstance(term, Input)}
    words = (*map(string, literals.texts), *map(number, literals.numbers))
    accepted = dict(variables)
    for name, value in variables.items():
        variable = root.origin.module.variable(name)
        if variable is not None and variable.validations and f"var.{name}" not in assumed:
            fitting = (one for one in (value, *words) if root.accepts(name, {**accepted, name: one}))
            accepted[name] = next(fitting, value)
    return accepted


def _workspace(root: RootModule, attempt: _Grounding) -> str | None:
    chosen = WORKSPACE in attempt.world.facts or WORKSPACE in attempt.guesses
    if root.origin.inputs.workspace is not None or not chosen:
        return None
    value = attempt.value(WORKSPACE, ANY)
    return value.text if isinstance(value.data, str) else None


def _attempts(world: World, literals: Literals) -> Iterator[tuple[Naming, Mapping[Term, str]]]:
    guesses = _guesses(world)
    if guesses:
        yield Naming(), guesses
    for naming in namings(literals):
        yield naming, {}


def _parts(world: World, names: Iterable[Value]) -> tuple[Input, ...]:
    """The inputs, and parts of inputs, that the world or the names mention: these must exist."""
    facts = [fact for fact in world.facts.values() if isinstance(fact, Value)]
    mentioned = [term for value in (*facts, *names) for term in _inputs(value)]
    return tuple(dict.fromkeys((*(term for term in world.facts if isinstance(term, Input)), *mentioned)))


def _inputs(value: Value) -> Iterator[Input]:
    """The inputs that a value is, or is joined of."""
    for hidden in unknowns(value):
        if isinstance(hidden.term, Input):
            yield hidden.term
        elif isinstance(hidden.term, Joined):
            for part in hidden.term.parts:
                yield from _inputs(part) if isinstance(part, Value) else ()


def _guesses(world: World) -> dict[Term, str]:
    """For inputs of which a function makes a certain text: that text, which most functions would keep."""
    return {
        hidden.term: fact.text
        for made, fact in world.facts.items()
        if isinstance(made, Applied) and isinstance(fact, Value) and isinstance(fact.data, str)
        for hidden in _made_of(made)
        if hidden.term not in world.facts or isinstance(world.facts[hidden.term], Refinement)
    }


def _made_of(made: Applied) -> Iterator[Unknown]:
    for hidden in unknowns(*made.arguments):
        if isinstance(hidden.term, Applied):
            yield from _made_of(hidden.term)
        else:
            yield hidden


def _data_terms(world: World) -> list[Input]:
    """What the world assumes about data sources: no variable file can give that."""
    return [
        term
        for term in world.facts
        if isinstance(term, Input) and not (term.made or term.name.startswith("var.") or term == WORKSPACE)
    ]


@dataclass(slots=True)
class _Grounding:
    """Chooses one value for every input, the same each time it is asked for.

    An assumption that leads back to its own term leaves that free.
    """

    world: World
    naming: Naming
    parts: tuple[Input, ...] = ()
    guesses: Mapping[Term, str] = field(default_factory=dict)
    _texts: dict[Term, str] = field(default_factory=dict)
    _under_way: set[Term] = field(default_factory=set)

    def value(self, term: Term, type: Type) -> Value:
        """The value of a term: what the world assumes of it, or else of the set that it makes, completed."""
        fact = self.world.facts.get(term)
        if isinstance(fact, Value) and term not in self._under_way:
            self._under_way.add(term)
            value = self._complete(fact)
            self._under_way.remove(term)
            return value if value.is_unknown else as_type(value, type)
        made = next((item for item in self.world.facts if set_of_what(item) == term), None)
        if made is not None:
            return self.value(made, type)
        parts = self._assumed_parts(term)
        refinement = fact if isinstance(fact, Refinement) else Refinement()
        return self._free(term, type, parts, refinement)

    def _complete(self, value: Value) -> Value:
        match value.data:
            case Unknown(term=term, refinement=refinement):
                if term in self.world.facts or self._assumed_parts(term):
                    return self.value(term, value.type)
                if isinstance(term, Joined):
                    return joined(
                        part if isinstance(part, str) else self._complete(part) for part in term.parts
                    )
                return self._free(term, value.type, {}, refinement)
            case tuple() if isinstance(value.type, SetOf):
                return set_of(value.type.element, map(self._complete, value.data))
            case tuple():
                return Value(value.type, tuple(map(self._complete, value.data)))
            case Mapping():
                pairs = {self._key(key): self._complete(item) for key, item in value.data.items()}
                return Value(value.type, pairs)
            case _:
                return value

    def _key(self, key: str) -> str:
        if not isinstance(key, SymbolicKey):
            return key
        value = self._complete(key.value)
        return value.text if isinstance(value.data, str) else str(value.data)

    def _assumed_parts(self, term: Term) -> dict[str | int, Input]:
        """The direct parts of an input that the world assumes something about, or that matter to the keys."""
        if not isinstance(term, Input):
            return {}
        size = len(term.steps)
        inner = [
            item
            for item in self.parts
            if item.name == term.name and item.steps[:size] == term.steps and len(item.steps) > size
        ]
        return {item.steps[size]: Input(term.name, item.steps[: size + 1]) for item in inner}

    def _free(self, term: Term, type: Type, parts: dict[str | int, Input], refinement: Refinement) -> Value:
        """A value of the type about which nothing, or only something about its parts, is assumed."""
        match type:
            case _ if type is BOOL:
                return FALSE
            case _ if type is NUMBER:
                return number(_number(refinement))
            case ObjectOf(attributes, optional):
                wanted = {
                    name: item for name, item in attributes.items() if name not in optional or name in parts
                }
                return object_of({name: self._part(term, name, item) for name, item in wanted.items()})
            case TupleOf(elements):
                return tuple_of(self._part(term, place, item) for place, item in enumerate(elements))
            case ListOf(element) | SetOf(element):
                size = 1 + max((step for step in parts if isinstance(step, int)), default=-1)
                items = [self._part(term, place, element) for place in range(size)]
                return list_of(element, items) if isinstance(type, ListOf) else set_of(element, items)
            case MapOf(element):
                return map_of(element, {str(step): self._part(term, step, element) for step in parts})
        if parts:
            return self._free_any(term, parts)
        return string(self._text(term, refinement))

    def _free_any(self, term: Term, parts: dict[str | int, Input]) -> Value:
        """A value without a type whose parts are asked for: an object, or a list if by number."""
        if all(isinstance(step, int) for step in parts):
            size = 1 + max(step for step in parts if isinstance(step, int))
            return tuple_of(self._part(term, place, ANY) for place in range(size))
        return object_of({str(step): self._part(term, step, ANY) for step in parts})

    def _part(self, term: Term, step: str | int, type: Type) -> Value:
        assert isinstance(term, Input)
        return self.value(term.child(step), type)

    def _text(self, term: Term, refinement: Refinement) -> str:
        if term in self.guesses:
            return self.guesses[term]
        if term not in self._texts:
            taken = set(self._texts.values()) | {
                item for item in refinement.excluded if isinstance(item, str)
            }
            names = (self.naming.text(position) for position in range(1, len(taken) + 2))
            self._texts[term] = next((name for name in names if name not in taken), self.naming.text(1))
        return self._texts[term]


def _number(known: Refinement) -> Number:
    """A number that agrees with what is known of it, whole if it can be."""
    low, high = known.low, known.high
    down = low is None and high is not None
    first = min(0, floor(high)) if down and high is not None else ceil(low or 0)
    places = range(len(known.excluded) + 1)
    numbers = (first - place if down else first + place for place in places)
    allowed = (item for item in numbers if item not in known.excluded and (high is None or item <= high))
    return next(allowed, Fraction((low or 0) + (high or 0)) / 2)
