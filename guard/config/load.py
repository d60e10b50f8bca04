"""Directories to modules: which files load, split into blocks; called modules found on disk.

https://developer.hashicorp.com/terraform/language/modules/sources
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from guard.config.files import OPENTOFU, configuration_files
from guard.config.model import ModuleCall
from guard.config.module import Module
from guard.config.workspace import Workspace
from guard.diagnostics import Diagnostic, GuardError, error
from guard.syntax.load import read_source
from guard.syntax.split import RawBlock, split
from guard.values.errors import EvaluationError

LOCAL = ("./", "../")


class Loader:
    """Loads modules within a workspace, each directory once."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._modules: dict[Path, Module] = {}

    @property
    def modules(self) -> tuple[Module, ...]:
        """Every module loaded so far."""
        return tuple(self._modules.values())

    def module(self, directory: Path) -> Module:
        """The module of a directory; raises GuardError if it cannot be opened."""
        real = self.workspace.admit(directory)
        if real not in self._modules:
            self._modules[real] = self._load(real, directory)
        return self._modules[real]

    def _load(self, real: Path, directory: Path) -> Module:
        try:
            files = configuration_files(entry.name for entry in os.scandir(real) if not entry.is_dir())
        except OSError as problem:
            detail = f"{self.workspace.show(directory)} cannot be read: {problem.strerror}."
            raise GuardError(error("Directory cannot be read", detail)) from problem
        diagnostics: list[Diagnostic] = []
        primary = [block for name in files.primary for block in self._blocks(real / name, diagnostics)]
        overrides = [block for name in files.overrides for block in self._blocks(real / name, diagnostics)]
        count = len(files.primary) + len(files.overrides)
        tofu = any(name.endswith(OPENTOFU) for name in (*files.primary, *files.overrides))
        shown = self.workspace.show(real)
        return Module(real, shown, primary, overrides, diagnostics, count, opentofu=tofu)

    def _blocks(self, path: Path, diagnostics: list[Diagnostic]) -> tuple[RawBlock, ...]:
        """The blocks of a file; one that cannot be read is a diagnostic, and the others go on."""
        try:
            source = read_source(self.workspace.admit(path), self.workspace.show(path))
            if not path.name.endswith(".json"):
                return split(source)
            from guard.syntax.tfjson import split_json

            return split_json(source)
        except GuardError as problem:
            diagnostics.append(problem.diagnostic)
            return ()


class ModuleFinder:
    """Finds the modules that a root calls: local paths, and those that `terraform init` installed."""

    def __init__(self, loader: Loader, root: Path, data_directory: str = ".terraform") -> None:
        self._loader = loader
        self._root = root
        self._data = data_directory

    def __call__(
        self, caller: Module, call: ModuleCall, path: tuple[str, ...], source: str | None
    ) -> Module | None:
        """The called module, or None if it is not on disk.

        Raises EvaluationError for a local path that does not exist, GuardError for one that is refused.
        """
        if source is not None and source.startswith(LOCAL):
            return self._local(caller, call, source)
        directory = self._installed.get(".".join(path))
        return None if directory is None else self._loader.module(directory)

    def _local(self, caller: Module, call: ModuleCall, source: str) -> Module:
        directory = caller.directory / source
        if not directory.is_dir():
            shown = self._loader.workspace.show(directory)
            detail = f"module.{call.name} has the source {source}, and {shown} does not exist."
            raise EvaluationError(
                "Unreadable module directory", detail, call.source.range if call.source else call.range
            )
        module = self._loader.module(directory)
        if not module.files:
            detail = f"{module.shown}, the source of module.{call.name}, holds no Terraform files."
            raise EvaluationError(
                "Unreadable module directory", detail, call.source.range if call.source else call.range
            )
        return module

    @cached_property
    def _installed(self) -> Mapping[str, Path]:
        """Directories by module path, from the manifest that `terraform init` writes."""
        manifest = self._root / self._data / "modules" / "modules.json"
        if not manifest.is_file():
            return {}
        try:
            entries = json.loads(self._loader.workspace.admit(manifest).read_text("utf-8"))["Modules"]
            return {str(entry["Key"]): self._root / str(entry["Dir"]) for entry in entries}
        except (ValueError, KeyError, TypeError) as problem:
            shown = self._loader.workspace.show(manifest)
            detail = f"{shown} is not what terraform init writes ({problem!r}). Run terraform init again."
            raise GuardError(error("Unreadable module manifest", detail)) from problem
