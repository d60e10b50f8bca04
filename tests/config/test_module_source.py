"""Which module a source text names."""

from __future__ import annotations

import pytest

from guard.config.module_source import module_address

IAM = "terraform-aws-modules/iam/aws//modules/iam-user"


@pytest.mark.parametrize(
    ("source", "address", "allowed"),
    [
        ("terraform-aws-modules/iam/aws//modules/iam-user", IAM, "any"),
        ("registry.terraform.io/terraform-aws-modules/iam/aws//modules/iam-user", IAM, "any"),
        ("registry.opentofu.org/terraform-aws-modules/iam/aws//modules/iam-user", IAM, "any"),
        ("Terraform-AWS-Modules/iam/aws//modules/iam-user/", IAM, "any"),
        ("github.com/terraform-aws-modules/terraform-aws-iam//modules/iam-user?ref=v5.3.0", IAM, "5.3.0"),
        ("github.com/terraform-aws-modules/terraform-aws-iam//modules/iam-user", IAM, "any"),
        (
            "git@github.com:terraform-aws-modules/terraform-aws-iam.git//modules/iam-user?ref=v5.3.0",
            IAM,
            "5.3.0",
        ),
        (
            "git::https://github.com/terraform-aws-modules/terraform-aws-iam.git//modules/iam-user?ref=master",
            IAM,
            "any",
        ),
        (
            "git::ssh://git@github.com:22/terraform-aws-modules/terraform-aws-iam.git//modules/iam-user?ref=v6",
            IAM,
            ">= 6.0.0, < 7.0.0",
        ),
        (
            "git::https://user:secret@github.com/terraform-aws-modules/terraform-aws-iam"
            "//modules/iam-user?depth=1&ref=refs/tags/v4.24.1",
            IAM,
            "4.24.1",
        ),
        (
            "https://github.com/terraform-aws-modules/terraform-aws-iam/archive/v5.3.0.tar.gz"
            "//terraform-aws-iam-5.3.0/modules/iam-user",
            IAM,
            "5.3.0",
        ),
        (
            "git::https://github.com/cloudposse/terraform-null-label.git?ref=tags/0.24.1",
            "cloudposse/label/null",
            "0.24.1",
        ),
        (
            "git::git@github.com:cloudposse/terraform-null-label?ref=0.25",
            "cloudposse/label/null",
            ">= 0.25.0, < 0.26.0",
        ),
    ],
)
def test_the_same_module_under_its_names(source: str, address: str, allowed: str) -> None:
    found = module_address(source)
    assert found is not None
    assert (str(found), str(found.allowed)) == (address, allowed)


@pytest.mark.parametrize(
    "source",
    [
        "./modules/iam-user",
        "../iam-user",
        "registry.example.com/terraform-aws-modules/iam/aws",
        "app.terraform.io/org/iam/aws",
        "terraform-aws-modules/iam",
        "git::https://gitlab.com/terraform-aws-modules/terraform-aws-iam.git",
        "github.com/terraform-aws-modules",
        "github.com/owner/repository",
        "github.com/owner/terraform-modules",
        "s3::https://s3-eu-west-1.amazonaws.com/bucket/vpc.zip",
        "https://example.com/github.com/a/terraform-aws-iam",
        "",
        "a" * 100_000,
    ],
)
def test_other_places_are_not_taken_for_it(source: str) -> None:
    assert module_address(source) is None
