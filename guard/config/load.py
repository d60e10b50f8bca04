"""Directories to modules: which files load, split into blocks."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType

from guard.config.workspace import Workspace, beside
from guard.diagnostics import Diagnostic, GuardError, error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.config.module import Module
    from guard.config.summaries import OwnModules, StandIn
    from guard.syntax.split import RawBlock


class Loader:
    """Loads modules within a workspace, each directory once."""

    def __init__(self, workspace: Workspace, own: OwnModules = MappingProxyType({})) -> None:
        """own: modules that the user describes, for where they are not on disk."""
        self.workspace = workspace
        self.own = own
        self._modules: dict[Path, Module] = {}
        self._by_name: dict[Path, Module] = {}
        self._stand_ins: dict[StandIn, Module] = {}

    @property
    def modules(self) -> tuple[Module, ...]:
        """Every module read from disk so far."""
        return tuple(self._modules.values())

    def stand_in(self, summary: StandIn) -> Module:
        """A summary as a module. Its directory is a name only: nothing is read there."""
        from guard.config.module import Module

        if summary not in self._stand_ins:
            directory = Path("known", str(summary))
            blocks = tuple(summary.row.blocks())
            module = Module(directory, str(summary), blocks, (), (), 0)
            module.stand_in = summary
            self._stand_ins[summary] = module
        return self._stand_ins[summary]

    def module(self, directory: Path) -> Module:
        """The module of a directory; raises GuardError if it cannot be opened."""
        if directory not in self._by_name:
            real = self.workspace.admit(directory)
            if real not in self._modules:
                self._modules[real] = self._load(real, directory)
            self._by_name[directory] = self._modules[real]
        return self._by_name[directory]

    def _load(self, real: Path, directory: Path) -> Module:
        from guard.config.files import OPENTOFU, configuration_files
        from guard.config.module import Module

        shown = self.workspace.show(real)
        try:
            with os.scandir(real) as entries:
                linked = {item.name: item.is_symlink() for item in entries if not _is_directory(item)}
        except OSError as problem:
            detail = f"{self.workspace.show(directory)} cannot be read: {problem.strerror}."
            raise GuardError(error("Directory cannot be read", detail)) from problem
        diagnostics: list[Diagnostic] = []

        def blocks(name: str) -> tuple[RawBlock, ...]:
            return self._blocks(real / name, linked[name], beside(shown, name), diagnostics)

        files = configuration_files(linked)
        read = {name: blocks(name) for name in (*files.primary, *files.overrides)}
        tofu = any(name.endswith(OPENTOFU) for name in read)
        if tofu:
            from guard.config.opentofu import differences

            read |= {name: blocks(name) for name in files.hidden}
            diagnostics += differences(files, read, shown)
        primary = [block for name in files.primary for block in read[name]]
        overrides = [block for name in files.overrides for block in read[name]]
        count = len(files.primary) + len(files.overrides)
        return Module(real, shown, primary, overrides, diagnostics, count, opentofu=tofu)

    def _blocks(
        self, path: Path, linked: bool, shown: str, diagnostics: list[Diagnostic]
    ) -> tuple[RawBlock, ...]:
        """The blocks of a file; one that cannot be read is a diagnostic, and the others go on."""
        from guard.syntax.load import read_source
        from guard.syntax.split import split

        try:
            source = read_source(self.workspace.admit(path) if linked else path, shown)
            if not path.name.endswith(".json"):
                return split(source)
            from guard.syntax.tfjson import split_json

            return split_json(source)
        except GuardError as problem:
            diagnostics.append(problem.diagnostic)
            return ()


def _is_directory(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)
