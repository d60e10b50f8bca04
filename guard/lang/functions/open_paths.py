"""A path made of known texts and inputs to a question: is it this one of the files that are there?

Its first part that is not known stands for a name in a folder: the names that fit are asked for in turn.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from itertools import islice

from guard.lang.functions.files import located
from guard.lang.functions.table import FunctionContext, FunctionError
from guard.records import dataclass
from guard.values.equality import compare
from guard.values.errors import NotDeterminedError
from guard.values.joined import joined
from guard.values.pieces import Piece, pieces
from guard.values.text import nfc
from guard.values.types import BOOL, NUMBER
from guard.values.unknown import WORKSPACE, Applied, Kind, Question, Unknown
from guard.values.value import Value, string, unknowns

MOST_FILES = 100
_MOST_ENTRIES = 50_000
_ENTRIES_A_STEP = 8
_LOOKED_AT = 30
_UP = ".."
_OF_THE_SAME_LETTERS = frozenset(
    {"[]", "lower", "replace", "split", "substr", "trim", "trimprefix", "trimsuffix", "upper"}
)
# What Go's url.PathEscape keeps: Terraform refuses any other name of a workspace.
_WORKSPACE_NAME = re.compile(r"[\w.~$&+:=@-]+", re.ASCII)


def questions_of(context: FunctionContext, path: Value) -> tuple[Question, ...]:
    """What to ask so that a path which is not known gets known: whether it leads to the first file that it
    still may lead to.

    Nothing where that cannot be told, or too many files fit. Raises FileNotFoundError where it leads to
    nothing that is there, whatever the inputs are.
    """
    part = _first_open(path)
    names = _names(context, part) if part else None
    if part is None or names is None:
        return ()
    for name in names:
        answer = compare(part.whole, string(name))
        if answer.is_equal is not False and _may_be_there(context, part, name):
            return answer.questions
    if part.is_one_name:
        raise FileNotFoundError
    return ()


# --- the part of a path that is not known ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """The first part of a path, between slashes, that is not known: one value between two texts.

    folder: what comes before it. later: the parts after it.
    """

    folder: str
    before: str
    value: Value
    after: str
    later: tuple[tuple[Piece, ...], ...]

    @property
    def whole(self) -> Value:
        return joined((self.before, self.value, self.after))

    @property
    def is_one_name(self) -> bool:
        """Whether it is a name in the folder for certain, whatever the inputs are, and all that comes after
        lies below: no slash, no way up, and no `~` that stands for a home directory."""
        at_home = not self.folder + self.before and self.after[:1] in ("", "\\")
        return _holds_no_slash(self.value) and not at_home and all(map(_lies_below, self.later))

    def rest(self) -> str | None:
        """What comes after it, if that is known."""
        known = ["".join(map(str, part)) for part in self.later if not _values(part)]
        return "".join(f"/{text}" for text in known) if len(known) == len(self.later) else None

    def fits(self, name: str) -> bool:
        """Whether an entry of the folder is one that the value can lead to."""
        inner = name[len(self.before) : len(name) - len(self.after)]
        if self.before + inner + self.after != name or not _is_text(name):
            return False
        return self.value.unknown.term != WORKSPACE or _WORKSPACE_NAME.fullmatch(inner) is not None


def _first_open(path: Value) -> _Part | None:
    """The first part that is not known, if one value that depends on inputs alone is not known in it."""
    if any(item.kind is not Kind.NOT_GIVEN for item in unknowns(path)):
        return None
    parts = list(_parts(path))
    place = next(index for index, part in enumerate(parts) if _values(part))
    values, later = _values(parts[place]), parts[place + 1 :]
    folder = "".join(f"{''.join(map(str, part))}/" for part in parts[:place])
    middle = next(index for index, piece in enumerate(parts[place]) if isinstance(piece, Value))
    before, after = ("".join(map(str, side)) for side in (parts[place][:middle], parts[place][middle + 1 :]))
    if len(values) > 1 or (folder + before).startswith("~") or (_UP,) in later:
        return None
    return _Part(folder, before, values[0], after, tuple(later))


def _parts(path: Value) -> Iterator[tuple[Piece, ...]]:
    """What stands between the slashes that are known."""
    part: list[Piece] = []
    for piece in pieces(path):
        first, *others = piece.split("/") if isinstance(piece, str) else [piece]
        part.append(first)
        for text in others:
            yield tuple(part)
            part = [text]
    yield tuple(part)


def _values(part: tuple[Piece, ...]) -> list[Value]:
    return [piece for piece in part if isinstance(piece, Value)]


def _holds_no_slash(value: Value) -> bool:
    """Whether no text that the value can be holds a slash."""
    match value.data:
        case str(text):
            return "/" not in text
        case Unknown(term=Applied(name=name, arguments=arguments)) if name in _OF_THE_SAME_LETTERS:
            return all(map(_holds_no_slash, arguments))
        case Unknown(term=term):
            return term == WORKSPACE or value.type in (NUMBER, BOOL)
    return value.type in (NUMBER, BOOL)


def _lies_below(part: tuple[Piece, ...]) -> bool:
    """Whether a part of a path leads to what lies below what comes before it."""
    values = _values(part)
    if not values:
        return part != (_UP,)
    is_no_way_up = any(isinstance(piece, str) and piece.strip(".") for piece in part)
    return is_no_way_up and all(map(_holds_no_slash, values))


# --- names that are there ----------------------------------------------------------------------


def _names(context: FunctionContext, part: _Part) -> list[str] | None:
    """The names that the part may stand for; None if they are too many, or lie where nothing is read."""
    entries = _entries(context, part.folder or ".")
    if entries is None:
        return None
    fitting = sorted(filter(part.fits, {*entries, "", ".", _UP}))
    return fitting if len(fitting) <= MOST_FILES else None


def _entries(context: FunctionContext, folder: str) -> list[str] | None:
    """The names in a folder; none if there is no such folder."""
    try:
        real = located(context, string(folder)).real
        with os.scandir(real) as found:
            names = [entry.name for entry in islice(found, _MOST_ENTRIES + 1)]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, FunctionError, NotDeterminedError):
        return None
    context.budget.spend(len(names) // _ENTRIES_A_STEP + _LOOKED_AT)
    return names if len(names) <= _MOST_ENTRIES else None


def _is_text(name: str) -> bool:
    """Whether a string of Terraform's can be this name: others are not in its normal form, or no UTF-8."""
    return nfc(os.fsencode(name).decode(errors="replace")) == name


def _may_be_there(context: FunctionContext, part: _Part, name: str) -> bool:
    """Whether there may be something at the path that has this name in it; what cannot be looked at may."""
    rest = part.rest()
    if rest is None:
        return True
    context.budget.spend(_LOOKED_AT)
    try:
        located(context, string(part.folder + name + rest)).real.stat()
    except FileNotFoundError:
        return False
    except (OSError, FunctionError, NotDeterminedError):
        return True
    return True
