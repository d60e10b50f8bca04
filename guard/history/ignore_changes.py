"""The ignores of files, before and after a change, to what the change allows itself by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from guard.diagnostics import Diagnostic, warning
from guard.history.base import Base
from guard.history.setting_changes import REVIEW
from guard.ignores.find import ignores_of
from guard.ignores.model import Ignore
from guard.source import SourceFile
from guard.visible import visible

Target = tuple[str, str]


def ignore_changes(ignores: Sequence[Ignore], before: Mapping[str, str], base: Base) -> Iterator[Diagnostic]:
    """A warning for every ignore that is new or wider, or whose block is not what it is at the base.

    before: the texts at the base of the files that the ignores are in. Lines may have moved.
    """
    known: dict[Target, list[Ignore]] = defaultdict(list)
    for file, text in before.items():
        for ignore in ignores_of(SourceFile(file, text)).ignores:
            known[_target(ignore)].append(ignore)
    for ignore in ignores:
        yield from _change(ignore, known[_target(ignore)], base)


def _target(ignore: Ignore) -> Target:
    return ignore.at.file, ignore.target


def _change(ignore: Ignore, before: Sequence[Ignore], base: Base) -> Iterator[Diagnostic]:
    terms = f"at most {ignore.at_most} active keys until {ignore.until} for {visible(ignore.target)}"
    wide = [item for item in before if item.at_most >= ignore.at_most and item.until >= ignore.until]
    if not before:
        detail = f"{terms}; not at {base}. {REVIEW}"
        yield warning("Ignore added by this change", detail, ignore.at)
    elif not wide:
        others = ", or ".join(f"at most {item.at_most} until {item.until}" for item in before[:5])
        yield warning("Ignore widened by this change", f"{terms}; at {base}: {others}. {REVIEW}", ignore.at)
    elif all(item.covered_text != ignore.covered_text for item in wide):
        detail = (
            f"{visible(ignore.target)} is not what it is at {base}, and its ignore covers it all the same."
        )
        yield warning("Ignored code changed by this change", f"{detail} {REVIEW}", ignore.at)
