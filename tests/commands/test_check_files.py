"""`iam-key-guard check` on plans and states, as people call it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from guard.cli import main

PLANS = Path(__file__).parent.parent / "data" / "plans"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, object]]:
    code = main(["check", "--format", "json", *arguments])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "code", "verdict", "source"),
    [
        ("create-one-key.json", 0, "pass", "plan"),
        ("create-two-keys-literal-user.json", 1, "violation", "plan"),
        ("create-status-unknown.json", 1, "undetermined", "plan"),
        ("errored-plan.json", 1, "undetermined", "plan"),
        ("target-one-of-two.json", 3, "undetermined", "plan"),
        ("state-two-keys.show.json", 1, "violation", "state"),
        ("state-two-keys.tfstate.json", 1, "violation", "state"),
    ],
)
def test_verdict_and_exit_code(
    capsys: pytest.CaptureFixture[str], name: str, code: int, verdict: str, source: str
) -> None:
    found, report = run(capsys, str(PLANS / name))
    assert (found, report["verdict"]) == (code, verdict)
    assert {user["source"] for user in report["users"]} == {source}
    assert report["coverage"]["roots"] == [str(PLANS / name)]


def test_what_cannot_be_read_is_incomplete(capsys: pytest.CaptureFixture[str]) -> None:
    code, report = run(capsys, str(PLANS / "not-a-plan.plan-json-log.jsonl"))
    assert (code, report["verdict"]) == (3, "undetermined")
    assert report["diagnostics"][0]["summary"] == "Cannot read a plan log"


def test_something_else_is_wrong_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert main(["check", str(tmp_path / "notes.txt")]) == 2
    assert "neither Terraform code nor a plan" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_wrong_use(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["check", str(tmp_path / "plan.json")]) == 2
    assert "does not exist" in capsys.readouterr().err


def test_key_ids_are_masked_unless_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    _, report = run(capsys, str(PLANS / "state-two-keys.show.json"))
    assert [key["id"] for key in report["users"][0]["keys"]] == ["****MPLE", "****MPLE"]
    _, report = run(capsys, "--show-key-ids", str(PLANS / "state-two-keys.show.json"))
    assert [key["id"] for key in report["users"][0]["keys"]] == [
        "AKIA53UAAT2T7EXAMPLE",
        "AKIAPF5MZNJEGEXAMPLE",
    ]


def test_standard_input() -> None:
    with (PLANS / "create-two-keys-literal-user.json").open("rb") as plan:
        done = subprocess.run(
            [sys.executable, "-m", "guard.cli", "check", "-"],
            stdin=plan,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "plan standard input" in done.stdout


def in_account(text: str, account: str) -> str:
    """The plan with an account id that its provider configuration allows alone."""
    plan = json.loads(text)
    arguments = plan["configuration"]["provider_config"]["aws"]["expressions"]
    arguments["allowed_account_ids"] = {"constant_value": [account]}
    return json.dumps(plan)


def test_plans_of_one_known_account_are_summed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    names = [str(tmp_path / name) for name in ("a.json", "b.json")]
    text = in_account((PLANS / "create-one-key.json").read_text(), "123456789012")
    for name in names:
        Path(name).write_text(text)
    assert run(capsys, names[0])[1]["verdict"] == "pass"
    code, report = run(capsys, *names)
    assert (code, report["verdict"], len(report["users"])) == (1, "violation", 1)
    assert report["users"][0]["root"] == ", ".join(names)


def test_plans_of_accounts_that_are_not_known_are_not(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    names = [str(tmp_path / name) for name in ("a.json", "b.json")]
    for name in names:
        Path(name).write_bytes((PLANS / "create-one-key.json").read_bytes())
    code, report = run(capsys, *names)
    assert (code, len(report["users"])) == (0, 2)


def test_a_plan_named_twice_is_read_once(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(PLANS / "state-two-keys.tfstate.json")
    _, report = run(capsys, path, path)
    assert report["users"][0]["active"] == {"min": 2, "max": 2}


def test_a_plan_and_a_directory_in_one_run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_iam_access_key" "k" {\n  user = "zoe"\n}\n')
    code, report = run(capsys, str(PLANS / "create-one-key.json"), str(tmp_path))
    assert code == 0
    assert [(user["user"], user["source"]) for user in report["users"]] == [
        ("zoe", "configuration"),
        ("ci-bot", "plan"),
    ]


def test_a_link_that_leads_out_of_the_workspace(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(inside))
    (inside / "plan.json").symlink_to(PLANS / "create-one-key.json")
    code, report = run(capsys, str(inside / "plan.json"))
    assert (code, report["diagnostics"][0]["summary"]) == (3, "Path outside of the workspace")
    code, _ = run(capsys, str(PLANS / "create-one-key.json"))
    assert code == 0


def test_findings_of_a_plan_reach_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    code, report = run(capsys, str(PLANS / "update-status-attribute-removed.json"))
    assert (code, [item["rule"] for item in report["findings"]]) == (0, ["key-reactivated"])
    _, report = run(capsys, str(PLANS / "replace-create-before-destroy.json"))
    assert report["users"][0]["peak"] == {"min": 2, "max": 2}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("create-status-unknown.json", "check plan.json DIR"),
        ("create-data-source-deferred.json", "check plan.json DIR"),
    ],
)
def test_what_would_settle_it_is_said(capsys: pytest.CaptureFixture[str], name: str, text: str) -> None:
    _, report = run(capsys, str(PLANS / name))
    assert text in report["findings"][0]["remedy"]


def test_what_a_plan_does_to_a_key_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(PLANS / "replace-create-before-destroy.json")
    _, report = run(capsys, path)
    assert [(key["status"], key["change"]) for key in report["users"][0]["keys"]] == [
        ("Active", "replaced"),
        ("Active", "deleted"),
    ]
    main(["check", path])
    text = capsys.readouterr().out
    assert "Active, replaced" in text
    assert "deleted, was Active" in text
    _, report = run(capsys, str(PLANS / "state-two-keys.show.json"))
    assert [key["change"] for key in report["users"][0]["keys"]] == [None, None]
