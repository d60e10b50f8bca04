"""What to say of a function name that does not exist."""

from __future__ import annotations

from collections.abc import Iterable

_NEAR = 3


def unknown_name(name: str, known: Iterable[str]) -> str:
    """Terraform's sentence, with a name that is nearly the same if there is one."""
    namespace, found, last = name.rpartition("::")
    near = next((other for other in sorted(known) if _distance(last, other) < _NEAR), None)
    if not found:
        return f'There is no function named "{name}".' + (f' Did you mean "{near}"?' if near else "")
    if namespace != "core":
        return f'There are no functions in namespace "{namespace}::".'
    hint = f" Did you mean {namespace}::{near}?" if near else ""
    return f'There is no function named "{last}" in namespace {namespace}::.{hint}'


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
