"""Hash and crypto functions: https://developer.hashicorp.com/terraform/language/functions/sha256"""

from __future__ import annotations

import base64
import hashlib
import re
import uuid as uuids
from collections.abc import Callable, Mapping

from guard.lang.functions.base64s import CorruptBase64Error, decode_base64
from guard.lang.functions.common import count, text
from guard.lang.functions.table import Function, FunctionContext, FunctionError
from guard.values.text import go_quoted
from guard.values.types import STRING
from guard.values.unknown import Applied, Input, Kind, Refinement
from guard.values.value import Value, string, unknown

_NAMESPACES = {
    "dns": uuids.NAMESPACE_DNS,
    "url": uuids.NAMESPACE_URL,
    "oid": uuids.NAMESPACE_OID,
    "x500": uuids.NAMESPACE_X500,
}
_URN = "urn:uuid:"
_PLAIN, _DASHED, _BRACED, _AS_URN = 32, 36, 38, 45
_NOT_NULL = Refinement(not_null=True)

Digest = Callable[[bytes], str]


def _hexadecimal(algorithm: str) -> Digest:
    return lambda data: hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()


def _in_base64(algorithm: str) -> Digest:
    return lambda data: base64.b64encode(
        hashlib.new(algorithm, data, usedforsecurity=False).digest()
    ).decode()


DIGESTS: Mapping[str, Digest] = {
    "base64sha256": _in_base64("sha256"),
    "base64sha512": _in_base64("sha512"),
    "md5": _hexadecimal("md5"),
    "sha1": _hexadecimal("sha1"),
    "sha256": _hexadecimal("sha256"),
    "sha512": _hexadecimal("sha512"),
}


def _hash_of_text(digest: Digest) -> Function:
    def body(context: FunctionContext, value: Value) -> Value:
        context.budget.spend(len(value.text) // 64)
        return string(digest(value.text.encode()))

    return Function(body, (text("str"),), returns=STRING)


# --- UUIDs -------------------------------------------------------------------------------------


def uuidv5(_: FunctionContext, namespace: Value, name: Value) -> Value:
    space = _NAMESPACES.get(namespace.text) or _parsed_uuid(namespace.text)
    digest = hashlib.sha1(space.bytes + name.text.encode(), usedforsecurity=False).digest()
    return string(str(uuids.UUID(bytes=digest[:16], version=5)))


def _parsed_uuid(text: str) -> uuids.UUID:
    """A UUID as https://pkg.go.dev/github.com/google/uuid#Parse accepts it, in braces of any kind."""
    length = len(text.encode())
    if length not in (_PLAIN, _DASHED, _BRACED, _AS_URN):
        raise _bad_namespace(text, f"invalid UUID length: {length}")
    if length == _PLAIN:
        digits = text
    else:
        prefix = text[: len(_URN)]
        if length == _AS_URN and prefix.lower() != _URN:
            raise _bad_namespace(text, f"invalid urn prefix: {go_quoted(prefix)}")
        start = {_DASHED: 0, _BRACED: 1, _AS_URN: len(_URN)}[length]
        parts = text[start : start + _DASHED].split("-")
        digits = "".join(parts) if list(map(len, parts)) == [8, 4, 4, 4, 12] else ""
    if not re.fullmatch(r"[0-9a-fA-F]{32}", digits):
        raise _bad_namespace(text, "invalid UUID format")
    return uuids.UUID(digits)


def _bad_namespace(namespace: str, problem: str) -> FunctionError:
    return FunctionError(f"uuidv5() doesn't support namespace {namespace} ({problem})")


# --- results that differ each time, or need a key ----------------------------------------------


def uuid(context: FunctionContext) -> Value:
    term = Input("uuid()", (context.fresh(),))
    return unknown(STRING, Kind.AT_APPLY, term, "uuid() is known only at apply", refinement=_NOT_NULL)


def bcrypt(context: FunctionContext, *_: Value) -> Value:
    """Salted with random bytes. Its arguments are not looked at before the apply."""
    term = Input("bcrypt()", (context.fresh(),))
    return unknown(STRING, Kind.AT_APPLY, term, "bcrypt() is known only at apply", refinement=_NOT_NULL)


def rsadecrypt(_: FunctionContext, ciphertext: Value, _key: Value) -> Value:
    """Not computed: a library for RSA would be much weight for what no user is named by."""
    try:
        decode_base64(ciphertext.text)
    except CorruptBase64Error:
        raise FunctionError(
            f"failed to decode input {go_quoted(ciphertext.text)}: cipher text must be base64-encoded", 0
        ) from None
    term = Applied("rsadecrypt", (ciphertext,))
    return unknown(STRING, Kind.UNREAD, term, "rsadecrypt() is not computed", refinement=_NOT_NULL)


TABLE: Mapping[str, Function] = {
    **{name: _hash_of_text(digest) for name, digest in DIGESTS.items()},
    "bcrypt": Function(bcrypt, (text("str"),), count("cost"), STRING),
    "rsadecrypt": Function(rsadecrypt, (text("ciphertext"), text("privatekey")), returns=STRING),
    "uuid": Function(uuid, returns=STRING),
    "uuidv5": Function(uuidv5, (text("namespace"), text("name")), returns=STRING),
}
