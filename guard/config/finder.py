"""Module calls to the modules that they name, on disk or summarised.

https://developer.hashicorp.com/terraform/language/modules/sources
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from guard.config.load import Loader
from guard.config.model import ModuleCall
from guard.config.module import Module
from guard.config.relevance import Wanted
from guard.disk import is_directory, is_there
from guard.syntax.module_paths import called_directory, is_local
from guard.values.errors import EvaluationError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.config.installed import Installed
    from guard.config.summaries import Choice, Row


class ModuleFinder:
    """Finds the modules that a root calls: local paths, those that `terraform init` installed, and
    summaries of well-known modules that are not on disk.

    choices: which row of a summary to take where the version constraint allows several; the newest, if
    it is not said. open_choices: the rows for each of these, as far as calls were met, and the calls.
    found: every module found so far, in the order of finding.
    """

    def __init__(
        self,
        loader: Loader,
        root: Path,
        data_directory: str = ".terraform",
        choices: Mapping[Choice, Row] | None = None,
    ) -> None:
        self._loader = loader
        self._root = root
        self._data = data_directory
        self._choices = choices or {}
        self.open_choices: dict[Choice, dict[tuple[str, ...], None]] = {}
        self.found: dict[Module, None] = {}

    def choosing(self, choices: Mapping[Choice, Row]) -> ModuleFinder:
        """The same, with other choices."""
        return ModuleFinder(self._loader, self._root, self._data, choices)

    def __call__(
        self, caller: Module, call: ModuleCall, path: tuple[str, ...], wanted: Wanted
    ) -> Module | None:
        """The called module, or None if it is not on disk and no summary holds for it.

        Raises EvaluationError for a local path that does not exist, GuardError for one that is refused.
        """
        module = self._find(caller, call, path, wanted)
        if module is not None:
            self.found.setdefault(module)
        return module

    def _find(self, caller: Module, call: ModuleCall, path: tuple[str, ...], wanted: Wanted) -> Module | None:
        if wanted.source is not None and is_local(wanted.source):
            return self._local(caller, call, wanted.source)
        installed = self._installed.get(".".join(path))
        if installed is not None and installed.fits(wanted.source, wanted.version):
            return self._loader.module(installed.directory)
        return self._summary(call, path, wanted)

    def _summary(self, call: ModuleCall, path: tuple[str, ...], wanted: Wanted) -> Module | None:
        from guard.config.known_calls import known
        from guard.config.summaries import StandIn

        found = known(call, wanted, self._loader.own)
        if found is None or not found.is_summarised:
            return None
        if len(found.rows) > 1:
            self.open_choices.setdefault(found.choice, {}).setdefault(path)
        row = self._choices.get(found.choice, found.rows[0])
        return self._loader.stand_in(StandIn(found.choice.module, row))

    def _local(self, caller: Module, call: ModuleCall, source: str) -> Module:
        directory = Path(called_directory(str(caller.directory), source))
        if not is_directory(directory):
            shown = self._loader.workspace.show(directory)
            state = "is not a directory" if is_there(directory) else "does not exist"
            detail = f"module.{call.name} has the source {source}, and {shown} {state}."
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
    def _installed(self) -> Mapping[str, Installed]:
        from guard.config.installed import installed_modules

        return installed_modules(self._root, self._data, self._loader.workspace)
