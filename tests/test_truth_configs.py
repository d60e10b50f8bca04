"""The command finds the access keys that the real Terraform plans, with account, user and status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from guard.cli import WRONG_USE
from tests.command import Ran, check
from tests.truth import configs, limits

UNKNOWN = "<unknown>"
CONFIGS = configs.configs()
PLANNED = [config for config in CONFIGS if config.keys is not None]
REFUSED = [config for config in CONFIGS if config.keys is None]
FEWEST = 60


def _name(config: configs.Config) -> str:
    return config.name


def _run(config: configs.Config, directory: Path) -> tuple[Ran, str]:
    """The answer about a configuration, and the directory of its root module as the report names it."""
    root = str(config.case.get("root", "."))
    configs.copy(config, directory / "config")
    workspace = config.case.get("workspace", "default")
    selected = ["--workspace", workspace] if workspace else []
    arguments = [argument for argument in config.arguments if argument]
    return check(directory / "config", *selected, *_ours(arguments), root, env=config.case.get("env")), root


def _ours(arguments: Sequence[str]) -> list[str]:
    """Terraform's arguments as ours: two dashes."""
    return [
        f"-{word}" if word.startswith(("-var=", "-var-file=")) or word == "-var" else word
        for word in arguments
    ]


def test_there_are_enough() -> None:
    assert len(PLANNED) > FEWEST
    assert len(REFUSED) > FEWEST // 2


@pytest.mark.parametrize("config", PLANNED, ids=_name)
def test_keys_are_those_that_terraform_plans(config: configs.Config, tmp_path: Path) -> None:
    ran, root = _run(config, tmp_path)
    assert [error.partition(":")[0] for error in ran.errors] == config.case.get("told", [])
    found = {
        key["address"]: (user["account"], user["user"], key["status"])
        for user in ran.users
        if user["root"] == root
        for key in user["keys"]
    }
    planned = {address: _masked(key) for address, key in (config.keys or {}).items()}
    assert found.keys() == planned.keys()
    for address, (account, user, status) in planned.items():
        assert found[address][0] == account, address
        assert user == UNKNOWN or user.lower() == found[address][1].lower(), address
        assert found[address][2] == ("unknown" if status == UNKNOWN else status), address


def _masked(key: Sequence[str]) -> tuple[str, str, str]:
    """Account, user, status, the account as reports name it."""
    _, account, user, status = key
    shown = f"access_key:****{account[-4:]}" if account.startswith("access_key:") else account
    return shown, user, status


@pytest.mark.parametrize("config", PLANNED, ids=_name)
def test_violations_are_the_users_with_two_active_keys(config: configs.Config, tmp_path: Path) -> None:
    ran, root = _run(config, tmp_path)
    active = Counter(
        (_masked(key)[0], key[2].lower())
        for key in (config.keys or {}).values()
        if key[3] == "Active" and UNKNOWN not in key
    )
    violations = {
        (user["account"], str(user["user"]).lower())
        for user in ran.users
        if user["verdict"] == "violation" and user["root"] == root
    }
    assert {user for user, number in active.items() if number > 1} <= violations
    assert all(active[user] > 1 for user in violations if user in active)


@pytest.mark.parametrize("config", REFUSED, ids=_name)
def test_what_terraform_refuses_does_not_pass(config: configs.Config, tmp_path: Path) -> None:
    ran, _ = _run(config, tmp_path)
    if config.name in limits.CONFIGS:
        assert ran.verdict == "pass", "it is mended: take it from tests/truth/limits.py"
        return
    assert ran.exit_code != 0
    if ran.exit_code != WRONG_USE:
        assert ran.errors, config.error
        assert ran.verdict != "pass"
