"""However deep a text is nested, it is read or refused; nothing overflows."""

from __future__ import annotations

import sys

import pytest

from guard.source import SourceFile
from guard.syntax.cursor import room_to_recurse
from guard.syntax.errors import SyntaxProblem
from guard.syntax.reader import read_body, read_expression, read_template

NESTINGS = {
    "parentheses": ("(", "a", ")"),
    "tuples": ("[", "a", "]"),
    "objects": ("{a=", "a", "}"),
    "calls": ("f(", "a", ")"),
    "for": ("[for x in y : ", "a", "]"),
    "templates": ('"${', "a", '}"'),
    "directives": ('"%{if ', "a", '}%{endif}"'),
    "not": ("!", "a", ""),
    "conditionals": ("a ? b : ", "c", ""),
    "indexes": ("a[", "b", "]"),
    "splats": ("", "a", "[*]"),
    "legacy": ("", "a", ".b"),
    "operators": ("", "a", " + a"),
    "mixed": ("a || a && a == a < a + a * [for x in y : ", "a", "]"),
    "heredoc": ("<<A\n${", "a", "}\nA\n"),
    "brackets": ("(((((((((a + ", "a", ")+a)+a)+a)+a)+a)+a)+a)+a)"),
}


@pytest.mark.parametrize("name", NESTINGS)
@pytest.mark.parametrize("depth", [2_000, 10_000])
def test_deep_nesting_is_refused_without_a_crash(name: str, depth: int) -> None:
    before, inner, after = NESTINGS[name]
    with pytest.raises(SyntaxProblem, match="Nested too deeply"):
        read_expression(SourceFile("x", before * depth + inner + after * depth))


@pytest.mark.parametrize("name", NESTINGS)
def test_nesting_that_people_write_is_read(name: str) -> None:
    before, inner, after = NESTINGS[name]
    depth = {"brackets": 20, "mixed": 40}.get(name, 90)
    text = before * depth + inner + after * depth
    assert read_expression(SourceFile("x", text)).range.text == text.removesuffix("\n")


@pytest.mark.parametrize("name", ["legacy", "operators"])
def test_long_chains_inside_each_other_are_refused(name: str) -> None:
    _, inner, after = NESTINGS[name]
    text = inner
    for _ in range(20):
        text = f"({text}{after * 100})"
    with pytest.raises(SyntaxProblem, match="Nested too deeply"):
        read_expression(SourceFile("x", text))


def test_deep_blocks_and_directives_are_refused_without_a_crash() -> None:
    with pytest.raises(SyntaxProblem, match="Nested too deeply"):
        read_body(SourceFile("x", "a {\n" * 10_000 + "}\n" * 10_000))
    with pytest.raises(SyntaxProblem, match="Nested too deeply"):
        read_template(SourceFile("x", "%{if a}" * 10_000 + "%{endif}" * 10_000))


def test_the_recursion_limit_is_given_back() -> None:
    before = sys.getrecursionlimit()
    with pytest.raises(SyntaxProblem):
        read_expression(SourceFile("x", "(" * 10_000))
    with room_to_recurse():
        assert sys.getrecursionlimit() > before
    assert sys.getrecursionlimit() == before


def test_a_block_of_too_many_words_is_refused_before_it_is_read() -> None:
    with pytest.raises(SyntaxProblem, match="Too long"):
        read_expression(SourceFile("x", "[" + "1," * 200_000 + "]"))
