"""What Terraform would refuse while evaluating, and what we refuse to compute."""

from __future__ import annotations

from guard.diagnostics import Diagnostic, GuardError, error
from guard.source import SourceRange


class EvaluationError(GuardError):
    """Terraform would refuse this expression. `try` and `can` catch it,
    except for references to nothing."""

    def __init__(self, summary: str, detail: str, subject: SourceRange | None = None) -> None:
        super().__init__(error(summary, detail, subject))


class InvalidReferenceError(EvaluationError):
    """A reference to something that is not there: refused before evaluation, so nothing catches it."""


class NotDeterminedError(GuardError):
    """We do not compute this: over budget, not on disk, not supported. `try` and `can` let it pass."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic)


class OperationError(Exception):
    """An operator cannot work on these numbers. The message follows `Error during operation: `."""


class ConversionError(Exception):
    """A value does not fit a type. The message is a clause such as `a number is required`.

    path: the part that does not fit, as steps from the value (`.name`, `[0]`, `["key"]`); "" for itself.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(message)
        self.path = path
