"""Plans that are not as Terraform writes them: broken, cut down, or put together by something else."""

from typing import Any

import pytest

from guard.diagnostics import Severity
from guard.inventory.contents import FileReading
from tests.inventory.writing import change, key, plan, read, resource, stored, users

K, L = "aws_iam_access_key.k", "aws_iam_access_key.l"
BLOCKS = [resource(K, user="u"), resource(L, user="u")]
OLD = key("u", key_id="AKIAK")


def is_open(reading: FileReading) -> bool:
    """Whether nothing can be concluded: that is an error, and never a pass."""
    return not reading.complete and any(item.severity is Severity.ERROR for item in reading.diagnostics)


TWO = [change(K, ["create"], None, key("u")), change(L, ["create"], None, key("u"))]


def without(name: str) -> list[dict[str, Any]]:
    """Two new keys of a user, whose changes lack a member."""
    return [{key: value for key, value in item.items() if key != name} for item in TWO]


@pytest.mark.parametrize(
    "more",
    [
        {"resource_changes": {"0": TWO[0], "1": TWO[1]}},
        {"resource_changes": "CANARY"},
        {"resource_changes": [TWO]},
        {"resource_changes": without("address")},
        {"resource_changes": [item | {"address": "aws_iam_access_key k"} for item in TWO]},
        {"resource_changes": [item | {"address": None, "type": 5} for item in TWO]},
        {"resource_changes": [item | {"change": [item["change"]]} for item in TWO]},
        {"resource_changes": without("change")},
        {"resource_changes": [item | {"change": {"after": key("u")}} for item in TWO]},
        {"resource_changes": [], "complete": "true"},
        {"resource_changes": [], "complete": 1},
        {"resource_changes": [], "prior_state": ["CANARY"]},
        {"resource_changes": [], "prior_state": {"values": {"root_module": {"resources": {"0": "CANARY"}}}}},
        {"resource_changes": [], "prior_state": {"values": {"root_module": {"resources": [{"values": {}}]}}}},
    ],
)
def test_what_is_not_as_terraform_writes_it_is_never_a_pass(more: dict[str, Any]) -> None:
    reading = read(plan([], BLOCKS) | more)
    assert is_open(reading)
    assert "CANARY" not in str(reading.diagnostics)


@pytest.mark.parametrize(
    "actions", ["delete", ["delete", 5], [None, "delete"], ["delete", "delete"], [["delete"]], [], None]
)
def test_actions_that_are_no_list_of_known_words_are_unheard_of(actions: Any) -> None:
    changes = [change(address, actions, OLD | {"id": address}) for address in (K, L)]
    reading = read(plan(changes, BLOCKS))
    assert users(reading) == {"default/u": ("undetermined", 0, 2)}
    assert [item.summary for item in reading.diagnostics] == ["Unknown action in a plan"] * 2


@pytest.mark.parametrize(
    "more", [{}, {"resource_changes": []}, {"resource_changes": None}, {"prior_state": None}]
)
def test_planned_keys_without_a_change_are_never_a_pass(more: dict[str, Any]) -> None:
    """A plan that was cut down to its planned values."""
    values = {"root_module": {"child_modules": [{"resources": [stored(f"module.m.{K}", key("u"))]}]}}
    reading = read(plan(None, BLOCKS) | {"planned_values": values} | more)
    assert is_open(reading)
    (said,) = reading.diagnostics
    assert said.summary == "Plan without its changes"
    assert f"module.m.{K}" in said.detail


def test_planned_keys_of_the_prior_state_are_explained() -> None:
    prior = [stored(K, key("u", key_id="AKIAX"))]
    reading = read(
        plan(None, BLOCKS, prior=prior) | {"planned_values": {"root_module": {"resources": prior}}}
    )
    assert reading.complete
    assert users(reading) == {"default/u": ("pass", 1, 1)}


def test_an_object_that_is_unknown_or_masked_as_a_whole() -> None:
    made = change(K, ["create"], None, {}, change_after_unknown=True)
    masked = change(L, ["create"], None, key("***"), change_after_sensitive=True)
    blocks = [resource(K, user=["local.a"], status=["local.s"]), resource(L, user=["local.b"])]
    first, second = read(plan([made, masked], blocks)).keys
    assert (first.user.name, first.status.value, second.user.name) == (None, "unknown", None)
