"""The workspace boundary: the directory outside of which nothing is opened."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from guard.diagnostics import GuardError, error
from guard.records import dataclass


@dataclass(frozen=True, slots=True)
class Workspace:
    """Confines reading. boundary: a real path. base: what shown paths are relative to."""

    boundary: Path
    base: Path

    def admit(self, path: Path) -> Path:
        """The real path of a file or directory; raises GuardError if it lies outside the boundary."""
        real = Path(os.path.realpath(path))
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


def workspace(
    paths: Sequence[Path], confine: Path | None, environment: dict[str, str] | None = None
) -> Workspace:
    """The workspace of a run: `--confine`, else GITHUB_WORKSPACE, else the git top level, else the
    common parent of the working directory and the paths."""
    variables = os.environ if environment is None else environment
    working = Path(os.path.realpath("."))
    real = [Path(os.path.realpath(path)) for path in paths]
    given = confine or (Path(variables["GITHUB_WORKSPACE"]) if variables.get("GITHUB_WORKSPACE") else None)
    boundary = Path(os.path.realpath(given)) if given else _git_top(real) or _common_parent([working, *real])
    return Workspace(boundary, working)


def _git_top(paths: Sequence[Path]) -> Path | None:
    """The git top level that holds all paths."""
    common = _common_parent(paths)
    return next((parent for parent in (common, *common.parents) if (parent / ".git").exists()), None)


def _common_parent(paths: Sequence[Path]) -> Path:
    directories = [path if path.is_dir() else path.parent for path in paths]
    return Path(os.path.commonpath(directories))
