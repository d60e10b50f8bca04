"""What names mean where an expression stands: `for` variables around, and a module's symbols outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guard.lang.functions.table import FunctionContext
from guard.records import dataclass, replace
from guard.source import SourceRange
from guard.syntax.nodes import Expr, GetAttr, Index
from guard.values.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol, TypeAlias
else:
    Protocol = object


@dataclass(frozen=True, slots=True)
class AttrStep:
    """`.name` in a reference."""

    name: str
    range: SourceRange


@dataclass(frozen=True, slots=True)
class IndexStep:
    """`[key]` in a reference."""

    key: Expr
    range: SourceRange


Step: TypeAlias = AttrStep | IndexStep


def unfold(expr: Expr) -> tuple[Expr, Sequence[Step]]:
    """What a reference starts with, and its steps in order."""
    steps: list[Step] = []
    while isinstance(expr, GetAttr | Index):
        if isinstance(expr, GetAttr):
            steps.append(AttrStep(expr.name, expr.range))
        else:
            steps.append(IndexStep(expr.key, expr.range))
        expr = expr.object
    return expr, steps[::-1]


class Symbols(Protocol):
    """The names that a module (or a template file) gives to expressions."""

    def resolve(self, name: str, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        """The value of a reference, and how many of its steps it took to name it.

        Raises EvaluationError for a reference to nothing.
        """

    def check_provider(self, local_name: str, at: SourceRange) -> None:
        """Refuse a provider function (`provider::aws::…`) of a provider that the module does not require."""

    def settle(self, value: Value) -> Value:
        """The value, with what the current world assumes about it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where an expression is evaluated.

    bindings: `for` variables and template variables by name. item: the element that a splat is at.
    each: what `each.key`, `each.value` and `count.index` stand for, by those names.
    """

    symbols: Symbols
    context: FunctionContext
    bindings: Mapping[str, Value]
    each: Mapping[str, Value]
    item: Value | None = None

    def bind(self, **values: Value) -> Scope:
        return replace(self, bindings={**self.bindings, **values})

    def at_item(self, item: Value) -> Scope:
        return replace(self, item=item)
