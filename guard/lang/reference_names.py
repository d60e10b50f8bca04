"""The names that a reference is made of, and what Terraform says where one is missing."""

from __future__ import annotations

from collections.abc import Sequence

from guard.lang.scope import AttrStep, Scope, Step
from guard.source import SourceRange
from guard.values.errors import FinalError
from guard.values.value import Value


def name_at(steps: Sequence[Step], position: int, name: str, at: SourceRange) -> str:
    """The name at a position of a reference that must have one there."""
    if position < len(steps):
        step = steps[position]
        if isinstance(step, AttrStep):
            return step.name
    detail = f'The "{name}" object must be followed by a name: {name}.NAME.'
    raise FinalError("Invalid reference", detail, at)


def repetition_value(object: str, name: str, scope: Scope, at: SourceRange) -> Value:
    value = scope.each.get(f"{object}.{name}")
    if value is not None:
        return value
    argument = "for_each" if object == "each" else "count"
    detail = f'"{object}.{name}" can be used only where "{argument}" is set.'
    raise FinalError(f'Reference to "{object}" in context without {argument}', detail, at)


def undeclared(what: str, detail: str, at: SourceRange) -> FinalError:
    return FinalError(f"Reference to undeclared {what}", detail, at)
