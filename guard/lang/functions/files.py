"""Opens files of the workspace for functions: regular ones, of bounded size, nothing outside.

https://github.com/hashicorp/terraform/blob/v1.11.4/internal/lang/funcs/filesystem.go
"""

from __future__ import annotations

import os
import posixpath
import stat
from pathlib import Path

from guard.diagnostics import error
from guard.lang.functions.common import shown
from guard.lang.functions.table import FunctionContext, FunctionError
from guard.records import dataclass
from guard.values.errors import NotDeterminedError
from guard.values.value import Value


@dataclass(frozen=True, slots=True)
class Place:
    """A file name as an argument gives it.

    shown: for messages, without what is sensitive. clean: without `.`, `..` and doubled slashes, by its
    letters alone, as Go does it. real: where it is, with symbolic links followed.
    """

    shown: str
    clean: str
    real: Path


def clean_path(path: str) -> str:
    """Go's filepath.Clean."""
    cleaned = posixpath.normpath(path)
    return f"/{cleaned.lstrip('/')}" if cleaned.startswith("/") else cleaned


def located(context: FunctionContext, value: Value) -> Place:
    """Where a file argument points to. Raises NotDeterminedError if that is not in the workspace."""
    path = value.text
    if path.startswith("~"):
        _refuse_home(path, value)
    clean = clean_path(path)
    name = shown(value, clean)
    try:
        real = Path(os.path.realpath(context.working_directory / clean))
    except ValueError:
        raise FunctionError(f"open {unquoted(name)}: invalid argument") from None
    if not real.is_relative_to(context.boundary):
        raise NotDeterminedError(
            error(
                "File outside of the workspace",
                f"The file {name} lies outside of {context.boundary} and is not opened.",
            )
        )
    return Place(name, clean, real)


def _refuse_home(path: str, value: Value) -> None:
    if path[1:2] not in ("", "/", "\\"):
        raise FunctionError("failed to expand ~: cannot expand user-specific home dir")
    raise NotDeterminedError(
        error(
            "File outside of the workspace",
            f"The file {shown(value)} lies in the home directory of who runs Terraform.",
        )
    )


def unquoted(name: str) -> str:
    """A shown name as Go's own messages have it."""
    return name[1:-1] if name.startswith('"') else name


def read_bytes(context: FunctionContext, place: Place) -> bytes:
    """What is in a file. Raises FileNotFoundError, IsADirectoryError, or NotDeterminedError."""
    try:
        handle = os.open(place.real, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOFOLLOW)
    except (FileNotFoundError, IsADirectoryError):
        raise
    except OSError as problem:
        raise _unreadable(place, problem) from None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError
        if not stat.S_ISREG(status.st_mode):
            raise NotDeterminedError(error("Not a regular file", f"{place.shown} is not a regular file."))
        context.budget.allow_text(status.st_size)
        return file.read(status.st_size)


def _unreadable(place: Place, problem: OSError) -> Exception:
    reason = (problem.strerror or "cannot be read").lower()
    if isinstance(problem, PermissionError):
        return NotDeterminedError(error("Unreadable file", f"{place.shown}: {reason}."))
    return FunctionError(f"open {unquoted(place.shown)}: {reason}")
