"""What a change allows itself, beside the commit that it started from.

Nothing here fails a run: who reviews the change decides. But it is said, also that it could not be said.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from guard.config.workspace import workspace
from guard.diagnostics import Diagnostic, UsageError, note, warning
from guard.history.base import Base, base_of
from guard.history.baseline_changes import baseline_changes
from guard.history.git import NotComparableError, Repository, repository
from guard.history.ignore_changes import ignore_changes
from guard.history.setting_changes import Stated, setting_changes
from guard.ignores.model import Ignore
from guard.in_force import candidates
from guard.options import CheckOptions, is_document
from guard.settings.document import read_document
from guard.settings.model import Settings
from guard.settings.read import LARGEST, settings_of
from guard.source import SourceFile
from guard.syntax.load import decode
from guard.visible import visible


def changes(options: CheckOptions, ignores: Sequence[Ignore]) -> tuple[Diagnostic, ...]:
    """Warnings for what this change adds or widens, the widest first, or one that it cannot be compared."""
    code = [path for path in options.paths if not is_document(path)] or [Path()]
    boundary = workspace(code, options.confine).boundary
    directories = [path if path.is_dir() else path.parent for path in code]
    try:
        found = repository(directories, boundary)
        base = base_of(found, options.base, options.inputs.environment)
    except NotComparableError as problem:
        return (_not_compared(problem, "waivers, ignores, a baseline, a limit or exclusions"),)
    said: dict[Diagnostic, None] = {}
    parts: Mapping[str, Callable[[], Iterator[Diagnostic]]] = {
        "waivers, a limit or exclusions": lambda: _of_settings(found, base, options),
        "a baseline": lambda: _of_baseline(found, base, options),
        "ignores": lambda: ignore_changes(ignores, _texts(found, base, ignores), base),
    }
    for what, part in parts.items():
        try:
            said.update(dict.fromkeys(part()))
        except NotComparableError as problem:
            said.setdefault(_not_compared(problem, what))
    detail = f"What could be compared of waivers, ignores, settings and the baseline was, with {base}."
    return (*said, note("Compared with the base", detail))


def _not_compared(problem: NotComparableError, what: str) -> Diagnostic:
    detail = (
        f"{problem} So it is not known whether this change brings {what} of its own: look at them yourself."
    )
    return warning("Not compared with the base", detail)


def _of_baseline(found: Repository, base: Base, options: CheckOptions) -> Iterator[Diagnostic]:
    if options.baseline is not None and not options.writes_baseline:
        path = _inside(options.baseline, found)
        before = found.files(base.commit, [path]).get(path)
        yield from baseline_changes(options.baseline, before, base)


def _of_settings(found: Repository, base: Base, options: CheckOptions) -> Iterator[Diagnostic]:
    settings = options.settings
    now = Stated(settings, _data(settings), settings.base)
    try:
        before = _settings_before(found, base, options)
    except UsageError as problem:
        detail = (
            f"At {base} they are not valid, so they are compared with the defaults. {visible(str(problem))}"
        )
        yield warning("Settings of the base not valid", detail)
        before = Stated(Settings(), {}, settings.base)
    yield from setting_changes(before, now, base)


def _data(settings: Settings) -> dict[str, object]:
    source = next((place.source for place in settings.places.values()), None)
    return dict(read_document(source).data) if source else {}


def _settings_before(found: Repository, base: Base, options: CheckOptions) -> Stated:
    """The settings that were in force at the base, wherever their file was."""
    if options.settings.file is not None:
        _inside(Path(options.settings.file), found)
    places = [(options.config,)] if options.config else candidates(options, as_written=True)
    wanted = [[_inside(place, found) for place in group if _is_inside(place, found)] for group in places]
    held = found.files(base.commit, list(dict.fromkeys(path for group in wanted for path in group)))
    nearest = {next((path for path in group if path in held), None) for group in wanted}
    if len(nearest) > 1:
        raise NotComparableError("At the base, the paths lead to several settings files.")
    path = nearest.pop() if nearest else None
    if path is None:
        return Stated(Settings(), {}, options.settings.base)
    if len(held[path]) > LARGEST:
        raise NotComparableError(f"{path} of the base has more than {LARGEST} bytes.")
    source = SourceFile(f"{path} at {base}", decode(held[path]))
    start = options.settings.base if options.config else (found.top / path).parent
    return Stated(settings_of(source, start), dict(read_document(source).data), start)


def _texts(found: Repository, base: Base, ignores: Sequence[Ignore]) -> dict[str, str]:
    """The texts at the base of the files that have ignores now, by path as reports show it."""
    shown = {ignore.at.file: _inside(Path(ignore.at.file), found) for ignore in ignores}
    held = found.files(base.commit, list(dict.fromkeys(shown.values())))
    return {file: decode(held[path]) for file, path in shown.items() if path in held}


def _inside(path: Path, found: Repository) -> str:
    """A path from the top of the repository, as it is written: a link may be what the change brings."""
    written = _from_top(path, found)
    if written is None:
        raise NotComparableError(f"{path} lies outside of the repository {found.top}.")
    return written


def _is_inside(path: Path, found: Repository) -> bool:
    return _from_top(path, found) is not None


def _from_top(path: Path, found: Repository) -> str | None:
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  # links stay as they are
    tops = (parent for parent in reversed(absolute.parents) if os.path.realpath(parent) == str(found.top))
    top = next(tops, None)
    return absolute.relative_to(top).as_posix() if top else None
