"""Assumptions about inputs: what they replace, also where one leads back to another."""

from __future__ import annotations

from guard.lang.traversal import input_value
from guard.lang.world import World
from guard.source import SourceFile, SourceRange
from guard.values.joined import joined
from guard.values.types import STRING
from guard.values.unknown import Input
from guard.values.value import Value, string
from tests.checking import Checker

AT = SourceRange(SourceFile("main.tf", ""), 0, 0)


def given(name: str) -> Value:
    return input_value(Input(name), STRING, "it is not given", AT)


A, B, C = map(given, ("var.a", "var.b", "var.c"))


def assuming(*facts: tuple[Value, Value]) -> World:
    world = World()
    for subject, fact in facts:
        world = world.assume(subject.unknown.term, fact)
    return world


def test_a_chain_of_assumptions_is_followed_to_its_end() -> None:
    assert assuming((A, B), (B, C), (C, string("x"))).resolve(A).data == "x"


def test_a_text_is_replaced_after_its_pieces_are() -> None:
    world = assuming((A, B), (joined((B, C)), string("bc")))
    assert world.resolve(joined((A, C))).data == "bc"


def test_assumptions_in_a_circle_end() -> None:
    there, back = joined(("u", A, B)), joined(("u", B, A))
    world = assuming((there, back), (back, there), (A, B), (B, A))
    terms = {there.unknown.term, back.unknown.term}
    assert world.resolve(there).unknown.term in terms | {
        joined(("u", name, name)).unknown.term for name in (A, B)
    }
    assert world.resolve(A).unknown.term in {A.unknown.term, B.unknown.term}


def test_names_that_are_made_twice_of_each_key_end_in_an_answer(check: Checker) -> None:
    text = """\
variable "users" { type = set(string) }
resource "aws_iam_access_key" "one" {
  for_each = var.users
  user     = "u${format("%d%s", each.key, each.key)}"
}
"""
    result = check(text)
    assert (result.code, result.errors) == (1, "")
