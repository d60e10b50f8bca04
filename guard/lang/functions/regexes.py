"""Regular expressions: Go's regexp package by way of RE2, which matches in linear time.

https://developer.hashicorp.com/terraform/language/functions/regex
https://pkg.go.dev/regexp
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from guard.lang.functions.common import edited, result, text
from guard.lang.functions.patterns import Pattern, PatternError, compiled
from guard.lang.functions.table import Function, FunctionContext, FunctionError
from guard.records import dataclass
from guard.values.types import ANY, STRING, ListOf, Type
from guard.values.value import Value, list_of, null, object_of, tuple_of

_WORK_PER_STEP = 2_000
_LARGE_PATTERN = 50
_WORK_PER_STEP_OF_LARGE = 20
_CONTINUATION = {bytes([byte]) for byte in range(0x80, 0xC0)}
_LONGEST_NUMBER = 9


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern matched, in bytes: the spans of the whole and of its groups, (-1, -1) for none."""

    subject: bytes
    spans: Sequence[tuple[int, int]]

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[0][1]

    def group(self, number: int) -> str | None:
        start, end = self.spans[number]
        return None if start < 0 else self.subject[start:end].decode()


# --- patterns ----------------------------------------------------------------------------------


def _pattern_argument(value: Value) -> Pattern:
    try:
        pattern = compiled(value.text)
    except PatternError as problem:
        raise FunctionError(f"invalid regexp pattern: {problem.reason} in {problem.part}", 0) from None
    if len({name == "" for name in pattern.names}) > 1:
        raise FunctionError("invalid regexp pattern: cannot mix both named and unnamed capture groups", 0)
    return pattern


# --- matching ----------------------------------------------------------------------------------


def _steps(size: int, length: int) -> int:
    """A large pattern may need more states than RE2 keeps, and then takes its instructions one by one."""
    return length * size // (_WORK_PER_STEP if size < _LARGE_PATTERN else _WORK_PER_STEP_OF_LARGE)


def _searched(context: FunctionContext, pattern: Pattern, subject: bytes, start: int) -> Match | None:
    context.budget.spend(1 + _steps(pattern.compiled.programsize, len(subject) - start))
    found = pattern.compiled.search(subject, start)
    # RE2 finds `\\B` between the bytes of a letter, too, which Go does not.
    while found is not None and subject[found.start() : found.start() + 1] in _CONTINUATION:
        context.budget.spend(1)
        found = pattern.compiled.search(subject, found.start() + 1)
    if found is None:
        return None
    return Match(subject, [found.span(number) for number in range(len(pattern.names) + 1)])


def _matches(context: FunctionContext, pattern: Pattern, subject: bytes) -> Iterator[Match]:
    """All matches, as Go's FindAll finds them: no empty match right behind another one."""
    position, last_end = 0, -1
    while position <= len(subject):
        found = _searched(context, pattern, subject, position)
        if found is None:
            return
        is_empty = found.end == position
        if not (is_empty and found.start == last_end):
            yield found
        position = position + _width(subject, position) if is_empty else found.end
        last_end = found.end


def _width(subject: bytes, position: int) -> int:
    """The bytes of the letter at a position; 1 at the end."""
    end = position + 1
    while subject[end : end + 1] in _CONTINUATION:
        end += 1
    return end - position


def _match_value(pattern: Pattern, found: Match) -> Value:
    if not pattern.names:
        return _group_value(found, 0)
    groups = [_group_value(found, number) for number in range(1, len(pattern.names) + 1)]
    if pattern.names[0]:
        return object_of(dict(zip(pattern.names, groups, strict=True)))
    return tuple_of(groups)


def _group_value(found: Match, number: int) -> Value:
    group = found.group(number)
    return null(STRING) if group is None else result(group)


def regex(context: FunctionContext, pattern: Value, value: Value) -> Value:
    searched = _pattern_argument(pattern)
    found = _searched(context, searched, value.text.encode(), 0)
    if found is None:
        raise FunctionError("pattern did not match any part of the given string")
    return _match_value(searched, found)


def regexall(context: FunctionContext, pattern: Value, value: Value) -> Value:
    searched = _pattern_argument(pattern)
    found = []
    for match in _matches(context, searched, value.text.encode()):
        found.append(_match_value(searched, match))
    return list_of(searched.type, found)


def _regex_type(arguments: Sequence[Value]) -> Type:
    """The type of regex() while the string is not known: the pattern tells."""
    return ANY if arguments[0].is_unknown else _pattern_argument(arguments[0]).type


def _regexall_type(arguments: Sequence[Value]) -> Type:
    return ListOf(_regex_type(arguments))


# --- replacing ---------------------------------------------------------------------------------


def compiled_for_replace(pattern: str) -> Pattern:
    """The pattern that replace() was given between slashes."""
    try:
        return compiled(pattern)
    except PatternError as problem:
        raise FunctionError(f"error parsing regexp: {problem.reason}: `{problem.part}`") from None


def replace_pattern(context: FunctionContext, value: Value, searched: Pattern, replacement: str) -> Value:
    """replace() with a pattern: Go's ReplaceAllString."""
    subject = value.text.encode()
    pieces, position, last_end = [], 0, 0
    while position <= len(subject):
        found = _searched(context, searched, subject, position)
        if found is None:
            break
        piece = subject[last_end : found.start].decode()
        if found.end > last_end or found.start == 0:
            piece += _expanded(replacement, searched, found)
        context.budget.allow_text(len(piece))
        pieces.append(piece)
        last_end = found.end
        position = max(found.end, position + _width(subject, position))
    return edited(value, "".join(pieces) + subject[last_end:].decode())


def _expanded(template: str, pattern: Pattern, found: Match) -> str:
    """The template with `$1`, `$name` and `${name}` filled in and `$$` for a dollar: Go's Expand."""
    before, dollar, rest = template.partition("$")
    pieces = [before]
    while dollar:
        if rest.startswith("$"):
            piece, rest = "$", rest[1:]
        else:
            name, rest = _reference(rest)
            piece = "$" if name is None else _referenced(name, pattern, found)
        before, dollar, rest = rest.partition("$")
        pieces += [piece, before]
    return "".join(pieces)


def _reference(template: str) -> tuple[str | None, str]:
    """The name that follows a dollar, and the rest; None if there is none and the dollar means itself."""
    braced = template.startswith("{")
    body = template[1:] if braced else template
    length = next((index for index, letter in enumerate(body) if not _in_name(letter)), len(body))
    if not length or (braced and body[length : length + 1] != "}"):
        return None, template
    return body[:length], body[length + braced :]


def _in_name(letter: str) -> bool:
    return letter == "_" or letter.isalpha() or letter.isdecimal()


def _referenced(name: str, pattern: Pattern, found: Match) -> str:
    is_number = name.isascii() and name.isdigit() and (name == "0" or name[0] != "0")
    if not is_number:
        groups = (found.group(number) for number, other in enumerate(pattern.names, 1) if other == name)
        return next(filter(None, groups), "")
    number = int(name) if len(name) <= _LONGEST_NUMBER else len(found.spans)
    return (found.group(number) or "") if number < len(found.spans) else ""


_PARAMETERS = (text("pattern"), text("string"))

TABLE: Mapping[str, Function] = {
    "regex": Function(regex, _PARAMETERS, returns=_regex_type),
    "regexall": Function(regexall, _PARAMETERS, returns=_regexall_type),
}
