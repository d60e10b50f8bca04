"""Bounds on what one evaluation may cost, so that no input hangs or exhausts memory."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from guard.diagnostics import error
from guard.source import SourceRange
from guard.values.errors import NotDeterminedError

STEPS = 500_000
ELEMENTS = 1_000_000
TEXT = 16 * 1024 * 1024
DEPTH = 400
RECURSION = 25 * DEPTH


class Budget:
    """Counts down the steps of an evaluation; refuses results that are too large.

    One step is about a microsecond of work; `work` counts what results cost together, so that many
    large results end too.
    """

    def __init__(self, steps: int = STEPS) -> None:
        self._steps = steps
        self._depth = 0

    def enter(self, at: SourceRange) -> None:
        """Begin an expression: one step, one level deeper."""
        self.spend(1, at)
        self._depth += 1
        if self._depth > DEPTH:
            self._depth -= 1
            raise NotDeterminedError(
                error(
                    "Nested too deeply",
                    f"References and expressions are nested over {DEPTH} levels deep here.",
                    at,
                )
            )

    def leave(self) -> None:
        """End an expression."""
        self._depth -= 1

    @contextmanager
    def entered(self, at: SourceRange) -> Iterator[None]:
        """One level deeper for as long as the block takes."""
        self.enter(at)
        try:
            yield
        finally:
            self.leave()

    def allow_value(self, size: int, at: SourceRange) -> None:
        """Call with the number of parts of a new value, shared parts counted each time."""
        if size > ELEMENTS:
            raise NotDeterminedError(error("Value too large", f"This has over {ELEMENTS:,} parts.", at))

    def spend(self, steps: int, at: SourceRange | None = None) -> None:
        """Take steps; raises NotDeterminedError when there are none left."""
        self._steps -= steps
        if self._steps < 0:
            raise NotDeterminedError(
                error(
                    "Evaluation too expensive",
                    f"Evaluating this takes more than {STEPS:,} steps. Simplify the expression.",
                    at,
                )
            )

    def allow_elements(self, count: int, at: SourceRange | None = None) -> None:
        """Call before building a collection of so many elements."""
        if count > ELEMENTS:
            raise NotDeterminedError(
                error(
                    "Collection too large",
                    f"This makes {count:,} elements, over the limit of {ELEMENTS:,}.",
                    at,
                )
            )
        self.spend(count, at)

    def allow_text(self, length: int, at: SourceRange | None = None) -> None:
        """Call before building a string of so many characters."""
        if length > TEXT:
            raise NotDeterminedError(
                error("Text too large", f"This makes {length:,} characters, over the limit of {TEXT:,}.", at)
            )
        self.spend(length // 64, at)
