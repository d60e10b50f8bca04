"""Functions over numbers, and over lists of numbers and booleans."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping, Sequence
from math import isnan

from guard.diagnostics import error
from guard.lang.functions import floats64
from guard.lang.functions.results import is_sequence, panic, undecided, whole
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.values.bounds import greatest, least, within
from guard.values.convert import convert
from guard.values.errors import ConversionError, NotDeterminedError
from guard.values.numbers import (
    COUNTED,
    Number,
    add,
    counted,
    from_float,
    is_negative,
    negate,
    precision_of,
    rounded,
)
from guard.values.questions import is_at_apply
from guard.values.text import go_quoted
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, Type, friendly
from guard.values.unknown import Unknown
from guard.values.value import Mark, Value, boolean, number, wholly_known

_BOOLS = ListOf(BOOL)

# --- one number ----------------------------------------------------------------------------------


def abs_(_: FunctionContext, value: Value) -> Value:
    return number(negate(value.number)) if is_negative(value.number) else value


def ceil(_: FunctionContext, value: Value) -> Value:
    given = value.number
    return number(rounded(-(-given.numerator // given.denominator), precision_of(given)))


def floor(_: FunctionContext, value: Value) -> Value:
    given = value.number
    return number(rounded(given.numerator // given.denominator, precision_of(given)))


def signum(_: FunctionContext, value: Value) -> Value:
    if value.is_unknown:
        return within("signum", [value], -1, 1)
    given = whole(value)
    return number(counted((given > 0) - (given < 0)))


def log(_: FunctionContext, value: Value, base: Value) -> Value:
    over, under = floats64.log(_as_float(value)), floats64.log(_as_float(base))
    return _from_float("log", floats64.divided(over, under))


def pow_(_: FunctionContext, value: Value, power: Value) -> Value:
    return _from_float("pow", floats64.power(_as_float(value), _as_float(power)))


def _as_float(value: Value) -> float:
    try:
        return float(value.number)
    except OverflowError:
        limit = f"{floats64.LARGEST:.6f}"
        raise FunctionError(f"value must be between -{limit} and {limit} inclusive") from None


def _from_float(name: str, result: float) -> Value:
    if isnan(result):
        raise panic("Float.SetFloat64(NaN)")
    if result in floats64.INFINITIES:
        raise NotDeterminedError(error("Number too large", f"This call to {name} gives infinity."))
    return number(from_float(result))


# --- several numbers -----------------------------------------------------------------------------


def _extreme(
    further: Callable[[Number, Number], bool], bounded: Callable[[Sequence[Value]], Value]
) -> Callable[..., Value]:
    def body(_: FunctionContext, *values: Value) -> Value:
        if not values:
            raise FunctionError("must pass at least one number")
        if any(value.is_unknown for value in values):
            return bounded(values)
        result, *others = values
        for value in others:
            if further(value.number, result.number):
                result = value
        return result

    return body


def _sum_refused(what: str) -> FunctionError:
    return FunctionError(what, 0)


def sum_(context: FunctionContext, sequence: Value) -> Value:
    if not isinstance(sequence.data, tuple | Mapping):
        raise _sum_refused("cannot sum noniterable")
    if not sequence.data:
        raise _sum_refused("cannot sum an empty list")
    if not is_sequence(sequence.type):
        raise _sum_refused(f"argument must be list, set, or tuple. Received {friendly(sequence.type)}")
    if not wholly_known(sequence):
        return undecided("sum", NUMBER, [sequence])
    context.budget.spend(len(sequence.elements))
    total, *others = map(_summand, sequence.elements)
    for other in others:
        total = add(total, other)
    return number(total)


def _summand(value: Value) -> Number:
    message = "argument must be list, set, or tuple of number values"
    if value.is_null:
        raise _sum_refused(message)
    try:
        return convert(value, NUMBER).number
    except ConversionError:
        raise _sum_refused(message) from None


# --- booleans ------------------------------------------------------------------------------------


def alltrue(_: FunctionContext, values: Value) -> Value:
    """Terraform stops at the first value that it does not know; one that is not given is looked past."""
    return _fold("alltrue", values, deciding=False, null=False, stops=True)


def anytrue(_: FunctionContext, values: Value) -> Value:
    return _fold("anytrue", values, deciding=True, null=False, stops=False)


def _fold(name: str, values: Value, *, deciding: bool, null: bool, stops: bool) -> Value:
    """deciding: the value that decides the result wherever it is. null: what a null counts as."""
    is_open = False
    for item in values.elements:
        if isinstance(item.data, Unknown):
            is_open = True
            if stops and is_at_apply(item):
                break
        elif (null if item.is_null else item.truth) is deciding:
            return boolean(deciding)
    if is_open:
        return undecided(name, BOOL, [values])
    return boolean(not deciding)


# --- parseint ------------------------------------------------------------------------------------

_DIGITS = string.digits + string.ascii_lowercase + string.ascii_uppercase
_BASES = range(2, 63)
_CASELESS = 36
_LONGEST = 4000


def _parseint_type(arguments: Sequence[Value]) -> Type:
    type = arguments[0].type
    if type is not STRING:
        raise FunctionError(f"first argument must be a string, not {friendly(type)}", 0)
    return NUMBER


def parseint(_: FunctionContext, text: Value, base: Value) -> Value:
    marks = text.marks | base.marks
    radix = whole(base, "", 1)
    if radix not in _BASES:
        raise FunctionError("base must be a whole number between 2 and 62 inclusive", 1)
    found = _parsed(text.text, radix)
    if found is None:
        shown = "(sensitive value)"
        given = shown if Mark.SENSITIVE in text.marks else go_quoted(text.text)
        shown_base = shown if Mark.SENSITIVE in base.marks else str(radix)
        raise FunctionError(f"cannot parse {given} as a base {shown_base} integer", 0)
    return number(rounded(found, max(COUNTED, found.bit_length()), minus_zero=False)).marked(marks)


def _parsed(text: str, base: int) -> int | None:
    sign, digits = (text[:1], text[1:]) if text[:1] in ("+", "-") else ("", text)
    if base <= _CASELESS:
        digits = digits.lower()
    if not digits or any(digit not in _DIGITS[:base] for digit in digits):
        return None
    if len(digits) > _LONGEST:
        raise NotDeterminedError(error("Number too large", "This number has too many digits to be read."))
    result = 0
    for digit in digits:
        result = result * base + _DIGITS.index(digit)
    return -result if sign == "-" else result


_NUM = Parameter(NUMBER, name="num")
_NUMBERS = Parameter(NUMBER, name="numbers", unknown=True)
_FLAGS = Parameter(_BOOLS, parts=True, any_order=True, name="list")

TABLE: Mapping[str, Function] = {
    "abs": Function(abs_, (_NUM,), returns=NUMBER),
    "ceil": Function(ceil, (_NUM,), returns=NUMBER),
    "floor": Function(floor, (_NUM,), returns=NUMBER),
    "signum": Function(signum, (Parameter(NUMBER, name="num", unknown=True),), returns=NUMBER),
    "log": Function(log, (_NUM, Parameter(NUMBER, name="base")), returns=NUMBER),
    "pow": Function(pow_, (_NUM, Parameter(NUMBER, name="power")), returns=NUMBER),
    "max": Function(_extreme(lambda one, other: one > other, greatest), rest=_NUMBERS, returns=NUMBER),
    "min": Function(_extreme(lambda one, other: one < other, least), rest=_NUMBERS, returns=NUMBER),
    "sum": Function(sum_, (Parameter(ANY, parts=True, any_order=True, name="list"),), returns=NUMBER),
    "alltrue": Function(alltrue, (_FLAGS,), returns=BOOL),
    "anytrue": Function(anytrue, (_FLAGS,), returns=BOOL),
    "parseint": Function(
        parseint,
        (
            Parameter(ANY, marks=Marks.SEEN, name="number"),
            Parameter(NUMBER, marks=Marks.SEEN, name="base"),
        ),
        returns=_parseint_type,
    ),
}
