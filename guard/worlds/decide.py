"""The users of a root to verdicts: by their ranges; those that these leave open, by going through worlds."""

from __future__ import annotations

from guard.inventory.roots import Evaluation, RootModule
from guard.lang.budget import Budget
from guard.ledger import holdings, user_verdict
from guard.records import dataclass
from guard.rules import UserVerdict


@dataclass(frozen=True, slots=True)
class Decided:
    """What was read of a root, and the verdicts of all its users.

    root: where versions of modules had to be chosen, with the newest that fit.
    """

    root: RootModule
    evaluation: Evaluation
    users: tuple[UserVerdict, ...]


def decide_root(root: RootModule, limit: int) -> Decided:
    """What a root says of its users, whatever its inputs and the versions of its modules are."""
    evaluation = root.evaluate()
    if root.finder.open_choices:
        from guard.worlds.versions import decide_versions

        return decide_versions(root, limit)
    return decided(root, evaluation, limit)


def decided(root: RootModule, evaluation: Evaluation, limit: int, budget: Budget | None = None) -> Decided:
    """The same for these versions. budget: shared with other searches."""
    users = decide(root, evaluation, limit, budget)
    if evaluation.unread:
        from guard.worlds.unread import with_unread

        users = with_unread(users, evaluation.unread)
    return Decided(root, evaluation, users)


def decide(
    root: RootModule, evaluation: Evaluation, limit: int, budget: Budget | None = None
) -> tuple[UserVerdict, ...]:
    """The verdicts of the users to whom an evaluation gives keys."""
    found = holdings(item.key for item in evaluation.found)
    undecided = [holding for holding in found if holding.active.within(limit) is None]
    verdicts = {}
    if undecided:
        from guard.worlds.search import search

        verdicts = search(root, evaluation, undecided, limit, budget or Budget())
    return tuple(verdicts.get(id(holding)) or user_verdict(holding, limit) for holding in found)
