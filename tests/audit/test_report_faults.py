"""Credential reports, counts and root users that cannot be had, or contradict each other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.audit.conftest import Audit
from tests.audit.fake_accounts import HOME, Key
from tests.audit.fake_aws import World

IMPATIENT = ("--attempts", "2", "--timeout", "20")


@pytest.fixture
def people(world: World) -> World:
    world.home.add("ann", "Active", "Active")
    world.home.add("bob", "Active")
    world.home.add("cy", "Active", "Inactive")
    return world


def test_a_finding_of_the_report_that_cannot_be_confirmed_is_unread(people: World, audit: Audit) -> None:
    people.fault("ListAccessKeys", "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.code == 3
    assert outcome.standings()["ann"] == "unread"
    assert not outcome.findings()
    assert outcome.standings()["bob"] == "compliant"


def test_listing_denied_falls_back_to_the_report(people: World, audit: Audit) -> None:
    people.fault("ListUsers", "AccessDenied", status=403)
    outcome = audit()
    assert outcome.code == 1
    assert outcome.users()["bob"]["evidence"] == "report, age 0 min"
    assert outcome.said("Users not listed")


def test_live_evidence_is_never_replaced_by_the_report(people: World, audit: Audit) -> None:
    people.fault("ListUsers", "AccessDenied", status=403)
    outcome = audit("--evidence", "live")
    assert outcome.code == 3
    assert outcome.accounts[HOME]["status"] == "failed"
    assert outcome.accounts[HOME]["users"]["unread"] == 3


def test_denied_keys_are_settled_by_the_report_where_it_can(people: World, audit: Audit) -> None:
    people.fault("ListAccessKeys", "AccessDenied", status=403)
    outcome = audit()
    assert outcome.code == 3
    assert outcome.standings()["bob"] == "compliant"
    assert outcome.users()["bob"]["evidence"] == "report, age 0 min"
    assert {outcome.standings()[name] for name in ("ann", "cy")} == {"unread"}


def test_report_not_ready_at_once(people: World, audit: Audit) -> None:
    people.home.report_polls = 2
    outcome = audit("--evidence", "report")
    assert outcome.users()["bob"]["evidence"] == "report, age 0 min"
    assert people.made("GetCredentialReport") == 3


def test_report_never_ready(people: World, audit: Audit) -> None:
    people.home.report_polls = 10_000
    outcome = audit("--evidence", "report", "--report-wait", "1")
    assert outcome.code == 1
    assert outcome.users()["bob"]["evidence"] == "live"
    assert "ReportInProgress" in outcome.said("Credential report not used")[0]


def test_report_not_ready_when_time_is_up(people: World, audit: Audit) -> None:
    people.home.report_polls = 10_000
    outcome = audit("--evidence", "report", "--timeout", "2")
    assert outcome.code != 0
    assert "time limit of 2 seconds" in outcome.said("Credential report not used")[0]


def test_report_expired_between_two_calls(people: World, audit: Audit) -> None:
    people.fault("GetCredentialReport", "ReportExpired", status=410, times=1)
    outcome = audit("--evidence", "report")
    assert outcome.users()["bob"]["evidence"] == "report, age 0 min"
    assert people.made("GenerateCredentialReport") == 2


def test_no_new_report_so_soon_uses_the_old_one(people: World, audit: Audit) -> None:
    people.home.report = people.home.make_report()
    people.home.report_time -= timedelta(hours=3)
    people.fault("GenerateCredentialReport", "LimitExceeded", status=409)
    outcome = audit("--evidence", "report")
    assert outcome.users()["bob"]["evidence"].startswith("report, age 18")
    assert outcome.code == 1


def test_report_that_is_no_report(people: World, audit: Audit) -> None:
    people.home.report = b"\xff\xfe nothing"
    outcome = audit("--evidence", "report")
    assert outcome.code == 1
    assert outcome.users()["bob"]["evidence"] == "live"
    assert "not CSV" in outcome.said("Credential report not used")[0]


def test_report_cut_short_is_completed_by_listing(people: World, audit: Audit) -> None:
    people.home.report = b"\n".join(people.home.make_report().split(b"\n")[:3])
    outcome = audit("--evidence", "report")
    assert set(outcome.standings()) == {"ann", "bob", "cy", "<root_account>"}
    assert outcome.users()["bob"]["evidence"] == "live"


def test_report_cut_short_and_listing_denied(people: World, audit: Audit) -> None:
    people.home.report = b"\n".join(people.home.make_report().split(b"\n")[:3])
    people.fault("ListUsers", "AccessDenied", status=403)
    people.home.users["ann"][1].status = "Inactive"
    outcome = audit("--evidence", "report")
    assert outcome.code == 3
    assert outcome.accounts[HOME]["users"] == {"expected": 3, "read": 1, "deleted": 0, "unread": 2}


def test_users_made_and_deleted_since_the_report(people: World, audit: Audit) -> None:
    people.home.report = people.home.make_report()
    del people.home.users["bob"]
    people.home.add("dee", "Active", "Active")
    people.home.add("eve", "Active")
    outcome = audit("--evidence", "report")
    assert outcome.standings()["bob"] == "deleted"
    assert outcome.standings()["dee"] == "violating"
    assert outcome.standings()["eve"] == "compliant"
    assert {finding["user"] for finding in outcome.findings()} == {"ann", "dee"}


def test_a_line_that_names_nobody_is_looked_up_though_the_numbers_agree(people: World, audit: Audit) -> None:
    """Somebody's line cannot be read, and somebody else has gone: as many lines as users."""
    people.home.add("zed", "Active")
    lines = people.home.make_report().split(b"\n")
    people.home.report = b"\n".join(b"?" if line.startswith(b"ann,") else line for line in lines)
    del people.home.users["zed"]
    outcome = audit("--evidence", "report")
    assert outcome.standings()["ann"] == "violating"
    assert outcome.standings()["zed"] == "deleted"


def test_summary_denied(people: World, audit: Audit) -> None:
    """The root user is in the report; the number of users is compared with the list instead."""
    people.fault("GetAccountSummary", "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.standings()["<root_account>"] == "compliant"
    outcome = audit("--evidence", "live")
    assert outcome.standings()["<root_account>"] == "compliant"
    assert outcome.users()["bob"]["evidence"] == "live"
    people.fault("GetCredentialReport", "AccessDenied", status=403)
    outcome = audit("--evidence", "live")
    assert outcome.standings()["<root_account>"] == "unread"
    assert outcome.accounts[HOME]["status"] == "incomplete"


def test_throttled_listing_in_auto_reads_the_report(people: World, audit: Audit) -> None:
    people.fault("ListUsers", "ServiceFailure", status=500)
    outcome = audit(*IMPATIENT)
    assert outcome.users()["bob"]["evidence"] == "report, age 0 min"


def test_neither_list_nor_report(people: World, audit: Audit) -> None:
    for action in ("ListUsers", "GetCredentialReport", "GenerateCredentialReport"):
        people.fault(action, "AccessDenied", status=403)
    outcome = audit()
    assert outcome.code == 3
    assert outcome.accounts[HOME]["status"] == "failed"
    assert outcome.standings() == {"<root_account>": "compliant"}


def test_neither_keys_nor_report(people: World, audit: Audit) -> None:
    for action in ("ListAccessKeys", "GetCredentialReport", "GenerateCredentialReport"):
        people.fault(action, "AccessDenied", status=403)
    outcome = audit()
    assert outcome.code == 3
    assert {outcome.standings()[name] for name in ("ann", "bob", "cy")} == {"unread"}


def test_the_report_is_read_once_for_keys_and_root(people: World, audit: Audit) -> None:
    people.home.root_keys = [Key("AKIAIOSFODNN7ROOTKEY", "Inactive")]
    people.fault("ListAccessKeys", "AccessDenied", status=403)
    outcome = audit()
    assert outcome.standings()["<root_account>"] == "compliant"
    assert people.made("GetCredentialReport") == 2  # the first answer is that there is none yet


def test_users_deleted_since_the_report_and_listing_denied(people: World, audit: Audit) -> None:
    """Which user is gone is not known, but everyone of the report is accounted for."""
    people.home.report = people.home.make_report()
    del people.home.users["bob"]
    people.fault("ListUsers", "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.said("Users not compared with the report")
    assert outcome.accounts[HOME]["status"] == "audited"


def test_users_cannot_be_counted(people: World, audit: Audit) -> None:
    for action in ("GetAccountSummary", "ListUsers"):
        people.fault(action, "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.accounts[HOME]["status"] == "incomplete"
    assert "names every user" in str(outcome.report["diagnostics"])


def test_count_of_users_fails_after_the_list(people: World, audit: Audit) -> None:
    """The first count is larger than the list, the second one cannot be had."""
    people.fault("ListUsers", effect=lambda: people.home.users.pop("bob"), times=1)
    people.fault("GetAccountSummary", times=1)
    people.fault("GetAccountSummary", "AccessDenied", status=403)
    outcome = audit("--evidence", "live")
    assert outcome.standings()["<root_account>"] == "compliant"  # by the report


def test_a_root_row_that_cannot_be_read(people: World, audit: Audit) -> None:
    report = people.home.make_report().decode().split("\n")
    report[1] = report[1].replace("false,N/A,N/A,N/A,N/A", "maybe,N/A,N/A,N/A,N/A", 1)
    people.home.report = "\n".join(report).encode()
    people.fault("GetAccountSummary", "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.standings()["<root_account>"] == "unread"


def test_a_root_key_deleted_since_the_report(people: World, audit: Audit) -> None:
    people.home.root_keys = [Key("AKIAIOSFODNN7ROOTKEY")]
    people.home.report = people.home.make_report()
    people.home.root_keys = []
    outcome = audit("--evidence", "report")
    assert outcome.users()["<root_account>"]["evidence"] == "live"
    assert not outcome.findings("root-access-key")


def test_a_user_made_since_the_report_while_another_went(people: World, audit: Audit) -> None:
    """As many users as the report has, but not the same ones; and a name that was used again."""
    people.home.report = people.home.make_report()
    del people.home.users["cy"]
    people.home.add("dee", "Active", "Active")
    people.home.add("bob", "Active", "Active")
    people.home.made["bob"] = "2026-01-01T00:00:00Z"
    outcome = audit("--evidence", "report")
    assert {finding["user"] for finding in outcome.findings()} == {"ann", "bob", "dee"}
    assert outcome.standings()["cy"] == "deleted"


def test_listing_denied_leaves_the_report_alone(people: World, audit: Audit) -> None:
    people.home.users["ann"][1].status = "Inactive"
    people.fault("ListUsers", "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.code == 0
    assert outcome.said("Users not compared with the report")


@pytest.mark.parametrize("was", ["Not_Supported", "n/a"])
def test_a_key_without_a_state_but_with_a_date_is_asked_about(world: World, audit: Audit, was: str) -> None:
    world.home.add("ann", Key("AKIAIOSFODNN7EXAMPLE"))
    world.home.report = world.home.make_report().replace(b"false,true,", f"false,{was},".encode())
    world.home.add("ann", "Active", "Active")
    assert audit("--evidence", "report").standings()["ann"] == "violating"


def test_two_lines_for_one_name_are_asked_about(world: World, audit: Audit) -> None:
    """Names that differ only in case are one user."""
    world.home.add("Ann", "Active")
    first = world.home.make_report()
    world.home.report = first + b"\n" + first.splitlines()[-1].replace(b"Ann", b"ann")
    world.home.add("Ann", "Active", "Active")
    assert "Ann" in {finding["user"] for finding in audit("--evidence", "report").findings()}


def test_a_root_key_made_since_the_report(people: World, audit: Audit) -> None:
    people.home.report = people.home.make_report()
    people.home.root_keys = [Key("AKIAIOSFODNN7ROOTKEY")]
    outcome = audit("--evidence", "report")
    [finding] = outcome.findings("root-access-key")
    assert finding["verdict"] == "undetermined"


def test_an_account_of_unknown_size_is_read_by_its_report(people: World, audit: Audit) -> None:
    people.fault("GetAccountSummary", "AccessDenied", status=403)
    assert audit().users()["bob"]["evidence"] == "report, age 0 min"
