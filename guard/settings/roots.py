"""What the settings say of one root module: its inputs, its accounts, whether it is left out."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from guard.config.input_options import Argument, InputOptions
from guard.diagnostics import Diagnostic, UsageError, note, warning
from guard.inventory.model import DEFAULT_ACCOUNT
from guard.records import replace
from guard.settings.globs import covers, matches
from guard.settings.model import RootSettings, Settings
from guard.source import SourceRange
from guard.visible import visible


def left_out(directory: Path, settings: Settings) -> bool:
    """Whether the root module of a directory is left out."""
    path = _relative(directory, settings)
    return path is not None and any(covers(pattern.text, path) for pattern in settings.exclude)


def inputs_for(directory: Path, options: InputOptions, settings: Settings) -> InputOptions:
    """The inputs of a root module: those of the settings, and on top those of the command line."""
    path = _relative(directory, settings)
    fitting = [root for root in settings.roots if path is not None and matches(root.pattern, path)]
    arguments = [argument for root in fitting for argument in _arguments(root, directory)]
    accounts = dict(settings.accounts)
    stated_accounts = [root.account for root in fitting if root.account]
    if stated_accounts:
        accounts[DEFAULT_ACCOUNT.name] = stated_accounts[-1]
    workspaces = [root.workspace for root in fitting if root.workspace]
    stated = options.workspace or options.environment.get("TF_WORKSPACE")
    return replace(
        options,
        arguments=(*arguments, *options.arguments),
        workspace=stated or (workspaces[-1] if workspaces else None),
        accounts=accounts,
    )


def remarks(directories: Sequence[Path], settings: Settings) -> Iterator[Diagnostic]:
    """Which root modules are left out, and which patterns fit none of the root modules of this run."""
    out = [path for item in directories if left_out(item, settings) and (path := _relative(item, settings))]
    if out:
        number = "1 root module" if len(out) == 1 else f"{len(out)} root modules"
        detail = f"The settings leave out {number}: {', '.join(map(visible, sorted(out)))}."
        everything = len(out) == len(directories)
        yield warning("Everything left out", detail) if everything else note("Left out", detail)
    paths = [path for item in directories if (path := _relative(item, settings)) is not None]
    for root in settings.roots:
        if not _fits(root.pattern, paths):
            yield _without_effect(root.pattern, root.at)
    for pattern in settings.exclude:
        if not any(covers(pattern.text, path) for path in paths):
            yield _without_effect(pattern.text, pattern.at)


def not_declared(
    directories: Sequence[Path], settings: Settings, declared: Collection[str]
) -> Iterator[Diagnostic]:
    """Which inputs of the settings no module declares that was read: the real ones are left unset."""
    paths = [path for item in directories if (path := _relative(item, settings)) is not None]
    for root in settings.roots:
        for name in root.variables:
            if name not in declared and _fits(root.pattern, paths):
                text = f"No module that was read declares a variable {visible(name)} (vars)."
                yield warning("Setting without effect", text, root.at)


def _without_effect(pattern: str, at: SourceRange) -> Diagnostic:
    text = f"{visible(pattern)} fits no root module of this run that leads to access keys."
    return note("Setting without effect", text, at)


def _fits(pattern: str, paths: Iterable[str]) -> bool:
    return any(matches(pattern, path) for path in paths)


def _arguments(root: RootSettings, directory: Path) -> Iterator[Argument]:
    for name in root.var_files:
        file = directory / name
        if not file.is_file():
            raise UsageError("Variable file not found", f"{name} does not exist in {directory}.", root.at)
        yield Argument("var-file", str(file))
    for name, value in root.variables.items():
        yield Argument("var", f"{name}={value}")


def _relative(directory: Path, settings: Settings) -> str | None:
    """The path from the settings to a directory, or None outside of them."""
    relative = Path(os.path.relpath(directory, settings.base)).as_posix()
    return None if relative == ".." or relative.startswith("../") else relative
