"""What the readers raise when a text is not valid syntax."""

from __future__ import annotations

from guard.diagnostics import GuardError, error
from guard.source import SourceRange


class SyntaxProblem(GuardError):  # noqa: N818 - SyntaxError is taken, and this one is about their text
    """The text is not valid: Terraform's own summary where it has one, and the place."""

    def __init__(self, summary: str, detail: str, subject: SourceRange) -> None:
        super().__init__(error(summary, detail, subject))
