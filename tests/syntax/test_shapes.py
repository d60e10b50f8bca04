"""Shapes say what differs between two trees, as closely as it can be told."""

from __future__ import annotations

import pytest

from guard.source import SourceFile
from guard.syntax.reader import read_expression
from guard.syntax.shapes import differences, shape


def differing(ours: str, theirs: str) -> list[str]:
    left, right = (shape(read_expression(SourceFile("x", text))) for text in (ours, theirs))
    return [found.range.text for found, _ in differences(left, right) if found.range]


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("a + b", "a +  b", []),
        ("[1, f(2), {a = 3}]", "[1, f(2), {a = 3}]", []),
        ("[1, f(2), {a = 3}]", "[1, f(9), {a = 8}]", ["2", "3"]),
        ("[1, 2]", "[1]", ["[1, 2]"]),
        ("f(a).b[0]", "f(c).b[0]", ["f(a).b[0]"]),
        ('"x${a}y"', '"x${b}y"', ['"x${a}y"']),
        ("a ? b : c", "a ? b : d", ["c"]),
        ("[for k, v in x : k]", "[for v in x : v]", ["[for k, v in x : k]"]),
        ("f(a...)", "f(a)", ["f(a...)"]),
        ("1.0", "1", []),
        ("99999999999999999999", "99999999999999999998", ["99999999999999999999"]),
        ("a", '"a"', ["a"]),
        ("true", "a", ["true"]),
    ],
)
def test_the_smallest_difference_is_found(ours: str, theirs: str, expected: list[str]) -> None:
    assert differing(ours, theirs) == expected
