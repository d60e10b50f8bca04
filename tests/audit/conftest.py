"""A fake AWS for each test, and audits of it through the command line, each report checked for honesty."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from guard.cli import main
from tests.audit.fake_aws import World
from tests.audit.fake_server import serving

VALIDATOR = jsonschema.Draft202012Validator(
    json.loads((Path(__file__).parents[2] / "guard/reports/schema/report-v1.json").read_text())
)


@dataclass
class Outcome:
    code: int
    report: dict

    def users(self, account: str | None = None) -> dict[str, dict]:
        return {user["user"]: user for user in self.report["users"] if account in (None, user["account"])}

    def standings(self) -> dict[str, str]:
        return {name: user["standing"] for name, user in self.users().items()}

    def findings(self, rule: str = "more-than-one-active-key") -> list[dict]:
        return [finding for finding in self.report["findings"] if finding["rule"] == rule]

    def said(self, summary: str) -> list[str]:
        return [item["detail"] for item in self.report["diagnostics"] if item["summary"] == summary]

    @property
    def accounts(self) -> dict[str, dict]:
        return {item["account"]: item for item in self.report["coverage"]["accounts"]}


Audit = Callable[..., Outcome]


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def aws_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration of the machine, and credentials that work nowhere."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIAHOME000000000000",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "no-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "no-credentials"),
        "HOME": str(tmp_path),
    }.items():
        monkeypatch.setenv(name, value)
    for name in ("AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def endpoint(world: World, aws_environment: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with serving(world) as url:
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        yield url


@pytest.fixture
def audit(endpoint: str, tmp_path: Path) -> Audit:
    """Runs `audit` with arguments; every report must follow the schema and pass nothing that is unread."""

    def run(*arguments: str, command: str = "audit") -> Outcome:
        file = tmp_path / "report.json"
        file.unlink(missing_ok=True)
        code = main([command, *arguments, "--format", f"json={file}"])
        if not file.exists():
            return Outcome(code, {})
        outcome = Outcome(code, json.loads(file.read_text()))
        check_honest(outcome, partial_allowed="--allow-partial" in arguments)
        return outcome

    return run


def check_honest(outcome: Outcome, *, partial_allowed: bool) -> None:
    """What holds of every audit, whatever went wrong on the way."""
    VALIDATOR.validate(outcome.report)
    users = outcome.report["users"]
    assert {user["standing"] for user in users} <= {"compliant", "violating", "waived", "deleted", "unread"}
    for user in users:
        if user["standing"] == "unread":
            assert user["verdict"] == "undetermined"
        if user["standing"] == "compliant":
            assert user["active"]["max"] is not None
            assert user["evidence"]
    unread = [user for user in users if user["standing"] == "unread"]
    broken = [item for item in outcome.accounts.values() if item["status"] in ("failed", "incomplete")]
    if (unread or broken) and not partial_allowed:
        assert outcome.code in (1, 3)
    for item in outcome.accounts.values():
        own = [
            user for user in users if user["account"] == item["account"] and user["user"] != "<root_account>"
        ]
        numbers = item["users"]
        assert numbers["read"] + numbers["deleted"] + numbers["unread"] >= len(own)
