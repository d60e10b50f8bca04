"""The real Terraform with the real AWS provider against moto: what a plan was said to leave is what is left."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest

from guard.cli import main
from tests.tools import missing, program

MIRROR = "IAM_KEY_GUARD_PROVIDER_MIRROR"
SECRET = "CANARYprovider"

PROVIDER = """\
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "AKIATESTINGTESTING00"
  secret_key                  = "CANARYprovider"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  endpoints {
    iam = "ENDPOINT"
    sts = "ENDPOINT"
  }
}

resource "aws_iam_user" "ci" {
  name = "ci"
}

resource "aws_iam_user" "bob" {
  name = "bob"
}
"""
FIRST = """
resource "aws_iam_access_key" "a" {
  user = aws_iam_user.ci.id
}

resource "aws_iam_access_key" "b" {
  user   = aws_iam_user.ci.name
  status = "Inactive"
}

resource "aws_iam_access_key" "c" {
  user = aws_iam_user.bob.name
}
"""
SECOND = """
resource "aws_iam_access_key" "a" {
  user = aws_iam_user.ci.id
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_iam_access_key" "b" {
  user = aws_iam_user.ci.name
}

resource "aws_iam_access_key" "d" {
  user = aws_iam_user.bob.id
}

removed {
  from = aws_iam_access_key.c
  lifecycle {
    destroy = false
  }
}
"""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    """The URL of a moto server of our own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not _answers(port):
            assert server.poll() is None
            assert time.monotonic() < deadline, "moto did not start"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Terraform:
    """Terraform in a directory, with providers from a mirror on disk."""

    def __init__(self, folder: Path, mirror: str) -> None:
        self.folder = folder
        settings = folder / "terraform.rc"
        settings.write_text(
            f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n'
        )
        self.environment = os.environ | {"TF_CLI_CONFIG_FILE": str(settings), "CHECKPOINT_DISABLE": "1"}

    def __call__(self, *arguments: str, fails: bool = False) -> str:
        done = subprocess.run(
            [program("terraform"), *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) is fails, done.stdout + done.stderr
        return done.stderr if fails else done.stdout

    def plan(self, code: str, *arguments: str) -> Path:
        """The plan of a configuration, as JSON."""
        (self.folder / "main.tf").write_text(code)
        self("plan", "-input=false", "-out=plan.out", *arguments)
        return self.show("plan.out")

    def show(self, *file: str) -> Path:
        result = self.folder / f"{'-'.join(file) or 'state'}.json"
        result.write_text(self("show", "-json", *file))
        return result


@pytest.fixture
def terraform(tmp_path: Path) -> Terraform:
    mirror = os.environ.get(MIRROR)
    if not mirror:
        missing(f"the AWS provider, in a filesystem mirror that {MIRROR} names,")
    assert mirror
    return Terraform(tmp_path, mirror)


def check(capfd: pytest.CaptureFixture[str], path: Path) -> dict[str, Any]:
    capfd.readouterr()
    main(["check", "--format", "json", str(path)])
    text = capfd.readouterr().out
    assert SECRET not in text
    report: dict[str, Any] = json.loads(text)
    return report


def numbers(report: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {user["user"]: (user["active"]["min"], user["active"]["max"]) for user in report["users"]}


def rules(report: dict[str, Any], user: str) -> set[str]:
    return {finding["rule"] for finding in report["findings"] if finding["user"] == user}


def active(endpoint: str, user: str) -> tuple[int, int]:
    """How many active keys the user really has, twice."""
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "y", "region_name": "us-east-1"}
    iam = boto3.client("iam", endpoint_url=endpoint, **keys)
    found = iam.list_access_keys(UserName=user)["AccessKeyMetadata"]
    number = sum(key["Status"] == "Active" for key in found)
    return number, number


@pytest.mark.terraform
def test_what_is_said_of_a_plan_comes_true(
    terraform: Terraform, endpoint: str, capfd: pytest.CaptureFixture[str]
) -> None:
    provider = PROVIDER.replace("ENDPOINT", endpoint)
    (terraform.folder / "main.tf").write_text(provider)
    terraform("init", "-input=false")

    first = check(capfd, terraform.plan(provider + FIRST))
    assert (first["verdict"], first["findings"]) == ("pass", [])
    assert {user["account"] for user in first["users"]} == {"access_key:****NG00"}
    terraform("apply", "-input=false", "plan.out")
    assert (
        numbers(first)
        == {user: active(endpoint, user) for user in ("ci", "bob")}
        == {"ci": (1, 1), "bob": (1, 1)}
    )

    second = check(capfd, terraform.plan(provider + SECOND, "-replace=aws_iam_access_key.a"))
    assert second["verdict"] == "violation"
    assert rules(second, "bob") == {"more-than-one-active-key", "key-forgotten"}
    assert rules(second, "ci") == {
        "more-than-one-active-key",
        "key-reactivated",
        "key-quota-exceeded",
        "keys-overlap-during-apply",
    }
    assert "LimitExceeded" in terraform("apply", "-input=false", "plan.out", fails=True)
    assert (
        numbers(second)
        == {user: active(endpoint, user) for user in ("ci", "bob")}
        == {"ci": (2, 2), "bob": (2, 2)}
    )

    for state in (terraform.show(), terraform.folder / "terraform.tfstate"):
        report = check(capfd, state)
        assert {user["source"] for user in report["users"]} == {"state"}
        assert numbers(report) == {"ci": active(endpoint, "ci"), "bob": (1, 1)}, (
            "the forgotten key is not in it"
        )
