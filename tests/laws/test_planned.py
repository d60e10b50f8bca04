"""Composed configurations with every input given: the keys are those that the real Terraform plans."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.laws.configurations import Composed, configurations, tfvars
from tests.laws.test_expressions import drawn
from tests.laws.test_worlds import ask
from tests.truth import aws, terraform

BATCH = 80
LONG_SEEDS = range(6)
PART = re.compile(r"^module\.m(\d+)\.")
PLACE = re.compile(r"\bm(\d+)/")


def _lay_out(directory: Path, batch: Mapping[int, Composed]) -> None:
    """Write each configuration as a module of one root."""
    calls = []
    for number, composed in batch.items():
        for path, text in composed.files.items():
            target = directory / f"m{number}" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        calls.append(f'module "m{number}" {{\n  source = "./m{number}"\n{tfvars(composed.values)}}}\n')
    (directory / "main.tf").write_text("".join(calls), encoding="utf-8")


def _planned(directory: Path, batch: dict[int, Composed]) -> dict[int, Counter[str]]:
    """Active keys per user of each configuration. Those that Terraform refuses, and we too, leave the batch."""
    _lay_out(directory, batch)
    with aws.environment() as env:
        prepared = terraform.init(directory, env)
        assert prepared.errors == ()
        while (planned := aws.plan(directory, [], env)).errors:
            places = " ".join(f"{error.file} {error.detail}" for error in planned.errors)
            refused = {int(number) for number in PLACE.findall(places)}
            assert refused, planned.errors
            for number in refused:
                assert ask(batch[number], batch[number].values).errors, batch.pop(number)
                del batch[number]
            _lay_out(directory, batch)
    active: dict[int, Counter[str]] = defaultdict(Counter)
    for address, (_, user, status) in aws.planned_keys(planned).items():
        part = PART.match(address)
        assert part is not None
        active[int(part[1])][user] += status == "Active"
    return active


@pytest.mark.long
@pytest.mark.terraform
@pytest.mark.skipif(not aws.available(), reason=f"needs Terraform, and the AWS provider in {aws.MIRROR}")
@pytest.mark.parametrize("start", LONG_SEEDS)
def test_given_inputs_give_the_keys_that_terraform_plans(tmp_path: Path, start: int) -> None:
    batch = dict(enumerate(drawn(configurations(), BATCH, start)))
    planned = _planned(tmp_path, batch)
    assert len(batch) > BATCH // 2
    wrong = []
    for number, composed in batch.items():
        ran = ask(composed, composed.values)
        found = {str(user["user"]): user["active"] for user in ran.users}
        expected = {user: {"min": count, "max": count} for user, count in planned[number].items()}
        if ran.errors or found != expected:
            wrong.append(f"{composed}: planned {dict(planned[number])}, found {found}, {ran.errors}")
    assert not wrong, "\n".join(sorted(wrong, key=len))
