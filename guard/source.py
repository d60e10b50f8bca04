"""Where text came from: a file, and a range in it that can be shown to a person."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from guard.records import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class SourceFile:
    """A text that was read.

    path: as reports show it, relative to the working directory, with forward slashes.
    text: the decoded text, byte order mark removed, line ends as they were.
    """

    path: str
    text: str = field(repr=False)
    _line_starts: list[int] = field(default_factory=list, init=False, repr=False)

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of a character offset, both counted from 1."""
        if not self._line_starts:
            lengths = (len(line) + 1 for line in self.text.split("\n"))
            self._line_starts.extend(accumulate(lengths, initial=0))
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its end."""
        return self.text.split("\n")[number - 1].rstrip("\r")


class SummaryFile(SourceFile):
    """A text that stands for a module's: what is wrong with a call is told at the call, not here."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SourceRange:
    """A stretch of a file: character offsets, the end excluded; lines are counted on demand."""

    source: SourceFile
    start: int
    end: int

    @property
    def file(self) -> str:
        return self.source.path

    @property
    def line(self) -> int:
        return self.source.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.source.position(self.start)[1]

    @property
    def end_line(self) -> int:
        return self.source.position(self.end)[0]

    @property
    def end_column(self) -> int:
        return self.source.position(self.end)[1]

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def to(self, other: SourceRange) -> SourceRange:
        """The range from the start of this one to the end of the other, in the same file."""
        return SourceRange(self.source, self.start, other.end)
