"""Type constraint expressions to types: `map(object({ status = optional(string, "Active") }))`.

https://developer.hashicorp.com/terraform/language/expressions/type-constraints
"""

from __future__ import annotations

from collections.abc import Callable

from guard.config.constants import constant, plain_text
from guard.diagnostics import Diagnostic, error
from guard.source import SourceRange
from guard.syntax.nodes import Call, Expr, Name, ObjectExpr, Template, Text, TupleExpr
from guard.values.convert import convert
from guard.values.defaults import Defaults
from guard.values.errors import ConversionError, EvaluationError
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, ObjectOf, SetOf, TupleOf, Type
from guard.values.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

PRIMITIVES: dict[str, Type] = {"string": STRING, "number": NUMBER, "bool": BOOL, "any": ANY}
LEGACY: dict[str, Type] = {"string": STRING, "list": ListOf(ANY), "map": MapOf(ANY)}
COLLECTIONS: dict[str, Callable[[Type], Type]] = {"list": ListOf, "set": SetOf, "map": MapOf}


def type_constraint(expr: Expr) -> tuple[Type, Defaults | None]:
    """The type and the defaults of its optional attributes.

    Raises EvaluationError for anything that is not a type.
    """
    match expr:
        case Name(name) if name in PRIMITIVES:
            return PRIMITIVES[name], None
        case Name(name) if name in COLLECTIONS:
            return COLLECTIONS[name](ANY), None
        case Call(name, (argument,)) if name in COLLECTIONS:
            element, inner = type_constraint(argument)
            return COLLECTIONS[name](element), _wrap(COLLECTIONS[name](element), "", inner)
        case Call("object", (ObjectExpr() as argument,)):
            return _object(argument)
        case Call("tuple", (TupleExpr(items),)):
            return _tuple(items)
    _refuse(
        "A type is string, number, bool, any, or list, set, map, object or tuple of types.",
        expr.range,
    )


def _wrap(type: Type, key: str, inner: Defaults | None) -> Defaults | None:
    return Defaults(type, {}, {key: inner}) if inner else None


def _object(expr: ObjectExpr) -> tuple[Type, Defaults | None]:
    attributes: dict[str, Type] = {}
    optional: set[str] = set()
    values: dict[str, Value] = {}
    children: dict[str, Defaults] = {}
    for item in expr.items:
        name = _attribute_name(item.key)
        type_expr, default = _optional(item.value, optional, name)
        attributes[name], inner = type_constraint(type_expr)
        if inner:
            children[name] = inner
        if default is not None:
            values[name] = _default(default, attributes[name])
    type = ObjectOf(attributes, frozenset(optional))
    return type, (Defaults(type, values, children) if values or children else None)


def _attribute_name(key: Expr) -> str:
    match key:
        case Name(name):
            return name
        case Template(parts=(Text(value=text),)):
            return text
    _refuse("Attribute names of an object type are plain names.", key.range)


def _optional(expr: Expr, optional: set[str], name: str) -> tuple[Expr, Expr | None]:
    """The type inside `optional(type, default)`, and the default; other types are as they are."""
    if not (isinstance(expr, Call) and expr.name == "optional"):
        return expr, None
    optional.add(name)
    match expr.arguments:
        case (type,):
            return type, None
        case (type, default):
            return type, default
    _refuse("optional() takes a type and, if wanted, a default value.", expr.range)


def _default(expr: Expr, type: Type) -> Value:
    try:
        return convert(constant(expr), type)
    except ConversionError as problem:
        detail = f"This default value is not compatible with the attribute's type constraint: {problem}."
        raise EvaluationError("Invalid default value for optional attribute", detail, expr.range) from None


def _tuple(items: tuple[Expr, ...]) -> tuple[Type, Defaults | None]:
    types, inner = zip(*(type_constraint(item) for item in items), strict=True) if items else ((), ())
    type = TupleOf(tuple(types))
    children: dict[str, Defaults] = {str(number): item for number, item in enumerate(inner) if item}
    return type, (Defaults(type, {}, children) if children else None)


def quoted_type(expr: Expr) -> tuple[Type, Diagnostic] | None:
    """The type that Terraform 0.11 meant by a quoted type, with the diagnostic that it is refused now."""
    text = plain_text(expr)
    if text is None or text not in LEGACY:
        return None
    detail = (
        "Terraform 0.11 and earlier required type constraints in quotes; that form is not accepted any more. "
        f"Write {text if text == 'string' else text + '(string)'} without quotes."
    )
    return LEGACY[text], error("Invalid quoted type constraints", detail, expr.range)


def _refuse(detail: str, at: SourceRange) -> NoReturn:
    raise EvaluationError("Invalid type specification", detail, at)
