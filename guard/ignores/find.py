"""Files that were read to the ignores in their comments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from guard.diagnostics import Diagnostic, GuardError, note, warning
from guard.ignores.model import RULE, Ignore, Ignores, Text
from guard.ignores.wording import FORM, wording
from guard.source import SourceFile, SourceRange
from guard.syntax.comments import Comment, comments
from guard.syntax.split import RawBlock, split
from guard.visible import visible

NAME = "iam-key-guard:"
COVERABLE = frozenset({"resource", "module"})
# What other tools take as an order to be silent about the same: rule 0167 of Trivy, and all of KICS.
_OTHERS = {
    "Trivy": re.compile(
        r"(?:trivy|tfsec):ignore:(?:AVD-)?(?:AWS-0167|aws-iam-limit-user-access-keys)(?![\w-])", re.I
    ),
    "KICS": re.compile(r"kics-scan[ \t]", re.I),
}
_HINTS = (NAME, "0167", "kics-scan", "limit-user-access-keys")


def find_ignores(texts: Iterable[Text]) -> Ignores:
    """The ignores of the files; what is wrong with one is an error where it stands, and it does not count."""
    found: list[Ignore] = []
    said: list[Diagnostic] = []
    for text in texts:
        if any(hint in text.source.text for hint in _HINTS):
            result = _installed(text.source) if text.installed else ignores_of(text.source)
            found += result.ignores
            said += result.diagnostics
    return Ignores(tuple(found), tuple(said))


def ignores_of(source: SourceFile) -> Ignores:
    """The ignores of one file, each with the block that it stands at."""
    if source.path.endswith(".json"):
        return Ignores((), tuple(_in_json(source)))
    try:
        all_comments, blocks = comments(source), split(source)
    except GuardError as problem:
        detail = (
            f"The comments of this file are not heeded, since it cannot be read: {problem.diagnostic.detail}"
        )
        return Ignores((), (warning("Ignores not read", detail, problem.diagnostic.subject),))
    found: list[Ignore] = []
    said: list[Diagnostic] = []
    for comment in all_comments:
        for line in comment.lines:
            said += _of_others(line)
            if line.text.startswith(NAME):
                result = _ignore(line, comment, all_comments, blocks)
                said += [result] if isinstance(result, Diagnostic) else []
                found += [result] if isinstance(result, Ignore) else []
    return Ignores(tuple(found), tuple(said))


def _ignore(
    line: SourceRange, comment: Comment, all_comments: Sequence[Comment], blocks: Sequence[RawBlock]
) -> Ignore | Diagnostic:
    text = line.text[len(NAME) :]
    words = SourceRange(line.source, line.end - len(text.lstrip()), line.end)
    if not words.text.startswith("ignore"):
        detail = (
            f"{visible(words.text, 80) or 'Nothing'} is not understood here, and changes nothing: {FORM} is."
        )
        return warning("Comment without effect", detail, line)
    try:
        said = wording(words)
    except GuardError as problem:
        return problem.diagnostic
    if said.rule != RULE:
        detail = f"Only {RULE} can be ignored in code: {said.rule} is about other things, or fails nothing."
        return warning("Ignore without effect", detail, line)
    block = _block_at(comment, all_comments, blocks)
    if block is None and not _at_head(comment, all_comments):
        detail = "It stands at no block: put it on the line above a resource or module call, or beside it."
        return warning("Ignore without effect", detail, line)
    if block is not None and block.type not in COVERABLE:
        detail = f"A {block.type} block makes no key: put it at the resource or module call that does."
        return warning("Ignore without effect", detail, line)
    return Ignore(said.rule, said.until, said.reason, said.at_most, line, block)


def _block_at(
    comment: Comment, all_comments: Sequence[Comment], blocks: Sequence[RawBlock]
) -> RawBlock | None:
    """The block beside or below a comment; other comments may stand between, empty lines may not."""
    if comment.beside:
        return next((item for item in blocks if item.header.line == comment.range.line), None)
    end = comment.range
    for other in all_comments[bisect_left(all_comments, end.start, key=lambda item: item.range.start) + 1 :]:
        if other.beside or other.range.line > end.end_line + 1:
            break
        end = other.range
    below = (end.end_line, end.end_line + 1)
    return next((item for item in blocks if item.header.start >= end.end and item.header.line in below), None)


def _at_head(comment: Comment, all_comments: Sequence[Comment]) -> bool:
    """Whether a comment is among those that the file starts with, without an empty line before it."""
    line = 1
    for other in all_comments:
        if other.beside or other.range.line > line:
            return False
        if other is comment:
            return True
        line = other.range.end_line + 1
    return False


# --- what is not heeded --------------------------------------------------------------------------


def _installed(source: SourceFile) -> Ignores:
    """Somebody else's module cannot excuse what it makes in our account."""
    inside = () if source.path.endswith(".json") else ignores_of(source).ignores
    detail = (
        "This module was installed by terraform init: ignores in it do not count. Put one at the module call."
    )
    return Ignores((), tuple(note("Ignore of an installed module", detail, item.at) for item in inside))


def _in_json(source: SourceFile) -> Iterator[Diagnostic]:
    found = re.search(rf"{NAME}[ \t]*ignore\b", source.text)
    if found:
        detail = "JSON has no comments, so nothing is ignored here: use a waiver in .iam-key-guard.yaml."
        yield warning("Ignore without effect", detail, SourceRange(source, *found.span()))


def _of_others(line: SourceRange) -> Iterator[Diagnostic]:
    for tool, pattern in _OTHERS.items():
        if pattern.match(line.source.text, line.start, line.end):
            detail = f"This is for {tool} and is not heeded here. The same in our words: # {NAME} {FORM}"
            yield note("Comment of another tool", detail, line)
