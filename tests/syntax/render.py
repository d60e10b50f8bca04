"""Works out the few expressions that the recorded templates hold, to compare them with Terraform's values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from guard.syntax.nodes import (
    Expr,
    Interpolation,
    Literal,
    Name,
    Template,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    Text,
)


def value(expr: Expr, names: Mapping[str, Any]) -> Any:
    match expr:
        case Literal(known):
            return known
        case Name(name):
            return names[name]
        case Template((Interpolation(inner),)):
            return value(inner, names)
        case Template(parts):
            return rendered(parts, names)
        case _:
            raise AssertionError(expr)


def rendered(parts: Iterable[TemplatePart], names: Mapping[str, Any]) -> str:
    return "".join(_part(part, names) for part in parts)


def _part(part: TemplatePart, names: Mapping[str, Any]) -> str:
    match part:
        case Text(text):
            return text
        case Interpolation(expr):
            return _text(value(expr, names))
        case TemplateIf(condition, then, otherwise):
            return rendered(then if value(condition, names) else otherwise, names)
        case TemplateFor(key, name, collection, body):
            items = value(collection, names)
            pairs = items.items() if isinstance(items, dict) else enumerate(items)
            return "".join(rendered(body, {**names, key or "": k, name: v}) for k, v in pairs)


def _text(known: Any) -> str:
    return {True: "true", False: "false"}[known] if isinstance(known, bool) else str(known)
