"""Writes a tree as a short text without ranges, so that tests can say what they expect."""

from __future__ import annotations

from typing import Any

from guard.records import fields
from guard.source import SourceRange
from guard.syntax.nodes import Body, Literal, Name, SplatItem, Text


def shape(node: Any) -> str:
    """`Binary('+', Name a, Literal 1)` and so on; leaves as they are written."""
    match node:
        case Name(name):
            return name
        case Literal(value):
            return str(value)
        case Text(value):
            return repr(value)
        case SplatItem():
            return "@"
        case tuple():
            return f"[{', '.join(map(shape, node))}]"
        case Body():
            return f"{{{', '.join(map(shape, (*node.attributes, *node.blocks)))}}}"
        case str() | bool() | None:
            return str(node)
    inner = (getattr(node, field.name) for field in fields(node))
    shapes = [shape(item) for item in inner if not isinstance(item, SourceRange)]
    return f"{type(node).__name__}({', '.join(shapes)})"
