"""User verdicts to findings: what is said of each user that does not pass."""

from __future__ import annotations

from collections.abc import Iterable

from guard.inventory.model import Count, Source
from guard.rule_table import RULES
from guard.rules import Finding, UserVerdict, Verdict
from guard.visible import visible

RULE = RULES["more-than-one-active-key"]

REMEDY = '{keep}: set `status = "Inactive"` on {others}, or remove its resource.'

HELP = {
    Source.CONFIGURATION: "Give the inputs (`--var`, `--var-file`), check a plan file instead, or: ",
    Source.PLAN: "Name the directory that was planned as well (`check plan.json DIR`), or: ",
    Source.ACCOUNT: "Read the account again, with what `iam-key-guard audit --print-policy` allows, or: ",
    Source.STATE: "Check a plan, or the account itself (`iam-key-guard audit`), or: ",
}


def findings_of(users: Iterable[UserVerdict], limit: int) -> tuple[Finding, ...]:
    """A finding for every user whose verdict is not pass."""
    return tuple(finding_of(user, limit) for user in users if user.verdict is not Verdict.PASS)


def finding_of(user: UserVerdict, limit: int) -> Finding:
    counting = [key for key in user.keys if key.active.high != 0]
    return Finding(
        rule=RULE,
        level=RULE.level,
        verdict=user.verdict,
        account=user.account,
        user=user.label,
        root=user.root,
        message=message(user, limit),
        remedy=remedy(user, limit),
        locations=tuple(key.at for key in counting if key.at),
        addresses=tuple(key.address for key in counting if key.address),
        waived=user.waived,
    )


def message(user: UserVerdict, limit: int) -> str:
    who = f"IAM user {visible(user.label)} (account {user.account.name})"
    match user.verdict:
        case Verdict.VIOLATION:
            return f"{who} has {amount(user.active)}; at most {limit} may be active."
        case Verdict.POSSIBLE:
            return f"{who} may have {amount(user.active)}: with {user.witness} there are more than {limit}."
        case _:
            return f"{who} may have {amount(user.active)}, and it cannot be determined how many: {user.why}."


def remedy(user: UserVerdict, limit: int) -> str:
    keep = _kept(visible(user.label), limit)
    if user.verdict is Verdict.UNDETERMINED:
        return HELP.get(user.source, HELP[Source.CONFIGURATION]) + keep
    return keep


def _kept(user: str, limit: int) -> str:
    if limit == 0:
        return REMEDY.format(keep=f"No key of {user} may be active", others="each")
    if limit == 1:
        return REMEDY.format(keep=f"Keep one key of {user} active", others="the key that is going away")
    return REMEDY.format(keep=f"Keep at most {limit} keys of {user} active", others="each other one")


def amount(count: Count) -> str:
    """`2 active access keys`, `1 to 3 active access keys`, `any number of active access keys`."""
    if count.high is None:
        return f"{count.low} or more active access keys" if count.low else "any number of active access keys"
    if count.low != count.high:
        return f"{count.low} to {count.high} active access keys"
    return f"{count.low} active access key{'' if count.low == 1 else 's'}"
