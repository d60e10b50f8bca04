"""Character sets of textencodebase64() and textdecodebase64().

Names and aliases are those of https://pkg.go.dev/golang.org/x/text/encoding/ianaindex 0.22 that have an
encoding there. East Asian ones are not computed beyond ASCII: Python's tables differ from Go's in detail.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping

from guard.lang.functions.base64s import CorruptBase64Error, decode_base64
from guard.lang.functions.common import result
from guard.lang.functions.table import FunctionContext, FunctionError
from guard.records import dataclass
from guard.values.text import go_quoted
from guard.values.types import STRING
from guard.values.unknown import Applied, Kind, Refinement
from guard.values.value import Value, string, unknown

_REPLACEMENT = "\ufffd"
_BIG_ENDIAN_MARK = b"\xfe\xff"
_LITTLE_ENDIAN_MARK = b"\xff\xfe"
_C1_CONTROLS = re.compile("[\x80-\x9f]")
_WITH_C1_CONTROLS = {"iso8859_1", "iso8859_9"}
_AMENDED = {"koi8_u": {0xAE: "\u045e", 0xBE: "\u040e"}, "cp1255": {0xCA: "\u05ba"}}


@dataclass(frozen=True, slots=True)
class Charset:
    """name: as IANA has it. codec: Python's, "" for those that are not computed."""

    name: str
    codec: str


_TABLE = """
US-ASCII|ascii|ansi_x3.4-1968 ansi_x3.4-1986 cp367 csascii ibm367 iso-ir-6 iso646-us iso_646.irv:1991 us
UTF-8|utf-8|csutf8
UTF-16|utf-16|csutf16
UTF-16BE|utf-16-be|csutf16be
UTF-16LE|utf-16-le|csutf16le
IBM037|cp037|cp037 csibm037 ebcdic-cp-ca ebcdic-cp-nl ebcdic-cp-us ebcdic-cp-wt
IBM437|cp437|437 cp437 cspc8codepage437
IBM850|cp850|850 cp850 cspc850multilingual
IBM852|cp852|852 cp852 cspcp852
IBM855|cp855|855 cp855 csibm855
IBM00858|cp858|ccsid00858 cp00858 csibm00858 pc-multilingual-850+euro
IBM860|cp860|860 cp860 csibm860
IBM862|cp862|862 cp862 cspc862latinhebrew
IBM863|cp863|863 cp863 csibm863
IBM865|cp865|865 cp865 csibm865
IBM866|cp866|866 cp866 csibm866
IBM1047||csibm1047 ibm-1047
IBM01140|cp1140|ccsid01140 cp01140 csibm01140 ebcdic-us-37+euro
ISO_8859-1:1987|iso8859_1|cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso_8859-1 l1 latin1
ISO_8859-2:1987|iso8859_2|csisolatin2 iso-8859-2 iso-ir-101 iso_8859-2 l2 latin2
ISO_8859-3:1988|iso8859_3|csisolatin3 iso-8859-3 iso-ir-109 iso_8859-3 l3 latin3
ISO_8859-4:1988|iso8859_4|csisolatin4 iso-8859-4 iso-ir-110 iso_8859-4 l4 latin4
ISO_8859-5:1988|iso8859_5|csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso_8859-5
ISO_8859-6:1987|iso8859_6|arabic asmo-708 csisolatinarabic ecma-114 iso-8859-6 iso-ir-127 iso_8859-6
ISO_8859-6-E|iso8859_6|csiso88596e iso-8859-6-e
ISO_8859-6-I|iso8859_6|csiso88596i iso-8859-6-i
ISO_8859-7:1987|iso8859_7|csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso_8859-7
ISO_8859-8:1988|iso8859_8|csisolatinhebrew hebrew iso-8859-8 iso-ir-138 iso_8859-8
ISO_8859-8-E|iso8859_8|csiso88598e iso-8859-8-e
ISO_8859-8-I|iso8859_8|csiso88598i iso-8859-8-i
ISO_8859-9:1989|iso8859_9|csisolatin5 iso-8859-9 iso-ir-148 iso_8859-9 l5 latin5
ISO-8859-10|iso8859_10|csisolatin6 iso-ir-157 iso_8859-10:1992 l6 latin6
ISO-8859-13|iso8859_13|csiso885913
ISO-8859-14|iso8859_14|csiso885914 iso-celtic iso-ir-199 iso_8859-14 iso_8859-14:1998 l8 latin8
ISO-8859-15|iso8859_15|csiso885915 iso_8859-15 latin-9
ISO-8859-16|iso8859_16|csiso885916 iso-ir-226 iso_8859-16 iso_8859-16:2001 l10 latin10
KOI8-R|koi8_r|cskoi8r
KOI8-U|koi8_u|cskoi8u
macintosh|mac_roman|csmacintosh mac
windows-874|cp874|cswindows874
windows-1250|cp1250|cswindows1250
windows-1251|cp1251|cswindows1251
windows-1252|cp1252|cswindows1252
windows-1253|cp1253|cswindows1253
windows-1254|cp1254|cswindows1254
windows-1255|cp1255|cswindows1255
windows-1256|cp1256|cswindows1256
windows-1257|cp1257|cswindows1257
windows-1258|cp1258|cswindows1258
Extended_UNIX_Code_Packed_Format_for_Japanese||cseucpkdfmtjapanese euc-jp
ISO-2022-JP||csiso2022jp
Shift_JIS||csshiftjis ms_kanji
EUC-KR||cseuckr
GB18030||csgb18030
GBK||cp936 csgbk ms936 windows-936
HZ-GB-2312||
Big5||csbig5
"""


def _charsets() -> Mapping[str, Charset]:
    found = {}
    for line in _TABLE.strip().splitlines():
        name, codec, aliases = line.split("|")
        for alias in (name.lower(), *aliases.split()):
            found[alias] = Charset(name, codec)
    return found


_CHARSETS = _charsets()


def textencodebase64(context: FunctionContext, value: Value, encoding: Value) -> Value:
    context.budget.allow_text(len(value.text) * 6)
    charset = _charset(encoding)
    if not charset.codec:
        return _not_computed("textencodebase64", value, encoding)
    try:
        data = _encoded(value.text, charset.codec)
    except UnicodeEncodeError:
        problem = f"the given string contains characters that cannot be represented in {charset.name}"
        raise FunctionError(problem, 0) from None
    return string(base64.b64encode(data).decode())


def textdecodebase64(context: FunctionContext, source: Value, encoding: Value) -> Value:
    context.budget.allow_text(len(source.text))
    charset = _charset(encoding)
    try:
        data = decode_base64(source.text)
    except CorruptBase64Error as problem:
        text = f"the given value is has an invalid base64 symbol at offset {problem.offset}"
        raise FunctionError(text, 0) from None
    if not charset.codec:
        return _not_computed("textdecodebase64", source, encoding)
    decoded = _decoded(data, charset.codec)
    if _REPLACEMENT in decoded:
        raise FunctionError(f"the given string contains symbols that are not defined for {charset.name}", 0)
    return result(decoded)


def _charset(encoding: Value) -> Charset:
    found = _CHARSETS.get(encoding.text.strip().lower())
    if found is None:
        name = go_quoted(encoding.text)
        raise FunctionError(
            f"{name} is not a supported IANA encoding name or alias in this Terraform version", 1
        )
    return found


def _not_computed(name: str, value: Value, encoding: Value) -> Value:
    return unknown(
        STRING,
        Kind.UNREAD,
        Applied(name, (value, encoding)),
        f"{name}() is not computed for {encoding.text}",
        refinement=Refinement(not_null=True),
    )


def _encoded(text: str, codec: str) -> bytes:
    if codec == "utf-16":
        return _BIG_ENDIAN_MARK + text.encode("utf-16-be")
    if codec.startswith("utf-"):
        return text.encode(codec)
    amended = {letter: bytes([byte]) for byte, letter in _AMENDED.get(codec, {}).items()}
    former = {bytes([byte]).decode(codec, "replace") for byte in _AMENDED.get(codec, {})}
    bad = next((index for index, letter in enumerate(text) if _is_refused(letter, codec, former)), None)
    if bad is not None:
        raise UnicodeEncodeError(codec, text, bad, bad + 1, "not in this character set")
    return b"".join(amended.get(letter) or letter.encode(codec) for letter in text)


def _is_refused(letter: str, codec: str, former: set[str]) -> bool:
    return letter in former or (_lacks_c1(codec) and _C1_CONTROLS.match(letter) is not None)


def _lacks_c1(codec: str) -> bool:
    return codec.startswith("iso8859_") and codec not in _WITH_C1_CONTROLS


def _decoded(data: bytes, codec: str) -> str:
    if codec == "utf-16":
        return _without_mark(data).decode(_utf16_order(data), "replace")
    if codec.startswith("utf-"):
        return data.decode(codec, "replace")
    amended = _AMENDED.get(codec, {})
    text = "".join(amended.get(byte) or bytes([byte]).decode(codec, "replace") for byte in data)
    return _C1_CONTROLS.sub(_REPLACEMENT, text) if _lacks_c1(codec) else text


def _utf16_order(data: bytes) -> str:
    return "utf-16-le" if data.startswith(_LITTLE_ENDIAN_MARK) else "utf-16-be"


def _without_mark(data: bytes) -> bytes:
    return data[2:] if data.startswith((_BIG_ENDIAN_MARK, _LITTLE_ENDIAN_MARK)) else data
