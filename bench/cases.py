r"""Ways to give IAM users access keys: plain ones, disguises, and ones that need evaluation.

Each is the files of a root module in which USER stands for a name, and what Terraform leaves active.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bench.repository import Content, Link, Users


@dataclass(frozen=True, slots=True)
class Case:
    """files: by path in the root module. users: suffix of the name, least and most active keys.

    opentofu: Terraform does not read it.
    """

    name: str
    files: Mapping[str, Content]
    users: Users
    opentofu: bool = False

    def named(self, user: str) -> tuple[dict[str, Content], Users]:
        """The files and users with a name in the place of USER."""
        files = {
            name: content if isinstance(content, Link) else content.replace("USER", user)
            for name, content in self.files.items()
        }
        return files, tuple((user + suffix, low, high) for suffix, low, high in self.users)


def key(name: str, more: str = "", user: str = "aws_iam_user.this.name", head: str = "") -> str:
    """A key resource; `head` instead of its type and labels."""
    head = head or f'resource "aws_iam_access_key" "{name}"'
    return f"{head} {{\n  user = {user}\n{more}}}\n"


def call(name: str, source: str, user: str = '"USER"') -> str:
    return f'module "{name}" {{\n  source = {source}\n  user   = {user}\n}}\n'


PROVIDER = """terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

"""
PERSON = 'resource "aws_iam_user" "this" {\n  name = "USER"\n}\n\n'
START = PROVIDER + PERSON
INACTIVE = '  status = "Inactive"\n'
VARIABLE_USER = 'variable "user" {\n  type = string\n}\n\n'
ONE_KEY = VARIABLE_USER + key("this", user="var.user")
TWO_KEYS = ONE_KEY + key("other", user="var.user")
ONE: Users = (("", 1, 1),)
TWO: Users = (("", 2, 2),)
JSON_KEYS = json.dumps({"resource": {"aws_iam_access_key": {name: {"user": "USER"} for name in "ab"}}})
ROLE = """provider "aws" {
  alias = "other"
  assume_role {
    role_arn = "arn:aws:iam::222222222222:role/deploy"
  }
}

"""
FLAG = 'variable "FLAG" {\n  type = bool\n}\n\n'
LIVE = 'variable "live" {\n  type = string\n}\n\n'
PEOPLE = 'toset(["USER-a", "USER-b"])'


def pair(first: str, second: str, variable: str, **more: str) -> dict[str, Content]:
    return {"main.tf": START + variable + key("blue", first) + key("green", second), **more}


def status(colour: str) -> str:
    return f'  status = var.live == "{colour}" ? "Active" : "Inactive"\n'


PLAIN = (
    Case("one key", {"main.tf": START + key("this")}, ONE),
    Case("two keys", {"main.tf": START + key("old") + key("new")}, TWO),
    Case("one of two inactive", {"main.tf": START + key("old", INACTIVE) + key("new")}, ONE),
    Case("no keys but a user", {"main.tf": START}, ()),
)
DISGUISES = (
    Case(
        "escape in a label",
        {"main.tf": START + key("", head='resource "aws_iam\\u005faccess_key" "a"') + key("b")},
        TWO,
    ),
    Case(
        "long escapes in labels",
        {
            "keys.tf": START
            + "".join(key("", head=f'resource "aws_iam_access\\U0000005Fkey" {n}') for n in "ab")
        },
        TWO,
    ),
    Case(
        "labels without quotes",
        {"main.tf": START + "".join(key("", head=f"resource aws_iam_access_key {n}") for n in "ab")},
        TWO,
    ),
    Case("JSON", {"main.tf": PROVIDER, "keys.tf.json": JSON_KEYS}, TWO),
    Case(
        "JSON with escapes",
        {"main.tf": PROVIDER, "keys.tf.json": JSON_KEYS.replace("aws_iam", "\\u0061ws\\u005fiam")},
        TWO,
    ),
    Case(
        "override",
        {
            "main.tf": START + key("a") + key("b", INACTIVE),
            "keys_override.tf": 'resource "aws_iam_access_key" "b" {\n  status = "Active"\n}\n',
        },
        TWO,
    ),
    Case(
        "override that deactivates",
        {
            "main.tf": START + key("a") + key("b"),
            "override.tf.json": '{"resource": {"aws_iam_access_key": {"b": {"status": "Inactive"}}}}',
        },
        ONE,
    ),
    Case(
        "linked file",
        {"main.tf": START, "shared/keys.txt": key("a") + key("b"), "keys.tf": Link("shared/keys.txt")},
        TWO,
    ),
    Case(
        "linked module",
        {
            "main.tf": PROVIDER + call("m", '"./linked"'),
            "far/keys/main.tf": TWO_KEYS,
            "linked": Link("far/keys"),
        },
        TWO,
    ),
    Case(
        "source with an escape",
        {"main.tf": PROVIDER + call("m", '"\\u002e/keys"'), "keys/main.tf": TWO_KEYS},
        TWO,
    ),
    Case(
        "source by expression",
        {"main.tf": PROVIDER + call("m", '"${"./keys"}"'), "keys/main.tf": TWO_KEYS},
        TWO,
    ),
    Case(
        "source in parentheses, on the way of another module",
        {
            "main.tf": PROVIDER + call("m", '("./way")'),
            "way/main.tf": VARIABLE_USER + call("m", '"../keys"', "var.user"),
            "keys/main.tf": TWO_KEYS,
        },
        TWO,
    ),
    Case("file of OpenTofu", {"main.tf": START, "keys.tofu": key("a") + key("b")}, TWO, opentofu=True),
    Case(
        "source by a local value of OpenTofu",
        {
            "main.tofu": PROVIDER + 'locals {\n  place = "./keys"\n}\n\n' + call("m", "local.place"),
            "keys/main.tofu": TWO_KEYS,
        },
        TWO,
        opentofu=True,
    ),
)
EVALUATED = (
    Case("count", {"main.tf": START + key("this", "  count = 2\n")}, TWO),
    Case(
        "for_each",
        {"main.tf": PROVIDER + key("this", f"  for_each = {PEOPLE}\n", user="each.key")},
        (("-a", 1, 1), ("-b", 1, 1)),
    ),
    Case(
        "one module twice, one user",
        {"main.tf": PROVIDER + call("a", '"./keys"') + call("b", '"./keys"'), "keys/main.tf": ONE_KEY},
        TWO,
    ),
    Case(
        "one module twice, two users",
        {
            "main.tf": PROVIDER + call("a", '"./keys"', '"USER-a"') + call("b", '"./keys"', '"USER-b"'),
            "keys/main.tf": ONE_KEY,
        },
        (("-a", 1, 1), ("-b", 1, 1)),
    ),
    Case(
        "two accounts",
        {"main.tf": START + ROLE + key("here") + key("there", "  provider = aws.other\n")},
        (("", 1, 1), ("", 1, 1)),
    ),
    Case("rotation pair", pair(status("blue"), status("green"), LIVE), (("", 0, 1),)),
    Case(
        "one or the other",
        pair("  count = var.FLAG ? 1 : 0\n", "  count = var.FLAG ? 0 : 1\n", FLAG),
        ONE,
    ),
    Case("a second one on demand", pair("", "  count = var.FLAG ? 1 : 0\n", FLAG), (("", 1, 2),)),
    Case(
        "demanded in terraform.tfvars",
        pair("", "  count = var.FLAG ? 1 : 0\n", FLAG, **{"terraform.tfvars": "FLAG = true\n"}),
        TWO,
    ),
)
CASES = (*PLAIN, *DISGUISES, *EVALUATED)
