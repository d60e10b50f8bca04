"""Baselines: adopted in one command, then only what is new or worse fails."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.checking import Checker

KEY = 'resource "aws_iam_access_key" "%s" { user = "%s" }\n'
BASE = "baseline.json"


def pair(user: str, keys: int = 2) -> str:
    return "".join(KEY % (f"{user}{number}", user) for number in range(keys))


def summaries(report: dict[str, Any]) -> list[str]:
    return [item["summary"] for item in report["diagnostics"] if "aseline" in item["summary"]]


def test_sixty_findings_are_adopted_in_one_command_and_then_only_a_new_one_fails(check: Checker) -> None:
    files = {f"r{number}/main.tf": pair(f"u{number}") for number in range(60)}
    adopted = check(files, ".", "--write-baseline", BASE)
    assert (adopted.code, adopted.verdict, len(adopted.report["findings"])) == (0, "pass", 60)
    again = check({}, ".", "--baseline", BASE)
    assert (again.code, again.verdict, summaries(again.report)) == (0, "pass", [])
    assert all(item["waived"]["until"] is None for item in again.report["findings"])
    new = check({"r7/more.tf": pair("newcomer")}, ".", "--baseline", BASE)
    failing = [item["user"] for item in new.report["findings"] if item["waived"] is None]
    assert (new.code, new.verdict, failing) == (1, "violation", ["newcomer"])


def test_moved_lines_files_and_other_labels_stay_in_the_baseline(check: Checker, tmp_path: Path) -> None:
    check(pair("ann"), ".", "--write-baseline", BASE)
    (tmp_path / "main.tf").unlink()
    moved = "\n\n# moved\n" + pair("ann").replace('"ann0"', '"first"').replace(
        'user = "ann"', 'user = "Ann"', 1
    )
    assert check({"other.tf": moved}, ".", "--baseline", BASE).code == 0


@pytest.mark.parametrize(
    "after",
    [
        pair("ann", 3),
        pair("ann").replace("ann0", "x") + 'provider "aws" { profile = "other" }\n',
    ],
)
def test_a_finding_that_got_worse_or_is_in_another_account_is_new(check: Checker, after: str) -> None:
    check(pair("ann"), ".", "--write-baseline", BASE)
    assert check(after, ".", "--baseline", BASE).code == 1


def test_worse_is_said(check: Checker) -> None:
    check(pair("ann"), ".", "--write-baseline", BASE)
    assert summaries(check(pair("ann", 3), ".", "--baseline", BASE).report) == ["Worse than the baseline"]


def test_a_possible_finding_that_becomes_certain_is_new(check: Checker) -> None:
    maybe = (
        pair("ann", 1)
        + 'variable "n" { type = bool }\nresource "aws_iam_access_key" "m" {\n  count = var.n ? 1 : 0\n  user = "ann"\n}\n'
    )
    assert check(maybe, ".", "--write-baseline", BASE).code == 0
    assert check({}, ".", "--baseline", BASE).code == 0
    assert check({}, ".", "--baseline", BASE, "--var", "n=true").code == 1
    assert check({}, ".", "--baseline", BASE, "--var", "n=false").code == 0


def test_a_finding_that_is_gone_is_said_where_its_root_was_read(check: Checker) -> None:
    check({"a/main.tf": pair("ann"), "b/main.tf": pair("bob")}, ".", "--write-baseline", BASE)
    fixed = check({"a/main.tf": pair("ann", 1)}, ".", "--baseline", BASE)
    assert (fixed.code, summaries(fixed.report)) == (0, ["Baseline entry gone"])
    assert summaries(check({}, "b", "--baseline", BASE).report) == []


def test_an_entry_whose_finding_has_a_waiver_is_not_gone(check: Checker, tmp_path: Path) -> None:
    check(pair("ann"), ".", "--write-baseline", BASE)
    until = datetime.now(UTC).date() + timedelta(days=9)
    waiver = f"{{account: default, user: ann, at-most: 2, owner: o, reason: r, until: {until}}}"
    (tmp_path / ".iam-key-guard.yaml").write_text(f"waivers: [{waiver}]\n")
    waived = check({}, ".", "--baseline", BASE)
    assert (waived.code, summaries(waived.report)) == (0, [])
    assert waived.report["findings"][0]["waived"]["owner"] == "o"


def test_an_entry_may_be_removed(check: Checker, tmp_path: Path) -> None:
    check({"main.tf": pair("ann") + pair("bob")}, ".", "--write-baseline", BASE)
    document = json.loads((tmp_path / BASE).read_text())
    del document["findings"][0]
    (tmp_path / BASE).write_text(json.dumps(document))
    result = check({}, ".", "--baseline", BASE)
    assert [item["user"] for item in result.report["findings"] if item["waived"] is None] == ["ann"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user", "bob"),
        ("account", "111111111111"),
        ("root", "other"),
        ("active", {"min": 2, "max": None}),
        ("active", {"min": 2, "max": 9}),
        ("active", {"min": 2}),
        ("active", []),
        ("verdict", "possible"),
        ("verdict", "fine"),
        ("rule", "root-access-key"),
        ("digest", "0"),
        ("fingerprint", None),
    ],
)
def test_an_entry_changed_by_hand_is_refused(
    check: Checker, tmp_path: Path, field: str, value: object
) -> None:
    check(pair("ann"), ".", "--write-baseline", BASE)
    document = json.loads((tmp_path / BASE).read_text())
    document["findings"][0][field] = value
    (tmp_path / BASE).write_text(json.dumps(document))
    result = check({}, ".", "--baseline", BASE)
    assert (result.code, "Invalid baseline" in result.errors) == (2, True)


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", "[" * 100_000, '{"format_version": "2.0", "findings": []}', '{"format_version": "1.0"}'],
)
def test_what_is_no_baseline_is_refused(check: Checker, text: str) -> None:
    assert check({"main.tf": pair("ann"), BASE: text}, ".", "--baseline", BASE).code == 2


def test_a_baseline_that_does_not_exist_or_cannot_be_written(check: Checker) -> None:
    assert "Baseline not readable" in check(pair("ann"), ".", "--baseline", "no.json").errors
    assert "Baseline not written" in check({"x": ""}, ".", "--write-baseline", "x/b.json").errors


def test_a_baseline_does_not_hide_that_something_could_not_be_read(check: Checker) -> None:
    broken = pair("ann") + 'resource "aws_iam_access_key" "c" { }\n'
    assert check(broken, ".", "--write-baseline", BASE).code == 3
