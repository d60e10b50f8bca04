"""Regular expressions, against what the real Terraform made of recorded calls, and their bounds."""

import pytest

from guard.values.errors import NotDeterminedError
from guard.values.types import STRING, ListOf, ObjectOf, TupleOf
from guard.values.value import string
from tests.lang.functions.calling import LOCALS, answer, call_with, recorded_calls


@pytest.mark.parametrize(("expression", "expected"), recorded_calls("regex regexall"))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


@pytest.mark.parametrize(
    ("pattern", "type"),
    [
        ("a", STRING),
        ("(a)(b)?", TupleOf((STRING, STRING))),
        ("(?P<b>x)(?<a>y)", ObjectOf({"a": STRING, "b": STRING})),
    ],
)
def test_the_pattern_tells_the_type_of_an_unknown_match(pattern, type):
    assert call_with("regex", string(pattern), LOCALS["unk"]).type == type
    assert call_with("regexall", string(pattern), LOCALS["unk"]).type == ListOf(type)


def test_backtracking_patterns_are_no_trap():
    text = string("a" * 50_000)
    assert call_with("regexall", string("^(?:a|aa)+$"), text).elements == (text,)
    assert call_with("regexall", string("^(a*)*b$"), text).elements == ()


def test_a_large_pattern_over_a_long_text_is_too_expensive():
    with pytest.raises(NotDeterminedError, match="too expensive"):
        call_with("regexall", string("(a?){1000}" * 6 + "b"), string("a" * 10_000))


def test_many_matches_that_each_look_far_ahead_are_too_expensive():
    with pytest.raises(NotDeterminedError, match="too expensive"):
        call_with("regexall", string("a.*z|a"), string("a" * 50_000))


def test_a_pattern_that_takes_much_memory_is_refused():
    with pytest.raises(NotDeterminedError, match="Pattern too large"):
        call_with("regex", string(r"(?:\pL{30}){30}" * 20), string("a"))


def test_replacements_of_unknown_text_still_check_the_pattern():
    assert "missing closing )" in answer('replace(local.unk, "/(/", "")')["error"]
    assert answer('replace(local.unk, "/a/", "")') == {"unknown": True}
