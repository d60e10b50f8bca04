"""What we could not read or what Terraform would refuse: said so that a person can act on it."""

from __future__ import annotations

from enum import Enum

from guard.records import dataclass
from guard.source import SourceRange


class Severity(Enum):
    """How much a diagnostic weighs: an error makes the answer incomplete, the others inform."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One statement about our reading (statements about keys are findings).

    summary: a short title that never varies, Terraform's own where it has one.
    detail: what, why and what to do, in full sentences.
    subject: where, if the place is in a text that was read.
    file: the file concerned, when there is no range in it.
    """

    severity: Severity
    summary: str
    detail: str
    subject: SourceRange | None = None
    file: str | None = None

    def __str__(self) -> str:
        place = str(self.subject) if self.subject else self.file
        return f"{place}: {self.summary}: {self.detail}" if place else f"{self.summary}: {self.detail}"


class GuardError(Exception):
    """An error that can be shown to a person: it carries its diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(str(diagnostic))
        self.diagnostic = diagnostic


class UsageError(GuardError):
    """Wrong use: arguments, configuration or an output file."""

    EXIT_CODE = 2

    def __init__(self, summary: str, detail: str, subject: SourceRange | None = None) -> None:
        super().__init__(Diagnostic(Severity.ERROR, summary, detail, subject))


def error(summary: str, detail: str, subject: SourceRange | None = None) -> Diagnostic:
    return Diagnostic(Severity.ERROR, summary, detail, subject)


def warning(summary: str, detail: str, subject: SourceRange | None = None) -> Diagnostic:
    return Diagnostic(Severity.WARNING, summary, detail, subject)


def note(summary: str, detail: str, subject: SourceRange | None = None) -> Diagnostic:
    return Diagnostic(Severity.NOTE, summary, detail, subject)
