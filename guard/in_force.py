"""Which settings are in force: the command line, else the settings file, else the default.

The file is looked for upwards from each path, never outside of the workspace.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from guard.config.workspace import Workspace, workspace
from guard.diagnostics import GuardError, UsageError
from guard.disk import is_directory
from guard.options import STANDARD_INPUT, CheckOptions, is_document
from guard.records import replace
from guard.rules import Verdict
from guard.settings.model import Settings

NAME = ".iam-key-guard.yaml"


def find(options: CheckOptions) -> Path | None:
    """The settings file of the paths of a check, or None. Plans and states look from the working directory.

    Raises UsageError where the paths lead to different files, or to one that is not quite called so.
    """
    found = list(dict.fromkeys(map(_nearest, candidates(options))))
    if len(found) > 1:
        names = " and ".join(str(path) if path else "none" for path in found)
        raise UsageError(
            "Several settings files",
            f"The paths lead to different settings: {names}. Check each alone, or name one with --config.",
        )
    return found[0] if found else None


def candidates(options: CheckOptions, *, as_written: bool = False) -> list[tuple[Path, ...]]:
    """For each path, where its settings file may be, the nearest first.

    as_written: above the path itself, and not where the links on it lead now.
    """
    code = [path for path in options.paths if not is_document(path)]
    boundary = workspace(code or [Path()], options.confine).boundary
    starts = (
        Path() if is_document(path) else path if is_directory(path) else path.parent for path in options.paths
    )
    return [tuple(_upwards(_start(start, boundary, as_written=as_written), boundary)) for start in starts]


def _start(path: Path, boundary: Path, *, as_written: bool) -> Path:
    written = Path(os.path.abspath(path))  # noqa: PTH100  # links stay as they are
    inside = as_written and written.is_relative_to(boundary)
    return written if inside else Path(os.path.realpath(path))


def _nearest(places: Iterable[Path]) -> Path | None:
    """The first place with a settings file. A link counts as one, it is refused when it leads outside."""
    for place in places:
        if os.path.lexists(place):
            return place
        misnamed = place.with_suffix(".yml")
        if os.path.lexists(misnamed):
            detail = f"{misnamed} would not be read: settings are in {NAME}. Rename or remove it."
            raise UsageError("Settings file misnamed", detail)
    return None


def _upwards(start: Path, boundary: Path) -> Iterator[Path]:
    for directory in (start, *start.parents):
        if not directory.is_relative_to(boundary):
            return
        yield directory / NAME


def with_settings(options: CheckOptions, file: Path, *, named: bool) -> CheckOptions:
    """The options with the file's settings where the command line does not say (None).

    named: by --config; then its patterns are relative to the working directory.
    """
    code = [path for path in options.paths if not is_document(path)]
    settings = _read(file, workspace(code or [Path()], options.confine), named=named)
    return replace(
        options,
        settings=settings,
        limit=options.limit if options.limit_given else _or(settings.limit, options.limit),
        fail_on=options.fail_on
        if options.fail_on_given or settings.fail_on is None
        else Verdict[settings.fail_on.upper()],
    )


def settings_here(file: Path | None, confine: Path | None) -> Settings:
    """The settings of a command that reads no Terraform: the file that --config names, else the one that
    is found from the working directory upwards."""
    found = file or find(CheckOptions((Path(STANDARD_INPUT),), confine=confine))
    return _read(found, workspace([Path()], confine), named=file is not None) if found else Settings()


def _read(file: Path, place: Workspace, *, named: bool) -> Settings:
    from guard.settings.read import read_settings

    if named and not os.path.lexists(file):
        raise UsageError("Settings not found", f"{file} does not exist (--config).")
    try:
        return read_settings(file, place, Path() if named else None)
    except UsageError:
        raise
    except GuardError as problem:
        said = problem.diagnostic
        raise UsageError(said.summary, said.detail, said.subject) from problem


def _or(stated: int | None, otherwise: int) -> int:
    return otherwise if stated is None else stated
