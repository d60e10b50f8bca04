"""Templates to strings: interpolations and directives.

https://developer.hashicorp.com/terraform/language/expressions/strings#string-templates
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guard.lang.comprehension import elements
from guard.lang.scope import Scope
from guard.source import SourceRange
from guard.syntax.nodes import Expr, Interpolation, TemplateFor, TemplateIf, TemplatePart, Text
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError
from guard.values.joined import joined
from guard.values.text import nfc
from guard.values.types import BOOL, STRING, Primitive
from guard.values.unknown import Applied
from guard.values.value import Value, derived, string

Evaluate = Callable[[Expr, Scope], Value]


def template(parts: Sequence[TemplatePart], scope: Scope, evaluate: Evaluate) -> Value:
    """The value of a template: a string, or the very value of a lone interpolation."""
    if len(parts) == 1 and isinstance(parts[0], Interpolation):
        return evaluate(parts[0].expr, scope)
    if all(isinstance(part, Text) for part in parts):
        return string(nfc("".join(part.value for part in parts if isinstance(part, Text))))
    return _joined(parts, scope, evaluate)


def _joined(parts: Sequence[TemplatePart], scope: Scope, evaluate: Evaluate) -> Value:
    pieces = [_part(part, scope, evaluate) for part in parts]
    return _bounded(pieces, scope, parts)


def _bounded(pieces: Sequence[str | Value], scope: Scope, parts: Sequence[TemplatePart]) -> Value:
    """The pieces as one string, unless that is too long."""
    texts = (piece if isinstance(piece, str) else piece.data for piece in pieces)
    length = sum(len(text) for text in texts if isinstance(text, str))
    scope.context.budget.allow_text(length, parts[0].range if parts else None)
    return joined(pieces)


def _part(part: TemplatePart, scope: Scope, evaluate: Evaluate) -> str | Value:
    match part:
        case Text(text):
            return text
        case Interpolation(expr):
            return _to_string(evaluate(expr, scope), expr.range)
        case TemplateIf():
            return _directive_if(part, scope, evaluate)
        case TemplateFor():
            return _directive_for(part, scope, evaluate)


def _to_string(value: Value, at: SourceRange) -> Value:
    if value.is_null:
        detail = "The expression result is null. Cannot include a null value in a string template."
        raise EvaluationError("Invalid template interpolation value", detail, at)
    if value.is_unknown and not isinstance(value.type, Primitive):
        return derived(
            STRING, Applied("tostring", (value,)), (value,)
        )  # its type is looked at when it is known
    try:
        return convert(value, STRING)
    except ConversionError as problem:
        detail = f"Cannot include the given value in a string template: {problem}."
        raise EvaluationError("Invalid template interpolation value", detail, at) from None


def _directive_if(part: TemplateIf, scope: Scope, evaluate: Evaluate) -> Value:
    value = evaluate(part.condition, scope)
    at = part.condition.range
    if value.is_null:
        raise EvaluationError("Null condition", "The condition value is null.", at)
    try:
        condition = convert(value, BOOL)
    except ConversionError:
        raise EvaluationError("Incorrect condition type", "The condition must be of type bool.", at) from None
    if not condition.is_unknown:
        chosen = part.then if condition.truth else part.otherwise
        return _joined(chosen, scope, evaluate).marked(condition.marks)
    texts = tuple(_joined(side, scope, evaluate) for side in (part.then, part.otherwise))
    return derived(STRING, Applied("?:", (condition, *texts)), (condition,))


def _directive_for(part: TemplateFor, scope: Scope, evaluate: Evaluate) -> Value:
    collection = evaluate(part.collection, scope)
    found = elements(collection, part.collection.range)
    if found is None or (found.without_order and len(found.pairs) > 1):
        return derived(STRING, Applied("%for", (collection,)), (collection,))
    texts: list[str | Value] = []
    for key, value in found.pairs:
        scope.context.budget.spend(1, part.range)
        inner = scope.bind(**{part.value: value}, **({part.key: key} if part.key else {}))
        texts.append(_joined(part.body, inner, evaluate))
    return _bounded(texts, scope, part.body).marked(collection.marks)
