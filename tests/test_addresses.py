"""Addresses as people read them."""

from __future__ import annotations

import json

import pytest

from guard.addresses import ROOT_MODULE, ResourceInstance, legible
from tests.checking import Checker


@pytest.mark.parametrize("key", [0, "a", 'q"uote', "[*]"])
def test_keys_that_are_known_stay(key: int | str) -> None:
    address = str(ResourceInstance(ROOT_MODULE, "aws_iam_access_key", "k", key))
    assert legible(address) == address


def test_keys_that_are_not_known_stand_as_what_they_come_from(check: Checker) -> None:
    text = (
        'variable "users" { type = set(string) }\n'
        'resource "aws_iam_access_key" "k" {\n  for_each = var.users\n  user = lower(each.key)\n}\n'
    )
    written = json.dumps(check(text).report)
    assert "aws_iam_access_key.k[var.users[0]]" in written
    assert "\\u0000" not in written
