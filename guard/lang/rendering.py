"""Template texts (templatefile, templatestring) to values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guard.lang.evaluate import evaluate
from guard.lang.functions.context import Files
from guard.lang.scope import AttrStep, IndexStep, Scope
from guard.lang.template import template as evaluate_template
from guard.source import SourceFile, SourceRange
from guard.syntax.reader import read_template
from guard.values.errors import EvaluationError
from guard.values.value import Value


class TemplateNames:
    """The variables of a template: nothing else can be referred to in it."""

    def __init__(self, variables: Mapping[str, Value]) -> None:
        self._variables = variables

    def resolve(
        self, name: str, steps: Sequence[AttrStep | IndexStep], scope: Scope, at: SourceRange
    ) -> tuple[Value, int]:
        if name in self._variables:
            return self._variables[name], 0
        given = ", ".join(self._variables) or "none"
        raise EvaluationError(
            "Invalid template variable", f'The template uses "{name}"; given are: {given}.', at
        )

    def check_provider(self, local_name: str, at: SourceRange) -> None:
        detail = "Functions of providers cannot be called here."
        raise EvaluationError("Unknown provider function", detail, at)

    def settle(self, value: Value) -> Value:
        return value


def render(context: Files, text: str, name: str, variables: Value) -> Value:
    """The value of a template text with these variables (an object or map)."""
    tree = read_template(SourceFile(name, text))
    scope = Scope(TemplateNames(variables.mapping), context, {}, {})
    return evaluate_template(tree.parts, scope, evaluate)
