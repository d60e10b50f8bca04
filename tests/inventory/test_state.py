"""States, raw and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest

from guard.inventory.recognise import FileKind
from tests.inventory.writing import AWS, SECRET, key, read, stored, users

PLANS = Path(__file__).parent.parent / "data" / "plans"
K, L, X = "aws_iam_access_key.k", "aws_iam_access_key.l", "aws_iam_user.x"
ONE, TWO = "111111111111", "222222222222"
DEFAULT_PROVIDER, ALIAS = f'provider["{AWS}"]', f'provider["{AWS}"].prod'


def user(name: str, account: str) -> dict[str, Any]:
    return {"name": name, "id": name, "arn": f"arn:aws:iam::{account}:user/{name}", "unique_id": SECRET}


def shown(*resources: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A state as `terraform show -json` prints it."""
    values = {"outputs": {"secret": {"value": SECRET}}, "root_module": {"resources": list(resources)} | more}
    return {"format_version": "1.0", "terraform_version": "1.11.4", "values": values}


def raw(*resources: dict[str, Any], version: int = 4, **more: Any) -> dict[str, Any]:
    """A state as Terraform stores it."""
    result = {"version": version, "terraform_version": "1.11.4", "serial": 4, "lineage": "x"}
    return result | {"outputs": {"s": {"value": SECRET}}, "resources": list(resources)} | more


def entry(
    address: str, *instances: dict[str, Any], provider: str = DEFAULT_PROVIDER, **more: Any
) -> dict[str, Any]:
    kind, name = address.split(".")
    made = [{"schema_version": 0, "attributes": values, "private": SECRET} for values in instances]
    return {"mode": "managed", "type": kind, "name": name, "provider": provider, "instances": made} | more


@pytest.mark.parametrize("name", ["state-two-keys.show.json", "state-two-keys.tfstate.json"])
def test_recorded_states(name: str) -> None:
    reading = read((PLANS / name).read_bytes())
    assert users(reading) == {"123456789012/ci-bot": ("violation", 2, 2)}
    assert reading.complete
    assert [found.key_id for found in reading.keys] == ["AKIA53UAAT2T7EXAMPLE", "AKIAPF5MZNJEGEXAMPLE"]


def test_both_forms_say_the_same() -> None:
    documents = [
        shown(
            stored(K, key("u", key_id="A1")), stored(L, key("u", "Inactive", "A2")), stored(X, user("u", ONE))
        ),
        raw(entry(K, key("u", key_id="A1")), entry(L, key("u", "Inactive", "A2")), entry(X, user("u", ONE))),
    ]
    readings = [read(document) for document in documents]
    assert readings[0].keys == readings[1].keys
    assert [reading.kind for reading in readings] == [FileKind.STATE, FileKind.RAW_STATE]
    assert users(readings[0]) == {f"{ONE}/u": ("pass", 1, 1)}
    assert SECRET not in repr(readings)


def test_the_order_of_members_does_not_matter() -> None:
    document = raw(entry(K, key("u", key_id="A1")), entry(X, user("u", ONE)))
    sorted_text = json.dumps(document, sort_keys=True).encode()
    assert read(sorted_text).keys == read(document).keys


def test_instances_deposed_objects_and_modules() -> None:
    counted = entry(K, key("u", key_id="A1"), key("u", key_id="A2"))
    counted["instances"][0]["index_key"] = 0
    counted["instances"][1] |= {"index_key": 0, "deposed": "d1e2f3a4"}
    named = entry(K, key("v", key_id="A3"), module='module.m["x"]')
    named["instances"][0]["index_key"] = 'q"'
    tainted = entry(L, key("w", key_id="A4"))
    tainted["instances"][0]["status"] = "tainted"
    reading = read(raw(counted, named, tainted))
    assert [found.address for found in reading.keys] == [
        "aws_iam_access_key.k[0]",
        "aws_iam_access_key.k[0]",
        'module.m["x"].aws_iam_access_key.k["q\\""]',
        "aws_iam_access_key.l",
    ]
    assert {name: verdict for name, (verdict, _, _) in users(reading).items()} == {
        "default/u": "violation",
        "default/v": "pass",
        "default/w": "pass",
    }


def test_attributes_of_an_old_provider() -> None:
    flat = entry(K)
    flat["instances"] = [{"attributes_flat": {"user": "u", "status": "Inactive", "id": "A1"}}]
    assert users(read(raw(flat))) == {"default/u": ("pass", 0, 0)}


@pytest.mark.parametrize(
    ("status", "verdict"), [("Expired", ("pass", 0, 0)), ("Paused", ("undetermined", 1, 2))]
)
def test_other_statuses(status: str, verdict: tuple[str, int, int]) -> None:
    keys = [stored(K, key("u", status, "A1")), stored(L, key("u", status, "A2"))]
    if status == "Paused":
        keys[0] = stored(K, key("u", key_id="A1"))
    assert users(read(shown(*keys))) == {"default/u": verdict}


def test_what_is_no_key_of_a_user_is_left_out() -> None:
    others = [
        stored("aws_lightsail_bucket_access_key.k", key("u")),
        stored("data.aws_iam_access_keys.k", key("u")),
        stored("aws_iam_user_policy.k", {"user": "u", "status": "Active"}),
    ]
    assert read(shown(*others)).keys == ()
    assert read(raw(entry(K, key("u"), mode="data"))).keys == ()


# --- accounts ----------------------------------------------------------------------------------


def test_arns_of_iam_tell_the_account() -> None:
    role = stored("aws_iam_role.r", {"name": "r", "arn": f"arn:aws-us-gov:iam::{TWO}:role/r"})
    assert set(users(read(shown(stored(K, key("u")), role)))) == {f"{TWO}/u"}
    managed = stored("aws_iam_policy.p", {"arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"})
    assert set(users(read(shown(stored(K, key("u")), managed)))) == {"default/u"}
    foreign = stored("data.aws_iam_role.r", {"arn": f"arn:aws:iam::{TWO}:role/r"})
    assert set(users(read(shown(stored(K, key("u")), foreign)))) == {"default/u"}


def test_several_accounts_in_a_state_as_json() -> None:
    """It does not tell aliases apart, so only a user that is in it tells its key's account."""
    people = [
        stored(X, user("u", ONE)),
        stored("aws_iam_user.y", user("v", TWO)),
        stored("aws_iam_user.z", user("v", ONE)),
    ]
    reading = read(
        shown(stored(K, key("u")), stored(L, key("v")), stored("aws_iam_access_key.m", key("w")), *people)
    )
    assert set(users(reading)) == {f"{ONE}/u", "unknown/v", "unknown/w"}
    again = read(shown(stored(K, key("w")), stored(L, key("w")), *people))
    assert {verdict for verdict, _, _ in users(again).values()} == {"undetermined"}


def test_several_accounts_in_a_raw_state() -> None:
    """It tells the provider's alias."""
    reading = read(
        raw(
            entry(K, key("u"), provider=DEFAULT_PROVIDER),
            entry(L, key("u"), provider=ALIAS),
            entry(X, user("u", ONE), provider=DEFAULT_PROVIDER),
            entry("aws_iam_user.y", user("u", TWO), provider=ALIAS),
        )
    )
    assert users(reading) == {f"{ONE}/u": ("pass", 1, 1), f"{TWO}/u": ("pass", 1, 1)}


def test_an_alias_of_which_no_account_is_known() -> None:
    keys = [entry(K, key("u"), provider=ALIAS), entry(L, key("u"), provider=ALIAS)]
    other = entry("aws_iam_access_key.m", key("u"), provider=DEFAULT_PROVIDER)
    assert users(read(raw(*keys))) == {"default/u": ("violation", 2, 2)}
    assert users(read(raw(*keys, other)))["unknown/u"] == ("undetermined", 1, 3)


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("document", "summary", "text"),
    [
        (raw(version=3, modules=[]), "Unsupported format of a raw state", "version is 3; known are 4"),
        ({"serial": 1, "resources": []}, "Unsupported format of a raw state", "version is missing"),
        (
            shown() | {"format_version": "2.0"},
            "Unsupported format of a state",
            "version is 2; known are 0 and 1",
        ),
        (
            {"planned_values": {}, "format_version": "2.1"},
            "Unsupported format of a plan",
            "Update iam-key-guard",
        ),
        (
            {"planned_values": {}, "format_version": SECRET},
            "Unsupported format of a plan",
            "version is missing",
        ),
        ({"planned_values": {}}, "Unsupported format of a plan", "version is missing"),
        ({"serial": 1, "meta": {}, "encrypted_data": "x"}, "Neither a plan nor a state", "tofu show -json"),
        ({"name": "x"}, "Neither a plan nor a state", "neither Terraform code nor a plan"),
        ({}, "Neither a plan nor a state", "neither Terraform code nor a plan"),
    ],
)
def test_what_is_refused(document: dict[str, Any], summary: str, text: str) -> None:
    reading = read(document)
    assert not reading.complete
    (said,) = reading.diagnostics
    assert said.summary == summary
    assert text in said.detail
    assert SECRET not in str(said)


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.99"])
def test_formats_that_are_known(version: str) -> None:
    assert read(shown(stored(K, key("u"))) | {"format_version": version}).complete


def test_a_state_of_nothing() -> None:
    reading = read({"format_version": "1.0"})
    assert (reading.kind, reading.keys, reading.complete) == (FileKind.STATE, (), True)


@pytest.mark.parametrize("depth", [90, 5_000])
def test_modules_nested_deeply(depth: int) -> None:
    inner = json.dumps({"resources": [stored(K, key("u"))]})
    text = (
        '{"format_version":"1.0","values":{"root_module":'
        + '{"child_modules":[' * depth
        + inner
        + "]}" * depth
        + "}}"
    )
    reading = read(text.encode())
    assert reading.complete is (depth < 100)
    assert [said.detail.partition(".")[0] for said in reading.diagnostics] == (
        [] if depth < 100 else ["More than 100 modules lie within each other"]
    )
