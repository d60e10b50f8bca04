"""Modules that are not on disk, where the version constraint allows versions that behave differently.

Every combination of versions is decided like a root of its own. What all of them say holds; where they
differ, the worst is possible, and the versions that lead to it are part of the witness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod

from guard.config.summaries import Choice, Row
from guard.diagnostics import error
from guard.inventory.model import NONE, Count
from guard.inventory.roots import Evaluation, RootModule
from guard.lang.budget import STEPS, Budget
from guard.records import dataclass, replace
from guard.rules import UserVerdict, Verdict, Witness
from guard.worlds.decide import Decided, decided

MOST_COMBINATIONS = 32
BUDGETS = 4


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
class Tried:
    """What one combination of versions leads to."""

    combination: tuple[Alternative, ...]
    decided: Decided

    @property
    def users(self) -> tuple[UserVerdict, ...]:
        return self.decided.users


def decide_versions(root: RootModule, limit: int) -> Decided:
    """What a root says of its users with every combination of the versions that its calls leave open.

    The choices are those that were met when the root was evaluated.
    """
    budget = Budget(BUDGETS * STEPS)
    choices = dict(root.finder.open_choices)
    alternatives = [_alternatives(root, choice, calls, budget) for choice, calls in choices.items()]
    newest = _tried(root, tuple(group[0] for group in alternatives), limit, budget)
    if prod(map(len, alternatives)) > MOST_COMBINATIONS:
        return _undecided(newest.decided, alternatives)
    others = [item for item in product(*alternatives) if item != newest.combination]
    every = [newest, *(_tried(root, item, limit, budget) for item in others)]
    said = dict.fromkeys(said for item in every for said in item.decided.evaluation.diagnostics)
    evaluation = replace(newest.decided.evaluation, diagnostics=tuple(said))
    return replace(newest.decided, evaluation=evaluation, users=tuple(_merged(every)))


def _tried(root: RootModule, combination: tuple[Alternative, ...], limit: int, budget: Budget) -> Tried:
    chosen = root.with_choices({item.choice: item.rows[0] for item in combination})
    return Tried(combination, decided(chosen, chosen.evaluate(budget=budget), limit, budget))


def _undecided(newest: Decided, alternatives: Sequence[Sequence[Alternative]]) -> Decided:
    """Too many combinations to try: incomplete, and no user is proved safe."""
    calls = ", ".join(sorted({call for group in alternatives if len(group) > 1 for call in group[0].calls}))
    why = f"more than {MOST_COMBINATIONS} combinations of versions of {calls} would have to be tried"
    detail = f"The modules are not on disk, and {why}. Give each an exact version, or run `terraform init`."
    said = (*newest.evaluation.diagnostics, error("Module versions not decided", detail))
    users = (
        replace(user, verdict=max(user.verdict, Verdict.UNDETERMINED), why=user.why or why)
        for user in newest.users
    )
    evaluation = replace(newest.evaluation, diagnostics=said)
    return replace(newest, evaluation=evaluation, users=tuple(users))


# --- rows that matter --------------------------------------------------------------------------


def _alternatives(
    root: RootModule, choice: Choice, calls: Iterable[tuple[str, ...]], budget: Budget
) -> Sequence[Alternative]:
    """The rows that a choice allows, those with the same keys together, without the ones that Terraform
    would refuse for their own sake: they lack an argument that the call gives."""
    tried = [
        (row, root.with_choices({choice: row}).evaluate(budget=budget))
        for row in choice.module.rows_for(choice.allowed)
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


Who = tuple[str, str, int]


def _merged(tried: Sequence[Tried]) -> Iterator[UserVerdict]:
    """Every user of any combination, with what all combinations say about it."""
    named = [_by_name(item.users) for item in tried]
    for who in dict.fromkeys(who for users in named for who in users):
        yield _across([users.get(who) for users in named], tried)


def _by_name(users: Iterable[UserVerdict]) -> Mapping[Who, UserVerdict]:
    """The users by account and label, and by number where several share both."""
    found: dict[Who, UserVerdict] = {}
    numbers: Counter[tuple[str, str]] = Counter()
    for user in users:
        who = (user.account.name, user.label.lower())
        found[*who, numbers[who]] = user
        numbers[who] += 1
    return found


def _across(mine: Sequence[UserVerdict | None], tried: Sequence[Tried]) -> UserVerdict:
    """One user in all combinations: None in those that give it no keys."""
    present = [(item, one) for item, one in zip(tried, mine, strict=True) if one is not None]
    item, worst = max(present, key=lambda pair: pair[1].verdict)
    verdicts = {one.verdict if one else Verdict.PASS for one in mine}
    active = _widest([one.active if one else NONE for one in mine])
    if len(verdicts) == 1 or worst.verdict is Verdict.PASS:
        return replace(worst, active=active)
    versions = _versions(item.combination, tried)
    if worst.verdict is Verdict.UNDETERMINED:
        shown = ", ".join(f"{name} {value}" for name, value in versions.items())
        return replace(worst, active=active, why=f"with {shown}: {worst.why}")
    given = worst.witness or Witness({})
    witness = replace(given, inputs={**versions, **given.inputs})
    return replace(worst, verdict=Verdict.POSSIBLE, active=active, witness=witness, why=None)


def _versions(combination: Iterable[Alternative], tried: Sequence[Tried]) -> Mapping[str, str]:
    """The versions of a combination, as far as they make a difference."""
    first = tried[0].combination
    differing = {item.choice for one in tried for item in one.combination if item not in first}
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
