"""The examples people copy: workflows that linters accept, and a role that allows what an audit calls."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from guard.aws.policy import Scope, policy
from guard.commands.audit_options import DEFAULT_ROLE
from tests.tools import missing, program

ROOT = Path(__file__).parents[2]
MODULE = ROOT / "examples/audit-role"
WORKFLOWS = sorted((ROOT / "examples/workflows").glob("nightly-*.yml"))
MIRROR = "IAM_KEY_GUARD_PROVIDER_MIRROR"

PROVIDER = """
provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "x"
  secret_key                  = "y"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
}
"""

USE = """
module "hub" {
  source             = "MODULE"
  reads_organization = true
  github = {
    provider_arn = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com"
    repository   = "example/infrastructure"
    environment  = "aws-audit"
  }
}

module "member" {
  source            = "MODULE"
  trusted_role_arns = ["arn:aws:iam::111111111111:role/iam-key-guard-audit"]
  external_id       = "word"
}
"""


def terraform(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [program("terraform"), f"-chdir={folder}", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"TF_CLI_CONFIG_FILE": str(folder / "terraform.rc"), "CHECKPOINT_DISABLE": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root module that uses the role's module twice, initialised offline."""
    mirror = os.environ.get(MIRROR)
    if not mirror:
        missing(f"a mirror of the AWS provider in {MIRROR}")
    folder = tmp_path_factory.mktemp("root")
    (folder / "terraform.rc").write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n'
    )
    (folder / "main.tf").write_text(PROVIDER + USE.replace("MODULE", str(MODULE)))
    terraform(folder, "init", "-backend=false", "-input=false")
    return folder


@pytest.mark.terraform
def test_module_is_valid_and_formatted(root: Path) -> None:
    terraform(root, "validate")
    terraform(root, "fmt", "-check", "-diff", str(MODULE))


@pytest.mark.terraform
def test_module_allows_what_the_policy_says(root: Path) -> None:
    terraform(root, "plan", "-out=plan", "-input=false", "-lock=false", "-refresh=false")
    plan = json.loads(terraform(root, "show", "-json", "plan"))
    made = {item["address"]: item["change"]["after"] for item in plan["resource_changes"]}
    hub, member = (
        json.loads(made[f"module.{name}.aws_iam_role_policy.read"]["policy"]) for name in ("hub", "member")
    )
    assert normal(hub) == normal(policy(Scope(organization=True, role_name=DEFAULT_ROLE)))
    assert normal(member) == normal(policy(Scope()))
    trust = json.loads(made["module.hub.aws_iam_role.audit"]["assume_role_policy"])
    [statement] = trust["Statement"]
    assert statement["Condition"]["StringEquals"] == {
        "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
        "token.actions.githubusercontent.com:sub": "repo:example/infrastructure:environment:aws-audit",
    }
    trust = json.loads(made["module.member.aws_iam_role.audit"]["assume_role_policy"])
    assert trust["Statement"][0]["Condition"] == {"StringEquals": {"sts:ExternalId": "word"}}
    assert made["module.hub.aws_iam_role.audit"]["name"] == DEFAULT_ROLE


def normal(document: dict) -> dict:
    """Sorted lists where IAM allows a single value or any order."""
    listed = {"Action", "Resource"}
    statements = [
        {
            name: sorted([value] if isinstance(value, str) else value) if name in listed else value
            for name, value in item.items()
        }
        for item in document["Statement"]
    ]
    return document | {"Statement": statements}


@pytest.mark.parametrize(
    "command",
    [
        ("check-jsonschema", "--builtin-schema", "vendor.github-workflows"),
        ("actionlint",),
        ("zizmor", "--offline", "--quiet", "--no-progress"),
    ],
    ids=lambda command: command[0],
)
@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_pass_the_linters(workflow: Path, command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [program(command[0]), *command[1:], str(workflow)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_there_are_workflows_for_one_account_and_for_many() -> None:
    assert [path.stem for path in WORKFLOWS] == ["nightly-audit-organization", "nightly-audit"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_workflows_give_the_action_inputs_that_it_has(workflow: Path) -> None:
    known = set(YAML(typ="safe").load((ROOT / "action.yml").read_text())["inputs"])
    jobs = YAML(typ="safe").load(workflow.read_text())["jobs"]
    given = {
        name
        for job in jobs.values()
        for step in job["steps"]
        if step.get("uses", "").startswith("example/iam-key-guard@")
        for name in step["with"]
    }
    assert given
    assert given <= known
