"""The rules, by name."""

from __future__ import annotations

from guard.rules import Level, Rule

_RULES = (
    Rule(
        "more-than-one-active-key",
        Level.ERROR,
        "An IAM user has more than one active access key",
        "A second active key doubles what can leak and hides a stranger's key in the free slot. "
        'Keep one key; set `status = "Inactive"` on the other or remove it.',
    ),
    Rule(
        "root-access-key",
        Level.ERROR,
        "The root user has an active access key",
        "A key of the root user can do everything and no policy limits it. Delete it and use roles.",
    ),
    Rule(
        "key-reactivated",
        Level.WARNING,
        "The plan makes an inactive key active again",
        "Someone may have disabled this key on purpose, for instance during an incident: a `status` that is "
        'not set means Active. Set `status = "Inactive"` or remove the key.',
    ),
    Rule(
        "keys-overlap-during-apply",
        Level.WARNING,
        "Two keys of a user are active at once while the plan is applied",
        "`create_before_destroy` makes the new key before the old one goes. Make sure that the apply ends.",
    ),
    Rule(
        "key-quota-exceeded",
        Level.WARNING,
        "A user would get a third access key",
        "AWS allows two keys per user, inactive ones included: the apply fails with LimitExceeded. "
        "Delete a key first.",
    ),
    Rule(
        "key-forgotten",
        Level.WARNING,
        "Terraform forgets a key that stays alive in AWS",
        "`destroy = false` removes the key from the state only. Deactivate it in the account.",
    ),
    Rule(
        "stale-key",
        Level.WARNING,
        "An active key is older than allowed",
        "Replace it by temporary credentials of a role, or rotate it.",
    ),
    Rule(
        "unused-key",
        Level.WARNING,
        "An active key has not been used for a long time",
        "A key that nobody uses can only be misused: set it to Inactive.",
    ),
    Rule(
        "waiver-expiring",
        Level.WARNING,
        "A waiver ends within three days",
        "Finish the rotation, or renew the waiver with its owner.",
    ),
)

RULES = {rule.name: rule for rule in _RULES}
