"""A world that changes while it is read: users go, tokens end, answers are late or are none."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Audit
from tests.audit.fake_accounts import HOME, Key, days_ago
from tests.audit.fake_aws import World

IMPATIENT = ("--attempts", "2", "--timeout", "20")


@pytest.fixture
def people(world: World) -> World:
    world.home.add("ann", "Active", "Active")
    world.home.add("bob", "Active")
    world.home.add("cy", "Active", "Inactive")
    return world


def test_user_deleted_between_two_calls(people: World, audit: Audit) -> None:
    people.fault("ListAccessKeys", user="bob", effect=lambda: people.home.users.pop("bob"))
    outcome = audit("--evidence", "live")
    assert outcome.standings()["bob"] == "deleted"
    assert outcome.accounts[HOME]["users"] == {"expected": 3, "read": 2, "deleted": 1, "unread": 0}
    assert outcome.code == 1


def test_token_expires_in_the_middle(world: World, audit: Audit) -> None:
    """What was read before stands; nothing is called after, and the rest is unread."""
    for number in range(40):
        world.home.add(f"user-{number:02d}", "Active")
    world.fault(
        "ListAccessKeys", user="user-20", effect=lambda: world.expired.add("AKIAHOME000000000000"), times=1
    )
    outcome = audit("--evidence", "live", "--threads", "1")
    assert outcome.code == 3
    standings = outcome.standings()
    assert [name for name, standing in standings.items() if standing == "unread"] == [
        f"user-{number}" for number in range(20, 40)
    ]
    assert world.made("ListAccessKeys") == 22  # one more try, with credentials read anew
    assert "ExpiredToken" in outcome.said("Users not read")[0]


def test_a_role_is_assumed_again_when_its_session_ends(world: World, audit: Audit) -> None:
    member = world.account(2, alias="member")
    for number in range(40):
        member.add(f"user-{number:02d}", "Active")

    def expire() -> None:
        world.expired.update(world.tokens)

    world.fault("ListAccessKeys", user="user-20", effect=expire, times=1)
    outcome = audit("--role-arn", "arn:aws:iam::000000000002:role/iam-key-guard-audit", "--evidence", "live")
    assert outcome.code == 0
    assert outcome.accounts["000000000002"]["users"]["read"] == 40


def test_slow_answers(people: World, audit: Audit) -> None:
    people.fault("ListAccessKeys", user="bob", delay=0.6, times=1)
    outcome = audit("--evidence", "live", "--call-timeout", "0.3")
    assert outcome.standings()["bob"] == "compliant"
    people.fault("ListAccessKeys", user="bob", delay=0.6)
    outcome = audit("--evidence", "live", "--call-timeout", "0.3", "--attempts", "2")
    assert outcome.standings()["bob"] == "unread"
    assert "ReadTimeoutError" in outcome.said("Users not read")[0]


def test_nobody_answers(people: World, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    outcome = audit("--attempts", "1")
    assert outcome.code == 3
    assert outcome.said("AWS not reachable")


def test_wrong_credentials(people: World, audit: Audit) -> None:
    people.fault("GetCallerIdentity", "InvalidClientTokenId", status=403)
    outcome = audit()
    assert outcome.code == 3
    assert outcome.said("Credentials expired or refused")


def test_an_error_names_no_key_id(people: World, audit: Audit) -> None:
    people.home.users["ann"][0] = Key("AKIASECRET0000000WXYZ", created=days_ago(1))
    people.fault("ListUsers", "AccessDenied", status=403, message="AKIASECRET0000000WXYZ may not do this")
    outcome = audit("--evidence", "live")
    assert "AKIASECRET" not in str(outcome.report)
    assert "****WXYZ may not" in str(outcome.report)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "<html>proxy login</html>",
        "<ListUsersResponse><ListUsersResult></ListUsersResult></ListUsersResponse>",
        "<ListUsersResponse><ListUsersResult><Users><member><Path>/</Path></member></Users>"
        "<IsTruncated>false</IsTruncated></ListUsersResult></ListUsersResponse>",
        "<ListUsersResponse><ListUsersResult><Users></Users></ListUsersResult></ListUsersResponse>",
        "<ListUsersResponse><ListUsersResult><Users/><IsTruncated>true</IsTruncated>"
        "</ListUsersResult></ListUsersResponse>",
        "<a><b>",
    ],
)
def test_an_answer_that_is_none(people: World, audit: Audit, raw: str) -> None:
    people.fault("ListUsers", raw=raw)
    outcome = audit("--evidence", "live", "--attempts", "1")
    assert outcome.code == 3
    assert outcome.accounts[HOME]["status"] in ("failed", "incomplete")
    assert outcome.accounts[HOME]["users"]["unread"] == 3


def test_users_that_go_while_they_are_listed(people: World, audit: Audit) -> None:
    people.fault("ListUsers", effect=lambda: people.home.users.pop("bob"), times=1)
    outcome = audit("--evidence", "live")
    assert set(outcome.standings()) == {"ann", "cy", "<root_account>"}
    assert outcome.accounts[HOME]["status"] == "audited"


def test_an_answer_about_keys_that_is_none(people: World, audit: Audit) -> None:
    people.fault(
        "ListAccessKeys", raw="<ListAccessKeysResponse><ListAccessKeysResult/></ListAccessKeysResponse>"
    )
    outcome = audit("--evidence", "live", "--attempts", "1")
    assert {outcome.standings()[name] for name in ("ann", "bob", "cy")} == {"unread"}


def test_a_list_of_keys_that_goes_on_but_does_not_say_where(people: World, audit: Audit) -> None:
    people.fault(
        "ListAccessKeys",
        user="bob",
        raw="<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata><member><UserName>bob</UserName>"
        "<AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId><Status>Active</Status></member></AccessKeyMetadata>"
        "<IsTruncated>true</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>",
    )
    assert audit("--evidence", "live").standings()["bob"] == "unread"


@pytest.mark.parametrize("evidence", ["live", "report"])
def test_a_user_with_a_new_name_is_not_deleted(people: World, audit: Audit, evidence: str) -> None:
    """Renamed after the list was made: the old name is gone, the keys are not."""

    def rename() -> None:
        if "ann" in people.home.users:
            people.home.users["anna"] = people.home.users.pop("ann")

    people.fault("ListAccessKeys", effect=rename, times=1)
    for user in ("bob", "cy"):
        people.home.users[user] = people.home.users[user][:1]
    outcome = audit("--evidence", evidence, "--threads", "1")
    assert outcome.code == 1
    assert outcome.standings()["ann"] == "deleted"
    assert [finding["user"] for finding in outcome.findings()] == ["anna"]


def test_a_vanished_user_and_no_new_list_is_no_pass(world: World, audit: Audit) -> None:
    world.home.add("ann", "Active", "Active")
    world.fault("ListAccessKeys", "NoSuchEntity", status=404)
    world.fault("ListUsers", times=1)
    world.fault("ListUsers", "AccessDenied", status=403)
    outcome = audit("--evidence", "live")
    assert outcome.code == 3
    assert "deleted or renamed" in outcome.said("Access denied")[0]


def test_a_user_asked_for_that_vanishes_is_no_pass(world: World, audit: Audit) -> None:
    world.home.add("ann", "Active", "Active")
    world.fault("ListAccessKeys", "NoSuchEntity", status=404)
    outcome = audit("--user", "ann")
    assert outcome.code == 3
    assert outcome.said("No such user")


def test_pages_that_go_in_a_larger_circle(people: World, audit: Audit) -> None:
    people.circling, people.page = True, 1
    outcome = audit("--evidence", "live", "--timeout", "20")
    assert outcome.code != 0
    assert outcome.accounts[HOME]["users"]["unread"] >= 1
    assert len(people.calls) < 30


def test_answers_that_do_not_say_whether_they_are_cut(world: World, audit: Audit) -> None:
    """A marker says that there is more, whatever else is missing."""
    world.unsaid, world.page = True, 1
    world.home.add("ann", "Active", "Active")
    world.home.add("bob", "Active")
    world.fault("GetAccountSummary", "AccessDenied", status=403)
    outcome = audit("--evidence", "live")
    assert outcome.standings() == {"ann": "violating", "bob": "compliant", "<root_account>": "compliant"}
