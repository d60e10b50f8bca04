"""Composes configurations with keys that depend on inputs, and values for these inputs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

NAMES = ("alice", "bob", "carol")
ENVIRONMENTS = ("prod", "dev", "alice", "x1")

TYPES = {
    "a": "bool",
    "b": "bool",
    "env": "string",
    "maybe": "string",
    "n": "number",
    "users": "set(string)",
    "list": "list(string)",
    "table": "map(string)",
    "objects": "map(object({ active = optional(bool, true), keys = optional(number, 1), user = optional(string) }))",
}
"""The inputs that a configuration may use; maybe may be null, the others are not."""

VALUES: Mapping[str, SearchStrategy[Any]] = {
    "a": st.booleans(),
    "b": st.booleans(),
    "env": st.sampled_from(ENVIRONMENTS),
    "maybe": st.one_of(st.none(), st.sampled_from(ENVIRONMENTS)),
    "n": st.integers(0, 3),
    "users": st.lists(st.sampled_from(NAMES), unique=True, max_size=3),
    "list": st.lists(st.sampled_from(NAMES), max_size=3),
    "table": st.dictionaries(st.sampled_from(NAMES), st.sampled_from(("on", "off", "bob")), max_size=3),
    "objects": st.dictionaries(
        st.sampled_from(NAMES),
        st.fixed_dictionaries(
            {},
            optional={
                "active": st.booleans(),
                "keys": st.integers(0, 2),
                "user": st.sampled_from(NAMES),
            },
        ),
        max_size=2,
    ),
}
"""Values of each input. No two names differ only by case: AWS takes those for one."""

CONDITIONS = (
    "var.a",
    "!var.a",
    "var.a && var.b",
    "var.a || !var.b",
    "var.a == var.b",
    'var.env == "prod"',
    'var.env != "prod"',
    'contains(["prod", "dev"], var.env)',
    'startswith(var.env, "p")',
    "lookup({ prod = true }, var.env, false)",
    "var.n > 1",
    "var.n <= 1",
    "var.n == 0",
    "length(var.users) > 0",
    "length(var.users) < 2",
    'contains(var.users, "alice")',
    'contains(keys(var.table), "alice")',
    'lookup(var.table, "alice", "off") == "on"',
    "var.table != {}",
    "var.maybe == null",
    'var.maybe != "prod"',
    "length(var.objects) == 0",
    'try(var.objects["alice"].active, false)',
    "anytrue([for o in values(var.objects) : o.active])",
)
CONSTANT_USERS = (
    '"alice"',
    '"bob"',
    '"svc-${var.env}"',
    "var.env",
    'coalesce(var.maybe, "alice")',
    '"x${var.n}"',
)
EACH_USERS = ("each.key", '"svc-${each.key}"', "each.key", '"alice"', "each.value")
EXPANSIONS = (
    ("count = (#) ? 1 : 0", CONSTANT_USERS),
    ("count = var.n", ('"u${count.index}"', '"alice"')),
    ("count = length(var.list)", ("var.list[count.index]", '"alice"')),
    ("for_each = var.users", EACH_USERS),
    ("for_each = toset(var.list)", EACH_USERS),
    ("for_each = { for u in var.list : u => u... if #}", ("each.key",)),
    ("for_each = var.table", EACH_USERS),
    ('for_each = { for k, v in var.table : k => v if v == "on" }', EACH_USERS),
    (
        "for_each = { for k, o in var.objects : k => o if o.active }",
        ("each.key", "coalesce(each.value.user, each.key)"),
    ),
    (
        'for_each = merge([for u, o in var.objects : { for i in range(o.keys) : "${u}:${i}" => u }]...)',
        ("each.value", 'split(":", each.key)[0]'),
    ),
    ('for_each = (#) ? toset(["alice"]) : toset([])', EACH_USERS[:2]),
    ("", CONSTANT_USERS),
)
STATUSES = (
    "",
    "",
    'status = "Inactive"',
    'status = (#) ? "Active" : "Inactive"',
    'status = (#) ? "Inactive" : null',
)

MODULE = """\
module "part" {
  source  = "./part"
#}
"""
PASSED = "".join(f"  {name} = var.{name}\n" for name in TYPES)
VALIDATIONS = {
    "a": ("!(var.a && var.b)", "var.a || var.b"),
    "env": ('contains(["prod", "dev"], var.env)', 'var.env != "prod"', "length(var.env) > 2"),
    "n": ("var.n <= 1", "var.n > 0", "var.n >= length(var.users)"),
    "users": ("length(var.users) < 2", '!contains(var.users, "alice")'),
    "list": ("length(distinct(var.list)) == length(var.list)", "length(var.list) <= 1"),
    "maybe": ('var.maybe == null ? true : contains(["prod", "dev"], var.maybe)',),
    "table": ('alltrue([for v in values(var.table) : contains(["on", "off"], v)])',),
}
VALIDATION = '  validation {{\n    condition     = {}\n    error_message = "Not allowed."\n  }}\n'


def declared(validations: Mapping[str, str]) -> str:
    """The declarations of all inputs, with conditions on some."""
    return "".join(
        f'variable "{name}" {{\n  type     = {kind}\n  nullable = {str(name == "maybe").lower()}\n'
        + (VALIDATION.format(validations[name]) if name in validations else "")
        + "}\n"
        for name, kind in TYPES.items()
    )


DECLARED = declared({})


@dataclass(frozen=True, slots=True)
class Composed:
    """A configuration: its files, and a value for each of its inputs."""

    files: Mapping[str, str]
    values: Mapping[str, Any]


@st.composite
def configurations(draw: DrawFn) -> Composed:
    """One to four keys or sets of keys, some of them in a module, and values of all inputs."""
    here = [draw(_resources(number)) for number in range(draw(st.integers(1, 3)))]
    there = [draw(_resources(number)) for number in range(draw(st.integers(0, 2)))]
    checked = draw(st.lists(st.sampled_from(sorted(VALIDATIONS)), unique=True, max_size=2))
    validations = {name: draw(st.sampled_from(VALIDATIONS[name])) for name in checked}
    files = {"main.tf": declared(validations) + "".join(here)}
    if there:
        files["main.tf"] += MODULE.replace("#", PASSED)
        files["part/main.tf"] = DECLARED + "".join(there)
    return Composed(files, draw(assignments()))


def assignments() -> SearchStrategy[dict[str, Any]]:
    """A value for each input."""
    return st.fixed_dictionaries(dict(VALUES))


@st.composite
def _resources(draw: DrawFn, number: int) -> str:
    expansion, users = draw(st.sampled_from(EXPANSIONS))
    lines = [expansion, f"user = {draw(st.sampled_from(users))}", draw(st.sampled_from(STATUSES))]
    body = "".join(f"  {line.replace('#', draw(st.sampled_from(CONDITIONS)))}\n" for line in lines if line)
    return f'resource "aws_iam_access_key" "k{number}" {{\n{body}}}\n'


def tfvars(values: Mapping[str, Any]) -> str:
    """The lines of a variable file."""
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in values.items())
