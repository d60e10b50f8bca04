"""Whether an expression's value comes from an IAM user: told from the blocks, nothing evaluated.

It follows locals, variables to the calls that give them, outputs of modules, configured arguments of
resources, and what `each` stands for. Where it cannot follow, the value may come from a user.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guard.config.model import META_ARGUMENTS, Repetition, Resource
from guard.diagnostics import GuardError
from guard.lang.symbols import ModuleSymbols
from guard.records import dataclass, fields, is_dataclass
from guard.source import SourceRange
from guard.syntax.nodes import Expr, ForObject, ForTuple, GetAttr, Index, Name, Splat, SplatItem

USER_TYPES = frozenset({"aws_iam_user", "aws_iam_users"})
DEEPEST = 200
STEP, KEY = "[*]", "[key]"
NO_REPETITION = Repetition(None, None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: the names of a module, and the repetition that `each` belongs to."""

    symbols: ModuleSymbols
    repetition: Repetition = NO_REPETITION


def comes_from_user(expr: Expr, place: Place) -> bool:
    """Whether the value of an expression can be, or be made of, an attribute of an IAM user."""
    return _Search().expression(expr, place, 0)


class _Search:
    """Remembers where it has been: what leads back there adds nothing."""

    def __init__(self) -> None:
        self._seen: set[object] = set()

    def expression(self, expr: Expr, place: Place, depth: int) -> bool:
        if depth > DEEPEST:
            return True
        return any(self._path(path, place, depth + 1) for path in _paths(expr, {}))

    def _path(self, path: tuple[str, ...], place: Place, depth: int) -> bool:
        """A reference as names, with STEP for every index and splat, KEY for a key of the instances."""
        key = (id(place.symbols.module), place.symbols.instance, path, id(place.repetition))
        if key in self._seen:
            return False
        self._seen.add(key)
        try:
            return self._target(path, place, depth)
        except GuardError:
            return True  # what cannot be read is told elsewhere; until then anything is possible

    def _target(self, path: tuple[str, ...], place: Place, depth: int) -> bool:
        module = place.symbols.module
        match path:
            case ("local", name, *_):
                expr = module.locals.get(name)
                return expr is not None and self.expression(expr, place, depth)
            case ("var", name, *_):
                return self._variable(name, place, depth)
            case ("each" | "count", *_):
                found = (place.repetition.for_each, place.repetition.count)
                return any(expr is not None and self.expression(expr, place, depth) for expr in found)
            case ("module", name, *rest):
                return self._module(name, [item for item in rest if item not in (STEP, KEY)], place, depth)
            case ("data", type, name, *rest):
                return self._resource(module.resource("data", type, name), type, rest, place, depth)
            case ("resource", type, name, *rest):
                return self._resource(module.resource("managed", type, name), type, rest, place, depth)
            case (type, name, *rest):
                return self._resource(module.resource("managed", type, name), type, rest, place, depth)
        return False

    def _variable(self, name: str, place: Place, depth: int) -> bool:
        """A variable is what the call gives; the root's come from outside."""
        symbols = place.symbols
        if symbols.parent is None or symbols.call is None:
            return False
        argument = symbols.call.body.attribute(name)
        above = Place(symbols.parent, symbols.call.repetition)
        return argument is not None and self.expression(argument.expr, above, depth)

    def _module(self, name: str, rest: list[str], place: Place, depth: int) -> bool:
        """An output of a module, or all of them. Of a module that is not on disk nothing is known."""
        call = place.symbols.module.call(name)
        module = place.symbols.calls.module(call) if call is not None else None
        if call is None or module is None:
            return False
        inner = Place(place.symbols.called(module, place.symbols.instance.child(name), call, {}))
        outputs = [(rest[0],)] if rest else module.names("output")
        found = (module.output(labels[0]) for labels in outputs)
        return any(
            output is not None and output.value is not None and self.expression(output.value, inner, depth)
            for output in found
        )

    def _resource(
        self, resource: Resource | None, type: str, rest: list[str], place: Place, depth: int
    ) -> bool:
        """An attribute that is configured is what it was configured with; others are the resource's own."""
        if type in USER_TYPES:
            return True
        if resource is None:
            return False
        if rest[:1] == [KEY]:
            expr = resource.repetition.for_each
            return expr is not None and self.expression(expr, place, depth)
        names = [item for item in rest if item != STEP][:1]
        arguments = (
            item
            for item in resource.body.attributes
            if item.name not in META_ARGUMENTS and (not names or item.name == names[0])
        )
        inner = Place(place.symbols, resource.repetition)
        return any(self.expression(item.expr, inner, depth) for item in arguments)


# --- references as names -----------------------------------------------------------------------

Names = Mapping[str, tuple[str, ...]]


def _paths(node: object, bound: Names) -> Iterator[tuple[str, ...]]:
    """All references below a node. A name bound by `for` stands for the elements of its collection."""
    if isinstance(node, Name | GetAttr | Index | Splat):
        names, inner = _unfolded(node)
        if names:
            yield (*bound[names[0]], *names[1:]) if names[0] in bound else names
        for item in inner:
            yield from _paths(item, bound)
    elif isinstance(node, ForTuple | ForObject):
        yield from _in_for(node, bound)
    elif isinstance(node, tuple):
        for item in node:
            yield from _paths(item, bound)
    elif is_dataclass(node) and not isinstance(node, SourceRange):
        for part in fields(node):
            yield from _paths(getattr(node, part.name), bound)


def _in_for(node: ForTuple | ForObject, bound: Names) -> Iterator[tuple[str, ...]]:
    names, others = _unfolded(node.collection)
    if not names:
        yield from _paths(node.collection, bound)
    for item in others if names else ():
        yield from _paths(item, bound)
    place = (*bound[names[0]], *names[1:]) if names and names[0] in bound else names
    inner = {**bound, node.value: (*place, STEP) if place else ()}
    if node.key is not None:
        inner[node.key] = (*place, KEY) if place else ()
    results = (node.result,) if isinstance(node, ForTuple) else (node.result_key, node.result_value)
    yield from _paths((*results, node.condition), inner)


def _unfolded(expr: Expr) -> tuple[tuple[str, ...], list[Expr]]:
    """The names of a reference, and the expressions in it that are references of their own."""
    names: list[str] = []
    inner: list[Expr] = []
    while True:
        match expr:
            case GetAttr(object, name):
                names.append(name)
                expr = object
            case Index(object, key):
                names.append(STEP)
                inner.append(key)
                expr = object
            case Splat(object, each):
                steps, more = _unfolded(each)
                names = [*names, *reversed(steps), STEP]
                inner.extend(more)
                expr = object
            case SplatItem():
                return tuple(reversed(names)), inner
            case Name(name):
                return (name, *reversed(names)), inner
            case _:
                return (), [*inner, expr]
