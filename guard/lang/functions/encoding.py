"""Encoding functions: Base64, character sets, URLs, JSON, CSV.

https://developer.hashicorp.com/terraform/language/functions#encoding-functions
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping, Sequence
from urllib.parse import quote_plus

from guard.lang.functions.common import result, text
from guard.lang.functions.csvs import csvdecode
from guard.lang.functions.json_reader import read_json
from guard.lang.functions.json_writer import json_pieces
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Parameter
from guard.values.joined import joined
from guard.values.text import go_quoted
from guard.values.types import ANY, BOOL, NUMBER, STRING, Type
from guard.values.value import Applied, Kind, Refinement, Value, string, unknown

_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_GZIP_START = "H4sIAAAAAAAA/"


# --- Base64 ------------------------------------------------------------------------------------


def base64encode(context: FunctionContext, value: Value) -> Value:
    context.budget.allow_text(len(value.text) * 2)
    return string(base64.b64encode(value.text.encode()).decode())


def base64decode(context: FunctionContext, value: Value) -> Value:
    context.budget.allow_text(len(value.text))
    return _utf8(base64_bytes(value.text))


def base64_bytes(text: str) -> bytes:
    """The bytes, as Go's StdEncoding reads them: line ends do not count, padding must be right."""
    data = text.encode().replace(b"\r", b"").replace(b"\n", b"")
    if not _BASE64.fullmatch(data):
        raise FunctionError(f"failed to decode base64 data {go_quoted(text)}")
    return base64.b64decode(data)


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
        data = unpacker.decompress(base64_bytes(value.text), TEXT + 1)
    except zlib.error:
        raise FunctionError("failed to gunzip bytestream: gzip: invalid header") from None
    context.budget.allow_text(len(data))
    if not unpacker.eof:
        raise FunctionError("failed to read gunzip raw data: unexpected EOF")
    return _utf8(data)


# --- JSON --------------------------------------------------------------------------------------


def jsonencode(context: FunctionContext, value: Value) -> Value:
    return joined(json_pieces(value, context.budget))


def jsondecode(context: FunctionContext, value: Value) -> Value:
    return read_json(value.text, context.budget)


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

TABLE: Mapping[str, Function] = {
    "base64decode": Function(base64decode, _STR, returns=STRING),
    "base64encode": Function(base64encode, _STR, returns=STRING),
    "base64gunzip": Function(base64gunzip, _STR, returns=STRING),
    "base64gzip": Function(base64gzip, _STR, returns=STRING),
    "csvdecode": Function(csvdecode, _STR),
    "jsondecode": Function(jsondecode, _STR, returns=_jsondecode_type, null=True),
    "jsonencode": Function(
        jsonencode, (Parameter(null=True, unknown=True, parts=True, name="val"),), returns=STRING
    ),
    "urldecode": Function(urldecode, _STR, returns=STRING),
    "urlencode": Function(urlencode, _STR, returns=STRING),
}
