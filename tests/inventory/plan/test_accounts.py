"""Accounts from the provider configurations of a plan."""

from typing import Any

import pytest

from guard.inventory.plan.accounts import Accounts
from guard.inventory.plan.configuration import Configuration
from tests.inventory.writing import call, change, key, plan, provider, read, resource, users

ONE, TWO = "111111111111", "222222222222"
K = "aws_iam_access_key.k"


def role(account: str) -> str:
    return f"arn:aws:iam::{account}:role/deploy"


def account_of(block: dict[str, Any], variables: dict[str, Any] | None = None) -> tuple[str, bool]:
    """The account of a key whose provider is this one, and whether it is certain."""
    made = [change(K, ["create"], None, key("u"))]
    (found,) = read(plan(made, [resource(K, user="u")], providers={"aws": block}, variables=variables)).keys
    return found.account.name, found.account.certain


VARIABLES = {
    "id": TWO,
    "number": 222222222222,
    "arn": role(TWO),
    "env": "prod",
    "profile": "dev",
    "ids": [TWO],
    "two": [ONE, TWO],
    "accounts": {"prod": {"id": TWO, "list": [ONE, TWO]}, "dev": ONE},
    "nothing": None,
    "long": "x" * 3000,
}

# name: (provider configuration, account, certain)
BLOCKS: dict[str, tuple[dict[str, Any], str, bool]] = {
    "nothing": (provider(), "default", False),
    "a region": (provider(region="eu-west-1"), "default", False),
    "a role": (provider(assume_role=[role(ONE)]), ONE, True),
    "a role in another partition": (provider(assume_role=[f"arn:aws-cn:iam::{ONE}:role/x"]), ONE, True),
    "the last of two roles": (provider(assume_role=[role(ONE), role(TWO)]), TWO, True),
    "a web identity": (provider(assume_role_with_web_identity=[role(ONE)]), ONE, True),
    "a web identity, then a role": (
        provider(assume_role=[role(TWO)], assume_role_with_web_identity=[role(ONE)]),
        TWO,
        True,
    ),
    "a role and an allowed account": (
        provider(assume_role=[role(ONE)], allowed_account_ids=[TWO]),
        ONE,
        True,
    ),
    "an ARN by variable": (provider(assume_role=[["var.arn"]]), TWO, True),
    "an ARN with an id by variable": (provider(assume_role=[["var.id"]]), TWO, False),
    "an ARN with a number by variable": (provider(assume_role=[["var.number"]]), TWO, False),
    "an ARN with an id and a name by variable": (provider(assume_role=[["var.id", "var.env"]]), TWO, False),
    "an ARN from a map": (
        provider(assume_role=[["var.accounts.prod.id", "var.accounts.prod", "var.accounts"]]),
        TWO,
        False,
    ),
    "an ARN from a list in a map": (
        provider(assume_role=[['var.accounts["prod"].list[0]', 'var.accounts["prod"].list', "var.accounts"]]),
        ONE,
        False,
    ),
    "an ARN from what is not in the map": (
        provider(assume_role=[["var.accounts.stage.id"]]),
        "unknown",
        True,
    ),
    "an ARN from beyond the list": (provider(assume_role=[["var.two[5]"]]), "unknown", True),
    "an ARN from two ids": (provider(assume_role=[["var.id", "var.accounts.dev"]]), "unknown", True),
    "an ARN from a local value": (provider(assume_role=[["local.role"]]), "unknown", True),
    "an ARN from a local value and an id": (
        provider(assume_role=[["local.role", "var.id"]]),
        "unknown",
        True,
    ),
    "an ARN of a name only": (provider(assume_role=[["var.env"]]), "unknown", True),
    "an ARN that is null": (provider(assume_role=[["var.nothing"]]), "unknown", True),
    "an ARN without account": (provider(assume_role=["arn:aws:iam:::role/x"]), "unknown", True),
    "an empty ARN": (provider(assume_role=[""]), "default", False),
    "an ARN of null": (provider(assume_role=[role(ONE), None]), ONE, True),
    "an ARN that is none": (provider(assume_role=["x"]), "unknown", True),
    "a profile of null": (provider(profile=None, access_key=""), "default", False),
    "a profile too long": (provider(profile=["var.long"]), "unknown", True),
    "an ARN from a variable that is not shown": (provider(assume_role=[["var.hidden"]]), "unknown", True),
    "a role block of one only": (
        provider(region="r") | {"expressions": {"assume_role": {"role_arn": {"constant_value": role(ONE)}}}},
        ONE,
        True,
    ),
    "a role block without ARN": (
        provider() | {"expressions": {"assume_role": [{"external_id": {}}]}},
        "unknown",
        True,
    ),
    "a profile": (provider(profile="dev"), "profile:dev", False),
    "a profile by variable": (provider(profile=["var.profile"]), "profile:dev", False),
    "a profile by local value": (provider(profile=["local.profile"]), "unknown", True),
    "a key": (provider(access_key="AKIAIOSFODNN7EXAMPLE"), "access_key:****MPLE", False),
    "a profile before a key": (provider(access_key="AKIAX", profile="p"), "profile:p", False),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_account_of_a_configuration(name: str) -> None:
    block, account, certain = BLOCKS[name]
    assert account_of(block, VARIABLES) == (account, certain)


@pytest.mark.parametrize(
    ("value", "account", "certain"),
    [
        ({"constant_value": [ONE]}, ONE, True),
        ({"constant_value": [ONE, TWO]}, "default", False),
        ({"constant_value": []}, "default", False),
        ({"constant_value": None}, "default", False),
        ({"constant_value": ["x"]}, "unknown", True),
        ({"references": ["var.id"]}, TWO, False),
        ({"references": ["var.ids"]}, TWO, True),
        ({"references": ["var.ids[0]", "var.ids"]}, TWO, False),
        ({"references": ["var.two"]}, "unknown", True),
        ({"references": ["local.ids"]}, "unknown", True),
        ({}, "unknown", True),
    ],
)
def test_allowed_accounts(value: dict[str, Any], account: str, certain: bool) -> None:
    block = provider(region="r")
    block["expressions"] = {"allowed_account_ids": value}
    assert account_of(block, VARIABLES) == (account, certain)


def test_a_default_of_a_variable_serves_where_the_plan_shows_no_value() -> None:
    document = plan([change(K, ["create"], None, key("u"))], [resource(K, user="u")])
    document["configuration"]["provider_config"] = {"aws": provider(assume_role=[["var.arn"]])}
    document["configuration"]["root_module"]["variables"] = {"arn": {"default": role(ONE)}}
    assert read(document).keys[0].account.name == ONE


# --- modules -----------------------------------------------------------------------------------


def in_module(
    providers: dict[str, Any], used: str, path: str = "m", others: tuple[str, ...] = (), **arguments: Any
) -> tuple[str, bool]:
    """The account of a key in a module that uses this provider key; others: keys that the module above uses."""
    names = path.split(".")
    module: dict[str, Any] = {"resources": [resource(K, provider=used, user="u")]}
    for depth, name in enumerate(reversed(names)):
        module = {"module_calls": {name: call(module, **(arguments if depth == len(names) - 1 else {}))}}
        if depth == 0:
            module["resources"] = [
                {"type": "aws_s3_bucket", "name": "b", "mode": "managed", "provider_config_key": key_used}
                for key_used in others
            ]
    address = "".join(f"module.{name}." for name in names) + K
    document = plan([change(address, ["create"], None, key("u"))], providers=providers)
    document["configuration"]["root_module"] = module
    (found,) = read(document).keys
    return found.account.name, found.account.certain


ROOT = {"aws": provider(assume_role=[role(ONE)]), "aws.dev": provider("dev", assume_role=[role(TWO)])}


def test_a_module_that_inherits() -> None:
    assert in_module(ROOT, "aws") == (ONE, True)
    assert in_module(ROOT, "aws.dev") == (TWO, True)


def test_a_block_of_the_module_itself() -> None:
    own = {"module.m:aws": provider(module="module.m", assume_role=[["var.arn"]])}
    assert in_module(ROOT | own, "module.m:aws", arn=role(TWO)) == (TWO, True)
    assert in_module(ROOT | own, "module.m:aws", arn=["local.arn"]) == ("unknown", True)
    assert in_module(ROOT | own, "module.m:aws") == ("unknown", True)


def test_an_argument_that_leads_through_two_calls() -> None:
    own = {"module.a.module.b:aws": provider(module="module.a.module.b", assume_role=[["var.arn"]])}
    inner = {"resources": [resource(K, provider="module.a.module.b:aws", user="u")]}
    outer = {
        "module_calls": {"b": call(inner, arn=["var.role"])},
        "variables": {"role": {"default": role(TWO)}},
    }
    document = plan([change(f"module.a.module.b.{K}", ["create"], None, key("u"))], providers=ROOT | own)
    document["configuration"]["root_module"] = {"module_calls": {"a": call(outer)}}
    assert read(document).keys[0].account.name == TWO


EMPTY = {"module.m:aws": provider(module="module.m")}
DEEP = {"module.a.module.b:aws": provider(module="module.a.module.b")}


def test_an_empty_block_of_a_module_called_by_the_root_is_its_own() -> None:
    assert in_module(ROOT | EMPTY, "module.m:aws") == ("default", False)


def test_an_empty_entry_further_down_may_be_inherited() -> None:
    """Terraform 1.11 shows `provider "aws" {}` in the module and nothing at all in it alike there."""
    assert in_module(ROOT | DEEP, "module.a.module.b:aws", "a.b") == (ONE, False)
    assert in_module(DEEP, "module.a.module.b:aws", "a.b") == ("default", False)


def test_an_empty_entry_below_a_module_that_uses_the_provider_is_its_own() -> None:
    assert in_module(ROOT | DEEP, "module.a.module.b:aws", "a.b", others=("aws",)) == ("default", False)
    assert in_module(ROOT | DEEP, "module.a.module.b:aws", "a.b", others=("awscc",)) == (ONE, False)


def test_the_nearest_configuration_above_is_inherited() -> None:
    above = {"module.a:aws": provider(module="module.a", assume_role=[role(TWO)])}
    key_of = "module.a.module.b.module.c:aws"
    below = {key_of: provider(module="module.a.module.b.module.c")}
    assert in_module(ROOT | above | below, key_of, "a.b.c") == (TWO, False)


def test_an_alias_that_is_not_passed_is_not_known() -> None:
    alias = {"module.m:aws.x": provider("x", module="module.m")}
    assert in_module(ROOT | alias, "module.m:aws.x") == ("unknown", True)


@pytest.mark.parametrize(
    ("used", "path", "expected"),
    [
        ("aws", "m", ("default", False)),
        ("m:aws", "m", ("default", False)),
        ("a.b:aws", "a.b", ("default", False)),
        ("m:aws.x", "m", ("unknown", True)),
        ("aws.gone", "m", ("unknown", True)),
    ],
)
def test_keys_of_old_versions_that_lead_nowhere(used: str, path: str, expected: tuple[str, bool]) -> None:
    assert in_module({}, used, path) == expected


# --- what is no longer configured --------------------------------------------------------------

GONE = [change(K, ["forget"], key("u", key_id="AKIA1"))]


@pytest.mark.parametrize(
    ("providers", "account"),
    [
        ({"aws": provider()}, "default"),
        (ROOT, "unknown"),
        ({"aws": provider(profile="p"), "aws.x": provider("x", profile="p", region="r")}, "profile:p"),
        (
            {
                "aws": provider(),
                "random": {"name": "random", "full_name": "registry.terraform.io/hashicorp/random"},
            },
            "default",
        ),
        ({"amazon": provider(assume_role=[role(ONE)])}, ONE),
        ({"aws": {"name": "aws"}}, "default"),
        ({}, "unknown"),
    ],
)
def test_account_of_a_removed_key(providers: dict[str, Any], account: str) -> None:
    (found,) = read(plan(GONE, [], providers=providers)).keys
    assert found.account.name == account


def test_providers_for_each_are_not_one_account() -> None:
    """OpenTofu: https://opentofu.org/docs/language/providers/configuration/#for_each-multiple-instances-of-a-provider-configuration"""
    providers = {"aws.by": provider("by", assume_role=[["each.value.role", "each.value"]])}
    made = [change(f'aws_iam_access_key.k["{name}"]', ["create"], None, key("u")) for name in "ab"]
    reading = read(plan(made, [resource(K, provider="aws.by", user="u")], providers=providers))
    assert users(reading) == {"unknown/u": ("undetermined", 1, 2)}


def test_one_configuration_that_is_not_known_is_one_account() -> None:
    providers = {"aws": provider(profile=["local.p"]), "aws.x": provider("x", profile=["local.p"])}
    made = [change(f"aws_iam_access_key.{name}", ["create"], None, key("u")) for name in "abc"]
    blocks = [resource("aws_iam_access_key.a", user="u"), resource("aws_iam_access_key.b", user="u")]
    reading = read(plan(made[:2], blocks, providers=providers))
    assert users(reading) == {"unknown/u": ("violation", 2, 2)}
    blocks[1] = resource("aws_iam_access_key.b", provider="aws.x", user="u")
    reading = read(plan(made[:2], blocks, providers=providers))
    assert {found[0] for found in users(reading).values()} == {"undetermined"}


def test_a_secret_key_of_a_provider_is_not_read() -> None:
    made = [change(K, ["create"], None, key("u"))]
    block = provider(access_key="AKIAIOSFODNN7EXAMPLE", secret_key="CANARYsecret", token="CANARYtoken")
    reading = read(
        plan(made, [resource(K, user="u")], providers={"aws": block}, variables={"x": "CANARYvalue"})
    )
    assert "CANARY" not in repr(reading)
    assert "IOSFODNN7" not in repr(reading)


def test_a_configuration_without_providers() -> None:
    assert Accounts(Configuration(), {}).of_provider("aws").name == "default"
