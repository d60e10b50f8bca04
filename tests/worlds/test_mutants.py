"""Ways in which an evaluator may fail open, each planted on purpose: the cases must catch every one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guard.inventory import configuration
from guard.inventory.model import NONE, ONE, AccessKey, Count, Status
from guard.inventory.roots import RootModule
from guard.lang import expand
from guard.lang.expand import Expansion
from guard.ledger import Holding
from guard.records import replace
from guard.values.value import Value
from guard.worlds import decide, search
from tests.command import check
from tests.truth import cases

Plant = Callable[[pytest.MonkeyPatch], None]


def unknown_status_is_inactive(patch: pytest.MonkeyPatch) -> None:
    real = configuration._active

    def mutant(status: Value) -> tuple[Status, Count]:
        return (Status.UNKNOWN, NONE) if status.is_unknown else real(status)

    patch.setattr(configuration, "_active", mutant)


def keys_of_unknown_users_are_dropped(patch: pytest.MonkeyPatch) -> None:
    real = search.holdings

    def mutant(keys: list[AccessKey]) -> list[Holding]:
        return real(key for key in keys if key.user.name is not None)

    for module in (decide, search):
        patch.setattr(module, "holdings", mutant)


def unknown_count_is_skipped(patch: pytest.MonkeyPatch) -> None:
    real = configuration._multiplied

    def mutant(times: configuration.Times, expansion: Expansion) -> configuration.Times:
        return configuration.Times(NONE) if expansion.open is not None else real(times, expansion)

    patch.setattr(configuration, "_multiplied", mutant)


def unknown_count_is_one(patch: pytest.MonkeyPatch) -> None:
    real = configuration._multiplied

    def mutant(times: configuration.Times, expansion: Expansion) -> configuration.Times:
        return replace(times, count=ONE) if expansion.open is not None else real(times, expansion)

    patch.setattr(configuration, "_multiplied", mutant)


def a_count_is_at_most_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(expand, "bounds", lambda value: (0, 1))


def only_the_first_answer_is_tried(patch: pytest.MonkeyPatch) -> None:
    real = search.outcomes
    patch.setattr(search, "outcomes", lambda *arguments: list(real(*arguments))[:1])


def unclear_users_are_different(patch: pytest.MonkeyPatch) -> None:
    real = search.holdings

    def mutant(keys: list[AccessKey]) -> list[Holding]:
        found = real(keys)
        for holding in found:
            holding.perhaps = []
        return found

    for module in (decide, search):
        patch.setattr(module, "holdings", mutant)


def a_refused_world_ends_the_search(patch: pytest.MonkeyPatch) -> None:
    real = RootModule.evaluate

    def mutant(root: RootModule, *arguments: object, **options: object) -> object:
        evaluation = real(root, *arguments, **options)  # type: ignore[arg-type]  # passed on as they came
        return replace(evaluation, found=()) if evaluation.refusals else evaluation

    patch.setattr(RootModule, "evaluate", mutant)
    patch.setattr(search._Search, "_blocked", lambda self, why: None)


MUTANTS: list[Plant] = [
    unknown_status_is_inactive,
    keys_of_unknown_users_are_dropped,
    unknown_count_is_skipped,
    unknown_count_is_one,
    a_count_is_at_most_one,
    only_the_first_answer_is_tried,
    unclear_users_are_different,
    a_refused_world_ends_the_search,
]


def wrong_passes(tmp_path: Path) -> list[str]:
    """The cases that pass although they must not."""
    return [
        case.name
        for case in cases.cases()
        if "pass" not in case.verdicts
        and check(cases.copy(case, tmp_path / case.name), ".").verdict == "pass"
    ]


def test_no_case_passes_wrongly(tmp_path: Path) -> None:
    assert wrong_passes(tmp_path) == []


@pytest.mark.parametrize("plant", MUTANTS, ids=lambda plant: plant.__name__)
def test_a_mutant_that_fails_open_is_caught(
    plant: Plant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert wrong_passes(tmp_path), "no case notices"
