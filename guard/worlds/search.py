"""Users that ranges leave open, decided by going through worlds.

Every question splits a world into all of its answers, so when each world that remains passes, every
value of the inputs passes. A world with too many keys becomes a witness only after it was evaluated
again with real values for all inputs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from guard.addresses import covers
from guard.diagnostics import GuardError
from guard.inventory.configuration import Found, KeyResource
from guard.inventory.identity import compare_accounts, compare_users, name_value
from guard.inventory.model import AccessKey, Count
from guard.inventory.roots import Evaluation, RootModule
from guard.lang.budget import Budget
from guard.lang.world import World
from guard.ledger import Holding, holdings, user_verdict
from guard.records import dataclass, field, replace
from guard.rules import UserVerdict, Verdict, Witness
from guard.values.answers import of_making
from guard.values.unknown import Ask, Question, Unknown
from guard.values.value import Value
from guard.worlds.literals import Literals, literals_of
from guard.worlds.outcomes import outcomes
from guard.worlds.witness import confirmed_witness

MOST_WORLDS = 400
MOST_BY_WHOLES = 60
_FIRST = (Ask.TRUTH, Ask.EQUAL, Ask.NULL, Ask.SIZE, Ask.HAS, Ask.TEXT)


@dataclass(slots=True)
class Open:
    """A user that the range leaves open, while worlds are gone through.

    counts: what its number of active keys was in the worlds seen.
    """

    holding: Holding
    resources: frozenset[KeyResource]
    verdict: Verdict | None = None
    witness: Witness | None = None
    why: str | None = None
    counts: list[Count] = field(default_factory=list)


def search(
    root: RootModule, evaluation: Evaluation, undecided: Sequence[Holding], limit: int, budget: Budget
) -> dict[int, UserVerdict]:
    """The verdicts of users whom an evaluation leaves open, by the id of their holdings."""
    resource_of = {id(item.key): item.resource for item in evaluation.found}
    groups = list(_groups(undecided, resource_of))
    if any(item.wholes != item.questions for item in evaluation.found):
        for group in groups:
            _pass_by_wholes(_Search(root, group, limit, budget, by_wholes=True).run())
    for group in groups:
        _Search(root, group, limit, budget).run()
    return {id(item.holding): _verdict(item, limit) for group in groups for item in group}


def _pass_by_wholes(group: Sequence[Open]) -> None:
    """Keep what such a search proves; what it leaves open is looked at in full."""
    for item in group:
        if item.verdict is not Verdict.PASS:
            item.verdict, item.why, item.counts = None, None, []


def _groups(undecided: Sequence[Holding], resource_of: dict[int, KeyResource]) -> Iterator[list[Open]]:
    """The open users in groups that share key resources: the groups can be decided one by one."""
    rest = [
        Open(holding, frozenset(resource_of[id(key)] for key in (*holding.keys, *holding.perhaps)))
        for holding in undecided
    ]
    while rest:
        group = [rest.pop(0)]
        resources = set(group[0].resources)
        while joined := [item for item in rest if item.resources & resources]:
            group += joined
            rest = [item for item in rest if item not in joined]
            resources.update(*(item.resources for item in joined))
        yield group


def _verdict(item: Open, limit: int) -> UserVerdict:
    verdict = user_verdict(item.holding, limit)
    match item.verdict:
        case Verdict.POSSIBLE:
            return replace(
                verdict,
                verdict=Verdict.POSSIBLE,
                witness=item.witness,
                why=None,
                active=_range(item),
            )
        case Verdict.UNDETERMINED:
            return replace(verdict, why=item.why or verdict.why)
        case _:
            return replace(verdict, verdict=Verdict.PASS, why=None, active=_range(item))


def _range(item: Open) -> Count:
    """The range over all worlds seen; where a witness ended the search, the rest stays open above."""
    low = min((count.low for count in item.counts), default=item.holding.active.low)
    highs = [count.high for count in item.counts]
    if item.verdict is Verdict.POSSIBLE:
        return item.holding.active
    return Count(low, None if None in highs else max((high for high in highs if high is not None), default=0))


class _Search:
    """One group of open users, and the worlds still to be gone through.

    by_wholes: ask for collections that are made of inputs as such, in few worlds. These cover more than
        inputs can bring about, so what passes in all of them does, and nothing else is told.
    """

    def __init__(
        self, root: RootModule, group: list[Open], limit: int, budget: Budget, *, by_wholes: bool = False
    ) -> None:
        self._by_wholes = by_wholes
        self._most = MOST_BY_WHOLES if by_wholes else MOST_WORLDS
        self._literals: dict[int, Literals] = {}
        self._root = root
        self._group = group
        self._limit = limit
        self._budget = budget
        self._only = frozenset(resource for item in group for resource in item.resources)
        self._worlds = deque([World()])
        self._seen = 0
        self._accepted = False
        self._why: str | None = None

    def run(self) -> list[Open]:
        """Go through the worlds, the ones with the fewest assumptions first."""
        while self._worlds and self._pending():
            self._seen += 1
            if self._seen > self._most:
                self._why = f"more than {self._most} combinations of inputs would have to be tried"
                break
            if self._why and self._by_wholes:
                break
            self._visit(self._worlds.popleft())
        if not self._why and not self._accepted:
            self._why = "Terraform refuses every combination of inputs that was tried"
        for item in self._pending():
            item.verdict = Verdict.UNDETERMINED if self._why else Verdict.PASS
            item.why = self._why
        return self._group

    def _pending(self) -> list[Open]:
        return [item for item in self._group if item.verdict is None]

    def _visit(self, world: World) -> None:
        evaluation = self._root.evaluate(world, self._only, budget=self._budget)
        if evaluation.refusals and self._by_wholes:
            self._blocked(evaluation.refusals[0].detail)
        if evaluation.refused:
            return  # Terraform refuses these inputs, so they make no keys
        self._accepted = True
        if len(evaluation.diagnostics) > len(self._root.origin.diagnostics):
            self._blocked(evaluation.diagnostics[-1].detail)
            return
        try:
            self._look_at(world, evaluation)
        except GuardError as problem:  # of a declaration that nothing on the way to the keys asks for
            self._blocked(problem.diagnostic.detail)

    def _look_at(self, world: World, evaluation: Evaluation) -> None:
        literals = self._literals_of(evaluation)
        found = holdings(item.key for item in evaluation.found)
        self._record(found)
        if not self._too_many(world, found, literals):
            self._split(world, found, evaluation.found, literals)

    def _literals_of(self, evaluation: Evaluation) -> Literals:
        """The literals of what was read so far."""
        read = sum(module.blocks_read for module in evaluation.modules)
        if read not in self._literals:
            inputs = self._root.origin.inputs.values.values()
            self._literals[read] = literals_of(evaluation.modules, inputs, self._limit)
        return self._literals[read]

    def _record(self, found: Iterable[Holding]) -> None:
        """Note the numbers that are decided in this world; for the others its parts will tell."""
        known = list(found)
        for item in self._pending():
            mine = [holding.active for holding in known if _same(item, holding)] or [Count(0, 0)]
            item.counts += [count for count in mine if count.within(self._limit) is not None]

    def _too_many(self, world: World, found: Sequence[Holding], literals: Literals) -> bool:
        """Whether a user has too many keys in this world; those that a witness proves are decided."""
        over = [holding for holding in found if holding.active.within(self._limit) is False]
        if not over:
            return False
        if self._by_wholes:
            self._blocked(_why_of(over[0]))
            return True
        result = confirmed_witness(
            self._root, world, self._only, self._limit, literals, self._budget, names=_names(over)
        )
        if result is None:
            self._blocked(_why_of(over[0]))
            return True
        for item in self._pending():
            if any(_same(item, holding) for holding in over):
                item.verdict, item.witness = Verdict.POSSIBLE, result
        return not self._pending()

    def _split(
        self, world: World, found: Sequence[Holding], keys: Sequence[Found], literals: Literals
    ) -> None:
        open_ones = [holding for holding in found if holding.active.within(self._limit) is None]
        if not open_ones:
            return
        for question in self._questions(open_ones, keys):
            answers = list(outcomes(question, world, literals))
            if answers and all(answer.facts != world.facts for answer in answers):
                self._worlds.extend(answers)
                return
        self._blocked(user_verdict(open_ones[0], self._limit).why or "it is not known")

    def _questions(self, open_ones: Sequence[Holding], keys: Sequence[Found]) -> Iterator[Question]:
        """What blocks the open users, what is answered by few worlds first."""
        by_key = {id(item.key): item.wholes if self._by_wholes else item.questions for item in keys}
        asked = [
            question
            for holding in open_ones
            for key in (*holding.keys, *holding.perhaps)
            for question in by_key[id(key)]
        ]
        asked += [question for holding in open_ones for question in _about_identity(holding)]
        return iter(sorted(dict.fromkeys(asked), key=lambda question: _FIRST.index(question.ask)))

    def _blocked(self, why: str) -> None:
        self._why = self._why or why


def _same(item: Open, holding: Holding) -> bool:
    """Whether a user of a world is the open user: by name, or by the resources its keys come from."""
    if item.holding.user.name is not None and holding.user.name is not None:
        return item.holding.user.name.lower() == holding.user.name.lower()
    return any(_same_key(mine, other) for mine in item.holding.keys for other in holding.keys)


def _same_key(mine: AccessKey, other: AccessKey) -> bool:
    """Whether keys come from one resource, in instances of modules that may be the same."""
    if mine.at != other.at or mine.address is None or other.address is None:
        return mine.at == other.at
    return covers(mine.address, other.address) or covers(other.address, mine.address)


def _about_identity(holding: Holding) -> Iterator[Question]:
    """What would tell whether keys that perhaps belong to a user do."""
    for key in holding.perhaps:
        accounts = compare_accounts(key.account, holding.account)
        if accounts.is_equal is None:
            yield from _of_making(key.account.value, holding.account.value) or accounts.questions
        user = holding.keys[0].user
        users = compare_users(user, key.user)
        if users.is_equal is None:
            yield from _of_making(name_value(user), name_value(key.user)) or users.questions


def _of_making(*names: Value | None) -> tuple[Question, ...]:
    """What decides how names are made of inputs (`coalesce(var.a, var.b)`): that goes before the names."""
    return tuple(
        question
        for name in names
        if name is not None and isinstance(name.data, Unknown)
        for question in of_making(name.data)
    )


def _names(found: Iterable[Holding]) -> tuple[Value, ...]:
    """What names the users and accounts of holdings, where that is not known."""
    keys = [key for holding in found for key in holding.keys]
    return tuple(value for key in keys for value in (key.user.value, key.account.value) if value is not None)


def _why_of(holding: Holding) -> str:
    keys = ", ".join(key.address or "" for key in holding.keys)
    return f"{keys} may belong to one user, and no inputs were found that prove or rule it out"
