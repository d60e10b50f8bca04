"""Every format can say what an audit has to say: findings, deleted, unread, skipped and failed accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.reports import FORMATS
from tests.audit.conftest import Audit
from tests.audit.fake_accounts import Key, days_ago
from tests.audit.fake_aws import World


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_it_all(world: World, audit: Audit, tmp_path: Path, name: str) -> None:
    home = world.home
    home.add("two-keys", Key("AKIAIOSFODNN7EXAMPLE", created=days_ago(400), used=days_ago(2)), "Active")
    home.add("deleted-user", "Active")
    home.add("hidden-user", "Active")
    home.root_keys = [Key("AKIAIOSFODNN7ROOTKEY")]
    world.fault("ListAccessKeys", user="deleted-user", effect=lambda: home.users.pop("deleted-user"))
    world.fault("ListAccessKeys", "AccessDenied", status=403, user="hidden-user")
    world.account(2, roles=set())
    world.account(3, state="SUSPENDED")
    file = tmp_path / "report"
    outcome = audit("--org", "--evidence", "live", "--format", f"{name}={file}")
    assert outcome.code == 1
    assert outcome.standings() == {
        "two-keys": "violating",
        "deleted-user": "deleted",
        "hidden-user": "unread",
        "<root_account>": "violating",
    }
    text = file.read_text()
    assert "two-keys" in text
    assert "000000000002" in text  # the account that refused us
    assert "IOSFODNN7" not in text


@pytest.mark.parametrize(
    ("keys", "root", "told"),
    [
        (2, 0, "violation: 1 of 2 IAM users has more than 1 active access key"),
        (1, 0, "pass: 2 IAM users, none with more than 1 active access key"),
        (1, 1, "none with more than 1 active access key; the root user has an active access key"),
        (None, 1, "violation: the root user has an active access key"),
        (None, 0, "pass: no IAM users found"),
    ],
)
def test_the_root_user_is_no_iam_user(
    world: World, audit: Audit, capsys: pytest.CaptureFixture, keys: int | None, root: int, told: str
) -> None:
    if keys is not None:
        world.home.add("ann", *["Active"] * keys)
        world.home.add("bob")
    world.home.root_keys = [Key("AKIAIOSFODNN7ROOTKEY")] * root
    audit()
    assert told in capsys.readouterr().out.splitlines()[0]
