"""The workspace boundary: the directory outside of which nothing is opened."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from guard.diagnostics import GuardError, UsageError, error
from guard.disk import is_directory, is_there
from guard.records import dataclass


@dataclass(frozen=True, slots=True)
class Workspace:
    """Confines reading. boundary: a real path. base: what shown paths are relative to."""

    boundary: Path
    base: Path

    def admit(self, path: Path) -> Path:
        """The real path of a file or directory; raises GuardError if it lies outside the boundary."""
        try:
            real = Path(os.path.realpath(path))
        except ValueError as problem:
            detail = f"{self.show(path)} is not a name that a file or directory can have."
            raise GuardError(error("Invalid path", detail)) from problem
        if not real.is_relative_to(self.boundary):
            detail = (
                f"{self.show(path)} leads outside of {self.boundary}, and nothing outside is opened. "
                "If this is meant to be read, name a wider directory with --confine."
            )
            raise GuardError(error("Path outside of the workspace", detail))
        return real

    def show(self, path: Path) -> str:
        """The path as reports show it: relative to the base where that is shorter, with forward slashes."""
        relative = os.path.relpath(path, self.base)
        return Path(path if relative.startswith("..") else relative).as_posix()


def beside(directory: str, name: str) -> str:
    """A file as reports show it, in a directory as they show it."""
    return name if directory == "." else f"{directory.rstrip('/')}/{name}"


def workspace(
    paths: Sequence[Path], confine: Path | None, environment: dict[str, str] | None = None
) -> Workspace:
    """The workspace of a run: `--confine`, else GITHUB_WORKSPACE, else the git top level, else the
    common parent of the working directory and the paths. Raises UsageError if there is no such directory."""
    variables = os.environ if environment is None else environment
    working = _working_directory()
    if confine is not None and not is_directory(confine):
        raise UsageError("Invalid --confine argument", f"{confine} is not a directory.")
    real = [Path(os.path.realpath(path)) for path in paths]
    given = confine or (Path(variables["GITHUB_WORKSPACE"]) if variables.get("GITHUB_WORKSPACE") else None)
    boundary = Path(os.path.realpath(given)) if given else _git_top(real) or _common_parent([working, *real])
    return Workspace(boundary, working)


def _working_directory() -> Path:
    try:
        return Path(os.path.realpath("."))
    except FileNotFoundError:
        detail = (
            "The directory that this command was started in does not exist any more. Change to one that does."
        )
        raise UsageError("No working directory", detail) from None


def _git_top(paths: Sequence[Path]) -> Path | None:
    """The git top level that holds all paths."""
    common = _common_parent(paths)
    return next((parent for parent in (common, *common.parents) if is_there(parent / ".git")), None)


def _common_parent(paths: Sequence[Path]) -> Path:
    directories = [path if is_directory(path) else path.parent for path in paths]
    return Path(os.path.commonpath(directories))
