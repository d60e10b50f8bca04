"""Waivers on live accounts: what they cover, every way in which they fail closed, and what is said."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from guard.audit.advice import Ages
from guard.audit.rules import Judge, Judged
from guard.audit.waivers import Waivers
from guard.aws.model import ListedKey
from guard.inventory.account.model import AccountReading, UserReading, live_key
from guard.inventory.model import Account
from guard.reports import FORMATS
from guard.settings.read import settings_of
from guard.source import SourceFile
from tests.audit.conftest import Audit, Outcome
from tests.audit.fake_accounts import HOME, Key, days_ago
from tests.audit.fake_aws import World

FILE = ".iam-key-guard.yaml"
TODAY = datetime.now(UTC)
OTHER = "000000000002"


def waiver(days: int = 10, **fields: object) -> str:
    """A waiver for ann that ends in so many days."""
    until = (TODAY + timedelta(days=days)).date().isoformat()
    told = {"account": HOME, "user": "ann", "at-most": 2, "owner": "team", "reason": "rotation"}
    return json.dumps({**told, "until": until, **fields})


def write(*waivers: str, more: str = "") -> None:
    Path(FILE).write_text(f"{more}waivers: [{', '.join(waivers)}]\n")


def said(outcome: Outcome) -> list[str]:
    return [item["summary"] for item in outcome.report["diagnostics"] if "aiver" in item["summary"]]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, world: World) -> None:
    """A directory of its own, and ann with two keys."""
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)
    world.home.add("ann", "Active", "Active")


@pytest.mark.parametrize("evidence", ["live", "report"])
@pytest.mark.parametrize(
    "text",
    [waiver(), waiver(user="ANN"), waiver(**{"at-most": 5})],
    ids=["plain", "case", "more than needed"],
)
def test_a_waiver_in_force_is_shown_and_does_not_fail(audit: Audit, text: str, evidence: str) -> None:
    write(text)
    outcome = audit("--evidence", evidence)
    assert (outcome.code, outcome.report["verdict"], said(outcome)) == (0, "pass", [])
    assert outcome.standings()["ann"] == "waived"
    [finding] = outcome.findings()
    assert (finding["waived"]["owner"], finding["verdict"]) == ("team", "violation")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (waiver(days=-5), "Waiver expired"),
        (waiver(days=40), "Waiver too long"),
        (waiver(user="anna"), "Waiver without effect"),
        (waiver(**{"at-most": 1}), "Waiver too small"),
        (waiver(root="envs/prod"), "Waiver without effect"),
        (waiver(account=OTHER), None),
        (waiver(account="default"), None),
        (waiver(account="home-alias"), None),
    ],
)
def test_a_waiver_that_is_not_right_does_not_count(audit: Audit, text: str, told: str | None) -> None:
    write(text)
    outcome = audit()
    assert (outcome.code, outcome.standings()["ann"]) == (1, "violating")
    assert said(outcome) == ([told] if told else [])
    assert outcome.findings()[0]["waived"] is None


def test_the_longest_waiver_is_what_the_file_says(audit: Audit) -> None:
    write(waiver(days=40), more="max-waiver-days: 50\n")
    assert audit().code == 0
    write(waiver(days=10), more="max-waiver-days: 5\n")
    assert audit().code == 1


# --- the days, by a clock that the test sets ---------------------------------------------------------

NOW = datetime(2026, 11, 23, 23, 59, tzinfo=UTC)


def judged(until: str) -> Judged:
    """What is said of ann's two keys under a waiver that ends on a day."""
    account = Account(HOME)
    keys = [live_key(account, "ann", ListedKey(f"AKIAIOSFODNN7EXAMP{n}", "Active", NOW)) for n in (1, 2)]
    reading = AccountReading(account, users=(UserReading("ann", None, tuple(keys)),))
    text = f"waivers: [{json.dumps({**json.loads(waiver()), 'until': until})}]"
    stated = settings_of(SourceFile(FILE, text), Path()).waivers
    return Judge(Ages(NOW), waivers=Waivers(stated, NOW.date())).judge(reading)


@pytest.mark.parametrize(
    ("until", "in_force", "told"),
    [
        ("2026-11-22", False, ["Waiver expired"]),
        ("2026-11-23", True, []),
        ("2026-12-23", True, []),
        ("2026-12-24", False, ["Waiver too long"]),
    ],
)
def test_first_and_last_days(until: str, in_force: bool, told: list[str]) -> None:
    result = judged(until)
    assert [bool(user.waived) for user in result.users] == [in_force]
    assert [item.summary for item in result.diagnostics] == told


@pytest.mark.parametrize(("until", "warned"), [("2026-11-26", True), ("2026-11-27", False)])
def test_three_days_before_the_end_a_warning(until: str, warned: bool) -> None:
    assert ("waiver-expiring" in [item.rule.name for item in judged(until).findings]) == warned


def test_a_third_key_is_not_covered(world: World, audit: Audit) -> None:
    world.home.add("ann", "Active", "Active", "Active")
    write(waiver())
    outcome = audit()
    assert (outcome.code, said(outcome)) == (1, ["Waiver too small"])


def test_no_waiver_covers_the_root_user(world: World, audit: Audit) -> None:
    world.home.add("ann", "Active")
    world.home.root_keys = [Key("AKIAIOSFODNN7ROOT00")]
    write(waiver(user="<root_account>"))
    outcome = audit()
    assert (outcome.code, said(outcome)) == (1, ["Waiver without effect"])
    assert "root user" in outcome.said("Waiver without effect")[0]
    assert outcome.findings("root-access-key")[0]["waived"] is None
    write(waiver(user="<Root_Account>"))
    outcome = audit()
    assert (outcome.code, outcome.standings()["<root_account>"]) == (1, "violating")


def test_warnings_about_age_stay_warnings(world: World, audit: Audit) -> None:
    world.home.add("ann", Key("AKIAIOSFODNN7EXAMP1", created=days_ago(200)), "Active")
    write(waiver())
    outcome = audit()
    assert outcome.findings("stale-key")[0]["waived"] is None
    assert outcome.findings()[0]["waived"]


def test_a_waiver_that_ends_soon_is_a_warning(audit: Audit) -> None:
    write(waiver(days=2))
    outcome = audit()
    assert (len(outcome.findings("waiver-expiring")), outcome.code) == (1, 0)


def test_a_user_that_passes_needs_no_waiver(world: World, audit: Audit) -> None:
    world.home.add("ann", "Active")
    write(waiver())
    outcome = audit()
    assert (said(outcome), outcome.standings()["ann"]) == (["Waiver not needed"], "compliant")


# --- what was not looked at is not called unmatched --------------------------------------------------


def test_only_some_users(world: World, audit: Audit) -> None:
    world.home.add("bob", "Active")
    write(waiver(), waiver(user="BOB"), waiver(user="cy"))
    assert said(audit("--user", "ann")) == []
    assert said(audit("--user", "bob")) == ["Waiver not needed"]
    assert said(audit("--user", "cy")) == ["Waiver without effect"]
    assert said(audit()) == ["Waiver not needed", "Waiver without effect"]


def test_a_user_that_was_not_read(world: World, audit: Audit) -> None:
    world.fault("ListAccessKeys", "AccessDenied", status=403, user="ann")
    write(waiver())
    outcome = audit("--evidence", "live")
    assert (outcome.code, said(outcome), outcome.standings()["ann"]) == (3, [], "unread")


def test_users_that_were_not_listed(world: World, audit: Audit) -> None:
    world.page = 1
    world.home.add("bob", "Active")
    world.fault("ListUsers", "ServiceFailure", status=500)
    world.faults[0].match = lambda call: call.action == "iam:ListUsers" and call.params.get("Marker") == "1"
    write(waiver(user="bob"), waiver())
    outcome = audit("--evidence", "live", "--attempts", "1")
    assert (outcome.code, said(outcome), outcome.standings()["ann"]) == (3, [], "waived")


def test_an_account_that_failed_and_one_that_is_left_out(world: World, audit: Audit) -> None:
    world.account(2, roles=set())
    world.account(3, state="SUSPENDED")
    write(waiver(account=OTHER), waiver(account="000000000003"), waiver())
    outcome = audit("--org")
    assert (outcome.code, said(outcome)) == (3, [])


# --- parts, and since last night ---------------------------------------------------------------------


def fill(world: World) -> None:
    for number in range(2, 9):
        world.account(number).add("ann", "Active", "Active")


def test_parts_join_to_the_whole(world: World, audit: Audit, tmp_path: Path) -> None:
    fill(world)
    ids = [f"{number:012d}" for number in range(2, 8)]
    write(
        waiver(),
        *(waiver(account=id, days=2) for id in ids[:3]),
        *(waiver(account=id, user="x") for id in ids),
    )
    whole = audit("--org")
    files = []
    for part in (1, 2, 3):
        file = tmp_path / f"{part}.json"
        file.write_text(json.dumps(audit("--org", "--shard", f"{part}/3").report))
        files.append(str(file))
    merged = audit(*files, command="merge")
    assert (merged.code, whole.code, said(whole)) == (1, 1, ["Waiver without effect"] * 6)

    def told(outcome: Outcome) -> object:
        found = [(item["account"], item["rule"], item["waived"]) for item in outcome.report["findings"]]
        return sorted(found, key=str), sorted(said(outcome)), sorted(outcome.said("Waiver without effect"))

    assert told(merged) == told(whole)
    assert {user["standing"] for user in merged.users().values()} <= {"violating", "waived", "compliant"}
    write(*(waiver(account=id) for id in world.accounts))
    assert audit("--org").code == 0


def test_since_last_night(world: World, audit: Audit, tmp_path: Path) -> None:
    world.home.add("bob", "Active", "Active")
    file = tmp_path / "last-night.json"

    def compared() -> dict[str, set[str]]:
        outcome = audit("--since", str(file))
        names = {item["fingerprint"]: item["user"] for item in outcome.report["findings"]}
        since = outcome.report["since"]
        return {key: {names[mark] for mark in since[key]} for key in ("new", "unchanged", "waived")}

    write(waiver())
    file.write_text(json.dumps(audit().report))
    assert compared() == {"new": set(), "unchanged": {"bob"}, "waived": {"ann"}}
    write(waiver(days=-5), waiver(user="bob"))
    assert compared() == {"new": {"ann"}, "unchanged": set(), "waived": {"bob"}}
    world.home.add("ann", "Active")
    outcome = audit("--since", str(file))
    assert any("ann" in line for line in outcome.report["since"]["gone"].values())


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_lists_what_is_waived(audit: Audit, tmp_path: Path, name: str) -> None:
    write(waiver(reason="rotation, ticket 4711"))
    file = tmp_path / "report"
    assert audit("--format", f"{name}={file}").code == 0
    text = file.read_text()
    assert "ann" in text
    assert "4711" in text
