"""What functions may use of the world: a budget, and files inside of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from guard.lang.budget import Budget
from guard.records import dataclass, field, replace
from guard.values.value import Value


@dataclass(frozen=True, slots=True)
class Files:
    """The context of functions.

    numbers: counts the calls whose results always differ.
    template_function: the function whose template is being rendered, "" outside of templates.
    """

    budget: Budget
    working_directory: Path
    boundary: Path
    numbers: Iterator[int] = field(default_factory=count)
    template_function: str = ""

    def fresh(self) -> int:
        """A number that no earlier call got."""
        return next(self.numbers)

    def render(self, template: str, name: str, variables: Value, function: str) -> Value:
        """Evaluate a template file's text; its only names are the variables."""
        from guard.lang.rendering import render

        return render(replace(self, template_function=function), template, name, variables)
