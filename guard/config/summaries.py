"""Summaries of modules that are not on disk: which one holds for which versions, and their texts.

A summary is a small Terraform text of our own below `known/`, or what the user's settings say of a module;
it is evaluated in the place of the module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from guard.config.versions import Span
from guard.records import dataclass
from guard.source import SummaryFile
from guard.syntax.load import decode
from guard.syntax.split import RawBlock, split

Texts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One behaviour of a module. texts: files below `known/` that together summarise it; none where all
    that is known is that it makes no keys.

    seen: the newest release that was read for it. written: what the user says of it, instead of texts.
    """

    versions: Span
    seen: str
    texts: Texts
    written: tuple[RawBlock, ...] = ()

    def blocks(self) -> Iterator[RawBlock]:
        """The blocks that summarise the module."""
        for name in self.texts:
            yield from _blocks(name)
        yield from self.written

    def arguments(self) -> frozenset[str]:
        """The variables that it declares."""
        return frozenset(block.labels[0] for block in self.blocks() if block.type == "variable")


@cache
def _blocks(name: str) -> tuple[RawBlock, ...]:
    from importlib import resources

    data = resources.files("guard.config").joinpath("known", *name.split("/")).read_bytes()
    return split(SummaryFile(f"known/{name}", decode(data)))


@dataclass(frozen=True, slots=True)
class KnownModule:
    """A module, named as the public registry names it, in lower case; elsewhere by its source.

    submodule: its directory in the package, "" for the top, `*` for all that have no entry of their own.
    rows: oldest first. makes_keys: whether any of them can make a key.
    """

    package: str
    submodule: str
    rows: tuple[Row, ...]
    makes_keys: bool = True

    def __str__(self) -> str:
        return f"{self.package}//{self.submodule}" if self.submodule else self.package

    def rows_for(self, wanted: Span) -> tuple[Row, ...]:
        """The rows that hold for versions that are wanted, newest first.

        A pre-release may behave as its release or as the release before, so rows of both are taken.
        """
        spans = [wanted]
        if wanted.only is not None and wanted.only.prerelease:
            release = wanted.only.release
            spans.append(Span(release, release, with_high=True))
        found = [row for row in self.rows if any(not (row.versions & span).is_empty for span in spans)]
        return tuple(reversed(found))


@dataclass(frozen=True, slots=True)
class StandIn:
    """A row in the place of a module."""

    module: KnownModule
    row: Row

    def __str__(self) -> str:
        return f"{self.module} ({self.row.versions})"

    def refuses(self, argument: str) -> bool:
        """Whether only other versions of the module declare the argument.

        One that no summary mentions may exist: summaries leave out what has nothing to do with keys, and
        those that users write leave out what they like.
        """
        ours = [row for row in self.module.rows if row.texts]
        return (
            self.row in ours
            and argument not in self.row.arguments()
            and any(argument in row.arguments() for row in ours)
        )


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision that Terraform makes when it installs a module: which of the allowed versions.

    Calls of one module with one constraint get the same version.
    """

    module: KnownModule
    allowed: Span


# The modules that the user describes, by package and submodule.
OwnModules = Mapping[tuple[str, str], KnownModule]
