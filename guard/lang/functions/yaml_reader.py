"""A YAML document read into a value: the events of ruamel.yaml, with Terraform's rules and complaints.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/decode.go
"""

from __future__ import annotations

from collections.abc import Iterator

from guard.diagnostics import error
from guard.lang.budget import DEPTH, Budget
from guard.lang.functions.table import FunctionError
from guard.lang.functions.yaml_problems import complaint, located
from guard.lang.functions.yaml_scalars import Merge, Scalar, resolved
from guard.records import dataclass, field
from guard.values.convert import convert
from guard.values.errors import ConversionError, NotDeterminedError
from guard.values.text import go_quoted
from guard.values.types import STRING, ObjectOf, friendly
from guard.values.value import Value, object_of, string, tuple_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ruamel.yaml.events import Event

_STEPS_PER_EVENT = 40
_VERSION = (1, 1)
_MAP_TAG = "tag:yaml.org,2002:map"
_SEQUENCE_TAG = "tag:yaml.org,2002:seq"


def read_yaml(text: str, budget: Budget) -> Value:
    """The value that the document describes. Raises FunctionError with Terraform's complaint."""
    budget.spend(len(text) // 8)
    return _Document(text, budget).value()


@dataclass(slots=True)
class _Open:
    """A sequence or mapping that is being read.

    key: of the mapping's next value, if that comes next. merge: where `<<` stood, if its value comes next.
    size: how many scalars are in it, aliases written out.
    """

    anchor: str
    is_mapping: bool
    items: list[Value] = field(default_factory=list)
    attributes: dict[str, Value] = field(default_factory=dict)
    key: str | None = None
    merge: Event | None = None
    size: int = 1

    @property
    def awaits_key(self) -> bool:
        return self.is_mapping and self.key is None and self.merge is None

    def add(self, value: Value) -> None:
        if not self.is_mapping:
            self.items.append(value)
        elif self.key is not None:
            self.attributes[self.key] = value
            self.key = None
        elif self.merge is not None:
            if not isinstance(value.type, ObjectOf):
                raise located(self.merge, f"cannot merge {friendly(value.type)} into mapping")
            self.attributes.update(value.mapping)
            self.merge = None

    def closed(self) -> Value:
        return object_of(self.attributes) if self.is_mapping else tuple_of(self.items)


class _Document:
    def __init__(self, text: str, budget: Budget) -> None:
        self._budget = budget
        self._events = _events(text or "\n")
        self._stack: list[_Open] = []
        self._anchors: dict[str, tuple[Value, int]] = {}

    def _next(self) -> tuple[str, Event]:
        self._budget.spend(_STEPS_PER_EVENT)
        event = next(self._events)
        return type(event).__name__, event

    def value(self) -> Value:
        self._next()
        kind, start = self._next()
        if kind != "DocumentStartEvent":
            raise located(start, "missing start of document")
        found = self._node()
        self._next()
        kind, event = self._next()
        if kind != "StreamEndEvent":
            raise located(event, "unexpected extra content after value")
        return found

    def _node(self) -> Value:
        value: Value | None = None
        while value is None or self._stack:
            kind, event = self._next()
            if self._stack and self._stack[-1].awaits_key and kind != "MappingEndEvent":
                self._read_key(self._stack[-1], kind, event)
                continue
            value, size = self._read(kind, event)
            if value is not None and self._stack:
                self._stack[-1].size += size
                self._stack[-1].add(value)
        return value

    def _read(self, kind: str, event: Any) -> tuple[Value | None, int]:
        """The value that this event completes, if it does, and its size."""
        match kind:
            case "ScalarEvent":
                return self._scalar(event), 1
            case "AliasEvent":
                return self._alias(event)
            case "MappingStartEvent" | "SequenceStartEvent":
                self._open(event, is_mapping=kind == "MappingStartEvent")
                return None, 0
            case _:
                done = self._stack.pop()
                value = done.closed()
                self._remember(done.anchor, value, done.size)
                return value, done.size

    def _open(self, event: Any, *, is_mapping: bool) -> None:
        tag = event.tag or ""
        if tag not in ("", _MAP_TAG if is_mapping else _SEQUENCE_TAG):
            raise located(event, f"can't interpret {'mapping' if is_mapping else 'sequence'} as {tag}")
        if len(self._stack) >= DEPTH:
            detail = f"This YAML document has more than {DEPTH} levels."
            raise NotDeterminedError(error("YAML nested too deeply", detail))
        self._stack.append(_Open(event.anchor or "", is_mapping))

    def _remember(self, anchor: str, value: Value, size: int) -> None:
        if anchor:
            self._anchors[anchor] = (value, size)

    def _scalar(self, event: Any) -> Value:
        try:
            value = resolved(_scalar_of(event))
        except FunctionError as problem:
            raise located(event, str(problem)) from None
        found = string("<<") if isinstance(value, Merge) else value
        self._remember(event.anchor or "", found, 1)
        return found

    def _alias(self, event: Any) -> tuple[Value, int]:
        name = event.anchor
        if any(parent.anchor == name for parent in self._stack):
            raise located(event, f"cannot refer to anchor {go_quoted(name)} from inside its own definition")
        if name not in self._anchors:
            raise located(event, f"reference to undefined anchor {go_quoted(name)}")
        value, size = self._anchors[name]
        self._budget.spend(size)
        return value, size

    def _read_key(self, mapping: _Open, kind: str, event: Any) -> None:
        if kind != "ScalarEvent":
            raise located(event, "only strings are allowed as mapping keys")
        value = resolved(_scalar_of(event))
        if isinstance(value, Merge):
            mapping.merge = event
            return
        try:
            key = convert(value, STRING)
        except ConversionError:
            raise located(event, "only strings are allowed as mapping keys") from None
        if key.is_null:
            raise located(event, "mapping key cannot be null")
        mapping.key = key.text


def _scalar_of(event: Any) -> Scalar:
    return Scalar(event.value, event.tag or "", event.style in ("'", '"'))


def _events(text: str) -> Iterator[Event]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    from guard.lang.functions.yaml_scanner import LibyamlReader, LibyamlScanner

    reader = YAML(typ="safe", pure=True)
    reader.version = _VERSION
    reader.top_level_block_style_scalar_no_indent_error_1_1 = True
    reader.Reader = LibyamlReader
    reader.Scanner = LibyamlScanner
    try:
        for event in reader.parse(text):
            version = getattr(event, "version", None)
            if version is not None and tuple(version) != _VERSION:
                raise FunctionError("found incompatible YAML document")
            yield event
    except YAMLError as problem:
        raise complaint(problem) from None
