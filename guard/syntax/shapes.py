"""Trees without ranges, in one form for both readers, so that what they read can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import groupby

from guard.records import dataclass, fields, replace
from guard.source import SourceRange
from guard.syntax.nodes import (
    Attribute,
    Block,
    Body,
    Expr,
    Interpolation,
    Literal,
    ObjectItem,
    SplatItem,
    Template,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    Text,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Shape:
    """A node: its kind, what it is made of, and where it stands (known of our own nodes)."""

    kind: str
    parts: tuple[Part, ...] = ()
    range: SourceRange | None = None

    def __str__(self) -> str:
        return f"{self.kind} of {len(self.parts)} parts" if self.parts else self.kind


Part: TypeAlias = Shape | str

KEYWORDS = {None: "null", True: "true", False: "false"}
# What is compared as a whole, because readers may nest its parts differently.
_WHOLE = frozenset({"GetAttr", "Index", "Splat", "Template"})
_LARGE = 10**18


def differences(
    ours: Shape, theirs: Shape, within: SourceRange | None = None
) -> Iterator[tuple[Shape, Shape]]:
    """The smallest parts in which two shapes differ: ours, with the place closest to it, and theirs."""
    at = ours.range or within
    if ours.kind != theirs.kind or len(ours.parts) != len(theirs.parts):
        yield replace(ours, range=at), theirs
        return
    inner: list[tuple[Shape, Shape]] = []
    texts_differ = False
    for a, b in zip(ours.parts, theirs.parts, strict=True):
        if isinstance(a, Shape) and isinstance(b, Shape):
            inner += differences(a, b, at)
        elif a != b:
            texts_differ = True
    if texts_differ or (inner and ours.kind in _WHOLE):
        yield replace(ours, range=at), theirs
    else:
        yield from inner


def block_shape(block: Block) -> Shape:
    return Shape("Block", (block.type, *block.labels, body_shape(block.body)), block.range)


def body_shape(body: Body) -> Shape:
    """Arguments and blocks in the order in which they stand."""
    items: list[Attribute | Block] = [*body.attributes, *body.blocks]
    items.sort(key=lambda item: item.range.start)
    return Shape("Body", tuple(map(_item_shape, items)), body.range)


def _item_shape(item: Attribute | Block) -> Shape:
    if isinstance(item, Block):
        return block_shape(item)
    return Shape("Attribute", (item.name, shape(item.expr)), item.range)


def shape(expr: Expr) -> Shape:
    """The shape of an expression: its fields in order, but for what the readers spell differently."""
    match expr:
        case Literal(value, at):
            if value is None or isinstance(value, bool):
                return Shape("Keyword", (KEYWORDS[value],), at)
            return number(value, at)
        case Template(parts, at):
            if at.text.startswith("<<"):
                return heredoc(at.text, at)
            return template(_flat(parts), at)
        case SplatItem(at):
            return Shape("SplatItem", (), at)
    inside = (getattr(expr, field.name) for field in fields(expr) if field.name != "range")
    return Shape(type(expr).__name__, tuple(map(_part, inside)), expr.range)


def _part(value: object) -> Part:
    match value:
        case str():
            return value
        case None | bool():
            return KEYWORDS[value]
        case tuple():
            return Shape("list", tuple(map(_part, value)))
        case ObjectItem(key, item):
            return Shape("ObjectItem", (shape(key), shape(item)), key.range)
        case _:
            return shape(value)  # type: ignore[arg-type]  # what is left in the fields of nodes is nodes


def number(value: int | Fraction, range: SourceRange | None = None) -> Shape:
    whole = isinstance(value, int) and abs(value) < _LARGE
    return Shape("Number", (str(value) if whole else f"{value.numerator:x}/{value.denominator:x}",), range)


def heredoc(text: str, range: SourceRange | None = None) -> Shape:
    """A heredoc as it is written: python-hcl2 does not look into it."""
    return Shape("Heredoc", (text.rstrip(),), range)


def template(parts: Iterable[Shape], range: SourceRange | None = None) -> Shape:
    """A quoted string: texts, interpolations and directives in a row, neighbouring texts joined."""
    made: list[Shape] = []
    for is_text, group in groupby(parts, lambda part: part.kind == "Text"):
        if is_text:
            text = "".join(str(piece) for part in group for piece in part.parts)
            made += [Shape("Text", (text,))] if text else []
        else:
            made += group
    return Shape("Template", tuple(made), range)


def _flat(parts: Iterable[TemplatePart]) -> Iterator[Shape]:
    for part in parts:
        match part:
            case Text(text, at):
                yield Shape("Text", (text,), at)
            case Interpolation(expr, at):
                yield Shape("Interpolation", (shape(expr),), at)
            case TemplateIf(condition, then, otherwise, at):
                yield Shape("if", (shape(condition),), at)
                yield from _flat(then)
                if otherwise:
                    yield Shape("else")
                    yield from _flat(otherwise)
                yield Shape("endif")
            case TemplateFor(key, value, collection, body, at):
                yield Shape("for", (key or "", value, shape(collection)), at)
                yield from _flat(body)
                yield Shape("endfor")
