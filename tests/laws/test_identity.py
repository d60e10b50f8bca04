"""Laws about names and conditions made of inputs that are not given: what is decided holds for every value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.laws.configurations import DECLARED, VALUES, Composed, assignments
from tests.laws.grammar import conditions, texts
from tests.laws.test_worlds import ask

LEAVES = {
    "s": (
        '"alice"',
        '"svc"',
        "var.env",
        "var.env",
        "var.maybe",
        'lookup(var.table, "alice", "off")',
        'try(var.list[0], "bob")',
        '"${var.env}-x"',
        'join("+", var.users)',
    ),
    "n": ("0", "1", "2", "var.n", "length(var.users)"),
    "b": ("true", "var.a", "var.b", 'var.env == "prod"', "var.maybe == null"),
    "l": ("var.list", "var.users", '["prod", "dev"]', "keys(var.table)", "[]"),
    "m": ("var.table", '{ prod = "p", dev = "d" }', "{}"),
}
NAMED = """\
resource "aws_iam_access_key" "one" {{
  user = "u${{{}}}"
}}
resource "aws_iam_access_key" "two" {{
  user = "u${{{}}}"
}}
"""
SWITCHED = """\
resource "aws_iam_access_key" "one" {{
  count = ({}) ? 1 : 0
  user  = "alice"
}}
resource "aws_iam_access_key" "two" {{
  user   = "alice"
  status = ({}) ? "Active" : "Inactive"
}}
"""
KEYED = """\
resource "aws_iam_access_key" "one" {{
  for_each = {}
  user     = "u${{{}}}"
}}
"""
KEYED_LEAVES = {
    **LEAVES,
    "s": (
        "each.key",
        "each.key",
        "each.value",
        '"${each.key}-x"',
        '"svc-${each.value}"',
        'split(":", each.key)[0]',
        "trimspace(each.key)",
        'replace(each.key, ".", "-")',
        "substr(each.key, 0, 3)",
        "var.env",
        '"alice"',
    ),
    "b": ("true", "var.a", 'each.key == "alice"', 'startswith(each.key, "a")'),
    "l": ("var.list", "[each.key]", 'split(":", each.key)', '["a", "b"]'),
}
COLLECTIONS = st.sampled_from(("var.users", "var.table", "toset(var.list)"))
KEYS = st.sampled_from(("alice", "bob", "a-b", "a.b", "alice:1", "alice:2", " bob", "al"))
KEYED_VALUES = st.builds(
    lambda values, users, table, names: {**values, "users": users, "table": table, "list": names},
    assignments(),
    st.lists(KEYS, unique=True, max_size=3),
    st.dictionaries(KEYS, KEYS, max_size=3),
    st.lists(KEYS, max_size=3),
)
NAMES = texts(LEAVES)
KEYED_NAMES = texts(KEYED_LEAVES)
CONDITIONS = conditions(LEAVES)

few = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
many = settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))


def decided_for_every_value(keys: str, one: str, two: str, values: Mapping[str, Any]) -> None:
    """The verdict without inputs holds with them; so does a known name; and a witness makes a violation."""
    composed = Composed({"main.tf": DECLARED + keys.format(one, two)}, {})
    exact = ask(composed, values)
    assume(not exact.errors and exact.verdict in ("pass", "violation"))
    unset = ask(composed, {})
    event(f"{exact.verdict}, nothing given: {unset.verdict}")
    if unset.verdict in ("pass", "violation"):
        assert exact.verdict == unset.verdict
    _known_names_stay(unset.users, exact.users)
    for witness in (user["when"] for user in unset.users if user["when"]):
        told = {name.removeprefix("var."): value for name, value in witness.items()}
        rest = {name: values[name] for name in VALUES if name not in told}
        assert ask(composed, {**rest, **told}).verdict == "violation", witness


def _known_names_stay(open_users: Any, exact_users: Any) -> None:
    """A name that is known without the inputs is the name with them."""
    exact = {key["address"]: user["user"] for user in exact_users for key in user["keys"]}
    for user in open_users:
        for key in user["keys"]:
            if "${" not in user["user"]:
                assert exact.get(key["address"], user["user"]).lower() == user["user"].lower()


@few
@given(NAMES, NAMES, assignments())
def test_names_are_decided_for_every_value(one: str, two: str, values: Mapping[str, Any]) -> None:
    decided_for_every_value(NAMED, one, two, values)


@few
@given(CONDITIONS, CONDITIONS, assignments())
def test_conditions_are_decided_for_every_value(one: str, two: str, values: Mapping[str, Any]) -> None:
    decided_for_every_value(SWITCHED, one, two, values)


@few
@given(COLLECTIONS, KEYED_NAMES, KEYED_VALUES)
def test_names_made_of_keys_are_decided_for_every_value(
    one: str, two: str, values: Mapping[str, Any]
) -> None:
    decided_for_every_value(KEYED, one, two, values)


@pytest.mark.long
@many
@given(COLLECTIONS, KEYED_NAMES, KEYED_VALUES)
def test_names_made_of_keys_are_decided_for_every_value_long(
    one: str, two: str, values: Mapping[str, Any]
) -> None:
    decided_for_every_value(KEYED, one, two, values)


@pytest.mark.long
@many
@given(NAMES, NAMES, assignments())
def test_names_are_decided_for_every_value_long(one: str, two: str, values: Mapping[str, Any]) -> None:
    decided_for_every_value(NAMED, one, two, values)


@pytest.mark.long
@many
@given(CONDITIONS, CONDITIONS, assignments())
def test_conditions_are_decided_for_every_value_long(one: str, two: str, values: Mapping[str, Any]) -> None:
    decided_for_every_value(SWITCHED, one, two, values)
