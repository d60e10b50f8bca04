"""A plan that the real Terraform made of `tests/data/plans/users-by-reference`, whose names it does not know."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from guard.config.input_options import InputOptions
from guard.config.load import Loader
from guard.config.workspace import workspace
from guard.inventory.contents import FileReading
from guard.inventory.document import open_document
from guard.inventory.files import read_file
from guard.inventory.joining import join
from guard.inventory.roots import open_root

FOLDER = Path(__file__).parents[2] / "data" / "plans"
K, MANY = "aws_iam_access_key", "module.many"

# Whose key each is, by the plan alone; in brackets what only the configuration tells.
USERS = {
    f'{K}.each_value["alice"]': "alice",
    f'{K}.each_value["bob"]': "bob",
    f'{K}.each_key["alice"]': "(alice)",
    f'{K}.each_key["bob"]': "(bob)",
    f"{K}.count_index[0]": "(c0)",
    f"{K}.count_index[1]": "(c1)",
    f"{K}.computed_index[0]": "(c0)",
    f"{K}.computed_index[1]": "(c1)",
    f"{K}.computed_index[2]": "(c0)",
    f"{K}.computed_index[3]": "(c1)",
    f"{K}.index": "c1",
    f"{K}.direct": "one",
    f"{K}.tried": "one",
    f"{K}.later": "aws_iam_user.later",
    f"{K}.later_id": "aws_iam_user.later",
    f"{K}.by_output": "one",
    f"{K}.by_output_of_instance": "alice",
    f"{K}.conditional": "(one)",
    f'{MANY}["alice"].{K}.k': "alice",
    f'{MANY}["bob"].{K}.k': "bob",
    f'{MANY}["alice"].{K}.inner': f'{MANY}["alice"].aws_iam_user.inner[0]',
    f'{MANY}["bob"].{K}.inner': f'{MANY}["bob"].aws_iam_user.inner[0]',
    f"module.single.{K}.k": "one",
    f"module.single.{K}.inner": "module.single.aws_iam_user.inner[0]",
    f"module.team.module.k.{K}.k": "literal",
    f"module.own.{K}.k": "literal",
    f"module.dev.{K}.k": "someone",
    f"module.dev.{K}.inner": "inner-someone",
}
ACCOUNTS = {f"module.own.{K}.k": "333333333333"}
CERTAIN = {f"module.own.{K}.k"}


@pytest.fixture(scope="module")
def plan() -> FileReading:
    with open_document(str(FOLDER / "users-by-reference.json")) as document:
        return read_file(document)


def shown(reading: FileReading) -> Mapping[str, str]:
    return {key.address or "": key.user.label for key in reading.keys}


def test_every_key_is_expected(plan: FileReading) -> None:
    assert shown(plan).keys() == USERS.keys() | {f"{K}.joined"}


@pytest.mark.parametrize("address", USERS)
def test_users_by_the_plan_alone(plan: FileReading, address: str) -> None:
    found = {key.address: key for key in plan.keys}[address]
    if USERS[address].startswith("("):
        assert (found.user.name, found.user.managed_by) == (None, None)
    else:
        assert found.user.label == USERS[address]


def test_accounts_by_the_plan_alone(plan: FileReading) -> None:
    """As the real Terraform told the stand-in of the provider, evaluated."""
    for key in plan.keys:
        assert key.account.name == ACCOUNTS.get(key.address or "", "222222222222")
        assert key.account.certain is (key.address in CERTAIN)


def test_with_the_configuration(plan: FileReading) -> None:
    directory = FOLDER / "users-by-reference"
    root = open_root(directory, Loader(workspace([directory], None)), InputOptions())
    assert root is not None
    joined = join([plan], [root])
    assert joined.told == [root]
    (reading,) = joined.readings
    found = shown(reading)
    assert {address: found[address] for address in USERS} == {
        address: label.strip("()") for address, label in USERS.items()
    }
    assert all(key.account.certain and key.at for key in reading.keys)
    assert {key.address: key.account.name for key in plan.keys} == {
        key.address: key.account.name for key in reading.keys
    }
