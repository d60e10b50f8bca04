"""Access keys to users: who has how many active keys, as a range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from guard.inventory.identity import same_account, same_user
from guard.inventory.model import NONE, AccessKey, Account, Count, Source, User
from guard.records import dataclass, field, replace
from guard.rules import UserVerdict, Verdict

ACCOUNT_ID_LENGTH = 12
MOST_COMPARED = 100
MOST_PAIRS = 200_000
MOST_LISTED = 4


@dataclass(slots=True)
class Holding:
    """The keys that certainly belong to one user, and those that may belong to it as well.

    others: how many further active keys may be its own, where there are too many to go through.
    """

    user: User
    account: Account
    root: str
    keys: list[AccessKey] = field(default_factory=list)
    perhaps: list[AccessKey] = field(default_factory=list)
    others: Count = NONE

    def add(self, key: AccessKey) -> None:
        """Count one more key; where the account of one is not certain, the user's is not."""
        self.keys.append(key)
        if not key.account.certain:
            self.account = key.account

    @property
    def active(self) -> Count:
        return sum((key.active for key in self.keys), self.others) + _at_most(self.perhaps)

    @property
    def peak(self) -> Count | None:
        """Keys active at once during apply, where that is more than after it."""
        peak = sum((key.peak or key.active for key in self.keys), self.others) + _at_most(self.perhaps)
        return peak if peak != self.active else None


def is_account_id(account: Account) -> bool:
    return len(account.name) == ACCOUNT_ID_LENGTH and account.name.isdigit()


def holdings(keys: Iterable[AccessKey]) -> list[Holding]:
    """Group keys by user. Roots are separate states: only a known account id joins users across them."""
    named: dict[tuple[str, str, str], Holding] = {}
    unnamed: dict[str, _Unnamed] = defaultdict(_Unnamed)
    for key in keys:
        scope = "" if is_account_id(key.account) else key.root
        if key.user.name is not None and key.account.name != "unknown":
            place = (scope, key.account.identity, key.user.name.lower())
            holding = named.setdefault(place, Holding(key.user, key.account, key.root))
            holding.add(key)
        else:
            unnamed[key.root].add(key)
    result = [*named.values(), *(item for group in unnamed.values() for item in group.holdings)]
    for holding in result:
        holding.keys = _once(holding.keys)
    unclear = {id(item) for group in unnamed.values() for item in group.holdings}
    unclear |= {id(item) for item in named.values() if not item.account.certain}
    _find_perhaps(result, unclear)
    return result


def _once(keys: list[AccessKey]) -> list[AccessKey]:
    """Keys of one id as one: several states may know a key (removed from one, imported into another).

    A plan knows more than a state; among plans, the one that leaves the key active counts.
    """
    best: dict[str, AccessKey] = {}
    for key in keys:
        if key.key_id and _weight(key) > _weight(best.get(key.key_id)):
            best[key.key_id] = key
    return [key for key in keys if not key.key_id or best[key.key_id] is key]


def _weight(key: AccessKey | None) -> tuple[bool, bool, bool]:
    return (
        key is not None,
        key is not None and key.source is Source.PLAN,
        key is not None and key.active != NONE,
    )


@dataclass(slots=True)
class _Unnamed:
    """The users of one root whose name or account is not known."""

    holdings: list[Holding] = field(default_factory=list)
    _by_sign: dict[object, list[Holding]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: AccessKey) -> None:
        """Give the key to the user that it certainly belongs to, or to a new one."""
        sign = _sign(key.user)
        alike = self._by_sign[sign]
        for holding in chain(alike, self.holdings if len(self.holdings) <= MOST_COMPARED else ()):
            if same_account(holding.account, key.account) and same_user(holding.user, key.user):
                holding.add(key)
                return
        holding = Holding(key.user, key.account, key.root, [key])
        self.holdings.append(holding)
        if len(alike) < MOST_COMPARED:
            alike.append(holding)


def _sign(user: User) -> object:
    """What users that are certainly the same mostly share."""
    return _folded(user) or user.managed_by or user.value


def _find_perhaps(all_holdings: Sequence[Holding], unclear: set[int]) -> None:
    """Tell every holding which keys of another one may be its own, because it is not known whose they are."""
    by_root: dict[str, _Root] = defaultdict(_Root)
    for holding in all_holdings:
        for root in {key.root for key in holding.keys}:
            by_root[root].add(holding, is_open=id(holding) in unclear)
    for root, group in by_root.items():
        pairs = sum(len(group.candidates(one)) for one in group.open_ones)
        if pairs > MOST_PAIRS:
            _allow_for_all(group)
        else:
            _compare_all(root, group, unclear)


@dataclass(slots=True)
class _Root:
    """The users of a root. open_ones: those whose name or account is not certain."""

    all: list[Holding] = field(default_factory=list)
    open_ones: list[Holding] = field(default_factory=list)
    _by_name: dict[str | None, list[Holding]] = field(default_factory=lambda: defaultdict(list))

    def add(self, holding: Holding, *, is_open: bool) -> None:
        self.all.append(holding)
        self._by_name[_folded(holding.user)].append(holding)
        if is_open:
            self.open_ones.append(holding)

    def candidates(self, one: Holding) -> Sequence[Holding]:
        """Those that may be the same user, as far as names tell."""
        name = _folded(one.user)
        return self.all if name is None else [*self._by_name[name], *self._by_name[None]]


def _folded(user: User) -> str | None:
    return None if user.name is None else user.name.lower()


def _compare_all(root: str, group: _Root, unclear: set[int]) -> None:
    for one in group.open_ones:
        for other in group.candidates(one):
            if other is not one and _perhaps_same(one, other):
                other.perhaps.extend(_maybe_active(one, root))
                if id(other) not in unclear:
                    one.perhaps.extend(_maybe_active(other, root))


def _maybe_active(holding: Holding, root: str) -> Iterator[AccessKey]:
    """The keys of a root that count, whoever has them."""
    return (key for key in holding.keys if key.root == root and key.active.high != 0)


def _allow_for_all(group: _Root) -> None:
    """Too many to compare: let every key whose user is unclear be anybody's, and any key that user's."""
    opened = {id(item) for item in group.open_ones}
    unclear = sum((_at_most(item.keys) for item in group.open_ones), NONE)
    every = sum((_at_most(item.keys) for item in group.all), NONE)
    for item in group.all:
        item.others += every if id(item) in opened else unclear


def _at_most(keys: Iterable[AccessKey]) -> Count:
    return sum((Count(0, key.active.high) for key in keys), NONE)


def _perhaps_same(one: Holding, other: Holding) -> bool:
    return (
        same_account(one.account, other.account) is not False and same_user(one.user, other.user) is not False
    )


def user_verdicts(keys: Iterable[AccessKey], limit: int) -> tuple[UserVerdict, ...]:
    """The verdict of every user that has or may have a key, as far as ranges decide it."""
    return tuple(user_verdict(holding, limit) for holding in holdings(keys))


def user_verdict(holding: Holding, limit: int) -> UserVerdict:
    within = holding.active.within(limit)
    verdict = {True: Verdict.PASS, False: Verdict.VIOLATION, None: Verdict.UNDETERMINED}[within]
    first = holding.keys[0]
    return UserVerdict(
        account=holding.account,
        label=holding.user.label,
        name=holding.user.name,
        root=", ".join(dict.fromkeys(key.root for key in holding.keys)),
        source=first.source,
        verdict=verdict,
        active=holding.active,
        keys=tuple(holding.keys),
        peak=holding.peak,
        why=_why(holding) if within is None else None,
    )


def across_roots(users: Iterable[UserVerdict], limit: int) -> tuple[UserVerdict, ...]:
    """Users with those of one known account and name made one, whatever roots they come from."""
    groups: dict[object, list[UserVerdict]] = {}
    for number, user in enumerate(users):
        joined = is_account_id(user.account) and user.name is not None
        place = (user.account.name, (user.name or "").lower()) if joined else number
        groups.setdefault(place, []).append(user)
    return tuple(group[0] if len(group) == 1 else _summed(group, limit) for group in groups.values())


def _summed(group: Sequence[UserVerdict], limit: int) -> UserVerdict:
    every = [key for user in group for key in user.keys]
    keys = _once(every)
    kept = {id(key) for key in keys}
    twice = [key.active for key in every if id(key) not in kept]
    active = _without((user.active for user in group), twice)
    peak = _without((user.peak or user.active for user in group), twice)
    within = active.within(limit)
    worst = max(user.verdict for user in group)
    verdict = (
        Verdict.VIOLATION if within is False else Verdict.PASS if within else max(worst, Verdict.UNDETERMINED)
    )
    roots = ", ".join(dict.fromkeys(user.root for user in group))
    why = next(
        (user.why for user in group if user.why), f"its keys in {roots} depend on inputs of several roots"
    )
    return replace(
        group[0],
        root=roots,
        verdict=verdict,
        active=active,
        keys=tuple(keys),
        peak=peak if peak != active else None,
        witness=next((user.witness for user in group if user.witness), None),
        why=why if verdict is Verdict.UNDETERMINED else None,
    )


def _without(counts: Iterable[Count], counted_twice: Iterable[Count]) -> Count:
    total = sum(counts, NONE)
    for count in counted_twice:
        high = None if total.high is None or count.high is None else total.high - count.high
        total = Count(max(0, total.low - count.low), high)
    return total


def _why(holding: Holding) -> str:
    """What keeps the number open, as a clause."""
    reasons = [key.why for key in (*holding.keys, *holding.perhaps) if key.why]
    reasons += _doubts(holding)
    if holding.others != NONE:
        reasons.append("there are too many keys whose users are not known to compare them")
    return _listed(dict.fromkeys(reasons), "; ")


def _doubts(holding: Holding) -> Iterator[str]:
    """Why keys that perhaps belong to the user perhaps do: their user or their account is not known."""
    for same, one, many in (
        (False, "belongs to the same user", "belong to the same user"),
        (True, "is in the same account", "are in the same account"),
    ):
        keys = [key for key in holding.perhaps if bool(same_user(holding.user, key.user)) is same]
        names = dict.fromkeys(key.address or key.user.label for key in keys)
        if names:
            yield f"it is not known whether {_listed(names, ', ')} {one if len(names) == 1 else many}"


def _listed(items: Iterable[str], separator: str) -> str:
    """The first items, and how many more there are."""
    known = list(items)
    more = [f"{len(known) - MOST_LISTED} more"] if len(known) > MOST_LISTED else []
    return separator.join([*known[:MOST_LISTED], *more])
