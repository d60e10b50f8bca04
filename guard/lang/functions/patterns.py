"""Patterns of regular expressions, compiled by RE2 and understood as Go understands them.

https://pkg.go.dev/regexp/syntax and https://github.com/google/re2/wiki/Syntax differ in little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from guard.diagnostics import error
from guard.records import dataclass
from guard.values.errors import NotDeterminedError
from guard.values.types import STRING, ObjectOf, TupleOf, Type

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re2

_MEMORY = 4 * 1024 * 1024
_PART = re.compile(
    r"\\Q.*?(?:\\E|$)|\\."
    r"|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]])*\]"
    r"|(?P<group>\((?!\?)|\(\?P?<(?P<name>[^>]*)>)",
    re.DOTALL,
)
_GO_WORDING = {
    "missing ]": "missing closing ]",
    "missing )": "missing closing )",
    "trailing \\": "trailing backslash at end of expression",
    "no argument for repetition operator": "missing argument to repetition operator",
    "invalid repetition size": "invalid repeat count",
    "bad repetition operator": "invalid nested repetition operator",
    "invalid perl operator": "invalid or unsupported Perl syntax",
    "invalid named capture group": "invalid named capture",
}


class PatternError(Exception):
    """A pattern that Go refuses: the reason in Go's words, and the part that it is about."""

    def __init__(self, reason: str, part: str) -> None:
        super().__init__(reason, part)
        self.reason = reason
        self.part = part


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern. names: of the groups in order, "" for those without a name."""

    compiled: re2._Regexp
    names: tuple[str, ...]

    @property
    def type(self) -> Type:
        """The type of a match: a string, or an object or tuple of its groups."""
        if not self.names:
            return STRING
        if self.names[0]:
            return ObjectOf(dict.fromkeys(sorted(self.names), STRING))
        return TupleOf((STRING,) * len(self.names))


@lru_cache(maxsize=64)
def compiled(pattern: str) -> Pattern:
    """The pattern as Go understands it. Raises PatternError, or NotDeterminedError if it is too large."""
    import re2

    _refuse_what_go_lacks(pattern)
    names = tuple(_group_names(pattern))
    options = re2.Options()
    options.log_errors = False
    options.max_mem = _MEMORY
    try:
        regexp = re2.compile(pattern.encode(), options)
    except re2.error as problem:
        raise _refusal(problem.args[0], pattern) from None
    return Pattern(regexp, names)


def _group_names(pattern: str) -> Iterator[str]:
    """The names of the groups in order, "" for those without; of groups of one name RE2 tells only one."""
    for found in _PART.finditer(pattern):
        if found["group"] is not None:
            name = found["name"] or ""
            if not name.isascii():
                raise PatternError("invalid named capture", found["group"])
            yield name


def _refuse_what_go_lacks(pattern: str) -> None:
    r"""`\C`, a single byte, is the only operator of RE2 that Go does not have."""
    index = pattern.find("\\")
    while index >= 0:
        following = pattern[index + 1 : index + 2]
        if following == "C":
            raise PatternError("invalid escape sequence", r"\C")
        after = pattern.find(r"\E", index) if following == "Q" else index
        index = pattern.find("\\", after + 2) if after >= 0 else -1


def _refusal(problem: bytes | str, pattern: str) -> Exception:
    message = problem.decode() if isinstance(problem, bytes) else problem
    if message.startswith("pattern too large"):
        return NotDeterminedError(
            error("Pattern too large", "This regular expression takes too much memory to be tried here.")
        )
    reason, _, part = message.partition(": ")
    if reason == "trailing \\":
        part = ""
    elif reason == "invalid UTF-8":
        reason, part = "invalid escape sequence", pattern[pattern.rfind("\\") :]
    return PatternError(_GO_WORDING.get(reason, reason), part)
