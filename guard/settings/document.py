"""The text of a settings file to plain data that knows where each of its keys and values stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from guard.diagnostics import UsageError
from guard.records import dataclass, field
from guard.source import SourceFile, SourceRange
from guard.visible import visible

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node

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
    """Read YAML without anchors, aliases and tags of its own; UsageError where it is something else."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        _check_events(source)
        root = YAML(typ="safe", pure=True).compose(source.text)
    except MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        hint = " Put a text with a colon in quotes." if "mapping values" in str(problem.problem) else ""
        text = f"This is no YAML: {problem.problem}.{hint}"
        raise _wrong(source, mark.index if mark else 0, text) from problem
    except YAMLError as problem:
        raise _wrong(
            source, getattr(problem, "position", 0), "This is no YAML: a character is not allowed."
        ) from problem
    document = Document(source)
    if root is None:
        return Document(source, {})
    return Document(source, _plain(root, (), document), document.keys, document.values)


def _check_events(source: SourceFile) -> None:
    """Refuse what could make a small file huge or deep, before anything is built from it."""
    from ruamel.yaml import YAML
    from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent

    depth = 0
    for event in YAML(typ="safe", pure=True).parse(source.text):
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST:
            raise _wrong(source, event.start_mark.index, "This is nested too deeply.")
        if isinstance(event, AliasEvent) or (isinstance(event, NodeEvent) and event.anchor):
            raise _wrong(
                source, event.start_mark.index, "Anchors and aliases are not supported: write it out."
            )


def _plain(node: Node, path: Place, document: Document) -> Data:
    """A node as plain data; dates stay the text that they are."""
    from ruamel.yaml.nodes import MappingNode, SequenceNode

    document.values[path] = _range(node, document.source)
    if isinstance(node, MappingNode):
        return dict(_pairs(node, path, document))
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, index), document) for index, item in enumerate(node.value)]
    return _scalar(node, document.source)


def _pairs(node: Node, path: Place, document: Document) -> Iterator[tuple[str, Data]]:
    seen: set[str] = set()
    for key, value in node.value:
        start = key.start_mark.index
        name = _scalar(key, document.source) if isinstance(key.value, str) else None
        if not isinstance(name, str):
            raise _wrong(document.source, start, "Expected a text as key: put it in quotes.")
        if name in seen:
            raise _wrong(document.source, start, f"The key {visible(name)} is given twice.")
        seen.add(name)
        document.keys[(*path, name)] = _range(key, document.source)
        yield name, _plain(value, (*path, name), document)


def _scalar(node: Node, source: SourceFile) -> Data:
    text = str(node.value)
    match str(node.tag).removeprefix(_TAG):
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
            raise _wrong(source, node.start_mark.index, f"The tag or key {visible(text)} is not supported.")


def _range(node: Node, source: SourceFile) -> SourceRange:
    return SourceRange(source, node.start_mark.index, max(node.start_mark.index, node.end_mark.index))


def _wrong(source: SourceFile, offset: int, detail: str) -> UsageError:
    return UsageError(SUMMARY, detail, SourceRange(source, offset, offset))
