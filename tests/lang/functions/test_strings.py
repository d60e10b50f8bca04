"""String functions, against what the real Terraform made of recorded calls, and what pieces stay known."""

import pytest

from guard.records import replace
from guard.values.equality import compare
from guard.values.joined import joined
from guard.values.types import STRING
from guard.values.unknown import Input, Joined, Kind
from guard.values.value import Value, list_of, string, unknown
from tests.lang.functions.calling import answer, call_with, recorded_calls

NAMES = (
    "chomp endswith indent join lower replace split startswith strcontains strrev substr title trim "
    "trimprefix trimspace trimsuffix upper"
)


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(NAMES))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def not_given(name: str) -> Value:
    return unknown(STRING, Kind.NOT_GIVEN, Input(name), f"{name} is not given")


X = not_given("var.x")
ALICE = replace(string("alice"), origin="aws_iam_user.alice")


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("join", [string(","), list_of(STRING, [ALICE])]),
        ("trimspace", [ALICE]),
        ("lower", [ALICE]),
        ("trimprefix", [ALICE, string("x")]),
        ("replace", [ALICE, string("_"), string("-")]),
        ("substr", [ALICE, string("0"), string("-1")]),
    ],
)
def test_text_that_does_not_change_stays_the_name_of_its_user(name, arguments):
    assert call_with(name, *arguments).origin == "aws_iam_user.alice"


def test_an_unknown_element_of_a_join_stays_a_piece():
    result = call_with("join", string("-"), list_of(STRING, [string("svc"), X, string("ro")]))
    assert result.unknown.term == Joined(("svc-", X, "-ro"))
    assert call_with("join", string(","), list_of(STRING, [X])) is X


@pytest.mark.parametrize("name", ["lower", "upper"])
def test_letter_case_of_unknown_text_is_changed_piece_by_piece(name):
    reader, writer = (call_with(name, joined([X, end])) for end in ("-Reader", "-Writer"))
    assert compare(reader, writer).is_equal is False
    assert compare(reader, call_with(name, joined([X, "-Reader"]))).is_equal is True


def test_a_letter_is_replaced_in_the_known_pieces_of_unknown_text():
    result = call_with("replace", joined([X, "_a_b"]), string("_"), string("-"))
    assert result.unknown.term.parts[1] == "-a-b"
    longer = call_with("replace", joined([X, "_a_b"]), string("a_"), string("-"))
    assert not isinstance(longer.unknown.term, Joined)


@pytest.mark.parametrize(
    ("name", "argument", "expected"),
    [
        ("startswith", "svc-", True),
        ("startswith", "app", False),
        ("startswith", "svc-a", None),
        ("endswith", "-ro", True),
        ("endswith", "-rw", False),
        ("endswith", "x-ro", None),
        ("strcontains", "ro", True),
        ("strcontains", "q", None),
    ],
)
def test_what_the_known_pieces_tell(name, argument, expected):
    result = call_with(name, joined(["svc-", X, "-ro"]), string(argument))
    assert (None if result.is_unknown else result.truth) is expected


def test_a_long_result_is_refused():
    with pytest.raises(Exception, match="Text too large"):
        call_with("indent", string("1000000"), string("\n" * 100))
