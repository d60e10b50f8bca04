"""Waivers: what they cover, and every way in which they fail closed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from guard.cli import main
from guard.in_force import find, with_settings
from guard.options import CheckOptions
from guard.pipeline import check
from guard.reports.model import Report
from guard.rules import Verdict

TODAY = datetime.date(2026, 11, 23)
WAIVER = "{account: default, user: alice, at-most: 2, owner: team, reason: rotation, until: 2026-12-10}"
KEY = 'resource "aws_iam_access_key" "k%d" { user = "alice" }\n'


def run(
    directory: Path, monkeypatch: pytest.MonkeyPatch, waivers: str, keys: int = 2, main_tf: str = ""
) -> Report:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(directory)
    (directory / "main.tf").write_text(main_tf or "".join(KEY % number for number in range(keys)))
    (directory / ".iam-key-guard.yaml").write_text(waivers if "\n" in waivers else f"waivers: [{waivers}]\n")
    options = CheckOptions((Path(),))
    file = find(options)
    assert file is not None
    return check(with_settings(options, file, named=False), lambda: TODAY)


def summaries(report: Report) -> list[str]:
    return [item.summary for item in report.diagnostics if item.summary.startswith("Waiver")]


@pytest.mark.parametrize(
    ("waiver", "said"),
    [
        (WAIVER, []),
        (WAIVER.replace("alice", "ALICE"), []),
        (WAIVER.replace("2026-12-10", "2026-12-23"), []),
        (WAIVER.replace("2026-12-10", "2026-11-23"), []),
        (WAIVER.replace("}", ", root: .}"), []),
        (f"max-waiver-days: 90\nwaivers: [{WAIVER.replace('2026-12-10', '2027-02-01')}]\n", []),
        (f"{WAIVER.replace('2026-12-10', '2026-11-22')}, {WAIVER}", ["Waiver expired"]),
    ],
)
def test_a_waiver_in_force_is_shown_and_does_not_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waiver: str, said: list[str]
) -> None:
    report = run(tmp_path, monkeypatch, waiver)
    assert (report.exit_code, report.verdict, summaries(report)) == (0, Verdict.PASS, said)
    (user,) = report.users
    finding = report.findings[0]
    assert user.waived == finding.waived
    assert user.waived is not None
    assert (user.waived.owner, user.waived.at_most, user.verdict) == ("team", 2, Verdict.VIOLATION)


@pytest.mark.parametrize(
    ("waiver", "keys", "said"),
    [
        (WAIVER.replace("2026-12-10", "2026-11-22"), 2, "Waiver expired"),
        (WAIVER.replace("2026-12-10", "2026-12-24"), 2, "Waiver too long"),
        (f"max-waiver-days: 5\nwaivers: [{WAIVER}]\n", 2, "Waiver too long"),
        (WAIVER.replace("default", '"111111111111"'), 2, "Waiver without effect"),
        (WAIVER.replace("alice", "bob"), 2, "Waiver without effect"),
        (WAIVER.replace("}", ", root: envs/prod}"), 2, "Waiver without effect"),
        (WAIVER, 3, "Waiver too small"),
    ],
)
def test_a_waiver_that_is_not_right_does_not_count_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waiver: str, keys: int, said: str
) -> None:
    report = run(tmp_path, monkeypatch, waiver, keys)
    assert (report.exit_code, report.verdict, summaries(report)) == (1, Verdict.VIOLATION, [said])
    assert all(finding.waived is None for finding in report.findings)


def test_no_waiver_covers_an_open_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = 'variable "n" { type = number }\nresource "aws_iam_access_key" "k" {\n  count = var.n\n  user = "alice"\n}\n'
    report = run(tmp_path, monkeypatch, WAIVER.replace("at-most: 2", "at-most: 100"), main_tf=text)
    assert (report.exit_code, summaries(report)) == (1, ["Waiver too small"])


TWICE = "".join(KEY % number for number in range(2))


@pytest.mark.parametrize(
    ("waivers", "said", "failing"),
    [
        (f"waivers: [{WAIVER}]\n", ["Waiver not exact"], ["a", "b"]),
        (f"waivers: [{WAIVER.replace('}', ', root: a}')}]\n", [], ["b"]),
        (f"waivers: [{WAIVER.replace('}', ', root: a}')}, {WAIVER.replace('}', ', root: b}')}]\n", [], []),
        (
            f"roots: {{'*': {{account: '111111111111'}}}}\n"
            f"waivers: [{WAIVER.replace('default', repr('1' * 12)).replace('at-most: 2', 'at-most: 4')}]\n",
            [],
            [],
        ),
    ],
)
def test_a_waiver_never_covers_accounts_that_are_only_called_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waivers: str, said: list[str], failing: list[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "main.tf").write_text(TWICE)
    report = run(tmp_path, monkeypatch, waivers, main_tf="# nothing here\n")
    uncovered = [item.root for item in report.findings if item.waived is None and item.verdict]
    assert (summaries(report), uncovered) == (said, failing)


def test_a_waiver_never_covers_two_users_of_one_name_in_accounts_that_are_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = "".join(
        f'variable "{name}" {{ type = string }}\nprovider "aws" {{\n  alias = "{name}"\n'
        f"  allowed_account_ids = [var.{name}]\n}}\n"
        + "".join(
            f'resource "aws_iam_access_key" "{name}{n}" {{\n  provider = aws.{name}\n  user = "alice"\n}}\n'
            for n in range(2)
        )
        for name in ("x", "y")
    )
    report = run(tmp_path, monkeypatch, WAIVER.replace("default", "unknown"), main_tf=main)
    assert (report.exit_code, [user.waived for user in report.users]) == (1, [None, None])
    assert summaries(report) == ["Waiver without effect"]


def test_a_waiver_does_not_hide_that_something_could_not_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = KEY % 1 + KEY % 2 + 'resource "aws_iam_access_key" "c" { }\n'
    assert run(tmp_path, monkeypatch, WAIVER, main_tf=broken).exit_code == 3


def test_a_waiver_that_nobody_needs_is_mentioned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = run(tmp_path, monkeypatch, WAIVER, keys=1)
    assert (report.exit_code, summaries(report), report.users[0].waived) == (0, ["Waiver not needed"], None)


@pytest.mark.parametrize(("until", "warned"), [("2026-11-26", True), ("2026-11-27", False)])
def test_three_days_before_the_end_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, until: str, warned: bool
) -> None:
    report = run(tmp_path, monkeypatch, WAIVER.replace("2026-12-10", until))
    rules = [finding.rule.name for finding in report.findings]
    assert ("waiver-expiring" in rules, report.exit_code) == (warned, 0)


@pytest.mark.parametrize("until", ["2026-02-30", "tomorrow"])
def test_a_day_that_does_not_exist_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, until: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "main.tf").write_text(KEY % 1 + KEY % 2)
    (tmp_path / ".iam-key-guard.yaml").write_text(f"waivers: [{WAIVER.replace('2026-12-10', until)}]\n")
    assert main(["check", "--confine", "."]) == 2
