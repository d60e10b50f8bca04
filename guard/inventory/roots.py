"""A directory to what one root module says of keys, under the inputs that are given."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from guard.config.finder import ModuleFinder
from guard.config.input_options import InputOptions
from guard.config.inputs import Inputs, read_inputs
from guard.config.load import Loader
from guard.config.module import Module
from guard.config.relevance import KeyPaths
from guard.config.validity import problems
from guard.diagnostics import Diagnostic, GuardError
from guard.inventory.configuration import Found, KeyResource, keys_of
from guard.lang.budget import RECURSION, Budget
from guard.lang.root import Root
from guard.lang.symbols import ModuleSymbols
from guard.lang.world import World
from guard.records import dataclass, replace
from guard.values.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.config.summaries import Choice, Row
    from guard.inventory.missing import Unread


@dataclass(frozen=True, slots=True)
class RootModule:
    """A root module that can be evaluated again and again, in different worlds.

    origin: nothing evaluated in it yet; every evaluation works on a copy.
    """

    origin: Root
    files: int
    loader: Loader
    finder: ModuleFinder

    @property
    def shown(self) -> str:
        return self.origin.shown

    def evaluate(
        self,
        world: World | None = None,
        only: frozenset[KeyResource] | None = None,
        variables: Mapping[str, Value] | None = None,
        workspace: str | None = None,
        inputs: Inputs | None = None,
        budget: Budget | None = None,
    ) -> Evaluation:
        """The keys of the root in a world, all of them or those of some resources.

        variables, workspace: given besides the root's inputs. inputs: instead of them.
        budget: shared with other evaluations.
        """
        inputs = inputs or self.origin.inputs
        root = replace(
            self.origin,
            world=world or World(),
            variables=variables or {},
            inputs=inputs if workspace is None else replace(inputs, workspace=workspace),
            budget=budget or Budget(),
            refusals={},
            refused=False,
            diagnostics=dict(self.origin.diagnostics),
            user_names={},
            unread_outputs={},
        )
        symbols = ModuleSymbols(root, root.module)
        found = tuple(keys_of(symbols, only))
        unread = _unread(symbols, found) if only is None and root.key_paths.missing else ()
        modules = (root.module, *self.finder.found)
        refusals, diagnostics = tuple(root.refusals), tuple(root.diagnostics)
        return Evaluation(found, refusals, diagnostics, modules, tuple(unread), refused=root.refused)

    def accepts(self, name: str, variables: Mapping[str, Value]) -> bool:
        """Whether a variable of the root module takes its value among these: its type and validation."""
        root = replace(self.origin, variables=variables, budget=Budget(), refusals={}, diagnostics={})
        try:
            ModuleSymbols(root, root.module).variable(name, root.module.where("variable", (name,)))
        except GuardError:
            return False
        return True

    def with_choices(self, choices: Mapping[Choice, Row]) -> RootModule:
        """The root with other versions of modules that are not on disk."""
        finder = self.finder.choosing(choices)
        paths = self.origin.key_paths
        key_paths = KeyPaths(finder, paths.strict, paths.aside, paths.missing, paths.suspected)
        origin = replace(self.origin, find_module=finder, key_paths=key_paths)
        return replace(self, origin=origin, finder=finder)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """found: the keys. refusals: what Terraform would refuse. diagnostics: what else was met.

    modules: those of this root found so far. unread: users for whom a module not on disk may make keys.
    refused: Terraform refuses for certain; otherwise only what may not exist.
    """

    found: tuple[Found, ...]
    refusals: tuple[Diagnostic, ...]
    diagnostics: tuple[Diagnostic, ...]
    modules: tuple[Module, ...]
    unread: tuple[Unread, ...] = ()
    refused: bool = False


def _unread(symbols: ModuleSymbols, found: Sequence[Found]) -> Sequence[Unread]:
    from guard.inventory.missing import judge_missing

    return judge_missing(symbols, (item.key for item in found))


def open_root(
    directory: Path,
    loader: Loader,
    options: InputOptions,
    *,
    leads: bool = True,
    aside: frozenset[str] = frozenset(),
) -> RootModule | None:
    """The root module of a directory, or None if nothing in it leads to a key or to what is not on disk.

    leads: the tree leads from it to a key; otherwise what is wrong in it is no concern of ours.
    aside: real paths of directories that lead to no key; calls to them are not followed.
    Raises GuardError if the directory or its inputs cannot be read.
    """
    sys.setrecursionlimit(max(sys.getrecursionlimit(), RECURSION))
    module = loader.module(directory)
    finder = ModuleFinder(loader, module.directory, options.data_directory)
    key_paths = KeyPaths(finder, leads, aside)
    if key_paths.lead_from(module) and not leads:  # through a summary: what is wrong matters here too
        leads, key_paths = True, KeyPaths(finder, aside=aside)
    if not key_paths.lead_from(module) and not key_paths.missing:
        return None
    inputs = _inputs(module.directory, loader, options)
    root = Root(
        module=module,
        shown=module.shown,
        inputs=inputs,
        find_module=finder,
        key_paths=key_paths,
        boundary=loader.workspace.boundary,
        leads=leads,
        accounts=options.accounts,
        own_modules=loader.own,
    )
    for diagnostic in problems(module) if leads else ():
        root.report(diagnostic)
    return RootModule(root, module.files, loader, finder)


def _inputs(directory: Path, loader: Loader, options: InputOptions) -> Inputs:
    return read_inputs(directory, options, loader.workspace)
