"""Composed expressions evaluate as the real Terraform evaluates them: some hundred in one plan."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

from tests.laws.grammar import PRELUDE, expressions
from tests.truth import terraform
from tests.truth.asking import disagreement
from tests.truth.expressions import ask, lay_out

needs_terraform = pytest.mark.skipif(
    terraform.available() is None, reason=f"terraform {terraform.VERSION} is not on the PATH"
)
BATCH = 300
T = TypeVar("T")
LONG_SEEDS = range(40)


def drawn(strategy: SearchStrategy[T], number: int, start: int) -> list[T]:
    """Up to that many different examples, the same ones for the same start."""
    found: dict[str, T] = {}

    @seed(start)
    @settings(
        max_examples=number,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: T) -> None:
        found[repr(example)] = example

    collect()
    return list(found.values())


def disagreements(directory: Path, start: int) -> list[str]:
    """Where our answer about a batch of expressions is not Terraform's, the shortest first."""
    batch = drawn(expressions(), BATCH, start)
    answers = ask(PRELUDE, {}, batch)
    lay_out(directory, PRELUDE, {})
    found = [
        f"{expression}: {problem}"
        for expression, answer in zip(batch, answers, strict=True)
        if (problem := disagreement(directory, PRELUDE, expression, answer))
    ]
    return sorted(found, key=len)


@needs_terraform
@pytest.mark.terraform
def test_composed_expressions_are_evaluated_as_terraform_does(tmp_path: Path) -> None:
    found = disagreements(tmp_path, 0)
    assert not found, "\n".join(found)


@needs_terraform
@pytest.mark.terraform
@pytest.mark.long
@pytest.mark.parametrize("start", LONG_SEEDS)
def test_many_composed_expressions_are_evaluated_as_terraform_does(tmp_path: Path, start: int) -> None:
    found = disagreements(tmp_path, start + 1)
    assert not found, "\n".join(found)
