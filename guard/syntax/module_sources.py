"""A file's module calls to their sources, read from its blocks where its bytes do not tell."""

from __future__ import annotations

from collections.abc import Iterable

from guard.diagnostics import GuardError
from guard.source import SourceFile
from guard.syntax.load import decode
from guard.syntax.nodes import Block, Template, Text
from guard.syntax.split import RawBlock, split


def module_sources(data: bytes, name: str) -> list[str | None]:
    """The sources of the module calls of a file, by its content and name.

    None stands for one that is an expression, and for the rest of a file that cannot be read.
    """
    found: list[str | None] = []
    source = SourceFile(name, decode(data))
    try:
        for raw in _blocks(source):
            if raw.type == "module":
                found.append(_source_of(raw.read()))
    except GuardError:
        found.append(None)
    return found


def _blocks(source: SourceFile) -> Iterable[RawBlock]:
    if not source.path.endswith(".json"):
        return split(source)
    from guard.syntax.tfjson import split_json

    return split_json(source)


def _source_of(block: Block) -> str | None:
    """The source of a module call, if it has one; None for an expression."""
    source = block.body.attribute("source")
    if source is None:
        return ""
    if not isinstance(source.expr, Template):
        return None
    parts = source.expr.parts
    texts = [part.value for part in parts if isinstance(part, Text)]
    return "".join(texts) if len(texts) == len(parts) else None
