"""Root modules that grow in one direction: what they cost must grow in proportion."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bench.cases import ONE_KEY, PROVIDER, call
from bench.filler import filler
from bench.repository import Repository, Users

Files: TypeAlias = Iterator[tuple[str, str]]
KEYS_OF_MANY = """variable "people" {
  type = map(string)
}

resource "aws_iam_user" "this" {
  for_each = var.people
  name     = each.key
}

resource "aws_iam_access_key" "this" {
  for_each = var.people
  user     = aws_iam_user.this[each.key].name
  status   = each.value
}
"""


def user(number: int) -> str:
    return f"user-{number:05d}"


def files_in_one_directory(size: int) -> Files:
    """Files without keys, and one with a key."""
    yield "main.tf", PROVIDER + key_of(0)
    for number in range(size - 1):
        yield f"part-{number:05d}.tf", filler(number)


def key_of(number: int) -> str:
    return f'resource "aws_iam_access_key" "k{number}" {{\n  user = "{user(number)}"\n}}\n\n'


def resources(size: int) -> Files:
    """A resource block for each key."""
    yield "main.tf", PROVIDER + "".join(map(key_of, range(size)))


def for_each(size: int) -> Files:
    """Two resources with for_each over a map: the users, and their keys."""
    yield "main.tf", PROVIDER + KEYS_OF_MANY
    people = {user(number): "Active" for number in range(size)}
    yield "terraform.tfvars.json", json.dumps({"people": people})


def calls(size: int) -> Files:
    """A call of one module for each key."""
    yield "main.tf", PROVIDER + "".join(call(f"m{n}", '"./keys"', f'"{user(n)}"') for n in range(size))
    yield "keys/main.tf", ONE_KEY


def calls_by_for_each(size: int) -> Files:
    """One call of a module with for_each, an instance for each key."""
    people = json.dumps([user(number) for number in range(size)])
    head = call("m", '"./keys"', "each.key").replace("{\n", f"{{\n  for_each = toset({people})\n", 1)
    yield "main.tf", PROVIDER + head
    yield "keys/main.tf", ONE_KEY


def chain(size: int) -> Files:
    """A module that calls a module that calls a module, down to one key."""
    yield "main.tf", PROVIDER + call("m", '"./m1"', f'"{user(0)}"')
    for number in range(1, size):
        yield f"m{number}/main.tf", 'variable "user" {}\n\n' + call("m", f'"../m{number + 1}"', "var.user")
    yield f"m{size}/main.tf", ONE_KEY


@dataclass(frozen=True, slots=True)
class Shape:
    """What grows: its name, the size that it must bear, whether each has a key, how it is made."""

    name: str
    size: int
    keys: bool
    make: Callable[[int], Files]

    def repository(self, size: int) -> Repository:
        users: Users = tuple((user(number), 1, 1) for number in range(size if self.keys else 1))
        return Repository(self.make(size), {".": users}, (".",))


SHAPES: Mapping[str, Shape] = {
    shape.name: shape
    for shape in (
        Shape("files in one directory", 5_000, False, files_in_one_directory),
        Shape("key resources", 2_000, True, resources),
        Shape("keys by for_each", 20_000, True, for_each),
        Shape("calls of one module", 2_000, True, calls),
        Shape("instances of one module", 20_000, True, calls_by_for_each),
        Shape("levels of modules", 300, False, chain),
    )
}
