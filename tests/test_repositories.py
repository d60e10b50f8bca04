"""On whole repositories the command finds every root, counts every user and explains what it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command import Ran, check
from tests.command import text as text_report
from tests.truth import repositories

REPOSITORIES = repositories.repositories()
FEWEST_FILES = 12
WORST_LAST = ("pass", "undetermined", "possible", "violation")


def _name(repository: repositories.Repository) -> str:
    return repository.name


@pytest.fixture(params=REPOSITORIES, ids=_name)
def repository(request: pytest.FixtureRequest) -> repositories.Repository:
    chosen: repositories.Repository = request.param
    return chosen


@pytest.fixture
def directory(repository: repositories.Repository, tmp_path: Path) -> Path:
    return repositories.copy(repository, tmp_path / repository.name)


def _users(ran: Ran, root: str) -> list[Any]:
    """The users of a root that have or may have an active key."""
    return [user for user in ran.users if user["root"] == root and user["active"]["max"] != 0]


def _range(number: Any) -> dict[str, int]:
    low, high = number if isinstance(number, list) else (number, number)
    return {"min": low, "max": high}


def test_it_is_sizeable(repository: repositories.Repository) -> None:
    assert sum(path.is_file() for path in repository.path.rglob("*")) > FEWEST_FILES


def test_the_roots_are_found(repository: repositories.Repository, directory: Path) -> None:
    ran = check(directory, ".")
    assert ran.errors == []
    roots = repository.expected["roots"]
    found = set(ran.report["coverage"]["roots"])
    assert {name for name, root in roots.items() if root["keys"]} <= found <= set(roots)


def test_verdict_and_exit_code(repository: repositories.Repository, directory: Path) -> None:
    ran = check(directory, ".")
    assert (ran.verdict, ran.exit_code) == (repository.expected["verdict"], repository.expected["exit_code"])


def test_users_and_their_numbers(repository: repositories.Repository, directory: Path) -> None:
    ran = check(directory, ".")
    for root, expected in repository.expected["roots"].items():
        found = {(user["account"], user["user"]): user["active"] for user in _users(ran, root)}
        active = _planned(expected)
        if "given" not in expected:
            assert found == {person: _range(number) for person, number in active.items()}, root
        for name, number in expected["users"].items():
            assert [found[person] for person in found if person[1] == name] == [_range(number)]
        for person, number in active.items():
            assert found[person]["min"] <= number <= found[person]["max"]


def _planned(expected: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    """The number of active keys of each user of a root, as Terraform plans them."""
    keys = expected["keys"].values()
    return Counter((account, user) for _, account, user, status in keys if status == "Active")


def test_verdicts_of_roots(repository: repositories.Repository, directory: Path) -> None:
    for root, expected in repository.expected["roots"].items():
        users = [user for user in check(directory, root).users if user["root"] == root]
        verdicts = {user["verdict"] for user in users} or {"pass"}
        assert max(verdicts, key=WORST_LAST.index) == expected["verdict"], root
        witnesses = [user["when"] for user in users if user["when"]]
        assert witnesses == ([expected["when"]] if "when" in expected else []), root


def test_keys_are_those_that_terraform_plans(repository: repositories.Repository, directory: Path) -> None:
    """With the open inputs given, every key is there with its account, user and status."""
    for root, expected in repository.expected["roots"].items():
        repositories.make_plannable(directory / root, expected.get("given", {}))
        found = {
            key["address"]: ["create", user["account"], user["user"], key["status"]]
            for user in check(directory, root).users
            if user["root"] == root
            for key in user["keys"]
        }
        assert found == expected["keys"], root


def test_the_text_explains(repository: repositories.Repository, directory: Path) -> None:
    written = text_report(directory, ".")
    for expected in repository.expected["explains"]:
        assert expected in written
