"""Whole plans: the keys, the verdict and what is said about the plan itself."""

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from guard.diagnostics import Severity
from guard.inventory.contents import FileReading
from guard.inventory.document import open_document
from guard.inventory.files import read_file
from guard.inventory.model import Change
from guard.ledger import user_verdicts
from guard.rules import Verdict

PLANS = Path(__file__).parents[2] / "data" / "plans"
INDEX: dict[str, dict[str, Any]] = json.loads((PLANS / "index.json").read_text())
WORDS = {
    "no-op": Change.KEPT,
    "create": Change.CREATED,
    "update": Change.UPDATED,
    "delete": Change.DELETED,
    "create+delete": Change.REPLACED,
    "delete+create": Change.REPLACED,
    "forget": Change.FORGOTTEN,
}
# The recorder wrote down what Terraform knows; a key by `aws_iam_user.ci.id` is known to be its user's.
BY_REFERENCE = {
    "create-user-partly-unknown": {"aws_iam_access_key.b"},
    "create-user-unknown-id": {"aws_iam_access_key.a", "aws_iam_access_key.b"},
}


def read(path: Path) -> FileReading:
    with open_document(str(path)) as document:
        return read_file(document)


def verdict_of(reading: FileReading) -> str:
    """The worst verdict of its users; a reading that is not complete is no pass."""
    verdicts = [user.verdict for user in user_verdicts(reading.keys, 1)]
    worst = max(verdicts, default=Verdict.PASS)
    return (worst if reading.complete else max(worst, Verdict.UNDETERMINED)).word


@pytest.mark.parametrize("name", INDEX)
def test_verdict_of_a_recorded_plan(name: str) -> None:
    assert verdict_of(read(PLANS / f"{name}.json")) in INDEX[name]["verdict"]


@pytest.mark.parametrize("name", [name for name in INDEX if "keys" in INDEX[name]])
def test_keys_of_a_recorded_plan(name: str) -> None:
    reading = read(PLANS / f"{name}.json")
    found = {
        (key.address, key.change, key.account.name, key.user.name, key.status.value) for key in reading.keys
    }
    for address, actions, account, user, status, *_ in INDEX[name]["keys"]:
        named = "ci-bot" if address in BY_REFERENCE.get(name, ()) else user
        assert (address, WORDS[actions], account, named, status or "unknown") in found


@pytest.mark.parametrize("name", [name for name in INDEX if "violations" in INDEX[name]])
def test_users_with_too_many_keys_in_a_recorded_plan(name: str) -> None:
    users = user_verdicts(read(PLANS / f"{name}.json").keys, 1)
    found = [
        [user.account.name, user.label, sorted(key.address or "" for key in user.keys if key.active.low)]
        for user in users
        if user.verdict is Verdict.VIOLATION
    ]
    if name in BY_REFERENCE:
        assert found == [["default", "ci-bot", ["aws_iam_access_key.a", "aws_iam_access_key.b"]]]
    else:
        assert sorted(found) == sorted(INDEX[name]["violations"])


def secrets_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            if isinstance(part, str) and key in ("secret", "ses_smtp_password_v4", "private", "unique_id"):
                yield part
            yield from secrets_of(part)
    elif isinstance(value, list):
        for part in value:
            yield from secrets_of(part)


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.json")), ids=lambda path: path.stem)
def test_no_secret_of_a_recorded_file_is_kept(path: Path) -> None:
    shown = repr(read(path))
    for secret in secrets_of(json.loads(path.read_text())):
        assert secret not in shown


@pytest.mark.parametrize(
    ("name", "severity", "summary"),
    [
        ("errored-plan", Severity.ERROR, "Plan with errors"),
        ("target-one-of-two", Severity.ERROR, "Incomplete plan"),
        ("refresh-only-drift", Severity.NOTE, "Plan without changes"),
    ],
)
def test_what_is_said_about_a_plan(name: str, severity: Severity, summary: str) -> None:
    reading = read(PLANS / f"{name}.json")
    assert [(item.severity, item.summary) for item in reading.diagnostics] == [(severity, summary)]
    assert reading.complete is (severity is not Severity.ERROR)


def test_a_plan_that_only_refreshes_counts_the_state() -> None:
    reading = read(PLANS / "refresh-only-drift.json")
    assert [(key.address, key.status.value, key.change) for key in reading.keys] == [
        ("aws_iam_access_key.a", "Inactive", Change.KEPT)
    ]


def test_not_a_plan() -> None:
    with open_document(str(PLANS / "not-a-plan.plan-json-log.jsonl")) as document:
        reading = read_file(document)
    assert not reading.complete
    assert "terraform show -json plan.out > plan.json" in reading.diagnostics[0].detail


@pytest.mark.parametrize("length", [1, 500, 3000, 6000])
def test_a_plan_cut_off_is_never_a_pass(length: int) -> None:
    text = (PLANS / "delete-one-of-two.json").read_bytes()
    with open_document("-", BytesIO(text[:length])) as document:
        reading = read_file(document)
    assert verdict_of(reading) == "undetermined"
    assert f"after byte {length}," in reading.diagnostics[0].detail
    assert not reading.keys
