"""A module: the blocks of one directory, parsed when they are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path

from guard.config import declarations
from guard.config.merge import merged
from guard.config.model import ModuleCall, Output, ProviderBlock, ProviderRef, Resource, Variable
from guard.diagnostics import Diagnostic
from guard.records import dataclass
from guard.source import SourceRange
from guard.syntax.glance import plain_source
from guard.syntax.nodes import Block, Expr
from guard.syntax.split import RawBlock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from guard.config.summaries import StandIn

    T = TypeVar("T")

Labels = tuple[str, ...]
NAMED = {"variable": 1, "output": 1, "module": 1, "resource": 2, "data": 2, "ephemeral": 2}
KINDS = {"managed": "resource", "data": "data", "ephemeral": "ephemeral"}


def _declare(block: Block | None, declare: Callable[[Block], T]) -> T | None:
    return declare(block) if block else None


@dataclass(frozen=True, slots=True)
class Declaration:
    """A block as first written, and the blocks of override files that change it."""

    base: RawBlock
    overrides: tuple[RawBlock, ...] = ()


class Module:
    """The declarations of a directory. Reading a declaration raises GuardError for broken syntax.

    stand_in: for a summary of ours in the place of a module that is not on disk, what it stands for.
    """

    def __init__(
        self,
        directory: Path,
        shown: str,
        primary: Sequence[RawBlock],
        overrides: Sequence[RawBlock],
        diagnostics: Sequence[Diagnostic],
        files: int,
        *,
        opentofu: bool = False,
    ) -> None:
        self.stand_in: StandIn | None = None
        self.directory = directory
        self.shown = shown
        self.diagnostics = list(diagnostics)
        self.files = files
        self.opentofu = opentofu
        self._by_type: dict[str, list[RawBlock]] = defaultdict(list)
        for block in primary:
            self._by_type[block.type].append(block)
        self._overrides: dict[str, list[RawBlock]] = defaultdict(list)
        for block in overrides:
            self._overrides[block.type].append(block)
        self._parsed: dict[RawBlock, Block] = {}
        self._merged: dict[tuple[str, Labels], Block] = {}

    def block_types(self) -> list[str]:
        """The types of the top-level blocks."""
        given = [*self._by_type.items(), *self._overrides.items()]
        return list(dict.fromkeys(type for type, blocks in given if blocks))

    def raw_blocks(self, type: str) -> Sequence[RawBlock]:
        """The blocks of a type as written, override files' after the others."""
        return [*self._by_type.get(type, ()), *self._overrides.get(type, ())]

    @cached_property
    def _declared(self) -> Mapping[tuple[str, Labels], Declaration]:
        found: dict[tuple[str, Labels], Declaration] = {}
        for type, labels in NAMED.items():
            for block in self._by_type[type]:
                if len(block.labels) != labels:
                    continue
                place = (type, block.labels)
                if place in found:
                    self.diagnostics.append(declarations.duplicate(block, found[place].base))
                    continue
                overrides = tuple(item for item in self._overrides[type] if item.labels == block.labels)
                found[place] = Declaration(block, overrides)
        return found

    def check(self) -> Sequence[Diagnostic]:
        """What is wrong with the module as a whole: unreadable files, duplicates, stray overrides."""
        declared = self._declared
        stray = [
            declarations.stray_override(block)
            for type in NAMED
            for block in self._overrides[type]
            if (type, block.labels) not in declared
        ]
        return [*self.diagnostics, *stray]

    def names(self, type: str) -> list[Labels]:
        """The labels of the declared blocks of a type, in file order."""
        return [labels for kind, labels in self._declared if kind == type]

    def where(self, type: str, labels: Labels) -> SourceRange:
        return self._declared[type, labels].base.header

    def block(self, type: str, labels: Labels) -> Block | None:
        """The merged block with these labels, if it is declared."""
        place = (type, labels)
        if place not in self._declared:
            return None
        if place not in self._merged:
            declaration = self._declared[place]
            self._merged[place] = merged(self.parse(declaration.base), map(self.parse, declaration.overrides))
        return self._merged[place]

    def plain_source(self, name: str) -> str | None:
        """The source of a call where a glance tells it; None where its block must be read."""
        declaration = self._declared["module", (name,)]
        return None if declaration.overrides else plain_source(declaration.base)

    def parse(self, raw: RawBlock) -> Block:
        """A block as it is written, read once; raises GuardError for broken syntax."""
        if raw not in self._parsed:
            self._parsed[raw] = raw.read()
        return self._parsed[raw]

    @property
    def read_blocks(self) -> tuple[Block, ...]:
        """The blocks that were asked for so far, as written."""
        return tuple(self._parsed.values())

    @property
    def blocks_read(self) -> int:
        return len(self._parsed)

    # --- what blocks declare -------------------------------------------------------------------

    def variable(self, name: str) -> Variable | None:
        return self._variables(name)

    @cached_property
    def _variables(self) -> Callable[[str], Variable | None]:
        return cache(lambda name: _declare(self.block("variable", (name,)), declarations.variable))

    def output(self, name: str) -> Output | None:
        return _declare(self.block("output", (name,)), declarations.output)

    def call(self, name: str) -> ModuleCall | None:
        return self._calls(name)

    @cached_property
    def _calls(self) -> Callable[[str], ModuleCall | None]:
        return cache(lambda name: _declare(self.block("module", (name,)), declarations.module_call))

    def resource(self, mode: str, type: str, name: str) -> Resource | None:
        return self._resources(mode, type, name)

    @cached_property
    def _resources(self) -> Callable[[str, str, str], Resource | None]:
        return cache(
            lambda mode, type, name: _declare(self.block(KINDS[mode], (type, name)), declarations.resource)
        )

    @cached_property
    def locals(self) -> Mapping[str, Expr]:
        """The expressions of all local values; an override replaces one by name."""
        found: dict[str, Expr] = {}
        for block in self._by_type["locals"]:
            for item in self.parse(block).body.attributes:
                if item.name in found:
                    raise declarations.duplicate_local(item)
                found[item.name] = item.expr
        for block in self._overrides["locals"]:
            found.update((item.name, item.expr) for item in self.parse(block).body.attributes)
        return found

    @cached_property
    def providers(self) -> Mapping[ProviderRef, ProviderBlock]:
        """The provider blocks by name and alias, overrides merged."""
        return declarations.provider_blocks(
            [self.parse(block) for block in self._by_type["provider"] if len(block.labels) == 1],
            [self.parse(block) for block in self._overrides["provider"] if len(block.labels) == 1],
        )

    @cached_property
    def provider_sources(self) -> Mapping[str, str]:
        """Provider source addresses by local name, from `required_providers`."""
        return declarations.provider_sources([self.parse(block) for block in self.raw_blocks("terraform")])
