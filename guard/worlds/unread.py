"""Users for whom a module that is not on disk may make keys as well."""

from __future__ import annotations

from collections.abc import Sequence

from guard.inventory.identity import same_user
from guard.inventory.missing import Unread
from guard.inventory.model import Count
from guard.records import replace
from guard.rules import UserVerdict, Verdict


def with_unread(users: Sequence[UserVerdict], unread: Sequence[Unread]) -> tuple[UserVerdict, ...]:
    """The users, with those undetermined for whom a module that is not on disk may make keys as well."""
    return tuple(_touched(user, unread) for user in users)


def _touched(user: UserVerdict, unread: Sequence[Unread]) -> UserVerdict:
    why = next((item.why for item in unread if same_user(user.keys[0].user, item.user)), None)
    if why is None or user.verdict >= Verdict.POSSIBLE:
        return user
    return replace(
        user, verdict=Verdict.UNDETERMINED, why=user.why or why, active=Count(user.active.low, None)
    )
