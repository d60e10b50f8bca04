"""JSON syntax (`.tf.json`, `.tfvars.json`) into the same tree as native syntax.

https://developer.hashicorp.com/terraform/language/syntax/json and the rules that HCL applies:
https://github.com/hashicorp/hcl/blob/main/json/structure.go
"""

from __future__ import annotations

from collections.abc import Iterator

from guard.diagnostics import error
from guard.source import SourceFile, SourceRange
from guard.syntax.cursor import room_to_recurse
from guard.syntax.errors import SyntaxProblem
from guard.syntax.jsonschema import ANYTHING, TOP_LEVEL, Schema
from guard.syntax.jsontext import (
    JsonArray,
    JsonObject,
    JsonScalar,
    JsonString,
    JsonValue,
    Member,
    read_json,
)
from guard.syntax.nodes import (
    Attribute,
    Block,
    Body,
    Expr,
    Literal,
    ObjectExpr,
    ObjectItem,
    Refused,
    Template,
    Text,
    TupleExpr,
)
from guard.syntax.reader import read_expression, read_template
from guard.syntax.split import RawBlock

COMMENT = "//"
_WRONG_TYPE = "Incorrect JSON value type"


def split_json(source: SourceFile) -> tuple[RawBlock, ...]:
    """The top-level blocks of a `.tf.json` file, each able to `read()` itself. Raises SyntaxProblem.

    Their arguments that Terraform takes literally (a variable's default) are literal, those that it takes
    as written (types, references) are such expressions, and nested blocks that it knows are blocks.
    """
    value = read_json(source)
    if not isinstance(value, JsonObject | JsonArray):
        raise SyntaxProblem(
            "Root value must be object",
            "The root value in a JSON-based configuration must be a JSON object or a JSON array of objects.",
            value.range,
        )
    return tuple(raw for member in _members(value) for raw in _top_level(member))


def read_json_body(source: SourceFile) -> Body:
    """A `.tfvars.json` file: its arguments, in which strings are texts, not templates."""
    value = read_json(source)
    if not isinstance(value, JsonObject):
        raise SyntaxProblem(
            _WRONG_TYPE, "A JSON object is required here, setting the arguments.", value.range
        )
    attributes: dict[str, Attribute] = {}
    for member in _members(value):
        if member.name.text in attributes:
            raise _duplicate(member, attributes[member.name.text])
        attributes[member.name.text] = _attribute(member, literal(member.value))
    return Body(tuple(attributes.values()), (), value.range, json=True)


def blocks(attribute: Attribute, labels: int, type: str) -> tuple[Block, ...]:
    """An attribute of a body from JSON, read as the nested blocks that it stands for.

    labels: how many labels blocks of this type have.
    """
    place = attribute.expr.range
    value = read_json(place.source, place.start, place.end)
    with room_to_recurse():
        return tuple(_blocks(type, value, attribute.name_range, (), labels, ANYTHING))


# --- blocks ------------------------------------------------------------------------------------------


def _top_level(member: Member) -> Iterator[RawBlock]:
    type = member.name.text
    if type not in TOP_LEVEL:
        raise SyntaxProblem(
            "Extraneous JSON object property",
            f'No argument or block type is named "{type}".',
            member.name.range,
        )
    for labels, header, value in _unpacked(type, member.value, member.name.range, (), TOP_LEVEL[type][0]):
        yield RawBlock(type, labels, header, value.range, _read)


def _read(raw: RawBlock) -> Block:
    """A top-level block from its place in the file."""
    value = read_json(raw.range.source, raw.range.start, raw.range.end)
    with room_to_recurse():
        return Block(raw.type, raw.labels, _body(value, TOP_LEVEL[raw.type][1]), raw.header, raw.range)


def _unpacked(
    type: str, value: JsonValue, header: SourceRange, labels: tuple[str, ...], left: int
) -> Iterator[tuple[tuple[str, ...], SourceRange, JsonValue]]:
    """The labels, header and content of every block of a type: an object for each label, then one or many."""
    if left:
        members = tuple(_objects(value, f"to specify labels of {type} blocks"))
        if not members:
            raise SyntaxProblem(
                "Missing block label",
                f"At least one object property is required, to label {type} blocks.",
                value.range,
            )
        for member in members:
            yield from _unpacked(type, member.value, member.name.range, (*labels, member.name.text), left - 1)
    elif isinstance(value, JsonArray):
        yield from ((labels, header, item) for item in value.items)
    elif isinstance(value, JsonObject):
        yield labels, header, value
    elif not (isinstance(value, JsonScalar) and value.value is None):
        raise SyntaxProblem(
            _WRONG_TYPE,
            f'A JSON object or a JSON array is required, representing the contents of "{type}" blocks.',
            value.range,
        )


def _blocks(
    type: str, value: JsonValue, header: SourceRange, labels: tuple[str, ...], left: int, schema: Schema
) -> Iterator[Block]:
    for names, place, content in _unpacked(type, value, header, labels, left):
        yield Block(type, names, _body(content, schema), place, content.range)


def _members(value: JsonValue) -> Iterator[Member]:
    """The members of a body: of one object or of several in an array, without comments."""
    found = _objects(value, "to define arguments and child blocks")
    return (member for member in found if member.name.text != COMMENT)


def _objects(value: JsonValue, purpose: str) -> Iterator[Member]:
    match value:
        case JsonObject(members):
            yield from members
        case JsonScalar(None):
            return
        case JsonArray(items) if all(isinstance(item, JsonObject) for item in items):
            for item in items:
                yield from _objects(item, purpose)
        case _:
            raise SyntaxProblem(
                _WRONG_TYPE, f"A JSON object or an array of objects is required {purpose}.", value.range
            )


def _body(value: JsonValue, schema: Schema) -> Body:
    attributes: list[Attribute] = []
    nested: list[Block] = []
    seen: dict[str, Attribute] = {}
    for member in _members(value):
        name = member.name.text
        if name in schema.blocks:
            labels, inner = schema.blocks[name]
            nested += _blocks(name, member.value, member.name.range, (), labels, inner)
            continue
        made = _attribute(member, _argument(member, schema))
        if name in seen and not (_may_be_blocks(member.value) and isinstance(seen[name].expr, _CONTAINERS)):
            raise _duplicate(member, seen[name])
        seen.setdefault(name, made)
        attributes.append(made)
    return Body(tuple(attributes), tuple(nested), value.range, json=True)


_CONTAINERS = (ObjectExpr, TupleExpr, Refused)


def _may_be_blocks(value: JsonValue) -> bool:
    return isinstance(value, JsonObject | JsonArray)


def _duplicate(member: Member, first: Attribute) -> SyntaxProblem:
    return SyntaxProblem(
        "Duplicate argument",
        f'The argument "{first.name}" was already set at {first.name_range}.',
        member.name.range,
    )


def _attribute(member: Member, expr: Expr) -> Attribute:
    name = member.name
    return Attribute(name.text, expr, name.range.to(member.value.range), name.range)


# --- expressions -------------------------------------------------------------------------------------


def _argument(member: Member, schema: Schema) -> Expr:
    if member.name.text in schema.literal:
        return literal(member.value)
    if member.name.text in schema.written:
        return written(member.value)
    return evaluated(member.value)


def literal(value: JsonValue) -> Expr:
    """The value with its strings as texts."""
    match value:
        case JsonString():
            return _text(value)
        case JsonScalar(known):
            return Literal(known, value.range)
        case JsonArray(items):
            return TupleExpr(tuple(map(literal, items)), value.range)
        case JsonObject(members):
            return _object(
                value, tuple(ObjectItem(_text(item.name), literal(item.value)) for item in members)
            )


def written(value: JsonValue) -> Expr:
    """The value with its strings as expressions: references, types, keywords. Raises SyntaxProblem."""
    match value:
        case JsonString(text, plain, place) if plain:
            return read_expression(place.source, place.start + 1, place.end - 1)
        case JsonString(text, _, place):
            return read_expression(SourceFile(place.file, text), whole=place)
        case JsonArray(items):
            return TupleExpr(tuple(map(written, items)), value.range)
        case _:
            return literal(value)


def evaluated(value: JsonValue) -> Expr:
    """The value with its strings and keys as templates."""
    match value:
        case JsonString():
            return _template(value)
        case JsonArray(items):
            return TupleExpr(tuple(map(evaluated, items)), value.range)
        case JsonObject(members):
            made = (ObjectItem(_template(item.name), evaluated(item.value)) for item in members)
            return _object(value, tuple(made))
        case _:
            return literal(value)


def _object(value: JsonObject, items: tuple[ObjectItem, ...]) -> Expr:
    names: set[str] = set()
    for member in value.members:
        if member.name.text in names:
            detail = f'An attribute named "{member.name.text}" was already defined in this object.'
            return Refused(error("Duplicate object attribute", detail, member.name.range), value.range)
        names.add(member.name.text)
    return ObjectExpr(items, value.range)


def _text(value: JsonString) -> Template:
    return Template((Text(value.text, value.range),) if value.text else (), value.range)


def _template(value: JsonString) -> Template | Refused:
    if "${" not in value.text and "%{" not in value.text:
        return _text(value)
    place = value.range
    try:
        if value.plain:
            parts = read_template(place.source, place.start + 1, place.end - 1).parts
        else:
            parts = read_template(SourceFile(place.file, value.text), whole=place).parts
    except SyntaxProblem as problem:
        return Refused(problem.diagnostic, place)
    return Template(parts, place)
