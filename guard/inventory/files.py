"""A plan or state, opened, to its keys."""

from __future__ import annotations

from guard.inventory.contents import FileReading, read_contents
from guard.inventory.document import Document, DocumentError
from guard.inventory.plan.reading import read_plan
from guard.inventory.recognise import FileKind
from guard.inventory.state import read_state


def read_file(document: Document) -> FileReading:
    """The keys of a plan or state. What cannot be read is a diagnostic, and the reading not complete."""
    try:
        contents = read_contents(document)
    except DocumentError as problem:
        return FileReading(document.name, document.kind, diagnostics=(problem.diagnostic,))
    return read_plan(contents) if contents.kind is FileKind.PLAN else read_state(contents)
