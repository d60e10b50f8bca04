"""Verdicts that hold for every input, against what the real Terraform plans for listed inputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ran, check
from tests.truth import aws, cases, record_cases

CASES = cases.cases()
FEWEST = 50
LIMIT = 1


def _name(case: cases.Case) -> str:
    return case.name


def _assignments(*names: str) -> list[Any]:
    """Each case with each of its assignments that a variable file or a workspace can give."""
    return [
        pytest.param(case, entry, id=f"{case.name}-{number}")
        for case in CASES
        for number, entry in enumerate(case.expected["inputs"])
        if cases.AWS_USERS not in entry["given"] and aws.UNKNOWN not in entry["active"]
    ]


def _most(ran: Ran) -> float:
    """The largest number of active keys that any user may have."""
    return max((_high(user) for user in ran.users), default=0)


def _high(user: Mapping[str, Any]) -> float:
    high = user["active"]["max"]
    return float("inf") if high is None else high


def test_there_are_enough() -> None:
    assert len(CASES) > FEWEST


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_verdict(case: cases.Case, tmp_path: Path) -> None:
    ran = check(cases.copy(case, tmp_path / "case"), ".")
    assert ran.verdict in case.verdicts, ran.errors
    assert ran.exit_code == (0 if ran.verdict == "pass" else 1)
    for name, number in case.expected.get("users", {}).items():
        low, high = number if isinstance(number, list) else (number, number)
        active = [user["active"] for user in ran.users if user["user"] == name]
        assert active == [{"min": low, "max": high}]


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_what_terraform_plans_lies_in_the_range(case: cases.Case, tmp_path: Path) -> None:
    ran = check(cases.copy(case, tmp_path / "case"), ".")
    named = {str(user["user"]): user for user in ran.users}
    for entry in case.expected["inputs"]:
        if cases.VAR_FILE in entry["given"]:
            continue
        for user, number in entry["active"].items():
            if user in named:
                assert named[user]["active"]["min"] <= number, entry
            assert number <= _most(ran), entry


@pytest.mark.parametrize(("case", "entry"), _assignments())
def test_given_inputs_decide(case: cases.Case, entry: Mapping[str, Any], tmp_path: Path) -> None:
    """With every input given the numbers are Terraform's, to the key."""
    root = cases.copy(case, tmp_path / "case")
    ran = _with(root, entry["given"])
    found = {user["user"]: user["active"] for user in ran.users if user["active"]["max"] != 0}
    assert found == {user: {"min": number, "max": number} for user, number in entry["active"].items()}
    worst = max(entry["active"].values(), default=0)
    assert ran.verdict == ("violation" if worst > LIMIT else "pass")


def _with(root: Path, given: Mapping[str, Any]) -> Ran:
    arguments = [f"-{argument}" for argument in cases.write_inputs(root, given)]
    workspace = ["--workspace", str(given.get(cases.WORKSPACE, "default"))]
    return check(root, "--no-variants", *workspace, *arguments, ".")


def _witnesses(ran: Ran) -> list[dict[str, Any]]:
    """The witnesses of a report that inputs alone can bring about, as assignments."""
    found = []
    for user in ran.users:
        when = user["when"] or {}
        if when and not any(name.startswith("data.") for name in when):
            given = {name.removeprefix("var."): value for name, value in when.items()}
            if "-var-file" in given:
                given[cases.VAR_FILE] = given.pop("-var-file")
            found.append(given)
    return found


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_witness_makes_a_violation(case: cases.Case, tmp_path: Path) -> None:
    root = cases.copy(case, tmp_path / "case")
    ran = check(root, ".")
    if ran.verdict == "possible":
        assert any(user["when"] for user in ran.users)
    for witness in _witnesses(ran):
        assert _with(root, witness).verdict == "violation", witness


@pytest.mark.long
@pytest.mark.terraform
@pytest.mark.skipif(not aws.available(), reason=f"needs Terraform, and the AWS provider in {aws.MIRROR}")
@pytest.mark.parametrize("case", [case for case in CASES if "possible" in case.verdicts], ids=_name)
def test_terraform_confirms_each_witness(case: cases.Case, tmp_path: Path) -> None:
    if "by_hand" in case.expected:
        pytest.skip(str(case.expected["by_hand"]))
    root = cases.copy(case, tmp_path / "case")
    # A witness tells nothing of users whom a data source names: that they exist is what it assumes.
    existing = sorted(
        {user for entry in case.expected["inputs"] for user in entry["given"].get(cases.AWS_USERS, [])}
    )
    for witness in {
        json.dumps(given, sort_keys=True, default=float) for given in _witnesses(check(root, "."))
    }:
        given = {cases.AWS_USERS: existing, **json.loads(witness)}
        assert max(record_cases.active(root, given).values()) > LIMIT, witness
