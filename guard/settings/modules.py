"""The modules that a settings file describes, to summaries like those of well-known modules.

Each entry becomes the blocks that the module would declare; expressions keep their places in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guard.config.known_modules import in_table
from guard.config.module_source import ModuleAddress, named_address
from guard.config.summaries import KnownModule, OwnModules, Row
from guard.config.versions import EVERY, Span, VersionError, constraint
from guard.diagnostics import GuardError, UsageError
from guard.records import dataclass
from guard.settings.document import SUMMARY, Data, Document, Place
from guard.settings.expressions import check_names
from guard.source import SourceFile, SourceRange, SummaryFile
from guard.syntax.nodes import (
    Attribute,
    Block,
    Body,
    Conditional,
    Expr,
    Literal,
    Name,
    ObjectExpr,
    ObjectItem,
    Parentheses,
    Template,
    Text,
    TupleExpr,
)
from guard.syntax.reader import read_expression
from guard.syntax.split import RawBlock
from guard.visible import visible

REPEATED = ("when", "count", "for-each")
TYPES: Mapping[type, str] = {bool: "bool", int: "number", str: "string"}


def own_modules(document: Document) -> OwnModules:
    """The modules of a file by package and submodule; UsageError for what cannot be meant."""
    file = SummaryFile(document.source.path, document.source.text)
    found: dict[tuple[str, str], KnownModule] = {}
    for number, data in enumerate(document.data["modules"]):
        entry = _Entry(document, file, ("modules", number), data)
        address = _address(entry)
        row = Row(_versions(entry, address), "", (), tuple(_blocks(entry)))
        place = (address.package, address.submodule)
        found[place] = _with(found.get(place) or in_table(*place), row, entry, address)
    return found


@dataclass(frozen=True, slots=True)
class _Entry:
    """One module of the file. file: its text, as the source of a summary."""

    document: Document
    file: SummaryFile
    place: Place
    data: Mapping[str, Data]

    def part(self, name: str) -> Mapping[str, Data]:
        part: Mapping[str, Data] = self.data.get(name, {})
        return part

    def key(self, *path: str) -> SourceRange:
        return self._moved(self.document.keys[(*self.place, *path)])

    def value(self, *path: str | int) -> SourceRange:
        return self._moved(self.document.values[(*self.place, *path)])

    def _moved(self, at: SourceRange) -> SourceRange:
        return SourceRange(self.file, at.start, at.end)

    def wrong(self, detail: str, *path: str) -> UsageError:
        return UsageError(SUMMARY, detail, self.value(*path))


def _address(entry: _Entry) -> ModuleAddress:
    address = named_address(entry.data["source"])
    if address is None:
        raise entry.wrong("A module with a local source is read itself: describe others only.", "source")
    return address


def _versions(entry: _Entry, address: ModuleAddress) -> Span:
    try:
        wanted = constraint(entry.data["version"]) if "version" in entry.data else EVERY
    except VersionError as problem:
        raise entry.wrong(f"The version cannot be used: {problem}.", "version") from None
    versions = wanted & address.allowed
    if versions.is_empty:
        raise entry.wrong("The source and the version allow no version.", "source")
    return versions


def _with(known: KnownModule | None, row: Row, entry: _Entry, address: ModuleAddress) -> KnownModule:
    """The module with one more row; UsageError where another one says something of the same versions."""
    rows = known.rows if known else ()
    for other in rows:
        if not (other.versions & row.versions).is_empty:
            whose = "The table of well-known modules" if other.seen else "Another entry"
            detail = f"{whose} describes versions {other.versions} of {visible(str(address))} already."
            raise entry.wrong(detail, "source")
    makes_keys = bool(entry.part("keys")) or bool(known and known.makes_keys)
    ordered = tuple(sorted((*rows, row), key=lambda item: item.versions.low))
    return KnownModule(address.package, address.submodule, ordered, makes_keys)


# --- blocks ------------------------------------------------------------------------------------------


def _blocks(entry: _Entry) -> Iterator[RawBlock]:
    for name, default in entry.part("inputs").items():
        yield _block("variable", (name,), _input(entry, name, default), entry.key("inputs", name))
    if entry.part("locals"):
        values = tuple(_argument(entry, name, "locals", name) for name in entry.part("locals"))
        yield _block("locals", (), values, entry.key("locals"))
    for part, type in (("users", "aws_iam_user"), ("keys", "aws_iam_access_key")):
        for name in entry.part(part):
            yield _block("resource", (type, name), _resource(entry, part, name), entry.key(part, name))
    for name in entry.part("outputs"):
        value = (_argument(entry, "value", "outputs", name),)
        yield _block("output", (name,), value, entry.key("outputs", name))


def _block(
    type: str, labels: tuple[str, ...], attributes: tuple[Attribute, ...], at: SourceRange
) -> RawBlock:
    block = Block(type, labels, Body(attributes, (), at), at, at)
    return RawBlock(type, labels, at, at, lambda _: block)


def _input(entry: _Entry, name: str, default: Data) -> tuple[Attribute, ...]:
    """Its default, and the type of that where it is no list or mapping: Terraform converts to it."""
    at = entry.value("inputs", name)
    given = Attribute("default", _constant(entry, ("inputs", name), default), at, at)
    known = TYPES.get(type(default))
    return (given, Attribute("type", Name(known, at), at, at)) if known else (given,)


def _constant(entry: _Entry, path: tuple[str | int, ...], data: Data) -> Expr:
    at = entry.value(*path)
    if isinstance(data, str):
        return _text(data, at)
    if isinstance(data, list):
        items = (_constant(entry, (*path, number), item) for number, item in enumerate(data))
        return TupleExpr(tuple(items), at)
    if isinstance(data, dict):
        pairs = ((_text(key, at), _constant(entry, (*path, key), item)) for key, item in data.items())
        return ObjectExpr(tuple(ObjectItem(key, value) for key, value in pairs), at)
    return Literal(data, at)


def _text(text: str, at: SourceRange) -> Template:
    return Template((Text(text, at),) if text else (), at)


def _resource(entry: _Entry, part: str, name: str) -> tuple[Attribute, ...]:
    data = entry.part(part)[name]
    repeated = [key for key in data if key in REPEATED]
    if len(repeated) > 1:
        raise entry.wrong("Give only one of when, count and for-each.", part, name, repeated[1])
    found = (_argument(entry, key.replace("-", "_"), part, name, key) for key in data)
    return tuple(_counted(item) if item.name == "when" else item for item in found)


def _counted(when: Attribute) -> Attribute:
    """A condition as the count that it stands for."""
    at = when.range
    count = Conditional(Parentheses(when.expr, at), Literal(1, at), Literal(0, at), at)
    return Attribute("count", count, at, when.name_range)


def _argument(entry: _Entry, name: str, *path: str) -> Attribute:
    expr = _expression(entry, *path)
    check_names(expr, entry.data, path)
    return Attribute(name, expr, entry.value(*path), entry.key(*path))


def _expression(entry: _Entry, *path: str) -> Expr:
    """The expression of a scalar; where YAML writes it as it is, its parts have their own places."""
    at, data = entry.value(*path), _at(entry.data, path)
    text = data if isinstance(data, str) else str(data).lower()
    plain = (at.start + quote for quote in (0, 1) if at.text[quote:].startswith(text))
    start = next(plain, None)
    try:
        if start is not None:
            return read_expression(at.source, start, start + len(text))
        return read_expression(SourceFile(at.file, text), whole=at)
    except GuardError as problem:
        said = problem.diagnostic
        raise UsageError(SUMMARY, f"This is no expression: {said.detail}", said.subject) from problem


def _at(data: Data, path: tuple[str, ...]) -> Data:
    for name in path:
        data = data[name]
    return data
