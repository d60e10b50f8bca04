"""The settings file and `audit`: what it may say, what beats it, and where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.cli import main
from tests.audit.conftest import Audit
from tests.audit.fake_accounts import HOME, Key, days_ago
from tests.audit.fake_aws import World

FILE = ".iam-key-guard.yaml"
TWO, THREE = "000000000002", "000000000003"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without settings above it."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def three_accounts(world: World) -> World:
    for number in (2, 3):
        world.account(number).add("ann", "Active", "Active")
    return world


def test_accounts_of_the_file_and_what_beats_them(three_accounts: World, audit: Audit, here: Path) -> None:
    (here / FILE).write_text(f'audit: {{accounts: ["{TWO}"]}}\n')
    assert set(audit().accounts) == {TWO}
    assert set(audit("--org").accounts) == {HOME, TWO, THREE}
    assert set(audit("--own-account").accounts) == {HOME}
    (here / "ids").write_text(f"{THREE}\n")
    assert set(audit("--accounts", "ids").accounts) == {THREE}


def test_a_file_of_accounts_is_relative_to_the_settings(
    three_accounts: World, audit: Audit, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / ".git").mkdir()
    (here / "below").mkdir()
    (here / "ids").write_text(f"{THREE} # the third\n")
    (here / FILE).write_text("audit: {accounts-file: ids}\n")
    monkeypatch.chdir(here / "below")
    assert set(audit().accounts) == {THREE}
    assert set(audit("--shard", "1/1").accounts) == {THREE}


def test_a_file_of_accounts_outside_of_the_workspace_is_refused(
    audit: Audit, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "repo" / ".git").mkdir(parents=True)
    (here / "ids").write_text(f"{THREE}\n")
    (here / "repo" / "link").symlink_to(here / "ids")
    (here / "repo" / FILE).write_text("audit: {accounts-file: link}\n")
    monkeypatch.chdir(here / "repo")
    assert audit().code == 2
    assert "Path outside of the workspace" in capsys.readouterr().err


def test_settings_outside_of_the_workspace_are_refused(
    audit: Audit, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "repo" / ".git").mkdir(parents=True)
    (here / "outside.yaml").write_text("limit: 9\n")
    (here / "repo" / FILE).symlink_to(here / "outside.yaml")
    monkeypatch.chdir(here / "repo")
    for arguments in ((), ("--config", FILE), ("--config", "../outside.yaml")):
        assert audit(*arguments).code == 2
        assert "Path outside of the workspace" in capsys.readouterr().err
    assert audit("--config", "../outside.yaml", "--confine", "..").code == 0


def test_the_organization_role_and_external_id(world: World, audit: Audit, here: Path) -> None:
    world.account(2, roles={"reader"}, external_id="ticket").add("ann", "Active", "Active")
    (here / FILE).write_text("audit: {org: true, role-name: reader, external-id: ticket}\n")
    assert audit().code == 1
    assert audit("--role-name", "other").code == 3
    assert audit("--external-id", "other").code == 3


def test_ages(world: World, audit: Audit, here: Path) -> None:
    world.home.add("ann", Key("AKIAIOSFODNN7EXAMP1", created=days_ago(60), used=days_ago(50)))
    assert not audit().report["findings"]
    (here / FILE).write_text("audit: {max-age: 55, unused-after: 45}\n")
    for evidence in ("live", "report"):
        outcome = audit("--evidence", evidence)
        assert "unused for 45 days" in outcome.findings("unused-key")[0]["message"]
        assert "older than 55 days" in outcome.findings("stale-key")[0]["message"]
    outcome = audit("--max-age", "61", "--unused-after", "51")
    assert not outcome.report["findings"]
    assert len(audit("--max-age", "90", "--unused-after", "45").findings("unused-key")) == 1


def test_evidence_of_the_file_is_left_where_users_are_named(world: World, audit: Audit, here: Path) -> None:
    world.home.add("ann", "Active")
    (here / FILE).write_text("audit: {evidence: report}\n")
    audit()
    assert world.made("GetCredentialReport") == 1
    assert audit("--user", "ann").code == 0
    assert audit("--user", "ann", "--evidence", "report").code == 2


def test_limit_and_fail_on_hold_for_both_commands(
    world: World, audit: Audit, here: Path, tmp_path: Path
) -> None:
    world.home.add("ann", "Sleeping", "Active")
    assert audit().code == 1
    (here / FILE).write_text("fail-on: violation\n")
    part = tmp_path / "part.json"
    assert main(["audit", "--format", f"json={part}"]) == 0
    assert main(["merge", str(part)]) == 0
    assert audit(str(part), "--fail-on", "undetermined", command="merge").code == 1
    (here / FILE).write_text("limit: 2\n")
    assert audit().code == 0
    assert audit("--limit", "1").code == 1


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("audit: {role: x}", "1:9", "Did you mean role-name?"),
        ("audit: {accounts: [1]}", "1:20", "12 digits, in quotes"),
        ("audit: {accounts: []}", "1:19", "Expected a list of account ids"),
        ("audit: {max-age: -1}", "1:18", "from 0 to 36500"),
        ("audit: {unused-after: x}", "1:23", "from 1 to 36500"),
        ("audit: {accounts-file: ../x}", "1:24", "relative to the settings"),
        ("audit: {evidence: old}", "1:19", "one of auto, report, live"),
        (f"audit: {{org: true, accounts: ['{TWO}']}}", "1:9", "not accounts and org"),
        ("waivers: [{account: x}]", "1:11", "is missing in waivers"),
    ],
)
def test_mistakes_are_wrong_use(
    audit: Audit, here: Path, capsys: pytest.CaptureFixture[str], text: str, place: str, said: str
) -> None:
    (here / FILE).write_text(text + "\n")
    assert audit().code == 2
    errors = capsys.readouterr().err
    assert f"{FILE}:{place}: Invalid settings" in errors
    assert said in errors


def told(printed: str) -> dict[str, str]:
    """Each setting to where it comes from."""
    pairs = [line.rsplit("  ", 1) for line in printed.splitlines()]
    return {pair[0].strip(): pair[-1].strip() for pair in pairs}


def test_config_tells_what_is_in_force_for_audits(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / FILE).write_text(
        f'audit:\n  accounts: ["{TWO}", "{THREE}"]\n  external-id: ticket\n  max-age: 0\n'
    )
    assert main(["config", "--role-name", "reader"]) == 0
    printed = capsys.readouterr().out
    origins = told(printed)
    assert origins[f"audit.accounts: {TWO}, {THREE}"] == f"{FILE}:2:3"
    assert origins["audit.role-name: reader"] == "command line"
    assert origins["audit.external-id: given"] == f"{FILE}:3:3"
    assert origins["audit.max-age: 0"] == f"{FILE}:4:3"
    assert origins["audit.unused-after: 90"] == "default"
    assert "ticket" not in printed
    assert main(["config", "--own-account"]) == 0
    assert told(capsys.readouterr().out)["audit.accounts: the one of the credentials"] == "command line"


def test_the_policy_goes_by_the_settings(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--print-policy"]) == 0
    assert "role/reader" not in capsys.readouterr().out
    (here / FILE).write_text("audit: {org: true, role-name: reader}\n")
    assert main(["audit", "--print-policy"]) == 0
    printed = capsys.readouterr().out
    assert "role/reader" in printed
    assert "organizations:ListAccounts" in printed
