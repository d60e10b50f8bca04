"""The blocks that decided a verdict, read again by the second reader."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guard.config.module import Module
from guard.diagnostics import Diagnostic, error, note
from guard.syntax.nodes import Block


def second_opinions(modules: Iterable[Module]) -> Iterator[Diagnostic]:
    """What the second reader says of every block in native syntax that was read.

    An error where both readers take a block and see different things in it, since then nobody knows
    which is right; notes where it is known that the second one errs, or where it takes less.
    """
    for module in modules:
        if module.stand_in is None:
            for block in module.read_blocks:
                if not block.body.json:
                    yield from _opinion(block)


def _opinion(block: Block) -> Iterator[Diagnostic]:
    from guard.syntax.second import Disagreement, Rejected, compare

    match compare(block):
        case Disagreement(at, ours, theirs, None):
            detail = (
                f"We read {ours} here, and python-hcl2 reads {theirs}. Until it is known which is right, no "
                "verdict rests on this block: write it in a plainer way, and please report it."
            )
            yield error("Two readers disagree", detail, at)
        case Disagreement(at, _, _, known):
            yield note("Known misread of the second reader", f"python-hcl2 misreads this: {known}.", at)
        case Rejected(why):
            detail = f"python-hcl2 does not take this block ({why}); only our own reader read it."
            yield note("Not read a second time", detail, block.header)
