"""What each rule means, why it is there, how to fix what it finds, and where that is said, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from guard.records import dataclass

QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
UPDATE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html"
ACCESS_KEYS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html"
ROOT_USER = "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html"
RESOURCE = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_access_key"
LIFECYCLE = "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle"
REMOVED = "https://developer.hashicorp.com/terraform/language/resources/syntax"
LAST_USED = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html"
PROWLER = "https://github.com/prowler-cloud/prowler (prowler/compliance/aws/cis_*_aws.json)"
POWERPIPE = "https://github.com/turbot/steampipe-mod-aws-compliance (cis_v*)"
ATTACK = "https://attack.mitre.org/techniques/T1098/001/"
DEACTIVATE = "aws iam update-access-key --user-name USER --access-key-id ID --status Inactive"
UNDO = "undo: the same command with --status Active"
WHEN_USED = "aws iam get-access-key-last-used --access-key-id ID"
OUR_CHOICE = "a choice of iam-key-guard; see docs/configuration.md"


@dataclass(frozen=True, slots=True)
class Explanation:
    """why: what the rule protects from. terraform and account: how to fix it there, one step each.

    controls: numbers in benchmarks, by benchmark. sources: where all of this comes from.
    """

    why: str
    terraform: tuple[str, ...]
    account: tuple[str, ...]
    sources: tuple[str, ...]
    controls: tuple[str, ...] = ()


EXPLANATIONS: Mapping[str, Explanation] = {
    "more-than-one-active-key": Explanation(
        why="Each active key can leak by itself. AWS allows two keys per user, and no IAM condition or "
        "service control policy lowers that. A user who has two keys hides one that an intruder makes.",
        terraform=(
            'set status = "Inactive" on the key that is going away, or remove its aws_iam_access_key',
            "to rotate: a second key under a waiver, then Inactive, then removed (docs/rotation.md)",
            "better: no key at all, a role with temporary credentials",
        ),
        account=("list: aws iam list-access-keys --user-name USER", WHEN_USED, DEACTIVATE, UNDO),
        sources=(PROWLER, POWERPIPE, QUOTAS, UPDATE, RESOURCE, ATTACK),
        controls=(
            "CIS AWS Foundations 1.3, 1.4, 1.5, 2.0, 3.0, 4.0: 1.13",
            "CIS AWS Foundations 5.0: 1.12",
            "CIS AWS Foundations 6.0: 2.12",
            "CIS AWS Foundations 7.0: retired; its 2.12 is rotation within 90 days, which goes through two "
            "active keys for a while",
        ),
    ),
    "root-access-key": Explanation(
        why="A key of the root user can do everything in the account, and no IAM policy limits it.",
        terraform=("Terraform makes no such key: nothing to change",),
        account=(
            "sign in as the root user, deactivate the key, see what breaks, delete it",
            "use roles for what it did",
        ),
        sources=(ROOT_USER,),
    ),
    "key-reactivated": Explanation(
        why="A key whose status is not set is planned as Active. Someone may have disabled it on purpose, "
        "for instance during an incident, and applying the plan makes it usable again.",
        terraform=('set status = "Inactive" on the key, or remove it, before applying',),
        account=("find out who deactivated it: UpdateAccessKey in CloudTrail",),
        sources=(RESOURCE, "https://github.com/hashicorp/terraform-provider-aws/issues/19605"),
    ),
    "keys-overlap-during-apply": Explanation(
        why="With create_before_destroy the new key is active before the old one is gone. An apply that "
        "stops between the two leaves both active.",
        terraform=("make sure that the apply ends, and run it again if it does not",),
        account=("afterwards: iam-key-guard audit --user USER",),
        sources=(LIFECYCLE,),
    ),
    "key-quota-exceeded": Explanation(
        why="AWS allows two keys per user, inactive ones included. A third is refused with LimitExceeded, in "
        "the middle of the apply.",
        terraform=("remove a key in an earlier apply",),
        account=("delete a key that has long been inactive: aws iam delete-access-key (no undo)",),
        sources=(QUOTAS,),
    ),
    "key-forgotten": Explanation(
        why="A removed block with destroy = false takes the key out of the state only. It stays alive in "
        "AWS, and nobody rotates it any more.",
        terraform=("let Terraform destroy the key: leave out destroy = false",),
        account=(WHEN_USED, DEACTIVATE, UNDO),
        sources=(REMOVED,),
    ),
    "stale-key": Explanation(
        why="The longer a key lives, the more places have seen it. 90 days is the age that CIS names; "
        "--max-age sets another.",
        terraform=("use a role with temporary credentials, or rotate the key (docs/rotation.md)",),
        account=(WHEN_USED, DEACTIVATE, UNDO),
        sources=(PROWLER, UPDATE),
    ),
    "unused-key": Explanation(
        why="A key that nobody uses can only be misused.",
        terraform=('set status = "Inactive", later remove the resource',),
        account=(WHEN_USED, DEACTIVATE, UNDO),
        sources=(LAST_USED, ACCESS_KEYS),
    ),
    "waiver-expiring": Explanation(
        why="After its last day a waiver does not count, and the finding fails again.",
        terraform=(
            'finish the rotation: status = "Inactive" on the old key',
            "or renew the waiver with its owner",
        ),
        account=(),
        sources=(OUR_CHOICE,),
    ),
}
