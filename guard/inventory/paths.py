"""The plans and states among the paths of a check, read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from guard.config.workspace import Workspace
from guard.diagnostics import GuardError, UsageError
from guard.inventory.contents import FileReading
from guard.inventory.document import STANDARD_INPUT, open_document
from guard.inventory.files import read_file
from guard.inventory.recognise import ADVICE, FileKind


def read_documents(paths: Iterable[Path], place: Workspace) -> Iterator[FileReading]:
    """Read plans and states, each named once. A file that is neither is wrong use."""
    for path in dict.fromkeys(paths):
        try:
            reading = _read_document(path, place)
        except GuardError as problem:
            reading = FileReading(str(path), FileKind.JSON, diagnostics=(problem.diagnostic,))
        if reading.kind is FileKind.OTHER:
            raise UsageError("Neither a plan nor a state", f"{reading.name}: {ADVICE[reading.kind]}")
        yield reading


def _read_document(path: Path, place: Workspace) -> FileReading:
    if str(path) != STANDARD_INPUT:
        _admit(path, place)
    with open_document(str(path)) as document:
        return read_file(document)


def _admit(path: Path, place: Workspace) -> None:
    """Refuse a link that leads out of the workspace. Whoever names a file outside of it means that file."""
    if Path(os.path.normpath(Path.cwd() / path)).is_relative_to(place.boundary):
        place.admit(path)
