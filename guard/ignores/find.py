"""Files that were read to the ignores in their comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from guard.diagnostics import Diagnostic, GuardError, note, warning
from guard.ignores.model import RULE, Ignore, Ignores, Text
from guard.ignores.placing import Place, places
from guard.ignores.wording import FORM, wording
from guard.source import SourceFile, SourceRange
from guard.syntax.comments import comments
from guard.syntax.split import split
from guard.visible import visible

NAME = "iam-key-guard:"
COVERABLE = frozenset({"resource", "module"})
# What other tools take as an order to be silent about the same: rule 0167 of Trivy, and all of KICS.
_OTHERS = {
    "Trivy": re.compile(
        r"(?:trivy|tfsec):ignore:(?:AVD-)?(?:AWS-0167|aws-iam-limit-user-access-keys)(?![\w-])"
    ),
    "KICS": re.compile(r"kics-scan[ \t]"),
}
_HINTS = (NAME, "AWS-0167", "kics-scan", "limit-user-access-keys")
# Near enough to NAME that somebody meant it; in prose it is not followed by `ignore[`.
_MISSPELT = re.compile(r"iam[-_ ]?key[-_ ]?guard[ \t]*+:?[ \t]*+ignore[ \t]*+\[", re.IGNORECASE)


def find_ignores(texts: Iterable[Text]) -> Ignores:
    """The ignores of the files; what is wrong with one is an error where it stands, and it does not count."""
    found: list[Ignore] = []
    said: list[Diagnostic] = []
    for text in texts:
        if any(hint in text.source.text for hint in _HINTS) or _MISSPELT.search(text.source.text):
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
    for comment, place in zip(all_comments, places(all_comments, blocks), strict=True):
        for line in comment.lines:
            said += _of_others(line)
            if line.text.startswith(NAME):
                result = _ignore(line, place)
                said += [result] if isinstance(result, Diagnostic) else []
                found += [result] if isinstance(result, Ignore) else []
            elif _MISSPELT.search(line.source.text, line.start, line.end):
                detail = f"This is no ignore: it starts with `{NAME}`, and is written {FORM}."
                said.append(warning("Comment without effect", f"{detail} So it changes nothing.", line))
    return Ignores(tuple(found), tuple(said))


def _ignore(line: SourceRange, place: Place) -> Ignore | Diagnostic:
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
    block = place.block
    if block is None and not place.head:
        detail = "It stands at no block: put it on the line above a resource or module call, or beside it."
        return warning("Ignore without effect", detail, line)
    if block is not None and block.type not in COVERABLE:
        detail = f"A {block.type} block makes no key: put it at the resource or module call that does."
        return warning("Ignore without effect", detail, line)
    return Ignore(said.rule, said.until, said.reason, said.at_most, line, block)


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
