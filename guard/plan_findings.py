"""What a plan does to a user's keys, beyond their number after apply: findings that warn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guard.inventory.model import NONE, AccessKey, Change, Source, Status
from guard.rule_table import RULES
from guard.rules import Finding, Rule, UserVerdict, Verdict
from guard.visible import visible

REACTIVATED = RULES["key-reactivated"]
FORGOTTEN = RULES["key-forgotten"]
OVERLAP = RULES["keys-overlap-during-apply"]
QUOTA = RULES["key-quota-exceeded"]
KEYS_PER_USER = 2
"""https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: inactive keys count too."""

_REMEDIES = {
    REACTIVATED: (
        'If the key was disabled on purpose, set `status = "Inactive"` on it or remove it before applying: '
        "a key without `status` is planned as Active."
    ),
    FORGOTTEN: (
        "Let Terraform destroy the key (no `destroy = false`), or deactivate it in the account once nothing "
        "uses it: nobody will rotate it any more."
    ),
    OVERLAP: (
        "This is the way to rotate without an outage. Make sure that the apply ends: one that stops between "
        "the two leaves both keys active."
    ),
    QUOTA: f"AWS allows {KEYS_PER_USER} keys per user (LimitExceeded). Delete one in an earlier plan.",
}
_DISABLED = frozenset({Status.INACTIVE, Status.EXPIRED})
_MADE = frozenset({Change.CREATED, Change.REPLACED})


def plan_findings(users: Iterable[UserVerdict], limit: int) -> tuple[Finding, ...]:
    """The warnings about users whose keys come from plans (the quota also from configurations)."""
    return tuple(finding for user in users for finding in _of_user(user, limit))


def _of_user(user: UserVerdict, limit: int) -> Iterator[Finding]:
    yield from _reactivated(user)
    yield from _forgotten(user)
    yield from _overlap(user, limit)
    yield from _quota(user)


def _reactivated(user: UserVerdict) -> Iterator[Finding]:
    keys = [key for key in user.keys if _is_reactivated(key)]
    if keys:
        verb = "is" if all(key.active.low for key in keys) else "may be"
        yield _finding(REACTIVATED, user, keys, f"{_which(keys)} of {_who(user)} {verb} made active again.")


def _is_reactivated(key: AccessKey) -> bool:
    return key.change is Change.UPDATED and key.was in _DISABLED and key.active != NONE


def _forgotten(user: UserVerdict) -> Iterator[Finding]:
    keys = [key for key in user.keys if key.change is Change.FORGOTTEN and key.active != NONE]
    if keys:
        text = f"{_which(keys)} of {_who(user)} stays active in AWS while Terraform forgets it."
        yield _finding(FORGOTTEN, user, keys, text)


def _overlap(user: UserVerdict, limit: int) -> Iterator[Finding]:
    """Only what the apply brings about: two keys that are active already are no news here."""
    if user.peak is None or user.peak.high is None or user.active.high is None:
        return
    before = sum(1 for key in user.keys if key.was not in (None, *_DISABLED))
    if user.peak.high > max(before, user.active.high, limit):
        keys = [key for key in user.keys if (key.peak or key.active) != NONE]
        text = (
            f"While the plan is applied, {_who(user)} may have {user.peak.high} active access keys at once."
        )
        yield _finding(OVERLAP, user, keys, text)


def _quota(user: UserVerdict) -> Iterator[Finding]:
    if not any(key.change in _MADE or key.source is Source.CONFIGURATION for key in user.keys):
        return
    existing = sum((key.crowd or key.exists for key in user.keys), NONE)
    if existing.low > KEYS_PER_USER:
        text = f"{_who(user)} would have {existing.low} access keys, inactive ones included: the apply fails."
        yield _finding(QUOTA, user, user.keys, text)
    elif (existing.high or 0) > KEYS_PER_USER and user.source is Source.PLAN:
        text = (
            f"{_who(user)} may have {existing.high} access keys at once, inactive ones included: the apply "
            "may fail, because nothing makes Terraform delete one before it creates the next."
        )
        yield _finding(QUOTA, user, user.keys, text)


def _finding(rule: Rule, user: UserVerdict, keys: Iterable[AccessKey], text: str) -> Finding:
    concerned = list(keys)
    return Finding(
        rule=rule,
        level=rule.level,
        verdict=Verdict.PASS,
        account=user.account,
        user=user.label,
        root=user.root,
        message=text[0].upper() + text[1:],
        remedy=_REMEDIES[rule],
        locations=tuple(key.at for key in concerned if key.at),
        addresses=tuple(dict.fromkeys(key.address for key in concerned if key.address)),
    )


def _who(user: UserVerdict) -> str:
    return f"IAM user {visible(user.label)} (account {visible(user.account.name)})"


def _which(keys: Iterable[AccessKey]) -> str:
    return "the key " + ", ".join(dict.fromkeys(visible(key.address or "") for key in keys))
