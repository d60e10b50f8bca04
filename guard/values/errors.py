"""What Terraform would refuse while evaluating, and what we refuse to compute."""

from __future__ import annotations

from guard.diagnostics import Diagnostic, GuardError, error
from guard.source import SourceRange


class EvaluationError(GuardError):
    """Terraform would refuse this expression. `try` and `can` catch it."""

    def __init__(self, summary: str, detail: str, subject: SourceRange | None = None) -> None:
        super().__init__(error(summary, detail, subject))


class NotDeterminedError(GuardError):
    """We do not compute this: over budget, not on disk, not supported. `try` and `can` let it pass."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)


class ConversionError(Exception):
    """A value does not fit a type. The message is a clause such as `a number is required`."""
