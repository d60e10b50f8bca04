"""Which directories are root modules.

A directory is one if it was named, if it has a backend, a lock file or variable files of its own, or
if no directory of the tree calls it as a module; and every directory of a circle that nobody else calls.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from guard.config.files import configuration_files

SKIPPED = frozenset({".git", ".terraform", ".terragrunt-cache", ".hg", ".svn"})
LONGEST_PATH = 500
LOCK_FILE = ".terraform.lock.hcl"


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory with Terraform files, as the walk saw it.

    calls: the directories that its files may call as modules.
    """

    path: Path
    files: int
    stands_alone: bool
    calls: frozenset[Path]


def find_roots(named: Sequence[Path]) -> list[Path]:
    """The root modules in and below the named directories."""
    seen = {directory.path: directory for top in named for directory in _walk(top)}
    called = _called_by_others(seen)
    roots = [path for path, item in seen.items() if item.stands_alone or path not in called]
    roots += [path for path in map(_real, named) if path in seen]
    roots += _uncalled_circles(seen, roots)
    return sorted(set(roots))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))


def _walk(top: Path) -> Iterator[Directory]:
    for current, directories, files in os.walk(_real(top)):
        directories[:] = sorted(name for name in directories if name not in SKIPPED)
        loaded = configuration_files(files)
        names = (*loaded.primary, *loaded.overrides)
        if names:
            yield _directory(Path(current), names, files)


def _directory(path: Path, names: Sequence[str], files: Iterable[str]) -> Directory:
    texts = [_bytes(path / name) for name in names]
    tfvars = any(name.endswith((".tfvars", ".tfvars.json")) for name in files)
    backend = any(b"backend" in text or b"cloud" in text for text in texts)
    stands_alone = tfvars or LOCK_FILE in files or (backend and _has_backend(texts))
    return Directory(path, len(names), stands_alone, frozenset(_edges(path, texts)))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _has_backend(texts: Iterable[bytes]) -> bool:
    return any(
        b"terraform" in text and (b'backend "' in text or b"cloud {" in text or b'"backend"' in text)
        for text in texts
    )


def _edges(path: Path, texts: Iterable[bytes]) -> Iterator[Path]:
    """The directories that string literals of the files name: every one may be a module source."""
    for text in texts:
        for piece in text.split(b'"')[1:]:
            if piece.startswith((b"./", b"../")) and len(piece) < LONGEST_PATH:
                yield _real(path / os.fsdecode(piece))


def _called_by_others(seen: Mapping[Path, Directory]) -> set[Path]:
    return {called for path, item in seen.items() for called in item.calls if called != path}


def _uncalled_circles(seen: Mapping[Path, Directory], roots: Iterable[Path]) -> list[Path]:
    """Directories that no root reaches: they call each other in a circle."""
    reached: set[Path] = set()
    todo = list(roots)
    while todo:
        path = todo.pop()
        if path in seen and path not in reached:
            reached.add(path)
            todo.extend(seen[path].calls)
    return [path for path in seen if path not in reached]
