"""Many accounts: one's failure is its own, nothing is lost, parts join to the whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from guard.cli import main
from guard.diagnostics import UsageError
from guard.inventory.account.organization import file_list, parse_shard
from guard.source import SourceFile
from tests.audit.conftest import Audit, Outcome
from tests.audit.fake_accounts import HOME
from tests.audit.fake_aws import World


def fill(world: World, accounts: int, users: int = 2) -> list[str]:
    """Accounts 2, 3, … of which every second one has a user with two keys. Returns their ids."""
    for number in range(2, accounts + 2):
        account = world.account(number, alias=f"alias-{number}")
        for user in range(users):
            account.add(f"user-{user}", *["Active"] * (2 if user == 0 and number % 2 == 0 else 1))
    return [account for account in world.accounts if account != HOME]


def test_every_account_is_read(world: World, audit: Audit) -> None:
    ids = fill(world, 45)
    world.home.add("ann", "Active", "Active")
    outcome = audit("--org")
    assert outcome.code == 1
    assert set(outcome.accounts) == {HOME, *ids}
    assert {item["status"] for item in outcome.accounts.values()} == {"audited"}
    assert {finding["account"] for finding in outcome.findings()} == {
        HOME,
        *(account for account in ids if int(account) % 2 == 0),
    }
    assert outcome.accounts[ids[0]]["account_alias"] == "alias-2"
    assert outcome.accounts[ids[0]]["name"] == "account-2"
    assert world.made("AssumeRole") == 45  # our own account needs no role
    assert world.made("ListAccounts") == 3


def test_same_name_in_two_accounts_is_two_users(world: World, audit: Audit) -> None:
    for number in (2, 3):
        world.account(number).add("ann", "Active")
    assert audit("--org").code == 0


def test_suspended_accounts_are_listed_and_left_out(world: World, audit: Audit) -> None:
    for number, state in enumerate(("SUSPENDED", "CLOSED", "PENDING_CLOSURE", "PENDING_ACTIVATION"), start=2):
        world.account(number, state=state).add("ann", "Active", "Active")
    outcome = audit("--org")
    assert outcome.code == 0
    skipped = {
        account: item["why"] for account, item in outcome.accounts.items() if item["status"] == "skipped"
    }
    assert skipped["000000000002"] == "its state is SUSPENDED"
    assert len(skipped) == 4


def test_a_state_never_heard_of_is_audited(world: World, audit: Audit) -> None:
    world.account(2, state="DREAMING").add("ann", "Active", "Active")
    assert audit("--org").code == 1


@pytest.mark.parametrize(
    ("action", "code", "account_fails"),
    [
        ("ListUsers", "AccessDenied", True),
        ("GetAccountSummary", "AccessDenied", False),
        ("ListAccessKeys", "AccessDenied", False),
        ("ListAccountAliases", "AccessDenied", None),
    ],
)
@pytest.mark.parametrize("evidence", ["live", "report"])
def test_one_account_that_refuses(
    world: World, audit: Audit, action: str, code: str, account_fails: bool | None, evidence: str
) -> None:
    """Whatever is denied in one account, the others are read, and the denied one never passes in silence."""
    fill(world, 3)
    bad = "000000000003"
    world.fault(action, code, status=403, account=bad)
    outcome = audit("--org", "--evidence", evidence)
    others = {item["status"] for account, item in outcome.accounts.items() if account != bad}
    assert others == {"audited"}
    assert len(outcome.findings()) == 2
    standings = {user["standing"] for user in outcome.users(bad).values()}
    status = outcome.accounts[bad]["status"]
    complete = "unread" not in standings and not outcome.accounts[bad]["users"]["unread"]
    assert (status == "audited") == complete
    if account_fails and evidence == "live":
        assert status == "failed"


def test_no_role_in_an_account(world: World, audit: Audit) -> None:
    fill(world, 3)
    world.accounts["000000000003"].roles.clear()
    outcome = audit("--org")
    assert outcome.code == 1
    assert outcome.accounts["000000000003"]["status"] == "failed"
    assert "sts:AssumeRole" in outcome.accounts["000000000003"]["why"]
    assert any("000000000003" in text for text in outcome.said("Access denied"))


def test_failed_accounts_without_findings_are_exit_3(world: World, audit: Audit) -> None:
    world.account(2).add("ann", "Active")
    world.accounts["000000000002"].roles.clear()
    assert audit("--org").code == 3
    assert audit("--org", "--allow-partial").code == 0


def test_external_id_and_role_name(world: World, audit: Audit) -> None:
    world.account(2, roles={"path/reader"}, external_id="secret-word").add("ann", "Active", "Active")
    assert audit("--org").code == 3
    assert audit("--org", "--role-name", "path/reader", "--external-id", "secret-word").code == 1


def test_role_first_then_the_organization(world: World, audit: Audit) -> None:
    """The credentials at hand may only assume one role, which reads the organization."""
    hub = world.account(2, roles={"hub"})
    world.account(3).add("ann", "Active", "Active")
    hub.add("bob", "Active", "Active")
    world.home.roles.clear()
    outcome = audit("--org", "--role-arn", "arn:aws:iam::000000000002:role/hub")
    assert {finding["account"] for finding in outcome.findings()} == {"000000000002", "000000000003"}
    assert outcome.accounts[HOME]["status"] == "failed"  # no role there, and it is not ours


def test_organization_that_cannot_be_listed(world: World, audit: Audit) -> None:
    world.fault("ListAccounts", "AccessDeniedException")
    outcome = audit("--org")
    assert outcome.code == 3
    assert not outcome.report["users"]


def test_organization_pages_that_go_in_circles(world: World, audit: Audit) -> None:
    fill(world, 45)
    world.stuck = True
    outcome = audit("--org")
    assert outcome.code == 3
    assert "one page twice" in str(outcome.report["diagnostics"])


def test_organization_pages_that_go_in_a_larger_circle(world: World, audit: Audit) -> None:
    fill(world, 45)
    world.circling = True
    outcome = audit("--org", "--timeout", "20")
    assert outcome.code == 3
    assert world.made("ListAccounts") < 5


def test_a_role_that_leads_to_another_account(world: World, audit: Audit) -> None:
    """Its users would pass for those of the account that was asked for."""
    world.account(2).add("ann", "Active", "Active")
    world.elsewhere = world.home.id
    outcome = audit("--org")
    assert outcome.code == 3
    assert outcome.accounts["000000000002"]["status"] == "failed"
    assert f"are of account {world.home.id}" in outcome.accounts["000000000002"]["why"]


def test_all_accounts_left_out_is_no_pass(world: World, audit: Audit, tmp_path: Path) -> None:
    world.home.state = "SUSPENDED"
    assert audit("--org").code == 3
    assert audit(*run_parts(audit, tmp_path, 2), command="merge").code == 3


def test_nothing_read_is_more_than_partial(world: World, audit: Audit) -> None:
    world.fault("GetCallerIdentity", "InvalidClientTokenId", status=403)
    assert audit("--allow-partial").code == 3


def edited(file: str, change: Callable[[dict], object]) -> str:
    report = json.loads(Path(file).read_text())
    change(report)
    Path(file).write_text(json.dumps(report))
    return file


def test_a_report_without_its_errors_is_no_pass(world: World, audit: Audit, tmp_path: Path) -> None:
    world.account(2).add("ann", "Active")
    world.accounts["000000000002"].roles.clear()
    [file] = run_parts(audit, tmp_path, 1)
    edited(file, lambda report: report.update(diagnostics=[]))
    assert audit(file, command="merge").code == 3


def test_a_user_unread_without_an_error_is_no_pass(world: World, audit: Audit, tmp_path: Path) -> None:
    world.home.add("ann", "Active")
    world.fault("ListAccessKeys", "AccessDenied", status=403)
    [file] = run_parts(audit, tmp_path, 1, "--evidence", "live")

    def hide(report: dict) -> None:
        report["diagnostics"] = []
        report["coverage"]["accounts"][0]["status"] = "audited"
        report["coverage"]["accounts"][0]["users"]["unread"] = 0

    edited(file, hide)
    assert main(["merge", file]) == 3


def test_a_violation_without_its_finding_is_no_pass(world: World, audit: Audit, tmp_path: Path) -> None:
    world.home.add("ann", "Active", "Active")
    [file] = run_parts(audit, tmp_path, 1)
    edited(file, lambda report: report.update(findings=[]))
    assert audit(file, command="merge").code == 1


def test_reports_about_nobody_are_no_pass(world: World, audit: Audit, tmp_path: Path) -> None:
    [file] = run_parts(audit, tmp_path, 1)
    edited(file, lambda report: report.update(users=[], findings=[]))
    edited(file, lambda report: report["coverage"].update(accounts=[]))
    assert audit(file, command="merge").code == 3


def test_accounts_from_a_file(world: World, audit: Audit, tmp_path: Path) -> None:
    fill(world, 4)
    file = tmp_path / "accounts"
    file.write_text("# ours\n000000000002 the first one\n\n000000000004\n000000000002\n")
    outcome = audit("--accounts", str(file))
    assert set(outcome.accounts) == {"000000000002", "000000000004"}
    assert outcome.accounts["000000000002"]["name"] == "the first one"
    assert world.made("ListAccounts") == 0


@pytest.mark.parametrize(
    ("text", "place"), [("12345\n", ":1:1"), ("000000000002\n x2\n", ":2:1"), ("", None), ("# none\n", None)]
)
def test_accounts_file_that_is_wrong(text: str, place: str | None) -> None:
    with pytest.raises(UsageError) as caught:
        file_list(SourceFile("accounts", text))
    if place:
        assert f"accounts{place}" in str(caught.value)


# --- parts -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "1/0", "a/b", "1/2/3", "-1/3", "1/100000", "²/3"])
def test_shards_that_are_none(text: str) -> None:
    with pytest.raises(UsageError):
        parse_shard(text)


def test_every_account_is_in_exactly_one_part() -> None:
    ids = [f"{number:012d}" for number in range(3000)]
    shards = [parse_shard(f"{index}/7") for index in range(1, 8)]
    sizes = [sum(shard.has(account) for account in ids) for shard in shards]
    assert sum(sizes) == len(ids)
    assert all(sum(shard.has(account) for shard in shards) == 1 for account in ids)
    assert min(sizes) > 350


def test_parts_are_stable() -> None:
    """Written down: a part of tonight must be the part of last night, whatever the version of Python."""
    part = [number for number in range(40) if parse_shard("2/5").has(f"{number:012d}")]
    assert part == [1, 7, 15, 22, 27, 29, 30, 39]


def run_parts(audit: Audit, folder: Path, count: int, *more: str) -> list[str]:
    files = []
    for index in range(1, count + 1):
        file = folder / f"part-{index}.json"
        outcome = audit("--org", "--shard", f"{index}/{count}", *more)
        file.write_text(json.dumps(outcome.report))
        files.append(str(file))
    return files


def test_parts_join_to_the_whole(world: World, audit: Audit, tmp_path: Path) -> None:
    fill(world, 20)
    world.accounts["000000000005"].roles.clear()
    world.account(30, state="SUSPENDED")
    whole = audit("--org")
    merged = audit(*run_parts(audit, tmp_path, 4), command="merge")
    assert merged.code == whole.code == 1
    assert merged.report["command"] == "merge"

    def normal(outcome: Outcome) -> dict:
        report = dict(outcome.report)
        for name, keys in (("users", ("account", "user")), ("findings", ("account", "user", "rule"))):
            report[name] = sorted(report[name], key=lambda item: [item[key] for key in keys])
        report["diagnostics"] = sorted(report["diagnostics"], key=str)
        report["coverage"]["accounts"].sort(key=lambda item: item["account"])
        return report | {"command": "", "coverage": report["coverage"] | {"shard": None}}

    assert normal(merged) == normal(whole)


def test_a_missing_part_is_no_pass(world: World, audit: Audit, tmp_path: Path) -> None:
    for number in range(2, 12):
        world.account(number).add("ann", "Active")
    files = run_parts(audit, tmp_path, 3)
    assert audit(*files, command="merge").code == 0
    outcome = audit(*files[:2], command="merge")
    assert outcome.code == 3
    assert "--shard 3/3" in outcome.said("Parts missing")[0]
    assert outcome.report["verdict"] == "undetermined"


def test_reports_that_do_not_fit(
    world: World, audit: Audit, tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    fill(world, 6)
    files = run_parts(audit, tmp_path, 2)
    (tmp_path / "copy.json").write_text(Path(files[0]).read_text())
    assert audit(*files, str(tmp_path / "copy.json"), command="merge").code == 2
    other = tmp_path / "other.json"
    other.write_text(json.dumps(audit("--org", "--shard", "1/9").report))
    assert audit(files[1], str(other), command="merge").code == 2
    limit = tmp_path / "limit.json"
    limit.write_text(json.dumps(audit("--org", "--shard", "1/2", "--limit", "2").report))
    assert audit(files[1], str(limit), command="merge").code == 2
    assert "different --limit" in capsys.readouterr().err


@pytest.mark.long
def test_two_hundred_accounts(world: World, audit: Audit) -> None:
    ids = fill(world, 200)
    for number in range(10, 200, 10):
        world.accounts[f"{number:012d}"].roles.clear()
    outcome = audit("--org")
    assert outcome.code == 1
    assert len(outcome.accounts) == len(ids) + 1
    failed = {account for account, item in outcome.accounts.items() if item["status"] == "failed"}
    assert failed == {f"{number:012d}" for number in range(10, 200, 10)}
    users = [user for user in outcome.report["users"] if user["user"] != "<root_account>"]
    assert len(users) == 2 * (len(ids) - len(failed))


@pytest.mark.parametrize("raw", ["", "[]", "null", '{"Accounts": null}', '{"Accounts": "x"}', "<html>", "{"])
def test_a_list_of_accounts_that_is_none(world: World, audit: Audit, raw: str) -> None:
    world.fault("ListAccounts", raw=raw)
    assert audit("--org", "--attempts", "1").code == 3
