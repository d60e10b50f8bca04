"""The texts and numbers that a configuration mentions: where its behaviour can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import chain
from math import ceil

from guard.config.inputs import Given
from guard.config.module import Module
from guard.records import dataclass, fields, is_dataclass
from guard.source import SourceRange
from guard.syntax.nodes import (
    Binary,
    Call,
    Literal,
    ObjectExpr,
    Text,
    TupleExpr,
    Unary,
)
from guard.values.numbers import Number
from guard.worlds.counting import counting

MOST_TEXTS = 40
MOST_NUMBERS = 12
LONGEST = 60
LARGEST_SIZE = 64
_MORE = 3  # the key that is too many, and a position that is above all others
SEPARATORS = ",;|: \n"
UNSTEADY = frozenset({"ceil", "chunklist", "floor", "log", "parseint", "pow", "slice", "substr", "sum"})


@dataclass(frozen=True, slots=True)
class Literals:
    """Where behaviour can change.

    sizes: those that are mentioned, and how many elements written-out collections have, up to LARGEST_SIZE.
    beyond: a size greater than all that can matter, if there is one: how many elements there are is asked
        for, and only compared with what is written, and moved by adding or subtracting it.
    counted: whether it is asked at all how many elements there are, or there are too few that can be tried.
    enough: how many elements there must be where that is not asked.
    few: how many there are at least where nothing is mentioned.
    """

    texts: tuple[str, ...]
    numbers: tuple[Number, ...]
    sizes: tuple[int, ...] = ()
    beyond: int | None = None
    counted: bool = False
    enough: int = 2
    few: int = 4


def literals_of(modules: Iterable[Module], given: Iterable[Given], limit: int) -> Literals:
    """The literals of all blocks that were read, in the order of reading, and of what is given; bounded.

    limit: so many keys, each by an element, are allowed.
    """
    known = list(modules)
    asked = [counting(module) for module in known]
    blocks = (block for module in known for block in module.read_blocks)
    nodes = [node for item in chain(blocks, (value.expr for value in given)) for node in _walk(item)]
    texts = dict.fromkeys(
        node.value for node in nodes if isinstance(node, Text) and 0 < len(node.value) <= LONGEST
    )
    numbers = dict.fromkeys(value for node in nodes for value in _numbers(node))
    is_split = any(isinstance(node, Call) and node.name.endswith("split") for node in nodes)
    lengths = {_length(node, is_split) for node in nodes}
    whole = lengths | {value for value in numbers if isinstance(value, int) and value > 0}
    allowed = max(limit, 1)
    few = allowed + _MORE
    enough = max(allowed + 1, min(few, allowed + sum(item.sought for item in asked)))
    return Literals(
        tuple(texts)[:MOST_TEXTS],
        tuple(numbers)[:MOST_NUMBERS],
        tuple(sorted(size for size in whole if size <= LARGEST_SIZE)),
        _beyond(nodes, whole, few),
        any(item.counted for item in asked) or enough > LARGEST_SIZE,
        enough,
        min(few, LARGEST_SIZE),
    )


def _numbers(node: object) -> Iterator[Number]:
    match node:
        case Literal(bool()):
            return
        case Literal(int() | Fraction() as value):
            yield value
        case Unary("-", Literal(int() | Fraction() as value)) if not isinstance(value, bool):
            yield -value


def _length(node: object, is_split: bool) -> int:
    """How many elements a written-out collection has, or a text that may be split."""
    match node:
        case TupleExpr(items) | ObjectExpr(items):
            return len(items)
        case Text(value) if is_split:
            return 1 + max(map(value.count, SEPARATORS))
    return 0


def _beyond(nodes: Iterable[object], sizes: Iterable[int], few: int) -> int | None:
    """A size beyond all others that matter, None where none is known or it is too large to try."""
    top = max(sizes, default=0)
    for node in nodes:
        match node:
            case Call(name) if name.rpartition("::")[2] in UNSTEADY:
                return None
            case Binary("*" | "/" | "%"):
                return None
            case Binary("+" | "-", left, right):
                moved = [ceil(max(value, -value)) for side in (left, right) for value in _numbers(side)]
                if not moved:
                    return None
                top += sum(moved)
    beyond = top + few
    return beyond if beyond <= LARGEST_SIZE else None


def _walk(node: object) -> Iterator[object]:
    todo = [node]
    while todo:
        item = todo.pop()
        if isinstance(item, SourceRange):
            continue
        if isinstance(item, tuple):
            todo.extend(reversed(item))
        elif is_dataclass(item):
            yield item
            todo.extend(getattr(item, field.name) for field in reversed(fields(item)))
