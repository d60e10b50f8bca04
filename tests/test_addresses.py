"""Addresses as people read them."""

from __future__ import annotations

import json

import pytest

from guard.addresses import ROOT_MODULE, ResourceInstance, covers, legible
from tests.checking import Checker


@pytest.mark.parametrize("key", [0, "a", 'q"uote', "[*]"])
def test_keys_that_are_known_stay(key: int | str) -> None:
    address = str(ResourceInstance(ROOT_MODULE, "aws_iam_access_key", "k", key))
    assert legible(address) == address


def test_keys_that_are_not_known_stand_as_what_they_come_from(check: Checker) -> None:
    text = (
        'variable "users" { type = set(string) }\n'
        'resource "aws_iam_access_key" "k" {\n  for_each = var.users\n  user = substr(md5(each.key), 0, 4)\n}\n'
    )
    written = json.dumps(check(text).report)
    assert "aws_iam_access_key.k[var.users[0]]" in written
    assert "\\u0000" not in written


@pytest.mark.parametrize(
    ("one", "other", "covered"),
    [
        ("a.b", "a.b", True),
        ("a.b[0]", "a.b[1]", False),
        ("module.ci.a.b", "module.cd.a.b", False),
        ("a.b[*]", 'a.b["x"]', True),
        ("a.b[*]", "a.b", False),
        ("a.b[*]", "a.bc[0]", False),
        ("module.m[*].a.b[*]", 'module.m["x"].a.b[0]', True),
        ("module.m[*].a.b[0]", 'module.m["x"].a.b[1]', False),
        ("module.m[*].module.n[*].a.b", "module.m[0].module.o[0].a.b", False),
        ('a.b["\0each.key\0-3"]', 'a.b["x"]', True),
    ],
)
def test_an_address_with_keys_that_are_not_known_covers_others(one: str, other: str, covered: bool) -> None:
    assert covers(one, other) is covered
