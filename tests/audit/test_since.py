"""Tonight against last night: new, unchanged, gone; and what was not read is never gone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.audit.conftest import Audit, Outcome
from tests.audit.fake_accounts import HOME
from tests.audit.fake_aws import World

BAD_TIME = {
    "account": "1",
    "user": "ann",
    "root": "1",
    "active": {"min": 0, "max": 0},
    "keys": [{"status": "Active", "active": {"min": 1, "max": 1}, "created": "yesterday"}],
}


@pytest.fixture
def last_night(world: World, audit: Audit, tmp_path: Path) -> str:
    """A report in which ann and bob have two keys, and so does cy of account 2."""
    for name in ("ann", "bob"):
        world.home.add(name, "Active", "Active")
    world.home.add("dee", "Active")
    world.account(2).add("cy", "Active", "Active")
    file = tmp_path / "last-night.json"
    file.write_text(json.dumps(audit("--org").report))
    return str(file)


def compared(outcome: Outcome) -> dict[str, set[str]]:
    names = {finding["fingerprint"]: finding["user"] for finding in outcome.report["findings"]}
    since = outcome.report["since"]
    return {
        "new": {names[mark] for mark in since["new"]},
        "unchanged": {names[mark] for mark in since["unchanged"]},
        "gone": {line.split()[3] for line in since["gone"].values()},
        "unread": {line.split()[3] for line in since["unread"].values()},
    }


def test_new_gone_unchanged(world: World, audit: Audit, last_night: str) -> None:
    world.home.add("bob", "Active")
    world.home.add("dee", "Active", "Active")
    outcome = audit("--org", "--since", last_night)
    assert compared(outcome) == {"new": {"dee"}, "unchanged": {"ann", "cy"}, "gone": {"bob"}, "unread": set()}
    [text] = outcome.said("Findings compared")
    assert "1 new, 2 unchanged, 1 gone" in text


def test_a_deleted_user_is_gone(world: World, audit: Audit, last_night: str) -> None:
    del world.home.users["bob"]
    assert compared(audit("--org", "--since", last_night))["gone"] == {"bob"}


def test_an_account_that_failed_is_not_gone(world: World, audit: Audit, last_night: str) -> None:
    world.accounts["000000000002"].roles.clear()
    result = compared(audit("--org", "--since", last_night))
    assert (result["gone"], result["unread"]) == (set(), {"cy"})


def test_an_account_that_was_left_out_is_not_gone(world: World, audit: Audit, last_night: str) -> None:
    world.accounts["000000000002"].state = "SUSPENDED"
    assert compared(audit("--org", "--since", last_night))["unread"] == {"cy"}


def test_a_user_that_could_not_be_read_is_not_gone(world: World, audit: Audit, last_night: str) -> None:
    world.fault("ListAccessKeys", "AccessDenied", status=403, user="bob")
    result = compared(audit("--org", "--evidence", "live", "--since", last_night))
    assert (result["gone"], result["unread"]) == (set(), {"bob"})


def test_a_user_that_was_not_even_listed_is_not_gone(world: World, audit: Audit, last_night: str) -> None:
    world.page = 1
    world.fault("ListUsers", "ServiceFailure", status=500, account=HOME)
    world.faults[0].match = lambda call: call.action == "iam:ListUsers" and call.params.get("Marker") == "1"
    result = compared(audit("--org", "--evidence", "live", "--attempts", "1", "--since", last_night))
    assert (result["gone"], result["unread"]) == (set(), {"bob"})


def test_users_that_were_not_asked_for_are_not_gone(world: World, audit: Audit, last_night: str) -> None:
    world.home.add("bob", "Active")
    result = compared(audit("--user", "bob", "--since", last_night))
    assert (result["gone"], result["unread"]) == ({"bob"}, {"ann", "cy"})


def test_merge_compares_too(world: World, audit: Audit, last_night: str, tmp_path: Path) -> None:
    world.home.add("bob", "Active")
    tonight = tmp_path / "tonight.json"
    tonight.write_text(json.dumps(audit("--org").report))
    outcome = audit(str(tonight), "--since", last_night, command="merge")
    assert compared(outcome)["gone"] == {"bob"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("not json", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an object"),
        ("{}", "not a string"),
        ({"format_version": "2.0"}, "format version"),
        ({"command": "check"}, "no report"),
        ({"limit": -1}, "limit is not a number"),
        ({"users": {}}, "users is not a list"),
        ({"findings": [{"rule": "no-such-rule"}]}, "findings[0].rule is not a rule"),
        ({"verdict": "fine"}, "verdict is not a verdict"),
        ({"diagnostics": [{"severity": "dire"}]}, "severity is not a known word"),
        ({"users": [BAD_TIME]}, "created is not a time"),
        ({"exit_code": 2}, "exit_code is not 0, 1 or 3"),
    ],
)
def test_files_that_are_no_reports(
    audit: Audit, last_night: str, change: str | dict, told: str, capsys: pytest.CaptureFixture
) -> None:
    file = Path(last_night)
    file.write_text(change if isinstance(change, str) else json.dumps(json.loads(file.read_text()) | change))
    assert audit("--since", last_night).code == 2
    assert told in capsys.readouterr().err
