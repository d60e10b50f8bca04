"""Which directories are root modules that matter.

A directory is a root module if it was named, if it has a backend, a lock file or variable files of its
own, or if no directory of the tree calls it; and so is every directory of a circle that nobody else
calls. It matters if a key may be reached from it, or a module whose code may not be on disk.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from guard.config.load import Loader
from guard.config.merge import nested_blocks
from guard.diagnostics import GuardError
from guard.syntax.scan import DATA_DIRECTORY, Directory, Scan, scan


@dataclass(frozen=True, slots=True)
class RootDirectories:
    """paths: the root modules that matter. leading: those of them from which the tree leads to a key.

    files: how many configuration files the tree has.
    """

    paths: tuple[Path, ...]
    leading: frozenset[Path]
    files: int


def find_roots(
    named: Sequence[Path], loader: Loader, data_directory: str = DATA_DIRECTORY
) -> RootDirectories:
    """The root modules in and below the named directories."""
    tops = [Path(os.path.realpath(path)) for path in named]
    found = scan(tops, loader.workspace.boundary, data_directory)
    every = found.directories.values()
    below = [item for item in every if any(item.path.is_relative_to(top) for top in tops)]
    called = {path for item in every for path in item.calls if path != item.path}
    leading = found.leading_to_keys()
    outward = found.leading_out()
    matters = [item for item in below if item.path in leading or item.path in outward]
    roots = {item.path for item in matters if _is_root(item, tops, called, loader)}
    roots |= _uncalled_circles(found, below, called) & {item.path for item in matters}
    return RootDirectories(tuple(sorted(roots)), leading & roots, sum(len(item.files) for item in below))


def _is_root(item: Directory, tops: Iterable[Path], called: set[Path], loader: Loader) -> bool:
    if item.path not in called or item.path in tops or item.variable_files or item.locked:
        return True
    return _has_backend(item.path, loader)


def _has_backend(path: Path, loader: Loader) -> bool:
    """Whether the directory's `terraform` blocks say where its state is kept."""
    try:
        module = loader.module(path)
        blocks = [module.parse(block) for block in module.raw_blocks("terraform")]
    except GuardError:
        return True  # what is wrong with it comes to light when it is read as a root
    return any(nested_blocks(block.body, type) for block in blocks for type in ("backend", "cloud"))


def _uncalled_circles(found: Scan, below: Iterable[Directory], called: set[Path]) -> set[Path]:
    """Directories that nothing uncalled reaches: they call each other in a circle."""
    reached: set[Path] = set()
    todo = [path for path in found.directories if path not in called]
    while todo:
        path = todo.pop()
        if path in found.directories and path not in reached:
            reached.add(path)
            todo.extend(found.directories[path].calls)
    return {item.path for item in below if item.path not in reached}
