"""Templates made of known and unknown pieces."""

import pytest

from guard.records import replace
from guard.values.equality import compare
from guard.values.joined import joined, safe_prefix
from guard.values.types import BOOL, NUMBER, STRING
from guard.values.unknown import Input, Joined, Kind
from guard.values.value import SENSITIVE, Value, string, unknown


def not_given(name: str, type=STRING) -> Value:
    return unknown(type, Kind.NOT_GIVEN, Input(name), f"{name} is not given")


X = not_given("var.x")
Y = not_given("var.y")
PET = unknown(STRING, Kind.AT_APPLY, Input("random_pet.p.id"), "known at apply")


def test_known_texts_are_one_normalized_string():
    assert joined(["a", string("b"), "", "c"]) == string("abc")
    assert joined(["e", string("\u0301")]) == string("\u00e9")
    assert joined([]) == string("")


def test_a_single_string_is_itself():
    named = replace(string("alice"), origin="aws_iam_user.alice")
    assert joined(["", named, ""]) is named
    assert joined([named]).origin == "aws_iam_user.alice"
    assert joined(["", X]) is X
    assert joined([string(""), X]) is X
    assert joined(["x", named]).origin is None


def test_a_single_value_of_another_type_becomes_a_string():
    result = joined([not_given("var.n", NUMBER)])
    assert result.type is STRING
    assert result.unknown.term == Joined((not_given("var.n", NUMBER),))


def test_marks_of_every_piece_stay():
    assert joined(["a", string("b").marked(SENSITIVE)]).marks == SENSITIVE
    assert joined([string("").marked(SENSITIVE), string("b")]).marks == SENSITIVE
    assert joined([string("a").marked(SENSITIVE), X]).marks == SENSITIVE


def test_templates_in_templates_are_flattened():
    inner = joined(["b-", X, "-c"])
    result = joined(["a-", inner, "-d"])
    assert result.unknown.term == Joined(("a-b-", X, "-c-d"))
    assert result == joined(["a-b-", X, "-c-d"])


def test_the_worst_reason_decides_the_kind():
    assert joined(["a", X]).unknown.kind is Kind.NOT_GIVEN
    assert joined([X, PET]).unknown.kind is Kind.AT_APPLY


def test_different_surroundings_tell_texts_apart():
    assert compare(joined(["svc-", X, "-reader"]), joined(["svc-", X, "-writer"])).is_equal is False
    assert compare(joined(["svc-", X]), joined(["svc-", X])).is_equal is True
    assert compare(joined(["svc-", X]), joined(["svc-", Y])).is_equal is None
    assert compare(joined(["svc-", X]), string("app-1")).is_equal is False


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("", ""),
        ("a", ""),
        ("ab", "a"),
        ("ab-", "ab-"),
        ("a=", "a"),
        ("-\u00e9", "-"),
        ("ab\r\n", "ab"),
        ("ab\u200d", "a"),
        ("\u65e5\u672c", "\u65e5"),
        ("a\U0001f468\u200d\U0001f469", "a"),
    ],
)
def test_safe_prefix(text, prefix):
    """Each observed with startswith() of the real Terraform."""
    assert safe_prefix(text) == prefix


def test_the_known_beginning_is_a_refinement():
    assert joined(["svc-", X, "-a"]).unknown.refinement.prefix == "svc-"
    assert joined([string("svc"), "-a", X]).unknown.refinement.prefix == "svc-"
    assert joined([X, "-a"]).unknown.refinement.prefix == ""
    assert joined(["-" * 200, X]).unknown.refinement.prefix == "-" * 128
    assert joined([not_given("var.b", BOOL)]).unknown.refinement.not_null
