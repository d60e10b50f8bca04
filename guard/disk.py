"""Asks the file system about names that others wrote: one that it cannot take names nothing.

It cannot take a name that is too long, holds a NUL or what has no encoding, or leads through a circle of
links. `pathlib` raises for some of these, and for which depends on the version of Python.
"""

from __future__ import annotations

import os
from pathlib import Path


def is_directory(path: Path | str) -> bool:
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: Path | str) -> bool:
    """Whether it is a regular file."""
    return os.path.isfile(path)  # noqa: PTH113


def is_there(path: Path | str) -> bool:
    """Whether there is anything, also after links."""
    return os.path.exists(path)  # noqa: PTH110
