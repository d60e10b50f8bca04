"""Waivers: findings about users who may have more keys for a while, by someone's word and for a reason.

Whatever is not right about a waiver, it does not count, and the report says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from guard.diagnostics import Diagnostic, note, warning
from guard.findings import amount
from guard.inventory.model import DEFAULT_ACCOUNT, Count
from guard.records import dataclass, replace
from guard.rule_table import RULES
from guard.rules import Finding, UserVerdict, Verdict
from guard.source import SourceRange
from guard.visible import visible
from guard.waiver import Waiver

SOON = timedelta(days=3)
UNSTATED = frozenset({DEFAULT_ACCOUNT.name, "unknown"})
EXPIRING = RULES["waiver-expiring"]


@dataclass(frozen=True, slots=True)
class Applied:
    """The users, with the waivers in force on them, and what is to be said about waivers."""

    users: tuple[UserVerdict, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def apply(users: Sequence[UserVerdict], waivers: Iterable[Waiver], today: date, most_days: int) -> Applied:
    """Put each waiver on the users that it names, where it is valid today and names enough keys."""
    result = list(users)
    said: list[Diagnostic] = []
    for waiver in waivers:
        name = f"The waiver for {visible(waiver.user)} (account {visible(waiver.account)})"
        invalid = out_of_force("Waiver", name, waiver.until, waiver.at, today, most_days)
        if invalid:
            said.append(invalid)
            continue
        meant = [number for number, user in enumerate(users) if _means(waiver, user)]
        said += _without_effect(waiver, [users[number] for number in meant])
        inexact = _inexact(waiver, name, [users[number] for number in meant if needs(users[number])])
        if inexact:
            said.append(inexact)
            continue
        for number in meant:
            if needs(users[number]) and covers(waiver.at_most, users[number].active):
                result[number] = replace(users[number], waived=result[number].waived or waiver.shown)
    return Applied(tuple(result), tuple(said))


def expiring(users: Iterable[UserVerdict], today: date) -> Iterator[Finding]:
    """A warning for every user whose waiver ends within three days."""
    for user in users:
        if user.waived and user.waived.until and date.fromisoformat(user.waived.until) - today <= SOON:
            yield Finding(
                rule=EXPIRING,
                level=EXPIRING.level,
                verdict=Verdict.PASS,
                account=user.account,
                user=user.label,
                root=user.root,
                message=f"The waiver for IAM user {visible(user.label)} (account {user.account.name}) "
                f"ends after {user.waived.until}; then {amount(user.active)} will fail.",
                remedy=f"Finish the rotation, or renew the waiver ({visible(user.waived.owner)}).",
                locations=tuple(key.at for key in user.keys if key.at),
                addresses=tuple(key.address for key in user.keys if key.address),
            )


def day(text: str) -> date | None:
    """The day of a text such as 2026-12-31, or None if there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def out_of_force(
    kind: str, name: str, until: str, at: SourceRange, today: date, most_days: int
) -> Diagnostic | None:
    """Why a waiver or an ignore with this last day does not count today, if so."""
    last = day(until)
    if last is None:
        return warning(
            f"Invalid {kind.lower()}", f"{name} does not count: there is no day {visible(until)}.", at
        )
    if last < today:
        text = f"{name} does not count any more: its last day was {until}. Remove or renew it."
        return warning(f"{kind} expired", text, at)
    if last > today + timedelta(days=most_days):
        text = f"{name} does not count: {until} is more than {most_days} days ahead (max-waiver-days)."
        return warning(f"{kind} too long", text, at)
    return None


def _means(waiver: Waiver, user: UserVerdict) -> bool:
    """Names are compared as AWS does, without regard to case; labels of unknown names exactly.

    The label of a known name is that name, and says more where it would mean two users.
    """
    if user.account.name != waiver.account or waiver.root not in (None, user.root):
        return False
    same_case = user.label == waiver.user
    return same_case or (user.name is not None and user.label.lower() == waiver.user.lower())


def _inexact(waiver: Waiver, name: str, meant: Sequence[UserVerdict]) -> Diagnostic | None:
    """Why a waiver does not count, where its account may be another one for each user that it fits."""
    accounts = {_account(user) for user in meant}
    if len(accounts) <= 1:
        return None
    roots = ", ".join(sorted({visible(user.root) for user in meant}))
    detail = (
        f"{name} does not count: it fits users of several root modules ({roots}), whose accounts are called "
        "the same and may differ. Add root to it, one waiver for each, or state the accounts in the settings."
    )
    return warning("Waiver not exact", detail, waiver.at)


def _account(user: UserVerdict) -> tuple[str, str | None]:
    """What names the account for certain: credentials that are not stated may differ by root module."""
    return user.account.identity, user.root if user.account.name in UNSTATED else None


def needs(user: UserVerdict) -> bool:
    """Whether something is to be waived."""
    return user.verdict is not Verdict.PASS


def covers(at_most: int, active: Count) -> bool:
    """Whether a number of keys is certainly within what is allowed for a while."""
    return active.high is not None and active.high <= at_most


def _without_effect(waiver: Waiver, meant: Sequence[UserVerdict]) -> Iterator[Diagnostic]:
    """Why a valid waiver changes nothing for a user, if so."""
    name = f"{visible(waiver.user)} (account {visible(waiver.account)})"
    if not meant:
        text = f"The waiver for {name} fits no user of this run: name account, user, root as reports do."
        yield warning("Waiver without effect", text, waiver.at)
    elif not any(map(needs, meant)):
        yield note("Waiver not needed", f"{name} passes without the waiver: remove it.", waiver.at)
    for user in meant:
        if needs(user) and not covers(waiver.at_most, user.active):
            text = f"The waiver for {name} allows {waiver.at_most}, and the user has {amount(user.active)}."
            yield warning("Waiver too small", text, waiver.at)
