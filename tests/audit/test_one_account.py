"""One account by either kind of evidence: who passes, who does not, and what it rests on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.audit.conftest import Audit
from tests.audit.fake_accounts import HOME, Key, days_ago
from tests.audit.fake_aws import World


@pytest.fixture
def people(world: World) -> World:
    """Somebody for every standing that needs no fault."""
    home = world.home
    home.add("ann", "Active", "Active")
    home.add("bob", "Active", "Inactive")
    home.add("cy", "Active")
    home.add("dee")
    home.add("eve", "Active", "Expired")
    home.add("fay", "Inactive", "Inactive")
    return world


@pytest.mark.parametrize("evidence", ["live", "report", "auto"])
def test_each_user_is_told_apart(people: World, audit: Audit, evidence: str) -> None:
    outcome = audit("--evidence", evidence)
    assert outcome.code == 1
    assert outcome.standings() == {
        "ann": "violating",
        "bob": "compliant",
        "cy": "compliant",
        "dee": "compliant",
        "eve": "compliant",
        "fay": "compliant",
        "<root_account>": "compliant",
    }
    [finding] = outcome.findings()
    assert finding["user"] == "ann"
    assert f"account {HOME} home-alias, arn:aws:iam::{HOME}:user/ann" in finding["message"]
    assert outcome.report["verdict"] == "violation"
    assert outcome.accounts[HOME]["status"] == "audited"
    assert outcome.accounts[HOME]["users"] == {"expected": 6, "read": 6, "deleted": 0, "unread": 0}


def test_report_asks_only_about_users_that_it_does_not_settle(people: World, audit: Audit) -> None:
    people.home.report_age = timedelta(minutes=42)
    outcome = audit("--evidence", "report")
    asked = {call.params["UserName"] for call in people.calls if call.action == "iam:ListAccessKeys"}
    assert asked == {"ann", "bob", "eve", "fay"}  # two keys fill the report's slots: a third may hide
    users = outcome.users()
    assert users["ann"]["evidence"] == "live"
    assert users["cy"]["evidence"] == "report, age 42 min"
    assert users["<root_account>"]["evidence"] == "live"  # the summary says that there are no keys
    assert people.made("ListUsers") == 1


def test_with_the_column_for_more_keys_fewer_users_are_asked_about(people: World, audit: Audit) -> None:
    people.home.more_keys_column = True
    people.home.add("many", "Inactive", "Inactive", "Active", "Active")
    outcome = audit("--evidence", "report")
    asked = {call.params["UserName"] for call in people.calls if call.action == "iam:ListAccessKeys"}
    assert asked == {"ann", "many"}
    assert {finding["user"] for finding in outcome.findings()} == {"ann", "many"}


@pytest.mark.parametrize("odd", ["true,yesterday,N/A,N/A,N/A", "maybe,N/A,N/A,N/A,N/A"])
def test_a_user_whose_line_looks_odd_is_asked_about(world: World, audit: Audit, odd: str) -> None:
    world.home.add("ann")
    world.home.report = world.home.make_report().replace(b"false,N/A,N/A,N/A,N/A", odd.encode())
    world.home.add("ann", "Active", "Active")
    assert audit("--evidence", "report").standings()["ann"] == "violating"


def test_live_asks_about_everyone(people: World, audit: Audit) -> None:
    outcome = audit("--evidence", "live")
    assert people.made("ListAccessKeys") == len(people.home.users)
    assert {user["evidence"] for user in outcome.report["users"]} == {"live"}
    assert people.made("GenerateCredentialReport") == 0


def test_a_finding_of_an_old_report_is_confirmed(people: World, audit: Audit) -> None:
    """The report is cached: the second key was made inactive after it."""
    people.home.report = people.home.make_report()
    people.home.users["ann"][1].status = "Inactive"
    outcome = audit("--evidence", "report")
    assert outcome.code == 0
    assert outcome.standings()["ann"] == "compliant"


def test_more_than_two_keys_are_counted(world: World, audit: Audit) -> None:
    world.home.add("ann", *["Active"] * 8)
    for evidence in ("live", "report"):
        outcome = audit("--evidence", evidence)
        assert outcome.users()["ann"]["active"] == {"min": 8, "max": 8}


def test_a_third_key_that_the_report_does_not_show_is_found(world: World, audit: Audit) -> None:
    world.home.add("ann", "Inactive", "Active", "Active")
    assert audit("--evidence", "report").standings()["ann"] == "violating"


@pytest.mark.parametrize(
    ("others", "code", "verdict", "active"),
    [
        ([], 0, "pass", {"min": 0, "max": 1}),
        (["Active"], 1, "undetermined", {"min": 1, "max": 2}),
        (["Active", "Active"], 1, "violation", {"min": 2, "max": 3}),
    ],
)
def test_a_status_never_heard_of_counts_at_most(
    world: World, audit: Audit, others: list[str], code: int, verdict: str, active: dict
) -> None:
    world.home.add("ann", "Sleeping", *others)
    outcome = audit()
    assert (outcome.code, outcome.users()["ann"]["verdict"]) == (code, verdict)
    assert outcome.users()["ann"]["active"] == active


@pytest.mark.parametrize("evidence", ["live", "report"])
@pytest.mark.parametrize(
    ("statuses", "verdict"), [(["Active"], "violation"), (["Inactive"], "pass"), ([], "pass")]
)
def test_root_user(world: World, audit: Audit, evidence: str, statuses: list[str], verdict: str) -> None:
    world.home.root_keys = [Key(f"AKIAIOSFODNN7ROOT{at}", status) for at, status in enumerate(statuses)]
    outcome = audit("--evidence", evidence)
    assert outcome.users()["<root_account>"]["verdict"] == verdict
    assert len(outcome.findings("root-access-key")) == (verdict == "violation")
    assert outcome.code == (verdict == "violation")


def test_root_keys_whose_status_cannot_be_read_are_no_pass(world: World, audit: Audit) -> None:
    world.home.root_keys = [Key("AKIAIOSFODNN7ROOT0")]
    world.fault("GetCredentialReport", "AccessDenied", status=403)
    world.fault("GenerateCredentialReport", "AccessDenied", status=403)
    outcome = audit("--evidence", "live")
    assert outcome.code == 1
    [finding] = outcome.findings("root-access-key")
    assert finding["verdict"] == "undetermined"


def test_auto_lists_small_accounts_and_reads_the_report_of_large_ones(world: World, audit: Audit) -> None:
    for number in range(1000):
        world.home.add(f"user-{number}")
    world.home.add("ann", "Active")
    assert audit().accounts[HOME]["evidence"] == "live; report, age 0 min"  # live: the root user
    assert world.made("ListAccessKeys") == 0
    del world.home.users["user-0"]
    assert {user["evidence"] for user in audit().report["users"]} == {"live"}


def test_ages(world: World, audit: Audit) -> None:
    world.home.add("fresh", Key("AKIAIOSFODNN7EXAMP1", created=days_ago(89), used=days_ago(1)))
    world.home.add("stale", Key("AKIAIOSFODNN7EXAMP2", created=days_ago(91), used=days_ago(1)))
    world.home.add("idle", Key("AKIAIOSFODNN7EXAMP3", created=days_ago(200), used=days_ago(91)))
    world.home.add("never", Key("AKIAIOSFODNN7EXAMP4", created=days_ago(200)))
    world.home.add("off", Key("AKIAIOSFODNN7EXAMP5", "Inactive", created=days_ago(200)))
    for evidence in ("live", "report"):
        outcome = audit("--evidence", evidence)
        assert outcome.code == 0
        assert {finding["user"] for finding in outcome.findings("stale-key")} == {"stale", "idle", "never"}
        assert {finding["user"] for finding in outcome.findings("unused-key")} == {"idle", "never"}
    assert "report, age" in outcome.findings("stale-key")[0]["message"]
    outcome = audit("--max-age", "300")
    assert not outcome.findings("stale-key")
    assert len(outcome.findings("unused-key")) == 2


def test_key_ids_are_masked_unless_asked_for(people: World, audit: Audit) -> None:
    ids = [key.id for keys in people.home.users.values() for key in keys]
    assert not any(key_id in str(audit().report) for key_id in ids)
    shown = str(audit("--show-key-ids").report)
    assert all(key_id in shown for key_id in ids)


@pytest.mark.parametrize("page", [1, 2, 3, 5, 6, 7])
def test_pages_at_every_boundary(people: World, audit: Audit, page: int) -> None:
    people.page = page
    people.home.add("many", "Active", "Active", "Active")
    outcome = audit("--evidence", "live")
    assert len(outcome.users()) == 8
    assert outcome.users()["many"]["active"] == {"min": 3, "max": 3}


def test_limit(people: World, audit: Audit) -> None:
    assert audit("--limit", "2").code == 0
    people.home.add("gil", "Active", "Active", "Active")
    for evidence in ("live", "report"):
        [finding] = audit("--limit", "2", "--evidence", evidence).findings()
        assert finding["user"] == "gil"


def test_partition(people: World, audit: Audit) -> None:
    people.home.partition = "aws-cn"
    outcome = audit("--region", "cn-north-1")
    assert outcome.users()["ann"]["arn"] == f"arn:aws-cn:iam::{HOME}:user/ann"
