"""The format strings of format(), read into texts and verbs: Go's printf in the dialect of go-cty.

https://github.com/zclconf/go-cty/blob/main/cty/function/stdlib/format_fsm.rl
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from guard.lang.functions.table import FunctionError
from guard.records import dataclass
from guard.values.text import go_quoted

_VERB = re.compile(r"%([0# +-]*)([1-9][0-9]*)?(\.[0-9]*)?(\[[1-9][0-9]*\])?([a-zA-Z])")
_VERB_START = re.compile(r"%[0# +-]*(?:[1-9][0-9]*)?(?:\.[0-9]*)?(?:\[(?:[1-9][0-9]*\]?)?)?")


@dataclass(frozen=True, slots=True)
class Verb:
    """One `%…` sequence.

    raw: as written. offset: where it starts, in bytes. argument: which one it prints, counted from 1.
    width, precision: None if not given.
    """

    raw: str
    offset: int
    argument: int
    mode: str
    flags: str
    width: int | None
    precision: int | None

    def unsupported(self, problem: str) -> FunctionError:
        return FunctionError(f"unsupported value for {go_quoted(self.raw)} at {self.offset}: {problem}")


def parsed(template: str) -> Iterator[str | Verb]:
    """The texts and verbs in order. Raises FunctionError where the template is malformed."""
    position, following = 0, 1
    while position < len(template):
        percent = template.find("%", position)
        if percent != position:
            end = percent if percent >= 0 else len(template)
            yield template[position:end]
            position = end
        elif template.startswith("%%", position):
            yield "%"
            position += 2
        else:
            found = _VERB.match(template, position)
            if found is None:
                raise _malformed(template, position)
            verb = _verb(found, following)
            yield verb
            following = verb.argument + 1
            position = found.end()


def _verb(found: re.Match[str], following: int) -> Verb:
    flags, width, precision, index, mode = found.groups()
    return Verb(
        raw=found[0],
        offset=_byte_offset(found.string, found.start()),
        argument=int(index[1:-1]) if index else following,
        mode=mode,
        flags=flags,
        width=int(width) if width else None,
        precision=int(precision[1:] or "0") if precision else None,
    )


def _byte_offset(text: str, position: int) -> int:
    return len(text[:position].encode())


def _malformed(template: str, position: int) -> FunctionError:
    start = _VERB_START.match(template, position)
    assert start
    offset = _byte_offset(template, start.end())
    if start.end() == len(template):
        return FunctionError(f"invalid format string starting at offset {offset}")
    letter = template[start.end()]
    quoted = "\\'" if letter == "'" else letter if letter == '"' else go_quoted(letter)[1:-1]
    return FunctionError(f"unrecognized format character '{quoted}' at offset {offset}")
