"""Laws about inputs that are not given: knowing less only widens, witnesses are true, a pass stays a pass."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st

from tests.command import Ran, check
from tests.laws.configurations import VALUES, Composed, assignments, configurations, tfvars

ARGUMENTS = ("--no-second-reader", "--no-variants", ".")
HIDDEN = st.lists(st.booleans(), min_size=len(VALUES), max_size=len(VALUES)).map(
    lambda flags: [name for name, hidden in zip(VALUES, flags, strict=True) if hidden]
)

few = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
many = settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))


def ask(composed: Composed, given_values: Mapping[str, Any]) -> Ran:
    """The answer about a configuration when only these inputs are given."""
    with TemporaryDirectory() as name:
        directory = Path(name)
        for path, text in composed.files.items():
            (directory / path).parent.mkdir(exist_ok=True)
            (directory / path).write_text(text, encoding="utf-8")
        (directory / "terraform.tfvars").write_text(tfvars(given_values), encoding="utf-8")
        return check(directory, *ARGUMENTS)


def _counts(ran: Ran) -> dict[str, int]:
    """The exact number of active keys of each user, when every input is given."""
    assert ran.errors == []
    for user in ran.users:
        assert user["active"]["min"] == user["active"]["max"], user
    return {str(user["user"]): user["active"]["min"] for user in ran.users}


def _high(active: Mapping[str, Any]) -> float:
    return float("inf") if active["max"] is None else active["max"]


def knowing_less_only_widens(composed: Composed, hidden: list[str]) -> None:
    exact = ask(composed, composed.values)
    assume(not exact.errors)
    less = ask(composed, {name: value for name, value in composed.values.items() if name not in hidden})
    assert less.errors == []
    ranges = {str(user["user"]): user["active"] for user in less.users}
    most = max(map(_high, ranges.values()), default=0)
    for user, number in _counts(exact).items():
        if user in ranges:
            assert ranges[user]["min"] <= number, (user, number, ranges)
        assert number <= most, (user, number, ranges)
    for user, active in ranges.items():
        assert active["min"] <= max(_counts(exact).values(), default=0), (user, active)
    event(f"{exact.verdict}, less known: {less.verdict}")
    if exact.verdict == "violation":
        assert less.verdict != "pass"
    if less.verdict in ("pass", "violation"):
        assert exact.verdict == less.verdict


def a_witness_is_true(composed: Composed, hidden: list[str]) -> None:
    known = {name: value for name, value in composed.values.items() if name not in hidden}
    ran = ask(composed, known)
    witnesses = [user["when"] for user in ran.users if user["when"]]
    event(f"{ran.verdict}, {len(witnesses)} witnesses")
    if ran.verdict == "possible":
        assert witnesses
    for witness in witnesses:
        told = {name.removeprefix("var."): value for name, value in witness.items()}
        rest = {name: composed.values[name] for name in VALUES if name not in told}
        assert ask(composed, {**rest, **known, **told}).verdict == "violation", witness


def a_pass_stays_a_pass(composed: Composed, others: Mapping[str, Any], hidden: list[str]) -> None:
    known = {name: value for name, value in composed.values.items() if name not in hidden}
    ran = ask(composed, known)
    assume(ran.verdict == "pass")
    other = ask(composed, {**others, **known})
    assume(not other.errors)
    assert other.verdict == "pass"


@few
@given(configurations(), HIDDEN)
def test_knowing_less_only_widens(composed: Composed, hidden: list[str]) -> None:
    knowing_less_only_widens(composed, hidden)


@few
@given(configurations(), HIDDEN)
def test_a_witness_is_true(composed: Composed, hidden: list[str]) -> None:
    a_witness_is_true(composed, hidden)


@few
@given(configurations(), assignments(), HIDDEN)
def test_a_pass_stays_a_pass(composed: Composed, others: Mapping[str, Any], hidden: list[str]) -> None:
    a_pass_stays_a_pass(composed, others, hidden)


@pytest.mark.long
@many
@given(configurations(), HIDDEN)
def test_knowing_less_only_widens_long(composed: Composed, hidden: list[str]) -> None:
    knowing_less_only_widens(composed, hidden)


@pytest.mark.long
@many
@given(configurations(), HIDDEN)
def test_a_witness_is_true_long(composed: Composed, hidden: list[str]) -> None:
    a_witness_is_true(composed, hidden)


@pytest.mark.long
@many
@given(configurations(), assignments(), HIDDEN)
def test_a_pass_stays_a_pass_long(composed: Composed, others: Mapping[str, Any], hidden: list[str]) -> None:
    a_pass_stays_a_pass(composed, others, hidden)
