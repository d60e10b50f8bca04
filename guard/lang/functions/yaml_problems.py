"""What is wrong with a YAML document, in the words of libyaml, which Terraform uses.

https://github.com/zclconf/go-cty-yaml/blob/v1.1.0/error.go: lines are counted from 0 there, and the
first line is never named.
"""

from __future__ import annotations

import re

from guard.lang.functions.table import FunctionError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ruamel.yaml.error import YAMLError

_WORDING = (
    (r"found character .* that cannot start any token", "found character that cannot start any token"),
    (r"(mapping values|mapping keys) are not allowed here", r"\1 are not allowed in this context"),
    (r"found unknown escape character .*", "found unknown escape character"),
    (r"found unexpected document separator", "found unexpected document indicator"),
    (r"expected escape sequence of \d hexdecimal numbers, but.*", "did not find expected hexdecimal number"),
    (r"expected (?:chomping or|a comment or|a digit or).*", "did not find expected comment or line break"),
    (r"expected a digit, but found.*", "did not find expected version number"),
    (r"expected URI escape sequence.*", "did not find URI escaped octet"),
    (r"expected URI, but found.*", "did not find expected tag URI"),
    (r"sequence entries are not allowed here", "block sequence entries are not allowed in this context"),
    (r"expected the node content, but found .*", "did not find expected node content"),
    (r"expected '<document start>', but found .*", "did not find expected <document start>"),
    (r"expected (',' or '[\]}]'), but got .*", r"did not find expected \1"),
    (
        r"(?:unacceptable character|special characters are not allowed).*",
        "control characters are not allowed",
    ),
)
_BLOCK_END = re.compile(r"expected <block end>, but found .*")


def located(event: Any, problem: str) -> FunctionError:
    """A complaint about an event."""
    return _placed(problem, event.start_mark)


def _placed(problem: str, mark: Any) -> FunctionError:
    if mark is None:
        return FunctionError(problem)
    line, column = _position(mark)
    return FunctionError(f"on line {line}, column {column + 1}: {problem}" if line else problem)


def _position(mark: Any) -> tuple[int, int]:
    """libyaml ends the last line before it ends the document."""
    if mark.column and mark.buffer[mark.pointer : mark.pointer + 1] in ("", "\0"):
        return mark.line + 1, 0
    return mark.line, mark.column


def complaint(problem: YAMLError) -> FunctionError:
    """What the parser complains of."""
    text = _reworded(problem)
    mark = getattr(problem, "problem_mark", None)
    if type(problem).__name__ == "ScannerError":
        if mark is not None and mark.line:
            return FunctionError(f"on line {mark.line + 1}, column 1: {text}")
    elif mark is not None and _position(mark)[0]:
        return _placed(text, mark)
    return _placed(text, getattr(problem, "context_mark", None))


def _reworded(problem: YAMLError) -> str:
    text = str(getattr(problem, "problem", None) or problem)
    if _BLOCK_END.match(text):
        is_mapping = "mapping" in str(getattr(problem, "context", ""))
        return "did not find expected key" if is_mapping else "did not find expected '-' indicator"
    for pattern, wording in _WORDING:
        found = re.fullmatch(pattern, text, re.DOTALL)
        if found:
            return found.expand(wording)
    return text
