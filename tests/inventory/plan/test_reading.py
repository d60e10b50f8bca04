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
from tests.inventory.writing import call, change, key, plan, resource, stored, users
from tests.inventory.writing import read as written

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


# --- the same plan, written differently --------------------------------------------------------

FORMS = {
    "sorted": lambda plan: json.dumps(plan, sort_keys=True).encode(),
    "backwards": lambda plan: json.dumps(backwards(plan)).encode(),
    "indented": lambda plan: json.dumps(plan, indent=2).encode(),
    "UTF-16": lambda plan: json.dumps(plan, ensure_ascii=False).encode("utf-16"),
    "byte order mark": lambda plan: b"\xef\xbb\xbf" + json.dumps(plan, ensure_ascii=False).encode(),
    "new members": lambda plan: json.dumps(with_new_members(plan)).encode(),
}


def backwards(value: Any) -> Any:
    """All members in the opposite order."""
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(item) for item in value] if isinstance(value, list) else value


def with_new_members(value: Any) -> Any:
    """As a later minor version may write it: the plan and each of its changes has members that nobody knows."""
    changes = [
        {"x-new": [{"status": "Inactive"}], **item, "x-last": {}} for item in value["resource_changes"]
    ]
    return {"x-new": {"resource_changes": changes}, **value, "resource_changes": changes}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "name", ["noop-modules-nested", "create-provider-aliases", "removed-forget", "cbd-propagates"]
)
def test_the_form_does_not_matter(name: str, form: str) -> None:
    text = (PLANS / f"{name}.json").read_bytes()
    again = FORMS[form](json.loads(text))
    assert read_bytes(again).keys == read_bytes(text).keys


def read_bytes(text: bytes) -> FileReading:
    with open_document("-", BytesIO(text)) as document:
        return read_file(document)


# --- OpenTofu ----------------------------------------------------------------------------------


def opentofu(changes: list[dict[str, Any]], blocks: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A plan as OpenTofu documents it (https://opentofu.org/docs/internals/json-format/): it does not say
    whether it is applyable or complete, providers have its own registry, and it has action reasons of its own.
    """
    aws = "registry.opentofu.org/hashicorp/aws"
    document = plan(changes, blocks, providers={"aws": {"name": "aws", "full_name": aws}}, **more)
    for item in changes:
        item["provider_name"] = aws
    return {name: value for name, value in document.items() if name not in ("applyable", "complete")}


K, L = "aws_iam_access_key.k", "aws_iam_access_key.l"
OLD = key("u", key_id="AKIAOLD")
BLOCKS = [resource(K, user="u"), resource(L, user="u")]


def test_opentofu_forgets_and_creates() -> None:
    forgotten = change(
        K, ["forget", "create"], OLD, key("u"), action_reason="forgot_because_lifecycle_destroy_in_config"
    )
    reading = written(opentofu([forgotten], BLOCKS[:1]))
    assert users(reading) == {"default/u": ("violation", 2, 2)}
    assert {key.change for key in reading.keys} == {Change.REPLACED, Change.FORGOTTEN}
    assert reading.complete
    assert reading.diagnostics == ()


def test_opentofu_keeps_what_is_not_enabled() -> None:
    deleted = change(K, ["delete"], OLD, action_reason="delete_because_enabled_false")
    assert users(written(opentofu([deleted], BLOCKS[:1]))) == {"default/u": ("pass", 0, 0)}


def test_opentofu_leaves_keys_out_with_target() -> None:
    """It does not say so: a key of the prior state without a change tells."""
    made = change(L, ["create"], None, key("u"))
    reading = written(opentofu([made], BLOCKS, prior=[stored(K, OLD)]))
    assert users(reading) == {"default/u": ("violation", 2, 2)}
    assert [item.summary for item in reading.diagnostics] == ["Incomplete plan"]


def test_opentofu_may_leave_new_keys_out_with_target() -> None:
    made = change(f"module.a.{L}", ["create"], None, key("u"))
    blocks = [*BLOCKS, *(resource(f"aws_iam_access_key.k{number}", user="u") for number in range(9))]
    document = opentofu([made], blocks, calls={"a": call({"resources": [resource(L, user="u")]})})
    (said,) = written(document).diagnostics
    assert (said.severity, said.summary) == (Severity.NOTE, "Perhaps an incomplete plan")
    assert "aws_iam_access_key.k, " in said.detail
    assert "module.a" not in said.detail


# --- what cannot be concluded ------------------------------------------------------------------


def test_an_errored_plan_proves_nothing() -> None:
    changes = [change(K, ["create"], None, key("u")), change(L, ["no-op"], OLD, OLD)]
    changes.append(change("aws_iam_access_key.m", ["delete"], OLD | {"id": "AKIAM"}))
    reading = written(plan(changes, BLOCKS, errored=True, applyable=False, complete=False))
    assert users(reading) == {"default/u": ("undetermined", 0, 2)}
    assert not reading.complete
    assert [item.summary for item in reading.diagnostics] == ["Plan with errors"]


@pytest.mark.parametrize("value", [True, None, "yes"])
def test_only_false_means_that_there_was_no_error(value: object) -> None:
    assert written(plan([], errored=value)).complete is False
    assert written({key: part for key, part in plan([]).items() if key != "errored"}).complete


def test_an_incomplete_plan_without_any_key_passes_with_a_warning() -> None:
    reading = written(plan([change("aws_iam_user.x", ["create"], None, {"name": "x"})], complete=False))
    assert reading.complete
    assert [(item.severity, item.summary) for item in reading.diagnostics] == [
        (Severity.WARNING, "Incomplete plan")
    ]


@pytest.mark.parametrize("where", ["root", "module"])
def test_an_incomplete_plan_whose_configuration_makes_keys_is_no_pass(where: str) -> None:
    calls = {"a": call({"resources": [resource(K, user="u")]})} if where == "module" else {}
    reading = written(plan([], BLOCKS if where == "root" else [], calls=calls, complete=False))
    assert not reading.complete


def test_an_action_of_the_future_is_said() -> None:
    reading = written(plan([change(K, ["rotate"], OLD, key("u"))], BLOCKS))
    (said,) = reading.diagnostics
    assert (said.severity, said.summary) == (Severity.ERROR, "Unknown action in a plan")
    assert K in said.detail


def test_action_reasons_and_other_members_may_be_anything() -> None:
    made = change(
        K,
        ["create"],
        None,
        key("u"),
        action_reason="because_of_the_moon",
        x=[1],
        change_replace_paths=[["a"]],
    )
    assert users(written(plan([made], BLOCKS, action_invocations=[{}]))) == {"default/u": ("pass", 1, 1)}


TEMPLATE = {"template_body": '{"Resources": {"K": {"Type": "AWS::IAM::AccessKey"}}}'}


@pytest.mark.parametrize(
    ("kind", "actions", "after", "number"),
    [
        ("aws_cloudformation_stack", ["create"], TEMPLATE, 1),
        ("aws_cloudformation_stack_set", ["no-op"], TEMPLATE, 1),
        ("aws_cloudformation_stack", ["create"], {"template_body": "Resources: {}"}, 0),
        ("aws_cloudformation_stack", ["create"], {"template_url": "https://x"}, 0),
        ("aws_cloudformation_stack", ["delete"], None, 0),
        ("aws_s3_object", ["create"], TEMPLATE, 0),
    ],
)
def test_stacks_that_make_keys_are_said(
    kind: str, actions: list[str], after: dict[str, Any] | None, number: int
) -> None:
    reading = written(plan([change(f"{kind}.s", actions, TEMPLATE, after)]))
    assert [item.summary for item in reading.diagnostics] == [
        "Access keys in a CloudFormation stack"
    ] * number
    assert all(f"{kind}.s" in item.detail for item in reading.diagnostics)
    assert reading.complete
    assert reading.keys == ()


def test_what_is_said_cannot_act_in_a_log() -> None:
    address = 'aws_iam_access_key.k["\x1b[31m\u202e"]'
    (said,) = written(plan([change(address, ["rotate"], OLD, OLD)])).diagnostics
    assert said.detail.isprintable()
