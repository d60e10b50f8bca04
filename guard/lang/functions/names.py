"""What to say of a function name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

from guard.diagnostics import error
from guard.source import SourceRange
from guard.values.errors import EvaluationError, NotDeterminedError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_NEAR = 3


def refuse_name(name: str, known: Iterable[str], at: SourceRange) -> NoReturn:
    """Raise Terraform's error, with a name that is nearly the same if there is one.

    A wrong namespace is found before evaluation, so that `try` does not catch it.
    """
    namespace, separator, _ = name.partition("::")
    if separator:
        detail = (
            f'The function namespace "{namespace}" is not valid. Provider function calls must use the '
            '"provider::" namespace prefix.'
        )
        raise NotDeterminedError(error("Unknown provider function", detail, at))
    near = next((other for other in sorted(known) if _distance(name, other) < _NEAR), None)
    hint = f' Did you mean "{near}"?' if near else ""
    raise EvaluationError("Call to unknown function", f'There is no function named "{name}".{hint}', at)


def _distance(one: str, other: str) -> int:
    """How many letters to insert, remove or replace (Levenshtein); long names are far from each other."""
    if abs(len(one) - len(other)) >= _NEAR:
        return _NEAR
    row = list(range(len(other) + 1))
    for count, letter in enumerate(one, 1):
        before, row = row, [count]
        for index, theirs in enumerate(other):
            row.append(min(before[index] + (letter != theirs), before[index + 1] + 1, row[index] + 1))
    return row[-1]
