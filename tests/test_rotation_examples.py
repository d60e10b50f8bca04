"""What docs/rotation.md says of each example directory."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from guard.in_force import find, with_settings
from guard.options import CheckOptions
from guard.pipeline import check
from guard.reports.model import Report

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "rotation"
WAIVER = "two-keys-with-waiver"


def run(directory: Path, monkeypatch: pytest.MonkeyPatch, today: str = "2026-11-23") -> Report:
    monkeypatch.chdir(directory)
    options = CheckOptions((Path(),), confine=Path())
    file = find(options)
    if file:
        options = with_settings(options, file, named=False)
    return check(options, lambda: datetime.date.fromisoformat(today))


def said(report: Report) -> set[str]:
    return {item.rule.name for item in report.findings} | {item.summary for item in report.diagnostics}


@pytest.mark.parametrize("name", ["flip-of-status", "create-before-destroy", "two-users"])
def test_ways_that_need_no_waiver_pass(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    report = run(EXAMPLES / name, monkeypatch)
    assert (report.exit_code, report.verdict.word, report.findings) == (0, "pass", ())
    assert report.users


def test_the_plan_that_replaces_the_key_warns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan of this configuration, recorded under other names."""
    text = (ROOT / "tests/data/plans/replace-create-before-destroy.json").read_text("utf-8")
    for was, now in (
        ("aws_iam_access_key.a", "aws_iam_access_key.this"),
        ('"name": "a"', '"name": "this"'),
        ("aws_iam_user.ci", "aws_iam_user.deploy"),
        ('"name": "ci"', '"name": "deploy"'),
        ("ci-bot", "deploy"),
        ("terraform_data.gen", "terraform_data.rotation"),
        ("var.gen", "var.rotation"),
        ('"gen"', '"rotation"'),
    ):
        text = text.replace(was, now)
    shutil.copy(EXAMPLES / "create-before-destroy" / "main.tf", tmp_path)
    (tmp_path / "plan.json").write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    report = check(CheckOptions((Path("plan.json"), Path()), confine=Path()))
    assert (report.exit_code, report.verdict.word) == (0, "pass")
    assert [(item.rule.name, item.user) for item in report.findings] == [
        ("keys-overlap-during-apply", "deploy")
    ]


@pytest.mark.parametrize(
    ("today", "code", "told"),
    [
        ("2026-11-23", 0, {"more-than-one-active-key"}),
        ("2026-12-07", 0, {"more-than-one-active-key", "waiver-expiring"}),
        ("2026-12-10", 0, {"more-than-one-active-key", "waiver-expiring"}),
        ("2026-12-11", 1, {"more-than-one-active-key", "Waiver expired"}),
        ("2026-11-01", 1, {"more-than-one-active-key", "Waiver too long"}),
    ],
)
def test_two_keys_under_a_waiver(
    monkeypatch: pytest.MonkeyPatch, today: str, code: int, told: set[str]
) -> None:
    report = run(EXAMPLES / WAIVER, monkeypatch, today)
    assert (report.exit_code, said(report)) == (code, told)


def test_without_the_waiver_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(EXAMPLES / WAIVER / "main.tf", tmp_path)
    assert run(tmp_path, monkeypatch).exit_code == 1


def test_with_the_old_key_inactive_the_waiver_is_not_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLES / WAIVER, tmp_path, dirs_exist_ok=True)
    code = tmp_path / "main.tf"
    text = code.read_text("utf-8")
    code.write_text(text.replace('"old" {', '"old" {\n  status = "Inactive"'), "utf-8")
    report = run(tmp_path, monkeypatch)
    assert (report.exit_code, said(report)) == (0, {"Waiver not needed"})


def test_every_example_has_a_readme_and_is_documented() -> None:
    page = (ROOT / "docs" / "rotation.md").read_text("utf-8")
    names = sorted(path.name for path in EXAMPLES.iterdir())
    assert names == sorted(["create-before-destroy", "flip-of-status", WAIVER, "two-users"])
    for name in names:
        assert (EXAMPLES / name / "README.md").is_file()
        assert f"`{name}`" in page
