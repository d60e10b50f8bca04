"""Functions that change a value's type or its marks: tolist, tostring, sensitive and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.records import replace
from guard.values.convert import convert
from guard.values.errors import ConversionError
from guard.values.lattice import convertible
from guard.values.sets import comparisons
from guard.values.text import go_quoted
from guard.values.types import (
    ANY,
    BOOL,
    NUMBER,
    STRING,
    ListOf,
    MapOf,
    SetOf,
    Type,
    friendly,
    friendly_constraint,
)
from guard.values.unknown import NOTHING_MORE, Applied, Kind, Unknown
from guard.values.value import Mark, Value, all_marks, boolean, derived

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

# --- to a type -----------------------------------------------------------------------------------

_STRING_FORM = {
    BOOL: 'bool; only the strings "true" or "false" are allowed',
    NUMBER: "number; given string must be a decimal representation of a number",
}


def _check_convertible(wanted: Type, arguments: Sequence[Value]) -> Type:
    type = arguments[0].type
    if not convertible(type, wanted):
        raise FunctionError(f"cannot convert {friendly(type)} to {friendly_constraint(wanted)}", 0)
    return wanted


def _to(wanted: Type, context: FunctionContext, value: Value) -> Value:
    if isinstance(wanted, SetOf) and isinstance(value.data, tuple):
        context.budget.spend(comparisons(value.data))
    try:
        converted = convert(value, wanted)
    except ConversionError as found:
        raise FunctionError(_refusal(value, wanted), 0) from found
    if isinstance(value.data, Unknown) and value.data.kind is Kind.AT_APPLY:
        return _forgetful(wanted, value, value.data)
    return converted


def _forgetful(wanted: Type, value: Value, data: Unknown) -> Value:
    """Terraform forgets all but the kind of type that it was asked for."""
    if value.type == wanted:
        return replace(value, data=replace(data, refinement=NOTHING_MORE))
    term = Applied(f"to{friendly(wanted).split()[0]}", (value.unmarked(),))
    return Value(wanted, replace(data, term=term, refinement=NOTHING_MORE), value.marks)


def _refusal(value: Value, wanted: Type) -> str:
    kind = friendly(value.type)
    if Mark.SENSITIVE in all_marks(value):
        return f"cannot convert this sensitive {kind} to {friendly_constraint(wanted)}"
    if isinstance(value.data, str) and wanted in _STRING_FORM:
        return f"cannot convert {go_quoted(value.data)} to {_STRING_FORM[wanted]}"
    return f"cannot convert {kind} to {friendly_constraint(wanted)}"


def _to_function(wanted: Type) -> Function:
    parameter = Parameter(ANY, null=True, unknown=True, parts=True, marks=Marks.SEEN, name="v")
    return Function(
        partial(_to, wanted), (parameter,), returns=partial(_check_convertible, wanted), null=True
    )


# --- marks ---------------------------------------------------------------------------------------


def sensitive(_: FunctionContext, value: Value) -> Value:
    return value.marked(frozenset({Mark.SENSITIVE}))


def nonsensitive(_: FunctionContext, value: Value) -> Value:
    return replace(value, marks=value.marks - {Mark.SENSITIVE})


def issensitive(_: FunctionContext, value: Value) -> Value:
    if Mark.SENSITIVE in value.marks:
        return boolean(True)
    if value.is_unknown:
        return derived(BOOL, Applied("issensitive", (value,)), [value]).unmarked()
    return boolean(False)


def ephemeralasnull(_: FunctionContext, value: Value) -> Value:
    """The value with null in place of every ephemeral part."""
    return _without_ephemeral(value) if Mark.EPHEMERAL in all_marks(value) else value


def _without_ephemeral(value: Value) -> Value:
    if Mark.EPHEMERAL in value.marks:
        marks = value.marks - {Mark.EPHEMERAL}
        if isinstance(value.data, Unknown):
            return Value(value.type, replace(value.data, refinement=NOTHING_MORE), marks)
        return Value(value.type, None, marks)
    match value.data:
        case tuple(elements):
            return replace(value, data=tuple(map(_without_ephemeral, elements)))
        case Mapping() as mapping:
            return replace(value, data={key: _without_ephemeral(part) for key, part in mapping.items()})
    return value


# --- gone since 0.12 -----------------------------------------------------------------------------


def _gone(name: str, literal: str, *_: object) -> NoReturn:
    raise FunctionError(
        f'the "{name}" function was deprecated in Terraform v0.12 and is no longer available; use '
        f"to{name}({literal}) syntax to write a literal {name}"
    )


_WHATEVER = Parameter(ANY, null=True, unknown=True, parts=True, name="vals")
_MARKED = Parameter(ANY, null=True, unknown=True, parts=True, marks=Marks.SEEN, name="value")


def _function_of_old(name: str, literal: str) -> Function:
    refused = partial(_gone, name, literal)
    return Function(refused, rest=_WHATEVER, returns=refused)


def _same(arguments: Sequence[Value]) -> Type:
    return arguments[0].type


TABLE: Mapping[str, Function] = {
    "tostring": _to_function(STRING),
    "tonumber": _to_function(NUMBER),
    "tobool": _to_function(BOOL),
    "tolist": _to_function(ListOf(ANY)),
    "toset": _to_function(SetOf(ANY)),
    "tomap": _to_function(MapOf(ANY)),
    "sensitive": Function(sensitive, (_MARKED,), returns=_same, null=True),
    "nonsensitive": Function(nonsensitive, (_MARKED,), returns=_same, null=True),
    "issensitive": Function(issensitive, (_MARKED,), returns=BOOL),
    "ephemeralasnull": Function(ephemeralasnull, (_MARKED,), returns=_same, null=True),
    "list": _function_of_old("list", "[ ... ]"),
    "map": _function_of_old("map", "{ ... }"),
}
