"""Date and time functions: https://developer.hashicorp.com/terraform/language/functions/formatdate"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from guard.lang.functions.common import result, text
from guard.lang.functions.durations import parse_duration
from guard.lang.functions.moments import Clock, Moment, year_text
from guard.lang.functions.results import undecided
from guard.lang.functions.table import Function, FunctionContext, FunctionError
from guard.lang.functions.timestamps import parse_lenient, parse_strict
from guard.values.text import go_quoted
from guard.values.types import NUMBER, STRING
from guard.values.unknown import Input, Kind, Refinement
from guard.values.value import Value, number, unknown

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
_TOKEN = re.compile(r"''|'(?:[^']|'')*(?:'|$)|([a-zA-Z])\1*|[^'a-zA-Z]+")
_NOON = 12
_PLAN_TIME = Input("plantimestamp()")
_THIS_MILLENNIUM = Refinement(not_null=True, prefix="2")
_NOT_NULL = Refinement(not_null=True)


def formatdate(context: FunctionContext, template: Value, time: Value) -> Value:
    moment = _argument(1, parse_strict, time)
    context.budget.spend(len(template.text))
    return result("".join(_piece(found[0], moment) for found in _TOKEN.finditer(template.text)))


def _argument(index: int, read: Callable[[str], Moment], value: Value) -> Moment:
    try:
        return read(value.text)
    except FunctionError as problem:
        raise FunctionError(str(problem), index) from None


def _piece(written: str, moment: Moment) -> str:
    if written == "''":
        return "'"
    if written.startswith("'"):
        if len(written) == 1 or not written.endswith("'"):
            raise FunctionError("unterminated literal '", 0)
        return written[1:-1].replace("''", "'")
    if not written[0].isascii() or not written[0].isalpha():
        return written
    if written[0] not in _VERBS:
        raise FunctionError(f"invalid date format verb {go_quoted(written)}", 0)
    return _VERBS[written[0]](written, moment.clock, moment)


def _refused(token: str, allowed: str) -> FunctionError:
    return FunctionError(f"invalid date format verb {go_quoted(token)}: {allowed}", 0)


def _padded(what: str, pick: Callable[[Clock], int]) -> Callable[[str, Clock, Moment], str]:
    """A number that one letter writes as it is, two letters with two digits."""

    def write(token: str, clock: Clock, _: Moment) -> str:
        if token not in (token[0], token[0] * 2):
            raise _refused(token, f'{what} must either be "{token[0]}" or "{token[0] * 2}"')
        return f"{pick(clock):0{len(token)}d}"

    return write


def _year(token: str, clock: Clock, _: Moment) -> str:
    match len(token):
        case 2:
            return f"{clock.year % 100:02d}"
        case 4:
            return year_text(clock.year)
        case _:
            raise _refused(token, 'year must either be "YY" or "YYYY"')


def _month(token: str, clock: Clock, _: Moment) -> str:
    match len(token):
        case 1 | 2 as width:
            return f"{clock.month:0{width}d}"
        case 3:
            return _MONTHS[clock.month - 1][:3]
        case 4:
            return _MONTHS[clock.month - 1]
        case _:
            raise _refused(token, 'month must be "M", "MM", "MMM", or "MMMM"')


def _weekday(token: str, clock: Clock, _: Moment) -> str:
    match len(token):
        case 3:
            return _DAYS[clock.weekday][:3]
        case 4:
            return _DAYS[clock.weekday]
        case _:
            raise _refused(token, 'day of week must either be "EEE" or "EEEE"')


def _half(token: str, clock: Clock, _: Moment) -> str:
    if token != token[0] * 2:
        raise _refused(token, f'must be "{token[0] * 2}"')
    name = "AM" if clock.hour < _NOON else "PM"
    return name if token[0] == "A" else name.lower()


def _zone(token: str, _: Clock, moment: Moment) -> str:
    match len(token):
        case 1:
            return moment.zone(utc="Z")
        case 3:
            return moment.zone(colon="", utc="UTC")
        case 4:
            return moment.zone(colon="")
        case 5:
            return moment.zone()
        case _:
            raise _refused(token, "timezone must be Z, ZZZZ, or ZZZZZ")


_VERBS: Mapping[str, Callable[[str, Clock, Moment], str]] = {
    "Y": _year,
    "M": _month,
    "D": _padded("day of month", lambda clock: clock.day),
    "E": _weekday,
    "h": _padded("24-hour", lambda clock: clock.hour),
    "H": _padded("12-hour", lambda clock: clock.hour % _NOON or _NOON),
    "A": _half,
    "a": _half,
    "m": _padded("minute", lambda clock: clock.minute),
    "s": _padded("second", lambda clock: clock.second),
    "Z": _zone,
}


# --- arithmetic --------------------------------------------------------------------------------


def timeadd(_: FunctionContext, timestamp: Value, duration: Value) -> Value:
    return result(str(parse_strict(timestamp.text).plus(parse_duration(duration.text))))


def timecmp(_: FunctionContext, first: Value, second: Value) -> Value:
    if first.is_unknown or second.is_unknown:
        return _compared_with_plan(first, second)
    one = _argument(0, parse_lenient, first).nanoseconds
    other = _argument(1, parse_lenient, second).nanoseconds
    return number((one > other) - (one < other))


def _compared_with_plan(first: Value, second: Value) -> Value:
    """A time in the past comes before the time of any plan that is still to be made; the rest is open."""
    for time, plan, order in ((second, first, 1), (first, second, -1)):
        is_plan = plan.is_unknown and plan.unknown.term == _PLAN_TIME and not time.is_unknown
        if is_plan and parse_lenient(time.text).nanoseconds < _now().nanoseconds:
            return number(order)
    return undecided("timecmp", NUMBER, (first, second))


def _now() -> Moment:
    return parse_lenient(datetime.now(tz=UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def timestamp(context: FunctionContext) -> Value:
    term = Input("timestamp()", (context.fresh(),))
    return unknown(STRING, Kind.AT_APPLY, term, "timestamp() is known only at apply", refinement=_NOT_NULL)


def plantimestamp(_: FunctionContext) -> Value:
    """Terraform knows it while planning; it is one and the same in the whole configuration."""
    why = "plantimestamp() is the time of the plan"
    return unknown(STRING, Kind.UNREAD, _PLAN_TIME, why, refinement=_THIS_MILLENNIUM)


TABLE: Mapping[str, Function] = {
    "formatdate": Function(formatdate, (text("format"), text("time")), returns=STRING),
    "plantimestamp": Function(plantimestamp, returns=STRING),
    "timeadd": Function(timeadd, (text("timestamp"), text("duration")), returns=STRING),
    "timecmp": Function(
        timecmp, (text("timestamp_a", unknown=True), text("timestamp_b", unknown=True)), returns=NUMBER
    ),
    "timestamp": Function(timestamp, returns=STRING),
}
