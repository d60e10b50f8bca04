"""Arguments and attributes of the resource types that names of users come from.

Only what differs from the general rule is listed: for any other type, an argument that is
configured has the configured value, and everything else is known at apply.
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_user
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.records import dataclass, field
from guard.values.types import ANY, BOOL, NUMBER, STRING, ListOf, MapOf, SetOf, Type
from guard.values.value import FALSE, Value, null, string


@dataclass(frozen=True, slots=True)
class Schema:
    """arguments: their types, and their value when absent. computed: attributes known at apply only.

    never_null: computed attributes that are known not to be null before apply.
    closed: no other attribute exists, and no other argument is accepted.
    """

    arguments: Mapping[str, tuple[Type, Value]]
    computed: Mapping[str, Type]
    never_null: frozenset[str] = field(default=frozenset())
    required: frozenset[str] = field(default=frozenset())
    closed: bool = False

    def argument_type(self, name: str) -> Type:
        return self.arguments[name][0] if name in self.arguments else ANY


def _absent(type: Type) -> tuple[Type, Value]:
    return type, null(type)


_TAGS = MapOf(STRING)

MANAGED: Mapping[str, Schema] = {
    "aws_iam_access_key": Schema(
        arguments={"user": _absent(STRING), "status": (STRING, string("Active")), "pgp_key": _absent(STRING)},
        computed={
            "id": STRING,
            "create_date": STRING,
            "encrypted_secret": STRING,
            "encrypted_ses_smtp_password_v4": STRING,
            "key_fingerprint": STRING,
            "secret": STRING,
            "ses_smtp_password_v4": STRING,
        },
        required=frozenset({"user"}),
        closed=True,
    ),
    "awsutils_expiring_iam_access_key": Schema(
        arguments={
            "user": _absent(STRING),
            "max_age": _absent(NUMBER),
            "status": (STRING, string("Active")),
            "pgp_key": _absent(STRING),
        },
        computed={"id": STRING, "secret": STRING, "ses_smtp_password_v4": STRING},
        required=frozenset({"user"}),
    ),
    "aws_iam_user": Schema(
        arguments={
            "name": _absent(STRING),
            "path": (STRING, string("/")),
            "permissions_boundary": _absent(STRING),
            "force_destroy": (BOOL, FALSE),
            "tags": _absent(_TAGS),
        },
        computed={"id": STRING, "arn": STRING, "unique_id": STRING, "tags_all": _TAGS},
        required=frozenset({"name"}),
        closed=True,
    ),
    "terraform_data": Schema(
        arguments={"input": _absent(ANY), "triggers_replace": _absent(ANY)},
        computed={"id": STRING, "output": ANY},
        never_null=frozenset({"id"}),
        closed=True,
    ),
    "null_resource": Schema(
        arguments={"triggers": _absent(MapOf(STRING))}, computed={"id": STRING}, closed=True
    ),
}

SENSITIVE: Mapping[str, frozenset[str]] = {
    "aws_iam_access_key": frozenset({"secret", "ses_smtp_password_v4"}),
    "awsutils_expiring_iam_access_key": frozenset({"secret", "ses_smtp_password_v4"}),
}

# What data sources answer, where the type decides how for_each or an index reads it.
DATA: Mapping[str, Mapping[str, Type]] = {
    "aws_iam_users": {"names": SetOf(STRING), "arns": SetOf(STRING), "id": STRING},
    "aws_iam_user": {
        "user_name": STRING,
        "arn": STRING,
        "id": STRING,
        "path": STRING,
        "permissions_boundary": STRING,
        "tags": _TAGS,
        "user_id": STRING,
    },
    "aws_iam_group": {"group_name": STRING, "arn": STRING},
    "aws_caller_identity": {"account_id": STRING, "arn": STRING, "user_id": STRING, "id": STRING},
    "aws_region": {"name": STRING, "id": STRING},
    "aws_partition": {"partition": STRING, "id": STRING, "dns_suffix": STRING},
    "aws_ssm_parameter": {"name": STRING, "value": STRING, "arn": STRING},
    "aws_iam_access_keys": {"user": STRING, "access_keys": SetOf(ANY)},
    "aws_organizations_organization": {"accounts": ListOf(ANY)},
}

EMPTY = Schema({}, {})


def schema_of(type: str) -> Schema:
    return MANAGED.get(type, EMPTY)
