"""Whatever goes wrong has its documented result, and nothing that was not read passes."""

from __future__ import annotations

from datetime import timedelta

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
    outcome = audit("--evidence", "live", "--attempts", "2", "--timeout", "2")
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


def test_a_finding_of_the_report_that_cannot_be_confirmed_is_unread(people: World, audit: Audit) -> None:
    people.fault("ListAccessKeys", "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.code == 3
    assert outcome.standings()["ann"] == "unread"
    assert not outcome.findings()
    assert outcome.standings()["bob"] == "compliant"


def test_report_denied_falls_back_to_listing(people: World, audit: Audit) -> None:
    people.fault("GenerateCredentialReport", "AccessDenied", status=403)
    outcome = audit("--evidence", "report")
    assert outcome.code == 1
    assert outcome.users()["bob"]["evidence"] == "live"
    [text] = outcome.said("Credential report not used")
    assert "AccessDenied" in text
    assert outcome.accounts[HOME]["status"] == "audited"


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


# --- the credential report ---------------------------------------------------------------------------


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
    assert people.made("ListUsers") == 1
    outcome = audit("--evidence", "live")
    assert outcome.standings()["<root_account>"] == "unread"
    assert outcome.accounts[HOME]["status"] == "incomplete"


# --- a world that changes meanwhile -------------------------------------------------------------------


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
    assert outcome.said("Users deleted since the report")
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
    assert outcome.standings()["<root_account>"] == "unread"
    assert outcome.code != 0


def test_a_root_row_that_cannot_be_read(people: World, audit: Audit) -> None:
    report = people.home.make_report().decode().split("\n")
    report[1] = report[1].replace("false,N/A,N/A,N/A,N/A", "maybe,N/A,N/A,N/A,N/A", 1)
    people.home.report = "\n".join(report).encode()
    outcome = audit("--evidence", "report")
    assert outcome.standings()["<root_account>"] == "unread"


def test_a_root_key_made_since_the_report(people: World, audit: Audit) -> None:
    people.home.report = people.home.make_report()
    people.home.root_keys = [Key("AKIAIOSFODNN7ROOTKEY")]
    outcome = audit("--evidence", "report")
    [finding] = outcome.findings("root-access-key")
    assert finding["verdict"] == "undetermined"


def test_a_list_of_keys_that_goes_on_but_does_not_say_where(people: World, audit: Audit) -> None:
    people.fault(
        "ListAccessKeys",
        user="bob",
        raw="<ListAccessKeysResponse><ListAccessKeysResult><AccessKeyMetadata><member><UserName>bob</UserName>"
        "<AccessKeyId>AKIAIOSFODNN7EXAMPLE</AccessKeyId><Status>Active</Status></member></AccessKeyMetadata>"
        "<IsTruncated>true</IsTruncated></ListAccessKeysResult></ListAccessKeysResponse>",
    )
    assert audit("--evidence", "live").standings()["bob"] == "unread"


def test_an_account_of_unknown_size_is_read_by_its_report(people: World, audit: Audit) -> None:
    people.fault("GetAccountSummary", "AccessDenied", status=403)
    assert audit().users()["bob"]["evidence"] == "report, age 0 min"
