"""The texts and numbers that a configuration mentions: where its behaviour can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass

from guard.config.module import Module
from guard.source import SourceRange
from guard.syntax.nodes import Literal, Text

MOST_TEXTS = 40
MOST_NUMBERS = 12
LONGEST = 60
LARGEST = 1000


@dataclass(frozen=True, slots=True)
class Literals:
    texts: tuple[str, ...]
    numbers: tuple[int, ...]


def literals_of(modules: Iterable[Module]) -> Literals:
    """The literals of all blocks that were read, in the order of reading, bounded."""
    texts: dict[str, None] = {}
    numbers: dict[int, None] = {}
    for node in (node for module in modules for block in module.read_blocks for node in _walk(block)):
        match node:
            case Text(value) if 0 < len(value) <= LONGEST:
                texts.setdefault(value)
            case Literal(bool()):
                continue
            case Literal(int() as value) if 0 <= value <= LARGEST:
                numbers.setdefault(value)
    return Literals(tuple(texts)[:MOST_TEXTS], tuple(numbers)[:MOST_NUMBERS])


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
