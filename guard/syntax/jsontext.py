"""Reads JSON text into values that know their place, every member of an object kept.

HCL's own JSON parser is followed, which is stricter than some and keeps members of the same name:
https://github.com/hashicorp/hcl/tree/main/json
"""

from __future__ import annotations

import re
from fractions import Fraction

from guard.records import dataclass
from guard.source import SourceFile, SourceRange
from guard.syntax.characters import UNDECODABLE
from guard.syntax.cursor import DEPTH, room_to_recurse
from guard.syntax.errors import SyntaxProblem
from guard.values.errors import ConversionError, NotDeterminedError
from guard.values.numbers import parse_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class JsonString:
    """text is decoded; plain says that it stands in the file as it is, between the quotes."""

    text: str
    plain: bool
    range: SourceRange


@dataclass(frozen=True, slots=True)
class JsonScalar:
    value: int | Fraction | bool | None
    range: SourceRange


@dataclass(frozen=True, slots=True)
class JsonArray:
    items: tuple[JsonValue, ...]
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Member:
    name: JsonString
    value: JsonValue


@dataclass(frozen=True, slots=True)
class JsonObject:
    members: tuple[Member, ...]
    range: SourceRange


JsonValue: TypeAlias = JsonString | JsonScalar | JsonArray | JsonObject

_TOKEN = re.compile(
    r"""[ \t\r\n]*+(?:
      (?P<string>"(?:[^"\\\x00-\x1f]++|\\.)*+")
    | (?P<sign>[{}\[\],:])
    | (?P<number>[-+.0-9][-+.eE0-9]*+)
    | (?P<word>[A-Za-z][A-Za-z_]*+)
    | (?P<end>\Z)
    )""",
    re.VERBOSE | re.DOTALL,
)
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_WORDS = {"true": True, "false": False, "null": None}
_STARTS = "A JSON value must start with a brace, a bracket, a number, a string, or a keyword."


def read_json(source: SourceFile, start: int = 0, end: int | None = None) -> JsonValue:
    """The JSON value that fills this stretch of text; raises SyntaxProblem."""
    reader = _Reader(source, start, len(source.text) if end is None else end)
    with room_to_recurse():
        value = reader.value(0)
    if reader.kind != "end":
        raise reader.problem("Extraneous data after value", "Extra characters appear after the JSON value.")
    return value


class _Reader:
    """Steps through the tokens. kind: string, number, word, end, or the sign itself."""

    __slots__ = ("_limit", "end", "kind", "source", "start")

    def __init__(self, source: SourceFile, start: int, end: int) -> None:
        self.source = source
        self._limit = end
        self.start = self.end = start
        self.kind = ""
        self.advance()

    def advance(self) -> None:
        found = _TOKEN.match(self.source.text, self.end, self._limit)
        if found is None:
            self._no_token()
        assert found is not None
        assert found.lastgroup is not None
        self.start, self.end = found.span(found.lastgroup)
        self.kind = found[found.lastgroup] if found.lastgroup == "sign" else found.lastgroup

    def _no_token(self) -> None:
        text = self.source.text[self.end : self._limit]
        self.start = self._limit - len(text.lstrip(" \t\r\n"))
        self.end = self.start + 1
        if self.source.text[self.start] == '"':
            raise self.problem("Invalid JSON string", "There is a syntax error in the given JSON string.")
        raise self.problem("Invalid start of value", _STARTS)

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def problem(self, summary: str, detail: str) -> SyntaxProblem:
        return SyntaxProblem(summary, detail, SourceRange(self.source, self.start, self.end))

    def value(self, depth: int) -> JsonValue:
        if depth > DEPTH:
            raise self.problem("Nested too deeply", f"This tool reads {DEPTH} levels of nesting.")
        place = SourceRange(self.source, self.start, self.end)
        if self.kind == "{":
            return self._object(depth)
        if self.kind == "[":
            return self._array(depth)
        if self.kind == "string":
            return self._string(place)
        made: JsonValue
        if self.kind == "number":
            made = JsonScalar(self._number(), place)
        elif self.kind == "word" and self.text in _WORDS:
            made = JsonScalar(_WORDS[self.text], place)
        else:
            raise self._no_value()
        self.advance()
        return made

    def _no_value(self) -> SyntaxProblem:
        if self.kind == "word":
            return self.problem("Invalid JSON keyword", f'"{self.text}" is not a valid JSON keyword.')
        if self.kind == "end":
            return self.problem("Missing value", "The JSON data ends prematurely.")
        return self.problem("Missing JSON value", _STARTS)

    def _number(self) -> int | Fraction:
        if not _NUMBER.fullmatch(self.text):
            raise self.problem("Invalid JSON number", "There is a syntax error in the given JSON number.")
        try:
            return parse_number(self.text)
        except ConversionError as found:
            raise self.problem("Invalid JSON number", f"{found}.") from None
        except NotDeterminedError as found:
            raise self.problem("Invalid JSON number", found.diagnostic.detail) from None

    def _string(self, place: SourceRange) -> JsonString:
        raw = place.text
        plain = "\\" not in raw and UNDECODABLE not in raw
        text = raw[1:-1] if plain else self._decoded(raw)
        self.advance()
        return JsonString(text, plain, place)

    def _decoded(self, raw: str) -> str:
        """As Go decodes JSON: what is not UTF-8, and halves of surrogate pairs, become U+FFFD."""
        from json import JSONDecodeError, loads

        try:
            text = str(loads(raw.replace(UNDECODABLE, _REPLACEMENT)))
        except JSONDecodeError:
            raise self.problem(
                "Invalid JSON string", "There is a syntax error in the given JSON string."
            ) from None
        return _SURROGATE.sub(_REPLACEMENT, text)

    def _array(self, depth: int) -> JsonArray:
        start = self.start
        self.advance()
        items: list[JsonValue] = []
        while self.kind != "]":
            items.append(self.value(depth + 1))
            self._comma("]", "array")
        return JsonArray(tuple(items), self._closed(start))

    def _object(self, depth: int) -> JsonObject:
        start = self.start
        self.advance()
        members: list[Member] = []
        while self.kind != "}":
            name = self.value(depth + 1)
            if not isinstance(name, JsonString):
                raise SyntaxProblem(
                    "Invalid object property name",
                    "A JSON object property name must be a string.",
                    name.range,
                )
            self._colon()
            members.append(Member(name, self.value(depth + 1)))
            self._comma("}", "object")
        return JsonObject(tuple(members), self._closed(start))

    def _closed(self, start: int) -> SourceRange:
        place = SourceRange(self.source, start, self.end)
        self.advance()
        return place

    def _colon(self) -> None:
        if self.kind != ":":
            raise self.problem(
                "Missing property value colon",
                "A colon must appear between an object property's name and its value.",
            )
        self.advance()

    def _comma(self, closer: str, what: str) -> None:
        """A comma between items, or the closing sign, which is left."""
        if self.kind == ",":
            self.advance()
            if self.kind == closer:
                raise self.problem(f"Trailing comma in {what}", "JSON does not permit a trailing comma.")
        elif self.kind == "end":
            raise self.problem("Unclosed object", f"No closing {closer} was found for this JSON {what}.")
        elif self.kind != closer:
            raise self.problem("Missing separator comma", f"A comma must separate the items of this {what}.")
