r"""Finds the directories that matter by their bytes alone: those that name what makes keys, and callers.

The scan is sound, not exact: where Terraform would plan a key, the directory that declares it and every
directory that leads to it are found, however that is written; others may be found too. What it rests on:
labels stand in files as they are but for `\u` escapes; the source of a module is a plain text, or else an
expression, which is not followed but reported as doubt.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from guard.records import dataclass, field
from guard.syntax.module_paths import called_directory
from guard.syntax.scan_bytes import Traces, examine

CONFIGURATION = (".tf", ".tf.json", ".tofu", ".tofu.json")
VARIABLES = (".tfvars", ".tfvars.json")
LOCK_FILE = ".terraform.lock.hcl"
DATA_DIRECTORY = ".terraform"
# No root module is in them. Modules are, and are found by the manifest or by a call.
SKIPPED = frozenset({".git", ".hg", ".svn", DATA_DIRECTORY, ".terragrunt-cache"})
_BUFFER = 1 << 20
_MORE = 1 << 16


@dataclass(frozen=True, slots=True)
class Directory:
    """A directory that holds configuration files.

    path: its real path. files: names of its configuration files, hidden and overriding ones too.
    variable_files: names of its `.tfvars` files. locked: it has a dependency lock file.
    names_key: a file names something that makes keys. names_remote: a file may call a module that is not
    a directory of the tree.
    doubtful: a file could not be read, or a module source is an expression: anything may follow.
    calls: real paths of the directories with configuration that it may call.
    """

    path: str
    files: tuple[str, ...]
    variable_files: tuple[str, ...]
    locked: bool
    names_key: bool
    names_remote: bool
    doubtful: bool
    calls: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scan:
    """Every directory with configuration below the scanned ones, and those that they may call."""

    directories: Mapping[str, Directory]

    def leading_to_keys(self) -> frozenset[str]:
        """The directories from which a key may be reached, over any number of calls."""
        return self._leading_to(
            item.path for item in self.directories.values() if item.names_key or item.doubtful
        )

    def leading_out(self) -> frozenset[str]:
        """The directories from which a module that is not a directory of the tree may be reached."""
        return self._leading_to(item.path for item in self.directories.values() if item.names_remote)

    def _leading_to(self, targets: Iterable[str]) -> frozenset[str]:
        callers: dict[str, list[str]] = {}
        for directory in self.directories.values():
            for called in directory.calls:
                callers.setdefault(called, []).append(directory.path)
        found: set[str] = set()
        todo = list(targets)
        while todo:
            path = todo.pop()
            if path not in found:
                found.add(path)
                todo.extend(callers.get(path, ()))
        return frozenset(found)


def scan(tops: Iterable[str], boundary: str, data_directory: str = DATA_DIRECTORY) -> Scan:
    """Scan the directories and all below them. Links to directories are followed by calls only.

    tops, boundary: real paths; nothing outside is opened, and a call that leads outside is doubtful.
    data_directory: where `terraform init` puts modules, relative to a root module (TF_DATA_DIR).
    """
    scanner = _Scanner(boundary, data_directory)
    for top in tops:
        scanner.walk(top)
    return Scan(scanner.finish())


@dataclass(slots=True)
class _Seen:
    """What one look at a directory gave."""

    files: list[str] = field(default_factory=list)
    variable_files: list[str] = field(default_factory=list)
    subdirectories: list[str] = field(default_factory=list)
    traces: Traces = field(default_factory=Traces)
    locked: bool = False
    initialised: bool = False


class _Scanner:
    """Looks at directories, each once, with one buffer for all files."""

    def __init__(self, boundary: str, data_directory: str) -> None:
        self._boundary = boundary
        self._data = data_directory
        self._buffer = bytearray(_BUFFER)
        self._buffers = [self._buffer]
        self._seen: dict[str, _Seen] = {}

    def walk(self, top: str) -> None:
        todo = [top]
        while todo:
            path = todo.pop()
            if path not in self._seen:
                todo.extend(self._look(path).subdirectories)

    def finish(self) -> Mapping[str, Directory]:
        """Follow the calls, also out of what was walked, then say what was found."""
        calls: dict[str, frozenset[str]] = {}
        todo = list(self._seen)
        while todo:
            path = todo.pop()
            if path not in calls:
                called = frozenset(self._calls(path))
                calls[path] = frozenset(name for name in called if self._matters(name))
                todo.extend(called)
        return {
            path: self._directory(path, self._seen[path], calls[path])
            for path in sorted(calls)
            if self._matters(path)
        }

    def _matters(self, path: str) -> bool:
        """Whether a directory has configuration, or may have: it could not be read."""
        return bool(self._seen[path].files or self._seen[path].traces.doubtful)

    def _directory(self, path: str, seen: _Seen, calls: frozenset[str]) -> Directory:
        return Directory(
            path,
            tuple(sorted(seen.files)),
            tuple(sorted(seen.variable_files)),
            seen.locked,
            seen.traces.key,
            seen.traces.remote,
            seen.traces.doubtful,
            calls,
        )

    # --- one directory -------------------------------------------------------------------------------

    def _look(self, path: str) -> _Seen:
        seen = self._seen[path] = _Seen()
        try:
            with os.scandir(path) as entries:
                for entry in entries:
                    self._entry(entry, seen)
        except OSError:
            seen.traces.doubtful = True
        return seen

    def _entry(self, entry: os.DirEntry[str], seen: _Seen) -> None:
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            if name not in SKIPPED:
                seen.subdirectories.append(entry.path)
            elif name == DATA_DIRECTORY:
                seen.initialised = True
        elif name.endswith(CONFIGURATION):
            seen.files.append(name)
            self._configuration(entry, seen.traces)
        elif name.endswith(VARIABLES):
            seen.variable_files.append(name)
        elif name == LOCK_FILE:
            seen.locked = True

    def _configuration(self, entry: os.DirEntry[str], traces: Traces) -> None:
        """Examine a file; one that cannot or may not be read may hold anything."""
        try:
            if entry.is_file(follow_symlinks=False) or self._leads_to_file(entry):
                examine(self._buffer, self._read(entry.path), entry.name, traces)
            else:
                traces.doubtful = True
        except OSError:
            traces.doubtful = True

    def _leads_to_file(self, entry: os.DirEntry[str]) -> bool:
        return entry.is_symlink() and self._inside(os.path.realpath(entry.path)) and entry.is_file()

    def _read(self, path: str) -> int:
        """Read a file into the buffer; returns how many bytes it has."""
        file = os.open(path, os.O_RDONLY)
        try:
            size = os.readv(file, self._buffers)
            while more := os.read(file, _MORE):  # some file systems give less at once
                self._buffer[size : size + len(more)] = more
                size += len(more)
        finally:
            os.close(file)
        return size

    def _inside(self, path: str) -> bool:
        return path == self._boundary or path.startswith(self._boundary.rstrip(os.sep) + os.sep)

    # --- calls ---------------------------------------------------------------------------------------

    def _calls(self, path: str) -> Iterator[str]:
        """The directories that this one may call as modules.

        Terraform takes `..` away by name first, and then follows links.
        """
        seen = self._seen[path]
        for source in (*seen.traces.sources, *self._installed(path, seen)):
            called = called_directory(path, source)
            target = called if called in self._seen else self._real(called, seen.traces)
            if target is not None:
                yield target
            elif source in seen.traces.sources:
                seen.traces.doubtful = True  # a module that is not there: nobody knows what it would make

    def _real(self, called: str, traces: Traces) -> str | None:
        """The real path of a directory that is called and was not walked, if it is one."""
        try:
            if not Path(called).is_dir():
                return None
            target = os.path.realpath(called)
        except OSError:
            traces.doubtful = True
            return None
        if not self._inside(target):
            traces.doubtful = True
            return None
        if target not in self._seen:
            self._look(target)
        return target

    def _installed(self, path: str, seen: _Seen) -> Iterator[str]:
        """The directories in the manifest that `terraform init` writes."""
        if not seen.initialised and self._data == DATA_DIRECTORY:
            return
        import json

        manifest = Path(path, self._data, "modules", "modules.json")
        try:
            if manifest.is_file() and self._inside(os.path.realpath(manifest)):
                for entry in json.loads(manifest.read_bytes())["Modules"]:
                    yield str(entry["Dir"])
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            seen.traces.doubtful = True
