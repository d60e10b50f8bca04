"""Modules that are not on disk, where the version constraint allows versions that behave differently.

Every combination of versions is decided like a root of its own. What all of them say holds; where they
differ, the worst is possible, and the versions that lead to it are part of the witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from guard.config.summaries import Choice, Row
from guard.diagnostics import error
from guard.inventory.missing import Unread
from guard.inventory.model import NONE, Count, same_account, same_user
from guard.inventory.roots import Evaluation, RootModule
from guard.rules import UserVerdict, Verdict, Witness
from guard.worlds.search import decide

MOST_COMBINATIONS = 32


@dataclass(frozen=True, slots=True)
class Alternative:
    """Rows of one module that lead to the same keys: one of them stands for all."""

    choice: Choice
    rows: tuple[Row, ...]
    calls: tuple[str, ...]

    @property
    def versions(self) -> str:
        return " or ".join(str(row.versions & self.choice.allowed) for row in reversed(self.rows))


@dataclass(frozen=True, slots=True)
class Decided:
    """What one combination of versions leads to."""

    combination: tuple[Alternative, ...]
    evaluation: Evaluation
    users: tuple[UserVerdict, ...]


def decide_root(root: RootModule, limit: int) -> tuple[Evaluation, tuple[UserVerdict, ...]]:
    """What was read of a root, and the verdicts of all its users."""
    evaluation = root.evaluate()
    choices = dict(root.finder.open_choices)
    if not choices:
        return evaluation, _with_unread(decide(root, evaluation, limit), evaluation.unread)
    alternatives = [_alternatives(root, choice, calls) for choice, calls in choices.items()]
    combinations = list(product(*alternatives))
    newest = _decided(root, combinations[0], limit)
    if len(combinations) > MOST_COMBINATIONS:
        return _undecided(newest, alternatives)
    all_decided = [newest, *(_decided(root, item, limit) for item in combinations[1:])]
    said = dict.fromkeys(said for item in all_decided for said in item.evaluation.diagnostics)
    return replace(newest.evaluation, diagnostics=tuple(said)), tuple(_merged(all_decided))


def _decided(root: RootModule, combination: tuple[Alternative, ...], limit: int) -> Decided:
    chosen = root.with_choices({item.choice: item.rows[0] for item in combination})
    evaluation = chosen.evaluate()
    users = _with_unread(decide(chosen, evaluation, limit), evaluation.unread)
    return Decided(combination, evaluation, users)


def _undecided(
    newest: Decided, alternatives: Sequence[Sequence[Alternative]]
) -> tuple[Evaluation, tuple[UserVerdict, ...]]:
    """Too many combinations to try: incomplete, and no user is proved safe."""
    calls = ", ".join(sorted({call for group in alternatives if len(group) > 1 for call in group[0].calls}))
    why = f"more than {MOST_COMBINATIONS} combinations of versions of {calls} would have to be tried"
    detail = f"The modules are not on disk, and {why}. Give each an exact version, or run `terraform init`."
    said = (*newest.evaluation.diagnostics, error("Module versions not decided", detail))
    users = (
        replace(user, verdict=max(user.verdict, Verdict.UNDETERMINED), why=user.why or why)
        for user in newest.users
    )
    return replace(newest.evaluation, diagnostics=said), tuple(users)


# --- rows that matter --------------------------------------------------------------------------


def _alternatives(
    root: RootModule, choice: Choice, calls: Iterable[tuple[str, ...]]
) -> Sequence[Alternative]:
    """The rows that a choice allows, those with the same keys together, without the ones that Terraform
    would refuse for their own sake: they lack an argument that the call gives."""
    tried = [
        (row, root.with_choices({choice: row}).evaluate()) for row in choice.module.rows_for(choice.allowed)
    ]
    common = set.intersection(*(set(evaluation.refusals) for _, evaluation in tried))
    fitting = [item for item in tried if set(item[1].refusals) == common] or tried[:1]
    names = tuple(f"module.{'.module.'.join(path)}" for path in calls)
    groups: dict[object, list[Row]] = {}
    for number, (row, evaluation) in enumerate(fitting):
        groups.setdefault(_signature(evaluation) or number, []).append(row)
    return [Alternative(choice, tuple(rows), names) for rows in groups.values()]


def _signature(evaluation: Evaluation) -> object | None:
    """What two evaluations have in common if they mean the same in every world; None if that is not sure."""
    keys = [item.key for item in evaluation.found]
    if any(key.user.name is None or key.active.low != key.active.high for key in keys):
        return None
    found = tuple((key.address, key.user.name, key.account.name, key.status, key.active) for key in keys)
    return found, evaluation.diagnostics


# --- verdicts ----------------------------------------------------------------------------------


def _merged(decided: Sequence[Decided]) -> Iterator[UserVerdict]:
    """Every user of any combination, with what all combinations say about it."""
    users: list[UserVerdict] = []
    for user in (user for item in decided for user in item.users):
        if not any(_is_same(user, other) for other in users):
            users.append(user)
    for user in users:
        yield _across(user, decided)


def _across(user: UserVerdict, decided: Sequence[Decided]) -> UserVerdict:
    mine = [(item, next((one for one in item.users if _is_same(one, user)), None)) for item in decided]
    verdicts = {one.verdict if one else Verdict.PASS for _, one in mine}
    item, worst = max(
        ((item, one) for item, one in mine if one is not None), key=lambda pair: pair[1].verdict
    )
    active = _widest([one.active if one else NONE for _, one in mine])
    if len(verdicts) == 1 or worst.verdict is Verdict.PASS:
        return replace(worst, active=active)
    versions = _versions(item.combination, decided)
    if worst.verdict is Verdict.UNDETERMINED:
        shown = ", ".join(f"{name} {value}" for name, value in versions.items())
        return replace(worst, active=active, why=f"with {shown}: {worst.why}")
    given = worst.witness or Witness({})
    witness = replace(given, inputs={**versions, **given.inputs})
    return replace(worst, verdict=Verdict.POSSIBLE, active=active, witness=witness, why=None)


def _versions(combination: Iterable[Alternative], decided: Sequence[Decided]) -> Mapping[str, str]:
    """The versions of a combination, as far as they make a difference."""
    first = decided[0].combination
    differing = {item.choice for one in decided for item in one.combination if item not in first}
    return {
        f"{call} version": item.versions
        for item in combination
        if item.choice in differing
        for call in item.calls
    }


def _widest(counts: Sequence[Count]) -> Count:
    highs = [count.high for count in counts]
    high = None if None in highs else max(high for high in highs if high is not None)
    return Count(min(count.low for count in counts), high)


def _is_same(one: UserVerdict, other: UserVerdict) -> bool:
    return one.label.lower() == other.label.lower() and same_account(one.account, other.account) is not False


def _with_unread(users: Sequence[UserVerdict], unread: Sequence[Unread]) -> tuple[UserVerdict, ...]:
    """The users, with those undetermined for whom a module that is not on disk may make keys as well."""
    return tuple(_touched(user, unread) for user in users)


def _touched(user: UserVerdict, unread: Sequence[Unread]) -> UserVerdict:
    why = next((item.why for item in unread if same_user(user.keys[0].user, item.user)), None)
    if why is None or user.verdict >= Verdict.POSSIBLE:
        return user
    return replace(
        user, verdict=Verdict.UNDETERMINED, why=user.why or why, active=Count(user.active.low, None)
    )
