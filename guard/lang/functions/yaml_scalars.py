"""What a YAML scalar stands for: Terraform's own mix of the rules of YAML 1.1 and 1.2.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/resolve.go
"""

from __future__ import annotations

import re

from guard.lang.functions.base64s import CorruptBase64Error, decode_base64
from guard.lang.functions.common import result
from guard.lang.functions.moments import days, days_in, moment
from guard.lang.functions.table import FunctionError
from guard.records import dataclass
from guard.values.errors import ConversionError
from guard.values.numbers import parse_number
from guard.values.text import go_quoted
from guard.values.value import FALSE, TRUE, Value, null, number

_CORE = "tag:yaml.org,2002:"
_STR, _BOOL, _INT, _FLOAT, _NULL, _TIMESTAMP, _BINARY = (
    f"{_CORE}{name}" for name in ("str", "bool", "int", "float", "null", "timestamp", "binary")
)
_KNOWN_TAGS = {"", _STR, _BOOL, _INT, _FLOAT, _NULL, _TIMESTAMP, _BINARY}
_WORDS = {
    **dict.fromkeys(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], TRUE),
    **dict.fromkeys(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], FALSE),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), null()),
}
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)")
_NAN = {".nan", ".NaN", ".NAN"}
_MAY_BE_A_WORD = frozenset("yYnNtTfFoO~")
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", re.ASCII)
_GO_INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]?([0-7]+)|0[bB]([01]+))", re.ASCII)
_DATE = r"(\d{4})-(\d{1,2})-(\d{1,2})"
_CLOCK = r"(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?"
_TIMESTAMPS = (
    re.compile(rf"{_DATE}[Tt]{_CLOCK}(?:Z|([-+])(\d\d):(\d\d))", re.ASCII),
    re.compile(rf"{_DATE}(?: +{_CLOCK})?", re.ASCII),
)


class Merge:
    """What `<<` stands for as a key."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """tag: "" if it has none. quoted: in single or double quotes."""

    text: str
    tag: str
    quoted: bool


def resolved(scalar: Scalar) -> Value | Merge:
    """The value of a scalar; raises FunctionError."""
    if scalar.tag not in _KNOWN_TAGS:
        raise FunctionError(f"unsupported tag {go_quoted(scalar.tag)}")
    tag = scalar.tag
    if tag not in (_STR, _BINARY):
        found = _hinted(scalar)
        if isinstance(found, Value):
            return found
        tag = found
    if tag == "":
        return Merge() if scalar.text == "<<" else result(scalar.text)
    return _tagged(scalar.text, tag)


def _hinted(scalar: Scalar) -> Value | str:
    """What the first letter hints at: the value, or the tag to go on with."""
    text, first = scalar.text, scalar.text[:1]
    if (
        first
        and first not in _MAY_BE_A_WORD
        and not (first.isascii() and (first.isdigit() or first in "+-."))
    ):
        return scalar.tag
    if scalar.quoted:
        return result(text)
    if text in _WORDS:
        return _WORDS[text]
    if _INFINITE.fullmatch(text):
        return _number(text.replace(".", ""))
    if not scalar.tag and text in _NAN:
        raise FunctionError("floating point NaN is not supported")
    if first == ".":
        return _number_or(text, scalar.tag)
    if not first or first in _MAY_BE_A_WORD:
        return scalar.tag
    if scalar.tag in ("", _TIMESTAMP):
        time = _timestamp(text)
        if time is not None:
            return result(time)
    if _INTEGER.fullmatch(text):
        return _INT
    return _FLOAT if _DECIMAL.fullmatch(text) else scalar.tag


def _number(text: str) -> Value:
    return number(parse_number(text))


def _number_or(text: str, tag: str) -> Value | str:
    try:
        return _number(text)
    except ConversionError:
        return tag


def _tagged(text: str, tag: str) -> Value:
    if tag == _STR:
        return result(text)
    if tag == _NULL:
        return null()
    if tag == _BINARY:
        return _binary(text)
    found: Value | str | None = None
    if tag in (_INT, _FLOAT):
        found = _integer_or_float(text.replace("_", ""))
    elif tag == _TIMESTAMP:
        time = _timestamp(text)
        found = None if time is None else result(time)
    if not isinstance(found, Value):
        raise FunctionError(f"cannot parse {go_quoted(text)} as {tag}")
    return found


def _binary(text: str) -> Value:
    try:
        decode_base64(text)
    except CorruptBase64Error:
        raise FunctionError(f"cannot parse {go_quoted(text)} as {_BINARY}: not valid base64") from None
    return result(text)


def _integer_or_float(text: str) -> Value | None:
    """A decimal number, or what Go's strconv.ParseInt reads with a prefix such as 0x, in 64 bits."""
    plain = _number_or(text, "")
    if isinstance(plain, Value):
        return plain
    found = _GO_INTEGER.fullmatch(text)
    if found is None:
        return None
    sign, *digits = found.groups()
    base, written = next((base, part) for base, part in zip((16, 8, 2), digits, strict=True) if part)
    value = int(written, base)
    largest = 2**63 if sign == "-" else 2**63 - 1 if sign == "+" else 2**64 - 1
    if value > largest:
        return None
    return number(-value if sign == "-" else value)


def _timestamp(text: str) -> str | None:
    """The time in RFC 3339 syntax, if the text is one of the four forms that are read."""
    for pattern in _TIMESTAMPS:
        found = pattern.fullmatch(text)
        if found:
            return _rfc3339(*found.groups()[:7], *found.groups()[7:])
    return None


def _rfc3339(*parts: str | None) -> str | None:
    year, month, day, hour, minute, second = (int(part or 0) for part in parts[:6])
    sign, zone_hour, zone_minute = parts[7:] or ("+", 0, 0)
    hours, minutes = int(zone_hour or 0), int(zone_minute or 0)
    if month not in range(1, 13) or day not in range(1, days_in(year, month) + 1):
        return None
    if hour not in range(24) or max(minute, second) not in range(60):
        return None
    # Offsets of 24 hours or 60 minutes are read by Go.
    if hours not in range(25) or minutes not in range(61):
        return None
    offset = (hours * 60 + minutes) * 60 * (-1 if sign == "-" else 1)
    return str(moment(days(year, month, day), (hour * 60 + minute) * 60 + second, "", offset))
