"""Where a comment stands: at which block, or at the head of the file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guard.records import dataclass
from guard.syntax.comments import Comment
from guard.syntax.split import RawBlock


@dataclass(frozen=True, slots=True)
class Place:
    """block: beside or below the comment. head: it is among the comments that the file starts with."""

    block: RawBlock | None
    head: bool


def places(comments: Sequence[Comment], blocks: Sequence[RawBlock]) -> list[Place]:
    """The place of each comment, in their order.

    Other comments may stand between a comment and its block, empty lines may not.
    """
    by_line = {block.header.line: block for block in blocks}
    found: list[Place] = []
    last: Comment | None = None  # the last one of the comments that follow each other here
    for number in range(len(comments) - 1, -1, -1):
        comment = comments[number]
        if comment.beside:
            found.append(Place(by_line.get(comment.range.line), head=False))
            last = None
            continue
        follows = number + 1 < len(comments) and _follows(comments[number + 1], comment)
        last = last if follows and last else comment
        found.append(Place(_below(last, by_line), head=False))
    heads = _heads(comments)
    return [Place(place.block, number < heads) for number, place in enumerate(reversed(found))]


def _follows(later: Comment, earlier: Comment) -> bool:
    return not later.beside and later.range.line <= earlier.range.end_line + 1


def _below(comment: Comment, by_line: Mapping[int, RawBlock]) -> RawBlock | None:
    """The block that starts on the line after a comment, or on its own last line."""
    line, end = comment.range.end_line, comment.range.end
    same = by_line.get(line)
    return same if same is not None and same.header.start >= end else by_line.get(line + 1)


def _heads(comments: Sequence[Comment]) -> int:
    """How many comments the file starts with, without an empty line between them."""
    line = 1
    for number, comment in enumerate(comments):
        if comment.beside or comment.range.line > line:
            return number
        line = comment.range.end_line + 1
    return len(comments)
