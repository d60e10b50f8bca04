"""A user's keys to advice: which to keep, why, and the commands that deactivate the others.

CIS AWS Foundations (1.3 to 6.0) says: keep a key less than 90 days old that is in use, deactivate the
other, and look again. It does not say which of two such keys to keep; the most recently used one stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from shlex import quote

from guard.inventory.model import AccessKey, LastUse
from guard.records import dataclass
from guard.reports.model import masked

UNUSED_AFTER = timedelta(days=90)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
_PLAIN = re.compile(r"[A-Za-z0-9]{4}")


@dataclass(frozen=True, slots=True)
class Ages:
    """The clock and the ages that rules go by. max_age: from which an active key is stale."""

    now: datetime
    max_age: timedelta = timedelta(days=90)
    unused: timedelta = UNUSED_AFTER

    def is_old(self, key: AccessKey) -> bool:
        return key.created is not None and self.now - key.created > self.max_age

    def in_use(self, key: AccessKey) -> bool:
        used = key.last_used.at if key.last_used else None
        return used is not None and self.now - used <= self.unused

    def is_unused(self, key: AccessKey) -> bool:
        """Older than the period and certainly not used in it; what is not known is not unused."""
        if key.created is None or key.last_used is None or self.now - key.created <= self.unused:
            return False
        return not self.in_use(key)

    def days(self, moment: datetime) -> int:
        return max(0, (self.now - moment).days)


def called(key: AccessKey, *, show: bool) -> str:
    return masked(key.key_id, show=show) if key.key_id else "a key"


def described(key: AccessKey, ages: Ages, *, show: bool) -> str:
    """`****WXYZ (12 days old, last used 2026-11-20 by s3 in eu-west-1)`."""
    age = f"{ages.days(key.created)} days old" if key.created else "age not known"
    return f"{called(key, show=show)} ({age}, {used(key.last_used)})"


def used(use: LastUse | None) -> str:
    if use is None:
        return "last use not known"
    if use.at is None:
        return "never used"
    return f"last used {use.at:%Y-%m-%d}" + _by(use)


def _by(use: LastUse) -> str:
    return (f" by {use.service}" if use.service else "") + (f" in {use.region}" if use.region else "")


def ranked(keys: Sequence[AccessKey], ages: Ages) -> list[AccessKey]:
    """The keys that count, the one to keep first.

    Certainly active, young and in use, in use, perhaps in use, last used, newest.
    """

    def worth(key: AccessKey) -> tuple[bool, bool, bool, bool, datetime, datetime]:
        in_use, use = ages.in_use(key), key.last_used
        young = in_use and not ages.is_old(key)
        at = use.at if use else None
        return (bool(key.active.low), young, in_use, use is None, at or LONG_AGO, key.created or LONG_AGO)

    return sorted((key for key in keys if key.active.high != 0), key=worth, reverse=True)


def advice(user: str, keys: Sequence[AccessKey], limit: int, ages: Ages, *, show: bool) -> str:
    """What to do about too many keys: sentences first, then commands on lines of their own."""
    order = ranked(keys, ages)
    kept, going = order[:limit], order[limit:]
    replaced = any(ages.is_old(key) for key in kept)
    moving = (_move(key, ages, show=show, replaced=replaced) for key in going)
    lines = [" ".join([*_keeping(kept, ages, show=show), *moving])]
    lines += [deactivation(user, key, keys, show=show) for key in going]
    lines.append(f"aws iam list-access-keys {_named(user)}")
    lines.append("The last command shows the result; `--status Active` takes a step back. Delete later.")
    return "\n".join(lines)


def _keeping(kept: Sequence[AccessKey], ages: Ages, *, show: bool) -> Iterator[str]:
    if not kept:
        yield "No key may be active: deactivate each."
    for key in kept:
        yield f"Keep {described(key, ages, show=show)}: {_reason(key, ages)}."


def _reason(key: AccessKey, ages: Ages) -> str:
    if ages.in_use(key):
        days = ages.max_age.days
        if ages.is_old(key):
            return f"it is in use, though older than {days} days: replace it by a new key soon"
        return f"it is in use and not older than {days} days"
    if key.last_used is None:
        return "when it was last used could not be read, so it may be in use; check before you act"
    if key.last_used.at is None:
        return "no key was ever used, and this is the newest; if nothing needs it, deactivate it as well"
    return "it was used last, though long ago; if nothing needs it any more, deactivate it as well"


def _move(key: AccessKey, ages: Ages, *, show: bool, replaced: bool) -> str:
    """What comes before a key goes; replaced: the one that stays is old, so this may be its replacement."""
    told = described(key, ages, show=show)
    if ages.in_use(key):
        return f"First move what uses {told} to the key that stays."
    if key.last_used is None:
        return f"First find out what uses {told}: when that was could not be read."
    if replaced and key.created is not None and not ages.is_old(key):
        return f"Deactivate {told}; or, if it is there to replace the other, move to it and deactivate that."
    return f"Deactivate {told}."


def _named(user: str) -> str:
    """The option that names a user; a name may begin with a dash."""
    return f"--user-name{'=' if user.startswith('-') else ' '}{quote(user)}"


def deactivation(user: str, key: AccessKey, keys: Sequence[AccessKey], *, show: bool) -> str:
    """The AWS command that sets a key to Inactive; a masked id is looked up by its last characters."""
    command = f"aws iam update-access-key {_named(user)} --status Inactive --access-key-id "
    if key.key_id is None:
        return f"aws iam list-access-keys {_named(user)}\n{command}ACCESS_KEY_ID"
    if show:
        return command + quote(key.key_id)
    ending = key.key_id[-4:]
    if not _PLAIN.fullmatch(ending) or sum(other.key_id[-4:] == ending for other in keys if other.key_id) > 1:
        return command + "ACCESS_KEY_ID  # its end is not unique: --show-key-ids shows it"
    query = f"AccessKeyMetadata[?ends_with(AccessKeyId, '{ending}')].AccessKeyId"
    lookup = f'aws iam list-access-keys {_named(user)} --output text --query "{query}"'
    return f'{command}"$({lookup})"'
