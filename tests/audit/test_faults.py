"""Calls that fail: each has its documented result, and nothing that was not read passes."""

from __future__ import annotations

import pytest

from tests.audit.conftest import Audit
from tests.audit.fake_accounts import HOME
from tests.audit.fake_aws import World

IMPATIENT = ("--attempts", "2", "--timeout", "20")


@pytest.fixture
def people(world: World) -> World:
    world.home.add("ann", "Active", "Active")
    world.home.add("bob", "Active")
    world.home.add("cy", "Active", "Inactive")
    return world


# --- calls that fail and are tried again ------------------------------------------------------------


@pytest.mark.parametrize("evidence", ["live", "report"])
@pytest.mark.parametrize(
    "action", ["ListUsers", "ListAccessKeys", "GetAccessKeyLastUsed", "GetAccountSummary"]
)
def test_a_passing_500_changes_nothing(people: World, audit: Audit, evidence: str, action: str) -> None:
    people.fault(action, "ServiceFailure", status=500, times=1)
    outcome = audit("--evidence", evidence)
    assert outcome.standings() == {
        "ann": "violating",
        "bob": "compliant",
        "cy": "compliant",
        "<root_account>": "compliant",
    }
    assert outcome.accounts[HOME]["status"] == "audited"


def test_throttling_loses_nobody(world: World, audit: Audit) -> None:
    for number in range(60):
        world.home.add(f"user-{number:02d}", *["Active"] * (1 + number % 2))
    world.throttle = (40, 10)
    outcome = audit("--evidence", "live")
    assert world.rejected > 0
    assert outcome.code == 1
    assert len(outcome.findings()) == 30
    assert outcome.accounts[HOME]["users"] == {"expected": 60, "read": 60, "deleted": 0, "unread": 0}


def test_endless_throttling_ends_at_the_deadline(people: World, audit: Audit) -> None:
    people.fault("ListAccessKeys", "Throttling", status=400)
    outcome = audit("--evidence", "live", "--attempts", "2", "--timeout", "8")
    assert outcome.code == 3
    assert {name for name, standing in outcome.standings().items() if standing == "unread"} == {
        "ann",
        "bob",
        "cy",
    }
    assert outcome.report["verdict"] == "undetermined"


# --- calls that stay refused -------------------------------------------------------------------------


def test_one_user_that_cannot_be_read(people: World, audit: Audit) -> None:
    people.fault("ListAccessKeys", "ServiceFailure", status=500, user="bob")
    outcome = audit("--evidence", "live", *IMPATIENT)
    assert outcome.code == 1  # findings win over what was not read …
    assert outcome.standings()["bob"] == "unread"
    assert outcome.accounts[HOME]["status"] == "incomplete"  # … and both are said
    [text] = outcome.said("Users not read")
    assert "bob" in text
    assert "ServiceFailure" in text


@pytest.mark.parametrize(
    ("partial", "code"), [((), 3), (("--allow-partial",), 0), (("--fail-on", "violation"), 3)]
)
def test_unread_without_a_finding(world: World, audit: Audit, partial: tuple[str, ...], code: int) -> None:
    world.home.add("bob", "Active")
    world.fault("ListAccessKeys", "AccessDenied", status=403)
    outcome = audit("--evidence", "live", *partial)
    assert outcome.code == code
    assert outcome.standings()["bob"] == "unread"
    assert outcome.report["verdict"] == "undetermined"


def test_report_denied_falls_back_to_listing(people: World, audit: Audit) -> None:
    people.fault("GenerateCredentialReport", "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.code == 1
    assert outcome.users()["bob"]["evidence"] == "live"
    [text] = outcome.said("Credential report not used")
    assert "AccessDenied" in text
    assert outcome.accounts[HOME]["status"] == "audited"


def test_everything_denied(people: World, audit: Audit) -> None:
    people.policy = {"Statement": []}
    for evidence in ("auto", "live", "report"):
        outcome = audit("--evidence", evidence)
        assert outcome.code == 3
        assert outcome.accounts[HOME]["status"] == "failed"
        assert outcome.standings() == {"<root_account>": "unread"}


def test_last_use_denied_keeps_the_finding(people: World, audit: Audit) -> None:
    people.fault("GetAccessKeyLastUsed", "AccessDenied", status=403)
    outcome = audit()
    assert outcome.code == 1
    [finding] = outcome.findings()
    assert "last use not known" in finding["message"]
    assert "could not be read" in finding["remedy"]
    assert outcome.said("Last use not read")
    assert not outcome.findings("unused-key")


def test_listing_breaks_on_a_later_page(people: World, audit: Audit) -> None:
    people.page = 1
    people.faults.clear()
    people.fault("ListUsers", "ServiceFailure", status=500)
    people.faults[0].match = lambda call: call.action == "iam:ListUsers" and call.params.get("Marker") == "2"
    outcome = audit("--evidence", "live", *IMPATIENT)
    assert outcome.code == 1
    assert outcome.standings()["ann"] == "violating"
    assert outcome.accounts[HOME]["users"] == {"expected": 3, "read": 2, "deleted": 0, "unread": 1}
    assert outcome.accounts[HOME]["status"] == "incomplete"


def test_a_truncated_page_that_leads_nowhere_is_no_end(people: World, audit: Audit) -> None:
    people.stuck = True
    people.page = 1
    outcome = audit("--evidence", "live")
    assert outcome.code in (1, 3)
    assert outcome.accounts[HOME]["users"]["unread"] >= 1


@pytest.mark.long
def test_an_account_throttled_for_ever_leaves_the_others_their_time(world: World, audit: Audit) -> None:
    throttled = world.account(2)
    for number in range(200):
        throttled.add(f"user-{number:03d}", "Active")
    world.account(3).add("ann", "Active", "Active")
    world.fault("ListAccessKeys", "Throttling", account=throttled.id)
    outcome = audit("--org", "--evidence", "live", "--attempts", "1", "--threads", "4", "--timeout", "240")
    assert outcome.code == 1
    assert [finding["account"] for finding in outcome.findings()] == ["000000000003"]
    assert outcome.accounts[throttled.id]["users"]["unread"] == 200
    assert world.counts()["iam:ListAccessKeys"] < 100
