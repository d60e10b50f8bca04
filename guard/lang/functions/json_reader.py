"""JSON text read into a value, with Go's rules and complaints.

https://github.com/zclconf/go-cty/tree/main/cty/json (ImpliedType, Unmarshal) and https://pkg.go.dev/encoding/json
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from guard.diagnostics import error
from guard.lang.budget import DEPTH, Budget
from guard.lang.functions.table import FunctionError
from guard.records import dataclass, field
from guard.values.convert import convert
from guard.values.errors import ConversionError, NotDeterminedError
from guard.values.numbers import parse_number
from guard.values.text import go_quoted, nfc
from guard.values.types import STRING, ObjectOf, Primitive, TupleOf, Type, friendly
from guard.values.value import FALSE, TRUE, Value, null, number, object_of, string, tuple_of

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*')
_HEXADECIMAL = re.compile(r"\\u[0-9a-fA-F]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DESCRIPTION = ("type", "value")
_WORDS = {"t": ("true", TRUE), "f": ("false", FALSE), "n": ("null", null())}


@dataclass(slots=True)
class _Open:
    """An array or object that is being read: its items, for an object each with its key."""

    is_object: bool
    items: list[tuple[str, Value]] = field(default_factory=list)
    key: str = ""

    @property
    def closing(self) -> str:
        return "}" if self.is_object else "]"

    def add(self, value: Value) -> None:
        self.items.append((self.key, value))

    def closed(self, twice: _Twice) -> Value:
        if not self.is_object:
            return tuple_of(value for _, value in self.items)
        attributes = dict(self.items)
        value = object_of(attributes)
        if len(attributes) < len(self.items):
            twice.items[id(value)] = self.items
        return value


def read_json(text: str, budget: Budget) -> Value:
    """The value that the document describes. Raises FunctionError with Terraform's complaint."""
    tokens = _Tokens(text, budget)
    stack: list[_Open] = []
    twice = _Twice()
    while True:
        value = tokens.value()
        if isinstance(value, _Open):
            stack.append(value)
            _limit(len(stack))
            if tokens.enters(value):
                continue
            value = stack.pop().closed(twice)
        while stack:
            stack[-1].add(value)
            if tokens.continues(stack[-1]):
                break
            value = stack.pop().closed(twice)
        else:
            tokens.end()
            twice.check(value)
            return value


def _limit(depth: int) -> None:
    if depth > DEPTH:
        raise NotDeterminedError(
            error("JSON nested too deeply", f"This JSON document has more than {DEPTH} levels.")
        )


class _Tokens:
    """Walks over the text, token by token."""

    def __init__(self, text: str, budget: Budget) -> None:
        self._text = text
        self._budget = budget
        self._at = 0

    def value(self) -> Value | _Open:
        """A scalar, or the array or object that opens here."""
        self._budget.spend(1)
        letter = self._next()
        if letter in ("[", "{"):
            self._at += 1
            return _Open(letter == "{")
        if letter == '"':
            return string(self._string())
        if letter in _WORDS:
            return self._word(*_WORDS[letter])
        return self._number(letter)

    def enters(self, container: _Open) -> bool:
        """Whether an item follows the opening bracket; its key is read. Otherwise it is closed."""
        letter = self._next()
        if letter == container.closing:
            self._at += 1
            return False
        if container.is_object:
            container.key = self._key(letter, "")
        return True

    def continues(self, container: _Open) -> bool:
        """Whether another item follows an item; its key is read. Otherwise the container is closed."""
        letter = self._next()
        if letter == container.closing:
            self._at += 1
            return False
        if letter != ",":
            where = "after object key:value pair" if container.is_object else "after array element"
            raise self._unexpected(letter, where)
        self._at += 1
        if container.is_object:
            container.key = self._key(self._next(), "looking for beginning of object key string")
        return True

    def end(self) -> None:
        # Go asks whether more follows, and a closing bracket does not count as more.
        if self._next() not in ("", "]", "}"):
            raise FunctionError("extraneous data after JSON object")

    def _next(self) -> str:
        """The next letter that is not space, "" at the end."""
        space = _SPACE.match(self._text, self._at)
        assert space
        self._at = space.end()
        return self._text[self._at : self._at + 1]

    def _unexpected(self, letter: str, where: str) -> FunctionError:
        """Go looks at bytes, and shows the first byte of a letter."""
        if not letter:
            return FunctionError("EOF")
        byte = chr(letter.encode()[0])
        shown = {'"': '"', "'": "\\'"}.get(byte) or go_quoted(byte)[1:-1]
        return FunctionError(f"invalid character '{shown}' {where}".rstrip())

    def _within(self, position: int, where: str) -> FunctionError:
        """What Go says of a letter inside a literal, or of the text's end there."""
        letter = self._text[position : position + 1]
        return self._unexpected(letter, where) if letter else FunctionError("unexpected EOF")

    def _key(self, letter: str, where: str) -> str:
        if letter != '"':
            raise self._unexpected(letter, where)
        key = self._string()
        colon = self._next()
        if colon != ":":
            raise self._unexpected(colon, "after object key")
        self._at += 1
        return key

    def _word(self, word: str, value: Value) -> Value:
        for offset, letter in enumerate(word):
            if self._text[self._at + offset : self._at + offset + 1] != letter:
                raise self._within(self._at + offset, f"in literal {word} (expecting '{letter}')")
        self._at += len(word)
        return value

    def _number(self, letter: str) -> Value:
        found = _NUMBER.match(self._text, self._at)
        if found is None:
            if letter != "-":
                raise self._unexpected(letter, "looking for beginning of value")
            raise self._within(self._at + 1, "in numeric literal")
        end = found.end()
        if self._text[end : end + 1] == "." and "." not in found[0] and "e" not in found[0].lower():
            raise self._within(end + 1, "after decimal point in numeric literal")
        if self._text[end : end + 1] in ("e", "E") and "e" not in found[0].lower():
            sign = self._text[end + 1 : end + 2] in ("+", "-")
            raise self._within(end + 1 + sign, "in exponent of numeric literal")
        self._at = end
        try:
            return number(parse_number(found[0]))
        except ConversionError as problem:
            raise FunctionError(str(problem)) from None

    def _string(self) -> str:
        found = _STRING.match(self._text, self._at)
        assert found
        end = found.end()
        match self._text[end : end + 1]:
            case '"':
                pass
            case "\\" if self._text[end + 1 : end + 2] == "u":
                digits = _HEXADECIMAL.match(self._text, end)
                assert digits
                raise self._within(digits.end(), "in \\u hexadecimal character escape")
            case "\\":
                raise self._within(end + 1, "in string escape code")
            case _:
                raise self._within(end, "in string literal")
        content = found[0][1:]
        if "\\" in content:
            content = _SURROGATE.sub("\ufffd", json.loads(self._text[self._at : end + 1]))
        self._at = end + 1
        return nfc(content)


# --- keys given twice --------------------------------------------------------------------------


@dataclass(slots=True)
class _Twice:
    """The items of the objects in which a key is given twice, by the object's identity.

    Of such a key the last value counts, and the others must fit its type (go-cty 1.16.0 reads a document
    twice: once for the type, once for the value).
    """

    items: dict[int, list[tuple[str, Value]]] = field(default_factory=dict)

    def check(self, root: Value) -> None:
        if self.items:
            self._require(root, root.type)

    def _require(self, value: Value, wanted: Type) -> None:
        if value.is_null:
            return
        match wanted:
            case ObjectOf(attributes):
                self._require_object(value, attributes)
            case TupleOf(elements):
                self._require_tuple(value, elements)
            case Primitive.ANY:
                self._require_described(value)
            case _:
                _require_scalar(value, wanted)

    def _attributes(self, value: Value) -> list[tuple[str, Value]]:
        if not isinstance(value.type, ObjectOf):
            raise FunctionError("missing expected {")
        return self.items.get(id(value)) or list(value.mapping.items())

    def _require_object(self, value: Value, attributes: Mapping[str, Type]) -> None:
        for key, part in self._attributes(value):
            if key not in attributes:
                raise FunctionError(f"unsupported attribute {go_quoted(key)}")
            self._require(part, attributes[key])

    def _require_tuple(self, value: Value, elements: tuple[Type, ...]) -> None:
        if not isinstance(value.type, TupleOf):
            raise FunctionError("missing expected [")
        for part, wanted in zip(value.elements, elements, strict=False):
            self._require(part, wanted)
        if len(value.elements) != len(elements):
            amount = "too many" if len(value.elements) > len(elements) else "not enough"
            raise FunctionError(f"{amount} tuple elements (need {len(elements)})")

    def _require_described(self, value: Value) -> None:
        """Where the last value is null, the others would have to tell a type and a value."""
        for key, _ in self._attributes(value):
            if key not in _DESCRIPTION:
                raise FunctionError(f"invalid key {go_quoted(key)} in dynamically-typed value")
        missing = next((key for key in _DESCRIPTION if key not in value.mapping), None)
        if missing:
            raise FunctionError(f"missing {missing} in dynamically-typed value")


def _require_scalar(value: Value, wanted: Type) -> None:
    if value.type is not wanted and (
        isinstance(value.type, ObjectOf | TupleOf) or STRING not in (value.type, wanted)
    ):
        raise FunctionError(f"{friendly(wanted)} is required")
    if wanted is not STRING:
        try:
            convert(value, wanted)
        except ConversionError as problem:
            raise FunctionError(str(problem)) from None
