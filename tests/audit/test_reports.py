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
