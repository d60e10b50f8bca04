"""The text of a settings file to plain data that knows where each of its keys and values stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

from guard.diagnostics import UsageError
from guard.records import dataclass, field
from guard.source import SourceFile, SourceRange
from guard.visible import visible

if TYPE_CHECKING:
    from ruamel.yaml.events import Event, ScalarEvent

SUMMARY = "Invalid settings"
DEEPEST = 20
_TAG = "tag:yaml.org,2002:"
_WHOLE = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)

Data = Any
Place = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """keys and values: where they stand, by their path from the top."""

    source: SourceFile
    data: Data = None
    keys: dict[Place, SourceRange] = field(default_factory=dict)
    values: dict[Place, SourceRange] = field(default_factory=dict)


def read_document(source: SourceFile) -> Document:
    """Read YAML without anchors, aliases, tags and directives; UsageError where it is something else."""
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    document = Document(source)
    try:
        data = _Reader(document).whole()
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        hint = " Put a text with a colon in quotes." if "mapping values" in str(problem.problem) else ""
        text = f"This is no YAML: {problem.problem}.{hint}"
        raise _wrong(source, mark.index if mark else 0, text) from problem
    except YAMLError as problem:
        raise _wrong(
            source, getattr(problem, "position", 0), "This is no YAML: a character is not allowed."
        ) from problem
    return Document(source, data, document.keys, document.values)


class _Reader:
    """Takes the events of a YAML parser one by one, so that nothing is built of what is refused."""

    def __init__(self, document: Document) -> None:
        from ruamel.yaml import YAML

        yaml = YAML(typ="safe", pure=True)
        self._document = document
        self._source = document.source
        self._events: Iterator[Event] = yaml.parse(document.source.text)
        self._resolver = yaml.resolver

    def whole(self) -> Data:
        """The data of the one document, a mapping without entries where it is empty."""
        from ruamel.yaml.events import DocumentStartEvent

        next(self._events)
        start = next(self._events)
        if not isinstance(start, DocumentStartEvent):
            return {}
        if start.version or start.tags:
            raise self._wrong(start, "Directives (%) are not supported: leave them out.")
        data = self._node(next(self._events), ())
        next(self._events)
        after = next(self._events)
        if isinstance(after, DocumentStartEvent):
            raise self._wrong(after, "Another document starts here, and settings are one.")
        return {} if data is None else data

    def _node(self, event: Event, path: Place) -> Data:
        """The node that starts with an event, as plain data; dates stay the text that they are."""
        from ruamel.yaml.events import MappingStartEvent, SequenceStartEvent

        self._refuse(event, len(path))
        place = self._document.values[path] = _range(event, self._source)
        if isinstance(event, MappingStartEvent):
            data, end = self._mapping(path)
        elif isinstance(event, SequenceStartEvent):
            data, end = self._sequence(path)
        else:
            return self._scalar(cast("ScalarEvent", event))
        self._document.values[path] = place.to(_range(end, self._source))
        return data

    def _refuse(self, event: Event, depth: int) -> None:
        """Refuse what could make a small file huge or deep, or mean something else than it seems to."""
        from ruamel.yaml.events import CollectionStartEvent, NodeEvent, ScalarEvent

        if isinstance(event, NodeEvent) and event.anchor:
            raise self._wrong(event, "Anchors and aliases are not supported: write it out.")
        if isinstance(event, CollectionStartEvent | ScalarEvent) and event.tag:
            raise self._wrong(event, f"Tags are not supported, such as {visible(str(event.tag), 80)}.")
        if isinstance(event, CollectionStartEvent) and depth >= DEEPEST:
            raise self._wrong(event, "This is nested too deeply.")

    def _mapping(self, path: Place) -> tuple[Data, Event]:
        from ruamel.yaml.events import MappingEndEvent

        data: dict[str, Data] = {}
        while not isinstance(key := next(self._events), MappingEndEvent):
            name = self._key(key, len(path))
            if name in data:
                raise self._wrong(key, f"The key {visible(name)} is given twice.")
            self._document.keys[(*path, name)] = _range(key, self._source)
            data[name] = self._node(next(self._events), (*path, name))
        return data, key

    def _key(self, event: Event, depth: int) -> str:
        from ruamel.yaml.events import ScalarEvent

        self._refuse(event, depth)
        name = self._scalar(event) if isinstance(event, ScalarEvent) else None
        if not isinstance(name, str):
            raise self._wrong(event, "Expected a text as key: put it in quotes.")
        return name

    def _sequence(self, path: Place) -> tuple[Data, Event]:
        from ruamel.yaml.events import SequenceEndEvent

        data: list[Data] = []
        while not isinstance(item := next(self._events), SequenceEndEvent):
            data.append(self._node(item, (*path, len(data))))
        return data, item

    def _scalar(self, event: ScalarEvent) -> Data:
        from ruamel.yaml.nodes import ScalarNode

        text = str(event.value)
        tag = self._resolver.resolve(ScalarNode, text, event.implicit)
        match str(tag).removeprefix(_TAG):
            case "str" | "timestamp":
                return text
            case "bool":
                return text.lower() == "true"
            case "null":
                return None
            case "int" if _WHOLE.fullmatch(text):
                return int(text)
            case "int" | "float":
                return 0.5  # no setting takes it, and the message quotes the file
            case _:
                raise self._wrong(event, f"The key or value {visible(text)} is not supported.")

    def _wrong(self, event: Event, detail: str) -> UsageError:
        return _wrong(self._source, event.start_mark.index, detail)


def _range(event: Event, source: SourceFile) -> SourceRange:
    start = event.start_mark.index
    return SourceRange(source, start, max(start, event.end_mark.index))


def _wrong(source: SourceFile, offset: int, detail: str) -> UsageError:
    return UsageError(SUMMARY, detail, SourceRange(source, offset, offset))
