"""Reads a file into a `SourceFile`, whatever its bytes are."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from guard.diagnostics import Diagnostic, GuardError, Severity
from guard.source import SourceFile
from guard.syntax.characters import UNDECODABLE

_ESCAPED = re.compile("[\udc80-\udcff]")


def read_source(path: Path, shown: str) -> SourceFile:
    """The file's text under the path that reports show; raises GuardError when it cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unreadable(shown, "It is not a regular file.")
        data = path.read_bytes()
    except OSError as problem:
        raise _unreadable(shown, f"{problem.strerror or problem}.") from problem
    return SourceFile(shown, decode(data))


def decode(data: bytes) -> str:
    """The text of a file: UTF-8, a byte order mark removed, line ends kept."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _ESCAPED.sub(UNDECODABLE, data.decode("utf-8-sig", "surrogateescape"))


def _unreadable(shown: str, why: str) -> GuardError:
    return GuardError(
        Diagnostic(
            Severity.ERROR, "Failed to read file", f"The file {shown} could not be read. {why}", file=shown
        )
    )
