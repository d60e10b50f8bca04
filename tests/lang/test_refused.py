"""What is left of refused expressions is found in as many steps as they have parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import check

LEVELS = 60
KEY = 'resource "aws_iam_access_key" "k" {\n  user = "v=${length(true ? [1] : [%s])}"\n}\n'
NESTS = {
    "branches taken": ("(true ? ", 'tonumber("x")', " : 1)"),
    "branches not taken": ('(true ? tonumber("x") : ', "1", ")"),
    "tuples": ("(true ? [", 'tonumber("x")', "] : [1])"),
    "types that differ": ("[true ? ", 'tonumber("x")', " : {}]"),
}


@pytest.mark.parametrize("name", NESTS)
def test_nested_refusals_are_not_tried_over_and_over(tmp_path: Path, name: str) -> None:
    before, inner, after = NESTS[name]
    (tmp_path / "main.tf").write_text(KEY % (before * LEVELS + inner + after * LEVELS))
    ran = check(tmp_path, "--no-second-reader", ".")
    assert not any("too expensive" in error for error in ran.errors)
    assert [user["user"] for user in ran.users] in (["v=1"], [])
