"""A configuration, and a plan or state of it that tells of another time: never added to each other."""

from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from tests.inventory.joining import Check, shown
from tests.inventory.writing import change, key, plan, provider, resource

K, L = "aws_iam_access_key.k", "aws_iam_access_key.l"
ROLE = 'provider "aws" {\n  allowed_account_ids = ["111111111111"]\n}\n'
ONE_KEY = ROLE + 'resource "aws_iam_access_key" "k" {\n  user = "u"\n}\n'
IN_ACCOUNT = {"aws": provider(assume_role=["arn:aws:iam::111111111111:role/r"])}


def known(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    blocks = [resource(K, user="u"), resource(L, user="u")]
    return plan(list(changes), blocks[: len(changes)], providers=IN_ACCOUNT, **more)


def raw_state(*names: str) -> dict[str, Any]:
    """A state whose keys are in the account of the configuration."""
    user = {"mode": "managed", "type": "aws_iam_user", "name": "u", "provider": AWS_OF_STATE}
    user["instances"] = [{"attributes": {"name": "u", "arn": "arn:aws:iam::111111111111:user/u"}}]
    keys = [
        {
            "mode": "managed",
            "type": "aws_iam_access_key",
            "name": name,
            "provider": AWS_OF_STATE,
            "instances": [{"attributes": key("u", key_id=f"AKIA{name}")}],
        }
        for name in names
    ]
    return {"version": 4, "serial": 1, "lineage": "x", "resources": [user, *keys]}


AWS_OF_STATE = 'provider["registry.terraform.io/hashicorp/aws"]'
GONE = change(L, ["delete"], key("u", key_id="AKIAL"))
KEPT = change(K, ["no-op"], key("u", key_id="AKIAK"), key("u", key_id="AKIAK"))

# name: (plan or state, what it says apart from the configuration)
SAME_ROOT: dict[str, tuple[dict[str, Any], tuple[str, str]]] = {
    "its state": (raw_state("k"), ("pass", "state")),
    "its state, before the second key goes": (raw_state("k", "l"), ("violation", "state")),
    "a plan of some of it": (known(KEPT, complete=False), ("pass", "plan")),
    "a plan that does not fit": (known(KEPT, change(L, ["create"], None, key("u"))), ("violation", "plan")),
    "a plan that destroys it": (known(change(K, ["delete"], key("u", key_id="AKIAK"))), ("pass", "plan")),
}


@pytest.mark.parametrize("name", SAME_ROOT)
def test_the_keys_of_one_root_at_two_times_are_not_added(joined: Check, name: str) -> None:
    document, apart = SAME_ROOT[name]
    joined.write(document, root=ONE_KEY)
    report = joined("root")
    assert shown(report) == [
        ("111111111111", "u", "pass", "configuration"),
        ("111111111111", "u", *apart),
    ]
    assert report["verdict"] == apart[0]


def test_the_keys_of_another_root_are_added(joined: Check) -> None:
    joined.write(raw_state("other"), root=ONE_KEY)
    assert shown(joined("root")) == [("111111111111", "u", "violation", "configuration")]
    joined.plan = joined.plan.rename(joined.folder / "root" / "terraform.tfstate")
    assert shown(joined("root")) == [
        ("111111111111", "u", "pass", "configuration"),
        ("111111111111", "u", "pass", "state"),
    ]


def test_standard_input_lies_nowhere(joined: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    joined.write(raw_state("other"), root=ONE_KEY)
    monkeypatch.chdir(joined.folder / "root")
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(joined.plan.read_bytes())))
    joined.plan = Path("-")
    assert shown(joined("root")) == [("111111111111", "u", "violation", "configuration")]


def test_an_incomplete_plan_of_another_configuration_stays_open(joined: Check) -> None:
    joined.write(known(KEPT, complete=False), root=ONE_KEY.replace('"k"', '"other"'))
    report = joined("root")
    assert ("error", "Incomplete plan") in [(d["severity"], d["summary"]) for d in report["diagnostics"]]
