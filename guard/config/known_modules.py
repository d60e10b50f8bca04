"""The table of modules that many people use: what keys and names they make, by version.

Used only where a module's code is not on disk. docs/known-modules.md says where every row was read.
"""

from __future__ import annotations

from collections.abc import Sequence

from guard.config.module_source import ModuleAddress, named_address
from guard.config.summaries import Choice, KnownModule, OwnModules, Row, Texts
from guard.config.versions import EVERY, Span, Version, VersionError, constraint, version
from guard.records import dataclass

ANY_OTHER = "*"


def _module(
    source: str, releases: Sequence[tuple[str, str, str, Texts]], *, makes_keys: bool = True
) -> KnownModule:
    """releases: since (included), before (excluded), the newest that was read, texts."""
    package, _, submodule = source.partition("//")
    rows = (
        Row(Span(version(since), version(before)), seen, texts) for since, before, seen, texts in releases
    )
    return KnownModule(package, submodule, tuple(rows), makes_keys)


_USER_0 = ("iam-user/variables-0.tf", "iam-user/user-0.tf")
_USERS = "iam-user/wrapper-variables.tf"

IAM_USER = _module(
    "terraform-aws-modules/iam/aws//modules/iam-user",
    [
        ("0.0.3", "0.2.0", "0.1.0", (*_USER_0, "iam-user/key-0.0.tf", "iam-user/outputs-0.tf")),
        ("0.2.0", "4.0.0", "3.16.0", (*_USER_0, "iam-user/keys-0.2.tf", "iam-user/outputs-0.tf")),
        ("4.0.0", "5.9.0", "5.8.0", (*_USER_0, "iam-user/keys-0.2.tf", "iam-user/outputs-4.tf")),
        ("5.9.0", "6.0.0", "5.60.0", (*_USER_0, "iam-user/keys-5.9.tf", "iam-user/outputs-4.tf")),
        ("6.0.0", "7.0.0", "6.5.0", ("iam-user/all-6.tf",)),
    ],
)
IAM_USER_WRAPPER = _module(
    "terraform-aws-modules/iam/aws//wrappers/iam-user",
    [
        ("5.22.0", "6.0.0", "5.60.0", (_USERS, "iam-user/wrapper-5.tf")),
        ("6.0.0", "7.0.0", "6.5.0", (_USERS, "iam-user/wrapper-6.tf")),
    ],
)

# The inputs and the outcome of cloudposse/label/null, by the release where each part changed.
_COMMON = "label/common-0.19.tf"
_INPUTS_0_12 = ("label/inputs-0.12.tf",)
_INPUTS_0_19 = ("label/inputs-0.19.tf", _COMMON)
_INPUTS_0_23 = ("label/inputs-0.23.tf", _COMMON, "label/common-0.23.tf")
_INPUTS_0_25 = ("label/inputs-0.25.tf", _COMMON, "label/common-0.23.tf")
_LABEL_0_19 = ("label/given-0.19.tf", "label/label-0.19.tf", "label/outputs-0.19.tf")
_LABEL_0_23 = ("label/attributes-0.22.tf", "label/label-0.23.tf", "label/outputs-0.19.tf")

LABEL = _module(
    "cloudposse/label/null",
    [
        ("0.12.0", "0.19.0", "0.18.0", (*_INPUTS_0_12, "label/label-0.12.tf")),
        ("0.19.0", "0.22.1", "0.22.0", (*_INPUTS_0_19, "label/attributes-0.19.tf", *_LABEL_0_19)),
        ("0.22.1", "0.23.0", "0.22.1", (*_INPUTS_0_19, "label/attributes-0.22.tf", *_LABEL_0_19)),
        ("0.23.0", "0.25.0", "0.24.1", (*_INPUTS_0_23, "label/given-0.23.tf", *_LABEL_0_23)),
        (
            "0.25.0",
            "1.0.0",
            "0.25.0",
            (*_INPUTS_0_25, "label/given-0.25.tf", *_LABEL_0_23, "label/outputs-0.25.tf"),
        ),
    ],
    makes_keys=False,
)

# The same inputs in a module that hands them on to its label.
_THIS_0_19 = (*_INPUTS_0_19, "label/this-0.19.tf")
_THIS_0_22 = (*_INPUTS_0_19, "label/this-0.22.tf")
_THIS_0_23 = (*_INPUTS_0_23, "label/this-0.23.tf")
_THIS_0_25 = (*_INPUTS_0_25, "label/this-0.25.tf")

_SYSTEM = "system-user/outputs.tf"
SYSTEM_USER = _module(
    "cloudposse/iam-system-user/aws",
    [
        ("0.5.0", "0.16.0", "0.15.0", (*_INPUTS_0_12, "system-user/key-0.5.tf", _SYSTEM)),
        ("0.16.0", "0.18.0", "0.17.0", (*_THIS_0_19, "system-user/key-0.16.tf", _SYSTEM)),
        ("0.18.0", "0.19.0", "0.18.0", (*_THIS_0_22, "system-user/key-0.16.tf", _SYSTEM)),
        (
            "0.19.0",
            "0.19.1",
            "0.19.0",
            (*_INPUTS_0_23, "label/this-0.23.0.tf", "system-user/key-0.16.tf", _SYSTEM),
        ),
        ("0.19.1", "0.20.0", "0.19.1", (*_THIS_0_23, "system-user/key-0.16.tf", _SYSTEM)),
        ("0.20.0", "0.22.1", "0.22.0", (*_THIS_0_23, "system-user/key-0.20.tf", _SYSTEM)),
        ("0.22.1", "0.23.0", "0.22.5", (*_THIS_0_25, "system-user/key-0.20.tf", _SYSTEM)),
        ("0.23.0", "1.0.0", "0.23.2", (*_THIS_0_25, "system-user/key-0.23.tf", _SYSTEM)),
        ("1.0.0", "2.0.0", "1.2.1", (*_THIS_0_25, "system-user/key-0.20.tf", _SYSTEM)),
    ],
)

_S3 = "s3-user/outputs.tf"
S3_USER = _module(
    "cloudposse/iam-s3-user/aws",
    [
        ("0.4.0", "0.10.1", "0.10.0", (*_INPUTS_0_12, "s3-user/user-0.4.tf", _S3)),
        ("0.10.1", "0.11.0", "0.10.1", (*_INPUTS_0_12, "s3-user/user-0.10.1.tf", _S3)),
        ("0.11.0", "0.13.0", "0.12.0", (*_THIS_0_19, "s3-user/with-0.17.0.tf", _S3)),
        ("0.13.0", "0.14.1", "0.14.0", (*_THIS_0_22, "s3-user/with-0.17.0.tf", _S3)),
        ("0.14.1", "0.14.2", "0.14.1", (*_THIS_0_22, "s3-user/with-0.18.0.tf", _S3)),
        ("0.14.2", "0.15.1", "0.15.0", (*_THIS_0_23, "s3-user/with-0.18.0.tf", _S3)),
        ("0.15.1", "0.15.3", "0.15.2", (*_THIS_0_23, "s3-user/with-0.20.2.tf", _S3)),
        ("0.15.3", "0.15.4", "0.15.3", (*_THIS_0_25, "s3-user/with-0.20.2.tf", _S3)),
        ("0.15.4", "0.15.8", "0.15.7", (*_THIS_0_25, "s3-user/with-0.22.5.tf", _S3)),
        ("0.15.8", "1.0.0", "0.15.10", (*_THIS_0_25, "s3-user/with-0.23.2.tf", _S3)),
        ("1.0.0", "2.0.0", "1.2.1", (*_THIS_0_25, "s3-user/with-1.2.1.tf", _S3)),
    ],
)

_FLAG = ("s3-bucket/flag.tf", "s3-bucket/outputs.tf")
_FLAG_4 = ("s3-bucket/flag-4.0.tf", "s3-bucket/key-4.0.tf", "s3-bucket/outputs.tf")
S3_BUCKET = _module(
    "cloudposse/s3-bucket/aws",
    [
        ("0.4.0", "0.21.0", "0.20.0", (*_INPUTS_0_12, "s3-bucket/user-0.4.tf", *_FLAG)),
        ("0.21.0", "0.22.0", "0.21.0", (*_INPUTS_0_12, "s3-bucket/user-0.21.tf", *_FLAG)),
        ("0.22.0", "0.26.0", "0.25.0", (*_THIS_0_19, "s3-bucket/with-0.11.0.tf", *_FLAG)),
        ("0.26.0", "0.28.0", "0.27.0", (*_THIS_0_19, "s3-bucket/with-0.12.0.tf", *_FLAG)),
        ("0.28.0", "0.30.0", "0.29.1", (*_THIS_0_22, "s3-bucket/with-0.12.0.tf", *_FLAG)),
        ("0.30.0", "0.30.3", "0.30.2", (*_THIS_0_23, "s3-bucket/with-0.12.0.tf", *_FLAG)),
        ("0.30.3", "0.42.1", "0.42.0", (*_THIS_0_23, "s3-bucket/with-0.15.2.tf", *_FLAG)),
        ("0.42.1", "0.42.2", "0.42.1", (*_THIS_0_25, "s3-bucket/with-0.15.2.tf", *_FLAG)),
        ("0.42.2", "0.43.1", "0.43.0", (*_THIS_0_25, "s3-bucket/with-0.15.3.tf", *_FLAG)),
        ("0.43.1", "2.0.2", "2.0.1", (*_THIS_0_25, "s3-bucket/with-0.15.7.tf", *_FLAG)),
        ("2.0.2", "3.0.0", "2.0.3", (*_THIS_0_25, "s3-bucket/with-0.15.10.tf", *_FLAG)),
        (
            "3.0.0",
            "4.0.0",
            "3.1.3",
            (*_THIS_0_25, "s3-bucket/with-1.2.0.tf", "s3-bucket/key-3.0.tf", *_FLAG),
        ),
        ("4.0.0", "5.0.0", "4.14.0", (*_THIS_0_25, "s3-bucket/with-1.2.0.tf", *_FLAG_4)),
    ],
)

_SES = "ses/outputs.tf"
_SES_FLAG = ("ses/flag-0.15.tf", _SES)
SES = _module(
    "cloudposse/ses/aws",
    [
        ("0.1.0", "0.8.0", "0.7.0", (*_INPUTS_0_12, "ses/user-0.1.tf", _SES)),
        ("0.8.0", "0.9.0", "0.8.1", (*_THIS_0_19, "ses/with-0.17.0.tf", _SES)),
        ("0.9.0", "0.11.0", "0.10.0", (*_THIS_0_22, "ses/with-0.17.0.tf", _SES)),
        ("0.11.0", "0.12.0", "0.11.0", (*_THIS_0_22, "ses/with-0.18.0.tf", _SES)),
        ("0.12.0", "0.13.1", "0.13.0", (*_THIS_0_23, "ses/with-0.18.0.tf", _SES)),
        ("0.13.1", "0.14.1", "0.14.0", (*_THIS_0_23, "ses/with-0.19.1.tf", _SES)),
        ("0.14.1", "0.15.0", "0.14.1", (*_THIS_0_23, "ses/with-0.20.2.tf", _SES)),
        ("0.15.0", "0.16.0", "0.15.0", (*_THIS_0_23, "ses/user-0.15.tf", *_SES_FLAG)),
        ("0.16.0", "0.19.2", "0.19.1", (*_THIS_0_23, "ses/enabled-0.21.0.tf", *_SES_FLAG)),
        ("0.19.2", "0.20.1", "0.20.0", (*_THIS_0_25, "ses/enabled-0.21.0.tf", *_SES_FLAG)),
        ("0.20.1", "0.21.0", "0.20.6", (*_THIS_0_25, "ses/enabled-0.22.5.tf", *_SES_FLAG)),
        ("0.21.0", "0.22.0", "0.21.0", (*_THIS_0_25, "ses/enabled-0.23.2.tf", *_SES_FLAG)),
        ("0.22.0", "1.0.0", "0.25.1", (*_THIS_0_25, "ses/enabled-aged.tf", *_SES_FLAG)),
    ],
)

_ROLES_3 = ("iam-roles/users-3.tf", "iam-roles/keys.tf")
CYTOPIA = _module("cytopia/iam/aws", [("3.0.0", "6.0.0", "5.0.6", _ROLES_3)])
FLACONI = _module(
    "flaconi/iam-roles/aws",
    [
        ("3.0.0", "7.0.0", "6.2.0", _ROLES_3),
        ("7.0.0", "8.0.0", "7.4.1", ("iam-roles/users-optional.tf", "iam-roles/keys.tf")),
    ],
)


def _keyless(package: str, seen: str) -> KnownModule:
    """A package without any access key up to the newest release that was read, and its major version."""
    before = Version((version(seen).numbers[0] + 1, 0, 0))
    return KnownModule(package, ANY_OTHER, (Row(Span(high=before), seen, ()),), makes_keys=False)


# Modules that are often given users or a `username`, and make no keys: all their releases were searched.
KEYLESS = (
    _keyless("terraform-aws-modules/iam/aws", "6.5.0"),
    _keyless("terraform-aws-modules/ecr/aws", "3.2.0"),
    _keyless("terraform-aws-modules/kms/aws", "4.2.0"),
    _keyless("terraform-aws-modules/rds/aws", "7.2.0"),
    _keyless("terraform-aws-modules/rds-aurora/aws", "10.2.0"),
    _keyless("terraform-aws-modules/s3-bucket/aws", "5.15.4"),
    _keyless("terraform-aws-modules/secrets-manager/aws", "2.0.1"),
    _keyless("terraform-aws-modules/sns/aws", "7.1.0"),
    _keyless("terraform-aws-modules/sqs/aws", "5.2.1"),
    _keyless("terraform-aws-modules/ssm-parameter/aws", "2.1.1"),
    _keyless("cloudposse/ecr/aws", "1.0.0"),
    _keyless("cloudposse/iam-user/aws", "0.9.0"),
    _keyless("cloudposse/ssm-parameter-store/aws", "0.13.0"),
    _keyless("mineiros-io/iam-user/aws", "0.5.1"),
)
KNOWN: Sequence[KnownModule] = (
    IAM_USER,
    IAM_USER_WRAPPER,
    LABEL,
    SYSTEM_USER,
    S3_USER,
    S3_BUCKET,
    SES,
    CYTOPIA,
    FLACONI,
    *KEYLESS,
)
_BY_ADDRESS = {(module.package, module.submodule): module for module in KNOWN}


@dataclass(frozen=True, slots=True)
class Match:
    """The entry for a source, and the rows that hold for the versions it allows."""

    choice: Choice
    rows: tuple[Row, ...]

    @property
    def is_summarised(self) -> bool:
        """Whether a row takes the module's place. One without keys does only beside others that have some."""
        return bool(self.rows) and any(row.texts or row.written for row in self.choice.module.rows)


def match(source: str, constrained: str | None, own: OwnModules) -> Match | None:
    """What the table, or the user, says of a module source and its version constraint.

    Raises VersionError for a constraint that cannot be read, or that stands with a source outside of
    registries, which have no versions.
    """
    address = named_address(source)
    known = _known(address, own) if address else None
    if address is None or known is None:
        return None
    if constrained is not None and not address.in_registry:
        raise VersionError("it applies only to modules of a registry")
    allowed = address.allowed & (constraint(constrained) if constrained is not None else EVERY)
    return Match(Choice(known, allowed), known.rows_for(allowed))


def _known(address: ModuleAddress, own: OwnModules) -> KnownModule | None:
    for submodule in (address.submodule, ANY_OTHER):
        place = (address.package, submodule)
        known = own.get(place) or in_table(*place)
        if known is not None:
            return known
    return None


def in_table(package: str, submodule: str) -> KnownModule | None:
    """The module of the table with this name."""
    return _BY_ADDRESS.get((package, submodule))
