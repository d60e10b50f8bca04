"""The waivers of the settings on the users of a live account.

They lift `more-than-one-active-key` only: no waiver covers a key of the root user, nor what was not read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from guard.diagnostics import Diagnostic, warning
from guard.inventory.account.model import AccountReading
from guard.inventory.model import ROOT_USER, Reading
from guard.records import dataclass
from guard.rules import UserVerdict
from guard.suppress import Applied, apply
from guard.visible import visible
from guard.waiver import MOST_DAYS, Waiver


@dataclass(frozen=True, slots=True)
class Waivers:
    """The waivers of an audit.

    today: in UTC. most_days: how many days ahead one may end. asked: the only users that are audited;
    empty means all.
    """

    stated: tuple[Waiver, ...]
    today: date
    most_days: int = MOST_DAYS
    asked: tuple[str, ...] = ()

    def applied(self, reading: AccountReading, users: Sequence[UserVerdict]) -> Applied:
        """The users of an account with the waivers in force on them. users: as they are in the reading.

        Nothing is said of waivers for users and accounts that this audit did not look at.
        """
        mine = [waiver for waiver in self.stated if self._concerns(waiver, reading)]
        if not mine:
            return Applied(tuple(users))
        open_to = [number for number, user in enumerate(users) if _may_be_waived(user)]
        settled = [waiver for waiver in mine if _is_settled(waiver, reading)]
        result = apply([users[number] for number in open_to], settled, self.today, self.most_days)
        waived = dict(zip(open_to, result.users, strict=True))
        return Applied(
            tuple(waived.get(number, user) for number, user in enumerate(users)),
            (*result.diagnostics, *_for_root(mine), *_for_configurations(mine, result.users)),
        )

    def _concerns(self, waiver: Waiver, reading: AccountReading) -> bool:
        asked = {name.lower() for name in self.asked}
        return waiver.account == reading.account.name and (not asked or waiver.user.lower() in asked)


def _may_be_waived(user: UserVerdict) -> bool:
    return user.label != ROOT_USER and user.reading is not Reading.UNREAD


def _is_settled(waiver: Waiver, reading: AccountReading) -> bool:
    """Whether the reading tells if the waiver fits: its user was read, or is certainly not there."""
    if waiver.root is not None or waiver.user == ROOT_USER or reading.failed:
        return False
    name = waiver.user.lower()
    found = [user.reading for user in reading.users if user.name.lower() == name]
    return Reading.UNREAD not in found and (bool(found) or not reading.nameless)


def _for_root(waivers: Sequence[Waiver]) -> Iterator[Diagnostic]:
    for waiver in waivers:
        if waiver.user == ROOT_USER:
            text = f"No waiver covers keys of the root user (account {waiver.account})."
            yield warning("Waiver without effect", text, waiver.at)


def _for_configurations(waivers: Sequence[Waiver], users: Sequence[UserVerdict]) -> Iterator[Diagnostic]:
    """Waivers for one root module only that someone may have meant for the account."""
    failing = {user.label.lower() for user in users if user.verdict and user.waived is None}
    for waiver in waivers:
        if waiver.root is not None and waiver.user.lower() in failing:
            text = (
                f"The waiver for {visible(waiver.user)} (account {waiver.account}) is for the root module "
                f"{visible(waiver.root)} only; without root it would hold for the account, too."
            )
            yield warning("Waiver without effect", text, waiver.at)
