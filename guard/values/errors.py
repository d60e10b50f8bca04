"""What Terraform would refuse while evaluating, and what we refuse to compute."""

from __future__ import annotations

from guard.diagnostics import Diagnostic, GuardError, error
from guard.source import SourceRange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.values.value import Value


class EvaluationError(GuardError):
    """Terraform would refuse this expression. `try`, `can` and conditionals may do without it.

    through: the ids of the expressions that it went through on its way. rests: what is left of some of
    them, where that is known already.
    """

    def __init__(self, summary: str, detail: str, subject: SourceRange | None = None) -> None:
        super().__init__(error(summary, detail, subject))
        self.through: set[int] = set()
        self.rests: dict[int, Value] = {}


class FinalError(EvaluationError):
    """What Terraform refuses whatever expression it stands in, so that nothing catches it: a reference to
    nothing, and one to a local value, an output or a resource that is refused itself."""


def final(problem: EvaluationError) -> FinalError:
    """The same refusal, as those see it who only refer to what is refused."""
    if isinstance(problem, FinalError):
        return problem
    found = problem.diagnostic
    return FinalError(found.summary, found.detail, found.subject)


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
