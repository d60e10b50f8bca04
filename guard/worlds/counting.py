"""Whether a configuration asks how many elements collections have, or where an element stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guard.config.module import Module
from guard.records import dataclass, fields, is_dataclass
from guard.source import SourceRange
from guard.syntax.nodes import (
    Binary,
    Call,
    Expr,
    ForObject,
    ForTuple,
    GetAttr,
    Index,
    Literal,
    Name,
    ObjectExpr,
    TupleExpr,
    Unary,
)
from guard.values.types import ANY, ListOf, MapOf, ObjectOf, SetOf, Type

OBSERVERS = frozenset({"length", "index", "element", "slice", "chunklist", "sum"})
MAKE_MAPPINGS = frozenset({"merge", "zipmap", "tomap", "transpose"})
MAKE_SETS = frozenset({"toset", "setunion", "setintersection", "setsubtract", "fileset"})
TAKE_APART = frozenset({"split", "regex"})
DEEPEST = 20

Types = Mapping[str, Type]


@dataclass(frozen=True, slots=True)
class Counting:
    """counted: whether numbers or positions of elements matter at all.

    sought: in how many places it is asked whether a collection contains something: that a key is there
        can rest on so many elements more.
    """

    counted: bool
    sought: int


def counting(module: Module) -> Counting:
    """What the blocks of a module that were read ask of collections."""
    nodes = [node for block in module.read_blocks for node in _with_types(block, module, {})]
    sought = sum(isinstance(node, Call) and _name(node) == "contains" for node, _ in nodes)
    return Counting(any(_counts(node, module, types) for node, types in nodes), sought)


def _name(call: Call) -> str:
    return call.name.rpartition("::")[2]


def _counts(node: object, module: Module, types: Types) -> bool:
    match node:
        case Call():
            return _name(node) in OBSERVERS
        case Index(object=Call() as call) if _name(call) in TAKE_APART:
            return False
        case Index(key=Literal(int() as place)):
            return place > 0  # what stands first does so, whatever comes after it
        case Index(key=Unary()):
            return True
        case ForTuple(key=str(), collection=collection) | ForObject(key=str(), collection=collection):
            return not isinstance(_type(collection, module, types, 0), MapOf | ObjectOf | SetOf)
        case Binary("==" | "!=", left, right):
            return isinstance(left, TupleExpr | ObjectExpr) or isinstance(right, TupleExpr | ObjectExpr)
    return False


def _with_types(node: object, module: Module, types: Types) -> Iterator[tuple[object, Types]]:
    """All nodes below a node, with the types of the names that `for` binds there."""
    if isinstance(node, tuple):
        for item in node:
            yield from _with_types(item, module, types)
    elif is_dataclass(node) and not isinstance(node, SourceRange):
        yield node, types
        inner = types
        if isinstance(node, ForTuple | ForObject):
            inner = {**types, node.value: _element(_type(node.collection, module, types, 0))}
        for part in fields(node):
            yield from _with_types(getattr(node, part.name), module, inner)


def _type(expr: Expr, module: Module, types: Types, depth: int) -> Type:
    """The type of an expression as far as it can be told without a value, else ANY."""
    if depth > DEEPEST:
        return ANY
    match expr:
        case Name(name):
            return types.get(name, ANY)
        case GetAttr(Name("var"), name):
            variable = module.variable(name)
            return variable.type if variable else ANY
        case GetAttr(Name("local"), name):
            value = module.locals.get(name)
            return _type(value, module, {}, depth + 1) if value else ANY
        case GetAttr(object, name):
            of = _type(object, module, types, depth + 1)
            return of.attributes.get(name, ANY) if isinstance(of, ObjectOf) else _element(of)
        case Index(object):
            return _element(_type(object, module, types, depth + 1))
        case ForObject() | ObjectExpr():
            return MapOf(ANY)
        case Call() if _name(expr) in MAKE_MAPPINGS:
            return MapOf(ANY)
        case Call() if _name(expr) in MAKE_SETS:
            return SetOf(ANY)
    return ANY


def _element(of: Type) -> Type:
    return of.element if isinstance(of, ListOf | SetOf | MapOf) else ANY
