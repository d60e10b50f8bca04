"""The second reader: python-hcl2 reads a block again, and what it reads is compared with what we read."""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache
from pathlib import Path

from guard.records import dataclass
from guard.source import SourceRange
from guard.syntax.cursor import room_to_recurse
from guard.syntax.nodes import Block
from guard.syntax.second_grammar import cached_parser
from guard.syntax.second_tree import TreeAdapter
from guard.syntax.shapes import Shape, block_shape, differences

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from lark import Lark

# It reads about 300 KB a second, and long runs of space in a heredoc cost it the square of their length.
_LONGEST = 64 * 1024
# Blocks that are the same to the letter stand in many modules: variables, providers, versions.
_KEPT = 512
_LONG_SPACE = re.compile(r"\s{2000}")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Both readers read the same."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The second reader does not take the block; why, in its words or ours."""

    why: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Both readers take the block and read something different in it.

    at: where. ours, theirs: what each sees there. known: which misread of python-hcl2 it is, if one that
    is known.
    """

    at: SourceRange
    ours: str
    theirs: str
    known: str | None


Comparison: TypeAlias = Agreement | Disagreement | Rejected


@dataclass(frozen=True, slots=True)
class Misread:
    """A way in which python-hcl2 8.1 is known to misread valid text.

    kinds: of the nodes in which it shows. pattern: what their text looks like.
    """

    name: str
    kinds: frozenset[str]
    pattern: re.Pattern[str]


_TRAVERSALS = frozenset({"GetAttr", "Index", "Splat"})
KNOWN_MISREADS = (
    Misread(
        "a splat takes other steps than in Terraform when a splat or an index follows",
        _TRAVERSALS,
        re.compile(r"\[\s*\*\s*\][^*]*+\*|\.\s*\*[^\[*]*+[\[*]"),
    ),
    Misread(
        "an escaped $${ or %%{ takes what follows with it, up to the next brace",
        frozenset({"Template", "Body"}),
        re.compile(r"(?:\$\$|%%)\{[^}]*?(?:[$%]\{|\")"),
    ),
    Misread(
        "a heredoc whose end marker has blanks behind it goes on",
        frozenset({"Heredoc", "Body"}),
        re.compile(r"\n[ \t]*+[A-Za-z_][\w-]*+[ \t]++\r?\n"),
    ),
    Misread(
        "a number with nothing between its point and its exponent is an attribute",
        frozenset({"Number"}),
        re.compile(r"[0-9]\.[eE]"),
    ),
)


def compare(block: Block) -> Comparison:
    """Read the text of a block in native syntax with python-hcl2, and compare."""
    if block.body.json:
        return Rejected("python-hcl2 does not read JSON syntax.")
    text = block.range.text
    if len(text) > _LONGEST or _LONG_SPACE.search(text):
        return Rejected(
            f"Blocks of more than {_LONGEST // 1024} KiB, or with much space, are not read twice."
        )
    theirs = _read(text)
    if isinstance(theirs, Rejected):
        return theirs
    with room_to_recurse():
        found = [_disagreement(a, b, block.range) for a, b in differences(block_shape(block), theirs)]
    return next((item for item in found if item.known is None), found[0] if found else Agreement())


@lru_cache(_KEPT)
def _read(text: str) -> Shape | Rejected:
    from hcl2.utils import process_escape_sequences
    from lark.exceptions import UnexpectedInput

    try:
        # Its grammar wants a newline at the end.
        tree = _parser().parse(text + "\n")
    except UnexpectedInput as problem:
        return Rejected(f"python-hcl2: {type(problem).__name__}, line {problem.line}.")
    with room_to_recurse():
        return TreeAdapter(process_escape_sequences).block(tree)


def _disagreement(ours: Shape, theirs: Shape, block: SourceRange) -> Disagreement:
    at = ours.range or block
    known = (item.name for item in KNOWN_MISREADS if ours.kind in item.kinds and item.pattern.search(at.text))
    return Disagreement(at, str(ours), str(theirs), next(known, None))


@cache
def _parser() -> Lark:
    """python-hcl2's parser: as it keeps it, or kept by us if it cannot write to its own directory."""
    import hcl2.parser
    from hcl2.postlexer import PostLexer

    package = Path(hcl2.parser.__file__).parent
    if (package / ".lark_cache.bin").is_file() or os.access(package, os.W_OK):
        return hcl2.parser.parser()
    return cached_parser(package / "hcl2.lark", PostLexer())
