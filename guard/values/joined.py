"""Pieces of text, known and unknown, made into one string value: what a template yields."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from guard.values.types import STRING, Primitive
from guard.values.unknown import Joined, Refinement, Unknown
from guard.values.value import Value, all_marks, derived, string

_PREFIX_BYTES = 128
_ENDS_CLUSTER = frozenset("-_:;/\\,.(){}[]|?!~ \t@#$%^&*+\"'")


def joined(parts: Iterable[str | Value]) -> Value:
    """The string that the parts make one after another.

    parts: texts, string values, and unknown values that convert to string. A single string value
    among empty texts is returned itself, so that it stays the name of the user that it is.
    """
    given = list(parts)
    values = [part for part in given if isinstance(part, Value)]
    match [part for part in given if not _is_empty(part)]:
        case [Value(type=Primitive.STRING) as value]:
            return value.marked(all_marks(*values))
    pieces = tuple(_merged(_flattened(given)))
    if all(isinstance(piece, str) for piece in pieces):
        return string("".join(map(str, pieces))).marked(all_marks(*values))
    return derived(STRING, Joined(pieces), values, Refinement(not_null=True, prefix=_leading_text(given)))


def safe_prefix(text: str) -> str:
    """The start of a text that stays, whatever is appended to it, in normalized form.

    The last character could combine with what follows, unless it is a usual delimiter:
    https://pkg.go.dev/github.com/zclconf/go-cty/cty/ctystrings#SafeKnownPrefix
    """
    if not text or text[-1] in _ENDS_CLUSTER:
        return text
    if text[-2:].isascii() and not text.endswith("\r\n"):
        return text[:-1]
    return _without_last_cluster(text)


def _without_last_cluster(text: str) -> str:
    import regex

    *clusters, _ = regex.findall(r"\X", text)
    return "".join(clusters)


def _is_empty(part: str | Value) -> bool:
    return (part.data if isinstance(part, Value) else part) == ""


def _flattened(parts: Iterable[str | Value]) -> Iterator[str | Value]:
    for part in parts:
        match part:
            case Value(data=str(text)):
                yield text
            case Value(data=Unknown(term=Joined(parts=inner))):
                yield from inner
            case _:
                yield part


def _merged(parts: Iterable[str | Value]) -> Iterator[str | Value]:
    """The parts with neighbouring texts made one, normalized."""
    text: list[str] = []
    for part in parts:
        if isinstance(part, str):
            text.append(part)
            continue
        yield from _normalized(text)
        text = []
        yield part
    yield from _normalized(text)


def _normalized(texts: list[str]) -> Iterator[str]:
    text = unicodedata.normalize("NFC", "".join(texts))
    if text:
        yield text


def _leading_text(parts: Iterable[str | Value]) -> str:
    """What Terraform knows of the beginning: the known parts before the first that is not."""
    text = ""
    for part in parts:
        if isinstance(part, str):
            text += part
        elif isinstance(part.data, str):
            text += part.data
        else:
            break
        if len(text) > _PREFIX_BYTES:
            break
    text = unicodedata.normalize("NFC", text)
    return safe_prefix(text.encode()[:_PREFIX_BYTES].decode(errors="ignore"))
