"""The printed policy allows what an audit calls, and nothing that none calls."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guard.aws.policy import partition
from guard.cli import main
from tests.audit.conftest import Audit
from tests.audit.fake_accounts import HOME, Key, days_ago
from tests.audit.fake_aws import World

SCENARIOS = [
    ("--evidence", "live"),
    ("--evidence", "report"),
    ("--evidence", "auto"),
    ("--user", "ann"),
    ("--org",),
    ("--org", "--role-name", "path/reader"),
    ("--accounts", "FILE"),
]


def printed(capsys: pytest.CaptureFixture, *arguments: str) -> dict:
    capsys.readouterr()
    assert main(["audit", *arguments, "--print-policy"]) == 0
    return json.loads(capsys.readouterr().out)


def actions(policy: dict) -> set[str]:
    return {action for statement in policy["Statement"] for action in statement["Action"]}


@pytest.mark.parametrize("arguments", SCENARIOS)
def test_the_policy_suffices(
    world: World, audit: Audit, arguments: tuple[str, ...], capsys: pytest.CaptureFixture, tmp_path: Path
) -> None:
    file = tmp_path / "accounts"
    file.write_text(f"{HOME}\n000000000002\n")
    arguments = tuple(str(file) if word == "FILE" else word for word in arguments)
    world.home.paths["ann"] = "/teams/red/"
    world.home.add("ann", "Active", Key("AKIAOLD0000000000000", created=days_ago(400), used=days_ago(1)))
    world.account(2, roles={"iam-key-guard-audit", "path/reader"}).add("bob", "Active", "Active")
    world.home.root_keys = [Key("AKIAROOT000000000000")]
    world.policy = printed(capsys, *arguments)
    outcome = audit(*arguments)
    assert outcome.code == 1
    assert {item["status"] for item in outcome.accounts.values()} == {"audited"}
    assert {call.action for call in world.calls} - {"sts:GetCallerIdentity"} <= actions(world.policy)


def test_the_policy_allows_nothing_that_is_never_called(
    world: World, audit: Audit, capsys: pytest.CaptureFixture
) -> None:
    world.home.add("ann", "Active", "Active")
    world.account(2).add("bob", "Active", "Active")
    for arguments in (("--evidence", "live", "--org"), ("--evidence", "report", "--org")):
        audit(*arguments)
    made = {call.action for call in world.calls}
    assert actions(printed(capsys, "--org")) == made - {"sts:GetCallerIdentity"}
    world.calls.clear()
    audit("--user", "ann")
    made = {call.action for call in world.calls}
    assert actions(printed(capsys, "--user", "ann")) == made - {"sts:GetCallerIdentity"}


@pytest.mark.parametrize(
    ("region", "name"),
    [
        (None, "aws"),
        ("eu-west-1", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("eusc-de-east-1", "aws-eusc"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
    ],
)
def test_partition(
    region: str | None, name: str, capsys: pytest.CaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(variable, raising=False)
    assert partition(region) == name
    policy = printed(capsys, *(["--region", region] if region else []))
    assert f"arn:{name}:iam::*:user/*" in str(policy)
    if region:
        monkeypatch.setenv("AWS_DEFAULT_REGION", region)
        assert printed(capsys) == policy


def test_the_partition_of_a_role(capsys: pytest.CaptureFixture) -> None:
    role = f"arn:aws-cn:iam::{HOME}:role/audit"
    assert main(["audit", "--print-policy", "--role-arn", role]) == 0
    shown = capsys.readouterr()
    assert "arn:aws-cn:iam::*:user/*" in shown.out
    assert f"sts:AssumeRole on {role}" in shown.err


def test_only_reading_is_allowed(capsys: pytest.CaptureFixture) -> None:
    for arguments in (("--org",), ("--user", "ann")):
        for action in actions(printed(capsys, *arguments)):
            assert action.split(":")[1].startswith(("Get", "List", "GenerateCredentialReport", "AssumeRole"))
