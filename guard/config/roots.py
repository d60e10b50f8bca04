"""Which directories are root modules that matter.

A directory is a root module if it was named, if it has a backend, a lock file or variable files of its
own, or if no directory of the tree that is read certainly calls it (a text that names it is no call); and
so is every directory of a circle that nobody else calls. It matters if a key may be reached from it, or a
module whose code may not be on disk.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from guard.config.load import Loader
from guard.diagnostics import GuardError
from guard.records import dataclass
from guard.syntax.scan import DATA_DIRECTORY, Directory, scan


@dataclass(frozen=True, slots=True)
class RootDirectories:
    """paths: the root modules that matter. leading: those of them from which the tree leads to a key.

    files: how many configuration files the tree has. aside: real paths of the directories from which
    neither a key nor a module that is not a directory of the tree can be reached.
    """

    paths: tuple[Path, ...]
    leading: frozenset[Path]
    files: int
    aside: frozenset[str] = frozenset()


LeftOut = Callable[[Path], bool]
# Finds the root modules that matter: in and below directories, with the name of the data directory, and
# what the settings leave out.
FindRoots = Callable[[Sequence[Path], Loader, str, LeftOut | None], RootDirectories]


def find_roots(
    named: Sequence[Path],
    loader: Loader,
    data_directory: str = DATA_DIRECTORY,
    left_out: LeftOut | None = None,
) -> RootDirectories:
    """The root modules in and below the named directories, those that are left out among them."""
    tops = [os.path.realpath(path) for path in named]
    found = scan(tops, os.fspath(loader.workspace.boundary), data_directory)
    below = [item for item in found.directories.values() if any(_is_in(item.path, top) for top in tops)]
    leading = found.leading_to_keys()
    matters = leading | found.leading_out()
    calls = {path: _calls(found.directories[path], loader, data_directory) for path in sorted(matters)}
    calls = _of_what_is_read(calls, left_out) if left_out else calls
    called = {path for caller, those in calls.items() for path in those if path != caller}
    roots = {item.path for item in below if item.path in matters and _is_root(item, tops, called, loader)}
    roots |= _uncalled_circles(calls, called).intersection(item.path for item in below)
    return RootDirectories(
        tuple(sorted(map(Path, roots))),
        frozenset(map(Path, leading & roots)),
        sum(len(item.files) for item in below),
        frozenset(found.directories.keys() - matters),
    )


def _is_in(path: str, top: str) -> bool:
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)


def _calls(item: Directory, loader: Loader, data_directory: str) -> frozenset[str]:
    from guard.config.calls import certain_calls

    return certain_calls(Path(item.path), loader) | _installed(item, data_directory)


def _installed(item: Directory, data_directory: str) -> frozenset[str]:
    """What `terraform init` put below the directory: modules, called or not any more."""
    installed = os.path.join(item.path, data_directory)  # noqa: PTH118
    return frozenset(path for path in item.calls if _is_in(path, installed))


def _is_root(item: Directory, tops: Collection[str], called: Collection[str], loader: Loader) -> bool:
    if item.path not in called or item.path in tops or item.variable_files or item.locked:
        return True
    return _has_backend(Path(item.path), loader)


def _has_backend(path: Path, loader: Loader) -> bool:
    """Whether the directory's `terraform` blocks say where its state is kept."""
    from guard.config.merge import nested_blocks

    try:
        module = loader.module(path)
        blocks = [module.parse(block) for block in module.raw_blocks("terraform")]
    except GuardError:
        return True  # what is wrong with it comes to light when it is read as a root
    return any(nested_blocks(block.body, type) for block in blocks for type in ("backend", "cloud"))


def _uncalled_circles(calls: Mapping[str, Collection[str]], called: Collection[str]) -> set[str]:
    """Directories that nothing uncalled reaches: they call each other in a circle."""
    return calls.keys() - _reached(calls, (path for path in calls if path not in called))


def _of_what_is_read(calls: Mapping[str, frozenset[str]], left_out: LeftOut) -> dict[str, frozenset[str]]:
    """The calls, without those of directories that are left out and that nothing else calls.

    Nobody looks at what only these call, unless it is a root module.
    """
    read = _reached(calls, (path for path in calls if not left_out(Path(path))))
    return {path: those for path, those in calls.items() if path in read}


def _reached(calls: Mapping[str, Collection[str]], starts: Iterable[str]) -> set[str]:
    reached: set[str] = set()
    todo = list(starts)
    while todo:
        path = todo.pop()
        if path in calls and path not in reached:
            reached.add(path)
            todo.extend(calls[path])
    return reached
