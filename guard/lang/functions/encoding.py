"""Encoding functions: Base64, character sets, URLs, JSON, CSV.

https://developer.hashicorp.com/terraform/language/functions#encoding-functions
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping, Sequence
from urllib.parse import quote_plus

from guard.lang.functions.base64s import CorruptBase64Error, decode_base64
from guard.lang.functions.charsets import textdecodebase64, textencodebase64
from guard.lang.functions.common import result, shown, text
from guard.lang.functions.csvs import csvdecode
from guard.lang.functions.json_parts import read_parts
from guard.lang.functions.json_reader import read_json
from guard.lang.functions.json_writer import json_pieces
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.values.joined import joined
from guard.values.text import go_quoted
from guard.values.types import ANY, BOOL, NUMBER, STRING, Type
from guard.values.unknown import Applied, Kind, Refinement
from guard.values.value import Value, derived, string, unknown, unknowns

_GZIP_START = "H4sIAAAAAAAA/"


# --- Base64 ------------------------------------------------------------------------------------


def base64encode(context: FunctionContext, value: Value) -> Value:
    context.budget.allow_text(len(value.text) * 2)
    return string(base64.b64encode(value.text.encode()).decode())


def base64decode(context: FunctionContext, value: Value) -> Value:
    context.budget.allow_text(len(value.text))
    return _utf8(_decoded(value)).marked(value.marks)


def _decoded(value: Value) -> bytes:
    try:
        return decode_base64(value.text)
    except CorruptBase64Error:
        raise FunctionError(f"failed to decode base64 data {shown(value)}") from None


def _utf8(data: bytes) -> Value:
    try:
        return result(data.decode())
    except UnicodeDecodeError:
        raise FunctionError("the result of decoding the provided string is not valid UTF-8") from None


def base64gzip(_: FunctionContext, value: Value) -> Value:
    """Known to Terraform, but no other library than Go's compresses to the very same bytes."""
    return unknown(
        STRING,
        Kind.UNREAD,
        Applied("base64gzip", (value,)),
        "base64gzip() compresses as only Terraform itself does",
        refinement=Refinement(not_null=True, prefix=_GZIP_START),
    )


def base64gunzip(context: FunctionContext, value: Value) -> Value:
    """OpenTofu's: https://opentofu.org/docs/language/functions/base64gunzip/"""
    from guard.lang.budget import TEXT

    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        data = unpacker.decompress(_decoded(value), TEXT + 1)
    except zlib.error:
        raise FunctionError("failed to gunzip bytestream: gzip: invalid header") from None
    context.budget.allow_text(len(data))
    if not unpacker.eof:
        raise FunctionError("failed to read gunzip raw data: unexpected EOF")
    return _utf8(data).marked(value.marks)


# --- JSON --------------------------------------------------------------------------------------


def jsonencode(context: FunctionContext, value: Value) -> Value:
    """Parts that Terraform learns at apply leave all of it open but its start; inputs only themselves."""
    text = joined(json_pieces(value, context.budget))
    if all(item.kind is Kind.NOT_GIVEN for item in unknowns(value)):
        return text
    return derived(STRING, Applied("jsonencode", (value,)), (value,), text.unknown.refinement)


def jsondecode(context: FunctionContext, value: Value) -> Value:
    if not value.is_unknown:
        return read_json(value.text, context.budget)
    found = read_parts(value, context.budget)
    if found is not None:
        return found
    return derived(_jsondecode_type([value]), Applied("jsondecode", (value,)), (value,))


_TYPE_BY_START: Mapping[str, Type] = {
    '"': STRING,
    "t": BOOL,
    "f": BOOL,
    **dict.fromkeys("-.0123456789", NUMBER),
    **dict.fromkeys("{[n", ANY),
}


def _jsondecode_type(arguments: Sequence[Value]) -> Type:
    """What the known beginning of a document tells about it."""
    (value,) = arguments
    start = value.unknown.refinement.prefix.strip() if value.is_unknown else ""
    if start and start[0] not in _TYPE_BY_START:
        raise FunctionError(f"a JSON document cannot begin with the character '{start[0]}'", 0)
    return _TYPE_BY_START[start[0]] if start else ANY


# --- URLs --------------------------------------------------------------------------------------


def urlencode(context: FunctionContext, value: Value) -> Value:
    context.budget.allow_text(len(value.text) * 3)
    return string(quote_plus(value.text, safe="~"))


def urldecode(_: FunctionContext, value: Value) -> Value:
    """OpenTofu's: https://opentofu.org/docs/language/functions/urldecode/"""
    bad = re.search(r"%(?![0-9a-fA-F]{2}).{0,2}", value.text, re.DOTALL)
    if bad:
        raise FunctionError(f"failed to decode URL '': invalid URL escape {go_quoted(bad[0])}")
    data = re.sub(
        rb"%(..)", lambda found: bytes.fromhex(found[1].decode()), value.text.replace("+", " ").encode()
    )
    return result(data.decode(errors="replace"))


_STR = (text("str"),)
_SHOWN = (Parameter(STRING, name="str", marks=Marks.SEEN),)

TABLE: Mapping[str, Function] = {
    "base64decode": Function(base64decode, _SHOWN, returns=STRING),
    "base64encode": Function(base64encode, _STR, returns=STRING),
    "base64gunzip": Function(base64gunzip, _SHOWN, returns=STRING),
    "base64gzip": Function(base64gzip, _STR, returns=STRING),
    "csvdecode": Function(csvdecode, _STR),
    "jsondecode": Function(jsondecode, (text("str", unknown=True),), returns=_jsondecode_type, null=True),
    "jsonencode": Function(
        jsonencode, (Parameter(null=True, unknown=True, parts=True, name="val"),), returns=STRING
    ),
    "textdecodebase64": Function(textdecodebase64, (text("source"), text("encoding")), returns=STRING),
    "textencodebase64": Function(textencodebase64, (text("string"), text("encoding")), returns=STRING),
    "urldecode": Function(urldecode, _STR, returns=STRING),
    "urlencode": Function(urlencode, _STR, returns=STRING),
}
