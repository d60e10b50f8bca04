"""What an ignore in a comment says, and of what."""

from __future__ import annotations

from guard.records import dataclass
from guard.rules import Waived

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.diagnostics import Diagnostic
    from guard.source import SourceFile, SourceRange
    from guard.syntax.split import RawBlock

RULE = "more-than-one-active-key"
AT_MOST = 2


@dataclass(frozen=True, slots=True)
class Text:
    """A file that was read on the way to keys. installed: by `terraform init`, so it is not our own."""

    source: SourceFile
    installed: bool = False


@dataclass(frozen=True, slots=True)
class Ignore:
    """An ignore that is well-formed; whether it is in force depends on the day.

    until: its last day, in UTC, as written. block: what it stands at; None for the whole file.
    """

    rule: str
    until: str
    reason: str
    at_most: int
    at: SourceRange
    block: RawBlock | None

    @property
    def target(self) -> str:
        """What it stands at, whatever the line."""
        return "the file" if self.block is None else ".".join((self.block.type, *self.block.labels))

    @property
    def covered_text(self) -> str:
        """The code that it stands at, however it is indented. Lines stay: a comment ends with its line."""
        text = self.at.source.text if self.block is None else self.block.range.text
        lines = (" ".join(line.split()) for line in text.split("\n"))
        return "\n".join(line for line in lines if line)

    @property
    def shown(self) -> Waived:
        return Waived(f"inline ignore at {self.at}", self.reason, self.until, self.at_most, inline=True)


@dataclass(frozen=True, slots=True)
class Ignores:
    """The ignores of files, and what is to be said about comments."""

    ignores: tuple[Ignore, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
