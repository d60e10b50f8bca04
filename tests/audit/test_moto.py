"""Against moto, a server that others wrote: happy paths, many accounts, an organization."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import boto3
import pytest

from guard.cli import main
from tests.audit.conftest import Outcome, check_honest

KEYS = {"aws_access_key_id": "x", "aws_secret_access_key": "y", "region_name": "us-east-1"}
HOME = "123456789012"


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """The URL of a moto server of our own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("moto did not start")


@pytest.fixture
def run(moto: str, aws_environment: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("AWS_ENDPOINT_URL", moto)

    def audit(*arguments: str) -> Outcome:
        file = tmp_path / "report.json"
        code = main(["audit", *arguments, "--format", f"json={file}"])
        outcome = Outcome(code, json.loads(file.read_text()))
        check_honest(outcome, partial_allowed=False)
        return outcome

    return audit


@pytest.fixture(scope="module")
def people(moto: str) -> list[str]:
    """30 users; every third one has two active keys, every third one an inactive second one."""
    iam = boto3.client("iam", endpoint_url=moto, **KEYS)
    for number in range(30):
        name = f"user-{number:02d}"
        iam.create_user(UserName=name)
        iam.create_access_key(UserName=name)
        if number % 3:
            second = iam.create_access_key(UserName=name)["AccessKey"]["AccessKeyId"]
            if number % 3 == 1:
                iam.update_access_key(UserName=name, AccessKeyId=second, Status="Inactive")
    return [f"user-{number:02d}" for number in range(30) if number % 3 == 2]


@pytest.mark.parametrize("evidence", ["auto", "live", "report"])
def test_findings(run, people: list[str], evidence: str) -> None:
    outcome = run("--evidence", evidence)
    assert outcome.code == 1
    assert sorted(finding["user"] for finding in outcome.findings()) == people
    assert outcome.accounts[HOME]["users"] == {"expected": 30, "read": 30, "deleted": 0, "unread": 0}


def test_a_waiver_of_the_settings(
    run, people: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    violating = {finding["user"] for finding in run().findings()}
    user = min(violating)
    until = (datetime.now(UTC) + timedelta(days=10)).date()
    Path(".iam-key-guard.yaml").write_text(
        f'waivers: [{{account: "{HOME}", user: {user.upper()}, at-most: 2, owner: o, reason: r, until: {until}}}]\n'
    )
    outcome = run()
    assert outcome.code == 1
    assert {finding["user"] for finding in outcome.findings() if not finding["waived"]} == violating - {user}
    assert outcome.standings()[user] == "waived"
    assert run("--user", user).code == 0


def test_the_command_of_a_finding_mends_it(run, moto: str, people: list[str]) -> None:
    """The key that goes is the one the advice names, and the next audit passes that user."""
    outcome = run("--user", people[0], "--show-key-ids")
    [finding] = outcome.findings()
    [command] = [line for line in finding["remedy"].splitlines() if "update-access-key" in line]
    iam = boto3.client("iam", endpoint_url=moto, **KEYS)
    iam.update_access_key(UserName=people[0], AccessKeyId=command.split()[-1], Status="Inactive")
    assert run("--user", people[0]).code == 0
    iam.update_access_key(UserName=people[0], AccessKeyId=command.split()[-1], Status="Active")


def test_organization(run, moto: str) -> None:
    organizations = boto3.client("organizations", endpoint_url=moto, **KEYS)
    organizations.create_organization(FeatureSet="ALL")
    sts = boto3.client("sts", endpoint_url=moto, **KEYS)
    for number in range(5):
        status = organizations.create_account(Email=f"a{number}@example.org", AccountName=f"team-{number}")
        account = status["CreateAccountStatus"]["AccountId"]
        role = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/any", RoleSessionName="test")[
            "Credentials"
        ]
        iam = boto3.client(
            "iam",
            endpoint_url=moto,
            region_name="us-east-1",
            aws_access_key_id=role["AccessKeyId"],
            aws_secret_access_key=role["SecretAccessKey"],
            aws_session_token=role["SessionToken"],
        )
        iam.create_account_alias(AccountAlias=f"alias-{number}")
        iam.create_user(UserName="ci")
        for _ in range(1 + number % 2):
            iam.create_access_key(UserName="ci")
    for evidence in ("live", "report"):
        outcome = run("--org", "--evidence", evidence)
        found = [item for item in outcome.findings() if item["user"] == "ci"]
        aliases = {
            user["account_alias"] for user in outcome.report["users"] if user["verdict"] == "violation"
        }
        assert len(found) == 2
        assert {"alias-1", "alias-3"} <= aliases
        assert {item["status"] for item in outcome.accounts.values()} == {"audited"}
        assert len(outcome.accounts) == 6
