"""format() and formatlist(): https://developer.hashicorp.com/terraform/language/functions/format"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guard.lang.functions.common import text
from guard.lang.functions.floats import float_text, padded_float, padded_int
from guard.lang.functions.json_writer import json_pieces, quoted_json
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Parameter
from guard.lang.functions.verbs import Verb, parsed
from guard.values.convert import convert
from guard.values.errors import ConversionError
from guard.values.joined import joined
from guard.values.numbers import is_negative
from guard.values.text import graphemes
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, SetOf, TupleOf, Type
from guard.values.unknown import Applied, Kind
from guard.values.value import Value, derived, list_of, string, unknown, unknowns

_SEQUENCES = (ListOf, SetOf, TupleOf)
_PRIMITIVES = (STRING, NUMBER, BOOL)


def format_(context: FunctionContext, template: Value, *arguments: Value) -> Value:
    if _has_bare_null(arguments):
        return _bare_null("format", (template, *arguments))
    return _format(context, template, arguments)


def _has_bare_null(arguments: Sequence[Value]) -> bool:
    return any(value.is_null and value.type is ANY for value in arguments)


def _bare_null(name: str, arguments: tuple[Value, ...]) -> Value:
    """Terraform 1.11 never knows the result if an argument is `null` itself, without a type."""
    why = f"Terraform does not know the result of {name}() if an argument is null"
    return unknown(ANY, Kind.UNREAD, Applied(name, arguments), why)


def _format(context: FunctionContext, template: Value, arguments: Sequence[Value]) -> Value:
    try:
        return joined(_formatted(context, template.text, arguments))
    except FunctionError:
        if _plan_goes_on(arguments):
            return derived(STRING, Applied("format", (template, *arguments)), arguments)
        raise


def _plan_goes_on(arguments: Sequence[Value]) -> bool:
    """Terraform does not look at the template before it knows all arguments, so its plan succeeds."""
    return any(item.kind is not Kind.NOT_GIVEN for item in unknowns(*arguments))


def _formatted(context: FunctionContext, template: str, arguments: Sequence[Value]) -> Iterator[str | Value]:
    highest = 0
    for part in parsed(template):
        if isinstance(part, str):
            yield part
            continue
        highest = max(highest, part.argument)
        context.budget.allow_text((part.width or 0) + (part.precision or 0))
        yield from _verb(context, part, arguments)
    if highest < len(arguments):
        used = f"only {highest} used by format string" if highest else "no verbs in format string"
        raise FunctionError(f"too many arguments; {used}", highest + 1)


def _verb(context: FunctionContext, verb: Verb, arguments: Sequence[Value]) -> Iterator[str | Value]:
    if verb.argument > len(arguments):
        raise FunctionError(
            f"not enough arguments for {_quoted(verb)} at {verb.offset}: "
            f"need index {verb.argument} but have {len(arguments)} total"
        )
    value = arguments[verb.argument - 1]
    if verb.mode != "v" and value.is_null:
        raise verb.unsupported("null value cannot be formatted")
    if unknowns(value):
        yield _unknown(verb, value)
    else:
        yield from _RULES.get(verb.mode, _unsupported)(context, verb, value)


def _quoted(verb: Verb) -> str:
    return f'"{verb.raw}"'


def _unknown(verb: Verb, value: Value) -> Value:
    """A part that is the value itself as text, or what this verb makes of it."""
    is_plain = verb.width is None and verb.precision is None and not verb.flags
    if is_plain and value.is_unknown and (value.type, verb.mode) in _AS_TEXT:
        return value
    raw = string(verb.raw.partition("[")[0] + verb.mode if "[" in verb.raw else verb.raw)
    return derived(STRING, Applied("format", (raw, value)), (value,))


_AS_TEXT = {
    *((type, "s") for type in (*_PRIMITIVES, ANY)),
    (STRING, "v"),
    (BOOL, "v"),
    (BOOL, "t"),
    (NUMBER, "d"),
}


# --- the verbs ---------------------------------------------------------------------------------


def _unsupported(_: FunctionContext, verb: Verb, __: Value) -> Iterator[str | Value]:
    raise FunctionError(f"unsupported format verb '{verb.mode}' in {_quoted(verb)} at offset {verb.offset}")


def _converted(verb: Verb, value: Value, type: Type) -> Value:
    try:
        return convert(value, type)
    except ConversionError as problem:
        raise verb.unsupported(str(problem)) from None


def _as_is(context: FunctionContext, verb: Verb, value: Value) -> Iterator[str | Value]:
    if "#" not in verb.flags and not value.is_null:
        if value.type is STRING:
            return _as_string(context, verb, value)
        if value.type is NUMBER:
            sign = "-" if is_negative(value.number) else ""
            return iter([_padded(verb, sign + float_text(value.number, "g", None))])
    pieces = json_pieces(value, context.budget)
    return pieces if verb.width is None else iter([_padded(verb, "".join(map(str, pieces)))])


def _as_bool(_: FunctionContext, verb: Verb, value: Value) -> Iterator[str | Value]:
    yield "true" if _converted(verb, value, BOOL).truth else "false"


def _as_float(_: FunctionContext, verb: Verb, value: Value) -> Iterator[str | Value]:
    yield padded_float(verb, _converted(verb, value, NUMBER).number)


def _as_int(_: FunctionContext, verb: Verb, value: Value) -> Iterator[str | Value]:
    number = _converted(verb, value, NUMBER).number
    if number.denominator != 1:
        raise verb.unsupported("an integer is required")
    yield padded_int(verb, number.numerator)


def _as_string(_: FunctionContext, verb: Verb, value: Value) -> Iterator[str | Value]:
    """The very value where nothing is cut or padded, so that it stays the name of a user."""
    whole = _converted(verb, value, STRING)
    content = whole.text
    if verb.precision and verb.mode != "v":
        content = "".join(graphemes(content)[: verb.precision])
    content = _padded(verb, quoted_json(content) if verb.mode == "q" else content)
    yield whole if content == whole.text else content


def _padded(verb: Verb, content: str) -> str:
    if verb.width is None:
        return content
    padding = ("0" if "0" in verb.flags else " ") * (verb.width - len(graphemes(content)))
    return content + padding if "-" in verb.flags else padding + content


_RULES = {
    "v": _as_is,
    "t": _as_bool,
    **dict.fromkeys("bdoxX", _as_int),
    **dict.fromkeys("eEfgG", _as_float),
    **dict.fromkeys("sq", _as_string),
}


# --- lists -------------------------------------------------------------------------------------


def formatlist(context: FunctionContext, template: Value, *arguments: Value) -> Value:
    if _has_bare_null(arguments):
        return _bare_null("formatlist", (template, *arguments))
    if not arguments:
        return list_of(STRING, [_format(context, template, ())])
    size = _common_length(arguments)
    if any(_not_iterable_yet(value) for value in arguments):
        return derived(ListOf(STRING), Applied("formatlist", (template, *arguments)), arguments)
    count = 1 if size is None else size
    context.budget.allow_elements(count)
    return list_of(STRING, [_iteration(context, template, arguments, index) for index in range(count)])


def _not_iterable_yet(value: Value) -> bool:
    return value.is_unknown and value.type not in _PRIMITIVES


def _common_length(arguments: Sequence[Value]) -> int | None:
    """The length that all sequences have; None if there is no sequence."""
    found: int | None = None
    chooser = 0
    for number, value in enumerate(arguments, 1):
        length = _length(value)
        if length is None:
            continue
        if found is None:
            found, chooser = length, number
        elif length != found:
            raise FunctionError(
                f"argument {number} has length {length}, which is inconsistent with "
                f"argument {chooser} of length {found}",
                number,
            )
    return found


def _length(value: Value) -> int | None:
    if isinstance(value.type, TupleOf) and not value.is_null:
        return None if _may_be_null(value) else len(value.type.elements)
    is_sequence = isinstance(value.type, _SEQUENCES) and isinstance(value.data, tuple)
    return len(value.elements) if is_sequence else None


def _may_be_null(value: Value) -> bool:
    return value.is_unknown and value.unknown.kind is Kind.NOT_GIVEN and not value.unknown.refinement.not_null


def _iteration(context: FunctionContext, template: Value, arguments: Sequence[Value], index: int) -> Value:
    chosen = [value if _length(value) is None else value.elements[index] for value in arguments]
    try:
        return _format(context, template, chosen)
    except FunctionError as problem:
        raise FunctionError(f"error on format iteration {index}: {problem}") from None


_ARGUMENTS = Parameter(null=True, unknown=True, parts=True, typed=True, name="args")

TABLE: Mapping[str, Function] = {
    "format": Function(format_, (text("format"),), _ARGUMENTS, STRING),
    "formatlist": Function(formatlist, (text("format"),), _ARGUMENTS, ListOf(STRING)),
}
