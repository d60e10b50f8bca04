"""Access keys to users: who has how many active keys, as a range."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from guard.inventory.model import NONE, AccessKey, Account, Count, User, same_account, same_user
from guard.rules import UserVerdict, Verdict

ACCOUNT_ID_LENGTH = 12


@dataclass(slots=True)
class Holding:
    """The keys that certainly belong to one user, and those that may belong to it as well."""

    user: User
    account: Account
    root: str
    keys: list[AccessKey] = field(default_factory=list)
    perhaps: list[AccessKey] = field(default_factory=list)

    @property
    def active(self) -> Count:
        own = reduce(Count.__add__, (key.active for key in self.keys), NONE)
        return reduce(Count.__add__, (Count(0, key.active.high) for key in self.perhaps), own)

    @property
    def peak(self) -> Count | None:
        """Keys active at once during apply, where a key says that it differs from after it."""
        if all(key.peak is None for key in self.keys):
            return None
        return reduce(Count.__add__, (key.peak or key.active for key in self.keys), NONE)


def is_account_id(account: Account) -> bool:
    return len(account.name) == ACCOUNT_ID_LENGTH and account.name.isdigit()


def holdings(keys: Iterable[AccessKey]) -> list[Holding]:
    """Group keys by user. Roots are separate states: only a known account id joins users across them."""
    named: dict[tuple[str, str, str], Holding] = {}
    unnamed: dict[str, list[Holding]] = defaultdict(list)
    for key in keys:
        scope = "" if is_account_id(key.account) else key.root
        if key.user.name is not None and key.account.name != "unknown":
            place = (scope, key.account.name, key.user.name.lower())
            named.setdefault(place, Holding(key.user, key.account, key.root)).keys.append(key)
        else:
            _join(unnamed[key.root], key)
    result = [*named.values(), *(item for group in unnamed.values() for item in group)]
    _find_perhaps(result, unnamed)
    return result


def _join(group: list[Holding], key: AccessKey) -> None:
    for holding in group:
        if same_account(holding.account, key.account) and same_user(holding.user, key.user):
            holding.keys.append(key)
            return
    group.append(Holding(key.user, key.account, key.root, [key]))


def _find_perhaps(all_holdings: Sequence[Holding], unnamed: dict[str, list[Holding]]) -> None:
    """Tell every holding which keys of another one may be its own, because it is not known whose they are."""
    by_root: dict[str, list[Holding]] = defaultdict(list)
    for holding in all_holdings:
        for root in {key.root for key in holding.keys}:
            by_root[root].append(holding)
    for root, group in unnamed.items():
        for unclear in group:
            for other in by_root[root]:
                if other is not unclear and _perhaps_same(unclear, other):
                    other.perhaps.extend(unclear.keys)
                    if other not in group:
                        unclear.perhaps.extend(key for key in other.keys if key.root == root)


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
        root=holding.root,
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
    active = reduce(Count.__add__, (user.active for user in group))
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
        keys=tuple(key for user in group for key in user.keys),
        witness=next((user.witness for user in group if user.witness), None),
        why=why if verdict is Verdict.UNDETERMINED else None,
    )


def _why(holding: Holding) -> str:
    """What keeps the number open, as a clause."""
    reasons = [key.why for key in (*holding.keys, *holding.perhaps) if key.why]
    if reasons:
        return "; ".join(dict.fromkeys(reasons))
    others = ", ".join(dict.fromkeys(key.address or key.user.label for key in holding.perhaps))
    return f"it is not known whether {others} belongs to the same user"
