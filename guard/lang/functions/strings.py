"""Functions that make strings from strings: joining, cutting, trimming, letter case.

https://developer.hashicorp.com/terraform/language/functions#string-functions
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guard.lang.functions.common import applied, count, edited, panic, piecewise, result, text, whole
from guard.lang.functions.letters import lowered, titled, uppered
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Parameter
from guard.values.joined import joined
from guard.values.pieces import pieces
from guard.values.text import graphemes
from guard.values.types import BOOL, STRING, ListOf
from guard.values.unknown import Kind
from guard.values.value import Value, boolean, list_of, unknowns, utf8

_SPACE = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


# --- joining and splitting ---------------------------------------------------------------------


def join(context: FunctionContext, separator: Value, *lists: Value) -> Value:
    if not lists:
        raise FunctionError("at least one list is required")
    items = [item for group in lists for item in group.elements]
    if unknowns(*items) and any(item.is_null for item in items):
        return applied(STRING, "join", separator, *lists)
    _refuse_null(lists)
    length = sum(len(item.data) if isinstance(item.data, str) else 0 for item in items)
    context.budget.allow_text(length + len(separator.text) * len(items))
    return joined(_between(separator.text, items))


def _between(separator: str, items: list[Value]) -> Iterator[str | Value]:
    for index, item in enumerate(items):
        if index:
            yield separator
        yield item


def _refuse_null(lists: tuple[Value, ...]) -> None:
    for number, group in enumerate(lists, 1):
        for index, item in enumerate(group.elements):
            if item.is_null:
                of_list = f" of list {number}" if len(lists) > 1 else ""
                raise FunctionError(
                    f"element {index}{of_list} is null; cannot concatenate null values", number
                )


def split(context: FunctionContext, separator: Value, value: Value) -> Value:
    if not separator.text:
        context.budget.allow_elements(len(value.text))
        return list_of(STRING, map(result, value.text))
    context.budget.allow_elements(value.text.count(separator.text) + 1)
    found = value.text.split(separator.text)
    return list_of(STRING, [edited(value, part) for part in found])


# --- searching ---------------------------------------------------------------------------------


def startswith(_: FunctionContext, value: Value, prefix: Value) -> Value:
    if not value.is_unknown:
        return boolean(value.text.startswith(prefix.text))
    known, wanted = utf8(value.unknown.refinement.prefix), utf8(prefix.text)
    if known.startswith(wanted):
        return boolean(True)
    if known and len(known) >= len(wanted):
        return boolean(False)
    if value.unknown.kind is Kind.NOT_GIVEN and not wanted.startswith(known):
        return boolean(False)
    return applied(BOOL, "startswith", value, prefix)


def endswith(_: FunctionContext, value: Value, suffix: Value) -> Value:
    if not value.is_unknown:
        return boolean(value.text.endswith(suffix.text))
    if value.unknown.kind is not Kind.NOT_GIVEN:
        return applied(BOOL, "endswith", value, suffix)
    *_rest, last = pieces(value)
    known = last if isinstance(last, str) else ""
    if known.endswith(suffix.text):
        return boolean(True)
    if not suffix.text.endswith(known):
        return boolean(False)
    return applied(BOOL, "endswith", value, suffix)


def strcontains(_: FunctionContext, value: Value, part: Value) -> Value:
    if not value.is_unknown:
        return boolean(part.text in value.text)
    found = any(part.text in piece for piece in pieces(value) if isinstance(piece, str))
    if value.unknown.kind is Kind.NOT_GIVEN and (found or not part.text):
        return boolean(True)
    return applied(BOOL, "strcontains", value, part)


# --- cutting -----------------------------------------------------------------------------------


def chomp(_: FunctionContext, value: Value) -> Value:
    return edited(value, value.text.rstrip("\r\n"))


def trimspace(_: FunctionContext, value: Value) -> Value:
    return edited(value, value.text.strip(_SPACE))


def trim(_: FunctionContext, value: Value, letters: Value) -> Value:
    return edited(value, value.text.strip(letters.text))


def trimprefix(_: FunctionContext, value: Value, prefix: Value) -> Value:
    return edited(value, value.text.removeprefix(prefix.text))


def trimsuffix(_: FunctionContext, value: Value, suffix: Value) -> Value:
    return edited(value, value.text.removesuffix(suffix.text))


def substr(_: FunctionContext, value: Value, offset: Value, length: Value) -> Value:
    start, size = whole(offset), whole(length)
    if start >= 0 and size == 0:
        return result("")
    clusters = graphemes(value.text)
    if start < 0:
        start = max(0, start + len(clusters))
    # Terraform takes the rest of the string for a length of 0, too, if the offset is negative.
    end = start + size if size > 0 else len(clusters)
    return edited(value, "".join(clusters[start:end]))


# --- rearranging -------------------------------------------------------------------------------


def strrev(_: FunctionContext, value: Value) -> Value:
    return edited(value, "".join(reversed(graphemes(value.text))))


def indent(context: FunctionContext, spaces: Value, value: Value) -> Value:
    width = whole(spaces)
    if width < 0:
        raise panic("strings: negative Repeat count")
    context.budget.allow_text(width + len(value.text) + width * value.text.count("\n"))
    return edited(value, value.text.replace("\n", "\n" + " " * width))


def replace(context: FunctionContext, value: Value, search: Value, replacement: Value) -> Value:
    old, new = search.text, replacement.text
    if len(old) > 1 and old.startswith("/") and old.endswith("/"):
        return _replace_pattern(context, value, search, replacement)
    if value.is_unknown:
        return _replace_unknown(value, search, replacement)
    found = value.text.count(old) if old else len(value.text) + 1
    context.budget.allow_text(len(value.text) + found * len(new))
    return edited(value, value.text.replace(old, new))


def _replace_pattern(context: FunctionContext, value: Value, search: Value, replacement: Value) -> Value:
    from guard.lang.functions.regexes import compiled_for_replace, replace_pattern

    pattern = compiled_for_replace(search.text[1:-1])
    if value.is_unknown:
        return applied(STRING, "replace", value, search, replacement)
    return replace_pattern(context, value, pattern, replacement.text)


def _replace_unknown(value: Value, search: Value, replacement: Value) -> Value:
    """A single letter is replaced in each piece of an unknown text; longer ones may span pieces."""
    arguments = (search, replacement)
    if len(search.text) != 1:
        return applied(STRING, "replace", value, *arguments)
    return piecewise("replace", value, lambda text: text.replace(search.text, replacement.text), *arguments)


def lower(_: FunctionContext, value: Value) -> Value:
    return piecewise("lower", value, lowered)


def upper(_: FunctionContext, value: Value) -> Value:
    return piecewise("upper", value, uppered)


def title(_: FunctionContext, value: Value) -> Value:
    return edited(value, titled(value.text))


_STR = (text("str"),)

TABLE: Mapping[str, Function] = {
    "chomp": Function(chomp, _STR, returns=STRING),
    "endswith": Function(endswith, (text("str", unknown=True), text("suffix")), returns=BOOL),
    "indent": Function(indent, (count("spaces"), text("str")), returns=STRING),
    "join": Function(join, (text("separator"),), Parameter(ListOf(STRING), parts=True, name="lists"), STRING),
    "lower": Function(lower, (text("str", unknown=True),), returns=STRING),
    "replace": Function(
        replace, (text("str", unknown=True), text("substr"), text("replace")), returns=STRING
    ),
    "split": Function(split, (text("separator"), text("str")), returns=ListOf(STRING)),
    "startswith": Function(startswith, (text("str", unknown=True), text("prefix")), returns=BOOL),
    "strcontains": Function(strcontains, (text("str", unknown=True), text("substr")), returns=BOOL),
    "strrev": Function(strrev, _STR, returns=STRING),
    "substr": Function(substr, (text("str"), count("offset"), count("length")), returns=STRING),
    "title": Function(title, _STR, returns=STRING),
    "trim": Function(trim, (text("str"), text("cutset")), returns=STRING),
    "trimprefix": Function(trimprefix, (text("str"), text("prefix")), returns=STRING),
    "trimspace": Function(trimspace, _STR, returns=STRING),
    "trimsuffix": Function(trimsuffix, (text("str"), text("suffix")), returns=STRING),
    "upper": Function(upper, (text("str", unknown=True),), returns=STRING),
}
