"""format() and formatlist(), against what the real Terraform made of recorded calls, and unknown parts."""

import pytest

from guard.records import replace
from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.types import NUMBER, STRING
from guard.values.unknown import Applied, Input, Joined, Kind
from guard.values.value import Value, number, string, tuple_of, unknown
from tests.lang.functions.calling import LOCALS, answer, call_with, recorded_calls


@pytest.mark.parametrize(("expression", "expected"), recorded_calls("format formatlist"))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def not_given(name: str, type=STRING) -> Value:
    return unknown(type, Kind.NOT_GIVEN, Input(name), f"{name} is not given")


X = not_given("var.x")
ALICE = replace(string("alice"), origin="aws_iam_user.alice")


@pytest.mark.parametrize("template", ["%s", "%v", "%[1]s", "%1s", "%-3s", "%.9s"])
def test_a_name_that_is_formatted_as_it_is_stays_the_name_of_its_user(template):
    assert call_with("format", string(template), ALICE).origin == "aws_iam_user.alice"
    assert call_with("format", string(f"{template}-x"), ALICE).origin is None


def test_unknown_arguments_stay_pieces():
    count = not_given("var.n", NUMBER)
    result = call_with("format", string("svc-%s-%d%%%s"), X, count, string("z"))
    assert result.unknown.term == Joined(("svc-", X, "-", count, "%z"))
    assert result.unknown.refinement.prefix == "svc-"
    assert call_with("format", string("%s"), X) is X


def test_what_a_verb_makes_of_an_unknown_argument_is_a_piece_too():
    result = call_with("format", string("a-%05[1]d"), not_given("var.n", NUMBER))
    (text, piece) = result.unknown.term.parts
    assert text == "a-"
    assert piece.unknown.term == Applied("format", (string("%05d"), not_given("var.n", NUMBER)))


def test_an_error_in_spite_of_unknown_arguments():
    """Terraform's plan goes on where an argument is known at apply; an input is given before it."""
    with pytest.raises(EvaluationError, match="not enough arguments"):
        call_with("format", string("%s %s"), X)
    assert call_with("format", string("%s %s"), LOCALS["unk"]).is_unknown


def test_formatlist_knows_the_elements_it_can():
    result = call_with("formatlist", string("%s-%s"), string("a"), tuple_of([string("b"), X]))
    assert result.elements[0] == string("a-b")
    assert result.elements[1].unknown.term == Joined(("a-", X))


@pytest.mark.parametrize("template", ["%1000000000d", "%.1000000000f", "%999999999999s"])
def test_a_long_result_is_refused(template):
    with pytest.raises(NotDeterminedError, match="Text too large"):
        call_with("format", string(template), number(1))
