"""The commits and files of a repository, asked of git in a way in which nothing of the repository runs.

Only commands that read objects are used, with no hooks, helpers, filters, pagers or fetching, and without
the settings of the machine (https://git-scm.com/docs/git#_environment_variables).
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from shutil import which

from guard.records import dataclass

SECONDS = 30
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
AT_ONCE = 500
_COMMIT = re.compile(rb"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_ENTRY = re.compile(rb"100[0-7]{3} blob ([0-9a-f]+) +([0-9]+|BAD)\t(.+)", re.DOTALL)
_FOLLOWED = re.compile(rb"([0-9a-f]+) blob ([0-9]+)")
_LED_NOWHERE = re.compile(rb"(?:dangling|symlink|loop|notdir) ([0-9]+)")
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "diff.external=",
    "protocol.allow=never",
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_LITERAL_PATHSPECS": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_GRAFT_FILE": os.devnull,
    # A missing object must not be fetched: the repository says from where, and by which program.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}


class NotComparableError(Exception):
    """Why nothing can be said about the base: one or two sentences."""


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository. top: the real path that its files lie below. directory: its `.git`."""

    top: Path
    directory: Path
    program: str

    def commit(self, name: str) -> str | None:
        """The id of the commit of this name, if this clone has it."""
        said = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return _commit(said)

    def common_ancestor(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits, if this clone reaches back to it."""
        return _commit(self._ask("merge-base", "--end-of-options", one, other))

    def files(self, commit: str, paths: Sequence[str]) -> Mapping[str, bytes]:
        """What the files at these paths (from the top) hold in a commit; what is no file is left out.

        Links are followed as the commit has them, inside of it.
        """
        entries: dict[str, bytes] = {}
        total = 0
        for first in range(0, len(paths), AT_ONCE):
            chunk = paths[first : first + AT_ONCE]
            listed = self._ask("ls-tree", "-z", "-l", "--full-tree", "--end-of-options", commit, *chunk)
            if listed is None:
                raise NotComparableError("This clone does not have all files of the base.")
            for found in map(_ENTRY.fullmatch, listed.split(b"\0")):
                if found:
                    total += _size(found[2])
                    entries[os.fsdecode(found[3])] = found[1]
        links = [path for path in paths if path not in entries and self._may_be_link(path)]
        for path, name, size in self._followed(commit, links):
            total += _size(size)
            entries[path] = name
        if total > LARGEST_TOTAL:
            raise NotComparableError("The files to compare are too large.")
        return dict(self._contents(entries))

    def _may_be_link(self, path: str) -> bool:
        """Whether a path leads through a link in the work tree, as it then may in a commit."""
        return "\n" not in path and os.path.realpath(self.top / path) != str(self.top / path)

    def _followed(self, commit: str, paths: Sequence[str]) -> Iterator[tuple[str, bytes, bytes]]:
        """The paths that lead to a file of the commit through links, each with its object and size."""
        if not paths:
            return
        asked = b"".join(os.fsencode(f"{commit}:{path}\n") for path in paths)
        said = self._ask("cat-file", "--batch-check", "--follow-symlinks", data=asked) or b""
        at = 0
        for path in paths:
            line = said[at:].partition(b"\n")[0]
            at += len(line) + 1
            if found := _FOLLOWED.fullmatch(line):
                yield path, found[1], found[2]
            elif nowhere := _LED_NOWHERE.fullmatch(line):
                at += int(nowhere[1]) + 1  # where the link leads to comes after it

    def _contents(self, entries: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
        """The contents of objects, by path."""
        if not entries:
            return
        said = self._ask("cat-file", "--batch", data=b"".join(name + b"\n" for name in entries.values()))
        at = 0
        for path in entries:
            head, _, _ = (said or b"")[at : at + 200].partition(b"\n")
            parts = head.split(b" ")
            if len(parts) != 3 or parts[1] != b"blob":  # noqa: PLR2004  # id, kind and size
                raise NotComparableError(f"{path} of the base is not in this clone.")
            start = at + len(head) + 1
            at = start + int(parts[2]) + 1
            yield path, (said or b"")[start : at - 1]

    def _ask(self, *words: str, data: bytes = b"") -> bytes | None:
        """What git answers, or None where its answer is no."""
        settings = (f"safe.directory={self.top}", *_SETTINGS)
        options = [word for setting in settings for word in ("-c", setting)]
        command = [self.program, "--no-pager", *options, f"--git-dir={self.directory}", *words]
        try:
            done = subprocess.run(  # noqa: S603  # git by its full path, without a shell
                command,
                cwd=self.top,
                env={**_ENVIRONMENT, "PATH": os.path.dirname(self.program)},  # noqa: PTH120
                input=data,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as problem:
            raise NotComparableError(f"git did not answer within {SECONDS} seconds.") from problem
        except OSError as problem:
            raise NotComparableError(f"git could not be run: {problem.strerror}.") from problem
        return None if done.returncode else done.stdout


def repository(directories: Iterable[Path], boundary: Path) -> Repository:
    """The repository that holds all these directories, inside of the boundary."""
    common = Path(os.path.commonpath([os.path.realpath(path) for path in directories]))
    top = next((parent for parent in (common, *common.parents) if os.path.lexists(parent / ".git")), None)
    if top is None:
        raise NotComparableError("There is no git repository here.")
    directory = Path(os.path.realpath(_linked(top / ".git")))
    if not directory.is_relative_to(boundary):
        raise NotComparableError(
            f"{directory} lies outside of {boundary}, and nothing outside is opened: "
            "--confine names a wider directory."
        )
    program = _program(top)
    if program is None:
        raise NotComparableError("git is not installed.")
    return Repository(top, directory, program)


def _linked(place: Path) -> Path:
    """The directory that a `.git` is or, as a file, names (https://git-scm.com/docs/gitrepository-layout)."""
    if not place.is_file():
        return place
    try:
        with place.open("rb") as file:
            said = file.read(5_000).split(b"\0")[0]
    except OSError as problem:
        raise NotComparableError(f"{place} could not be read: {problem.strerror}.") from problem
    return place.parent / os.fsdecode(said).removeprefix("gitdir:").strip()


def _program(top: Path) -> str | None:
    """git from the search path, directories of the repository and relative ones left out."""
    entries = [entry for entry in os.get_exec_path() if Path(entry).is_absolute()]
    trusted = [entry for entry in entries if not Path(os.path.realpath(entry)).is_relative_to(top)]
    return which("git", path=os.pathsep.join(trusted)) if trusted else None


def _commit(said: bytes | None) -> str | None:
    first = (said or b"").split(b"\n")[0]
    return first.decode() if _COMMIT.fullmatch(first) else None


def _size(digits: bytes) -> int:
    """The size that git lists; it is BAD for an object that the clone does not have."""
    if not digits.isdigit():
        raise NotComparableError("This clone does not have all files of the base.")
    size = int(digits)
    if size > LARGEST_FILE:
        raise NotComparableError("A file to compare is too large.")
    return size
