"""`--user NAME`: just those users, asked for now."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.conftest import Audit
from tests.audit.fake_accounts import HOME
from tests.audit.fake_aws import World


def test_only_the_users_asked_for(world: World, audit: Audit) -> None:
    world.home.add("ann", "Active", "Active")
    world.home.add("bob", "Active")
    world.home.paths["bob"] = "/team/"
    outcome = audit("--user", "bob")
    assert outcome.code == 0
    assert outcome.users()["bob"]["arn"] == f"arn:aws:iam::{HOME}:user/team/bob"
    assert set(outcome.users()) == {"bob"}
    assert audit("--user", "ann", "--user", "bob", "--user", "ann").code == 1
    assert world.made("ListUsers") == 0
    assert world.made("GetAccountSummary") == 0


def test_a_user_that_does_not_exist_is_no_pass(world: World, audit: Audit) -> None:
    world.home.add("bob", "Active")
    outcome = audit("--user", "bob", "--user", "bbo")
    assert outcome.code == 3
    assert "bbo" in outcome.said("No such user")[0]


def test_a_user_of_one_account_of_several(world: World, audit: Audit) -> None:
    world.account(2).add("ann", "Active", "Active")
    world.account(3).add("bob", "Active")
    outcome = audit("--org", "--user", "ann")
    assert outcome.code == 1
    assert not outcome.said("No such user")
    assert audit("--org", "--user", "cy").code == 3


def test_a_user_that_cannot_be_read(world: World, audit: Audit) -> None:
    world.home.add("bob", "Active")
    world.fault("GetUser", "AccessDenied", status=403)
    outcome = audit("--user", "bob")
    assert outcome.code == 3
    assert outcome.standings() == {"bob": "unread"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("--user", "bob", "--evidence", "report"),
        ("--shard", "1/2"),
        ("--org", "--shard", "1/2", "--user", "bob"),
        ("--org", "--shard", "3/2"),
        ("--accounts", "no-such-file"),
        ("--since", "no-such-file"),
        ("--profile", "no-such-profile"),
    ],
)
def test_wrong_use(world: World, audit: Audit, arguments: tuple[str, ...]) -> None:
    assert audit(*arguments).code == 2


def test_files_that_are_no_text(audit: Audit, tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    file = tmp_path / "accounts"
    file.write_bytes(b"\xff\xfe")
    assert audit("--accounts", str(file)).code == 2
    with file.open("wb") as stream:
        stream.truncate(11 * 1024 * 1024)
    assert audit("--accounts", str(file)).code == 2
    assert "not UTF-8" in (told := capsys.readouterr().err)
    assert "too large" in told


@pytest.mark.parametrize(
    "arguments",
    [
        ("--org", "--accounts", "file"),
        ("--role-arn", "admin"),
        ("--role-name", "a b"),
        ("--user", ""),
        ("--user", "<root_account>"),
        ("--max-age", "-1"),
        ("--max-rate", "0"),
        ("--timeout", "nan"),
        ("--threads", "many"),
        ("--evidence", "rumour"),
    ],
)
def test_wrong_arguments(audit: Audit, arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        audit(*arguments)
    assert caught.value.code == 2
