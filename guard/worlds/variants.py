"""Variable files that lie in a root but are not loaded: each is tried as if it were given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from guard.config.inputs import variable_file, with_file
from guard.diagnostics import Diagnostic, GuardError, note, warning
from guard.inventory.identity import same_account
from guard.inventory.model import Count
from guard.inventory.roots import RootModule
from guard.ledger import user_verdicts
from guard.records import replace
from guard.rules import UserVerdict, Verdict, Witness


def with_variants(
    root: RootModule, users: Sequence[UserVerdict], files: Iterable[Path], limit: int
) -> tuple[tuple[UserVerdict, ...], list[Diagnostic]]:
    """The users, with those that have too many keys under one of these variable files as possible.

    Only what such a file certainly leads to counts, so a file that does not fit the root changes nothing.
    """
    result = list(users)
    said: list[Diagnostic] = []
    for path in files:
        shown = root.loader.workspace.show(path)
        try:
            values = variable_file(path, root.loader.workspace)
        except GuardError as problem:
            said.append(warning("Variable file not tried", f"{shown}: {problem.diagnostic.detail}"))
            continue
        evaluation = root.evaluate(inputs=with_file(root.origin.inputs, values))
        if not evaluation.refusals:
            result = _merged(result, user_verdicts((item.key for item in evaluation.found), limit), path.name)
        said.append(
            note("Variable file tried", f"{shown} is not loaded by Terraform; what it leads to was tried.")
        )
    return tuple(result), said


def _merged(users: Iterable[UserVerdict], tried: Iterable[UserVerdict], file: str) -> list[UserVerdict]:
    result = list(users)
    for violating in (user for user in tried if user.verdict is Verdict.VIOLATION):
        place = next((number for number, user in enumerate(result) if _same(user, violating)), None)
        if place is None:
            result.append(_possible(violating, Count(0, violating.active.high), file))
        elif result[place].verdict < Verdict.POSSIBLE:
            result[place] = _possible(result[place], _widened(result[place].active, violating.active), file)
    return result


def _same(one: UserVerdict, other: UserVerdict) -> bool:
    return one.label.lower() == other.label.lower() and same_account(one.account, other.account) is not False


def _possible(user: UserVerdict, active: Count, file: str) -> UserVerdict:
    witness = Witness({"-var-file": file}, "", (file,))
    return replace(user, verdict=Verdict.POSSIBLE, active=active, witness=witness, why=None)


def _widened(one: Count, other: Count) -> Count:
    high = None if one.high is None or other.high is None else max(one.high, other.high)
    return Count(min(one.low, other.low), high)
