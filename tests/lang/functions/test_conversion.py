"""Functions that change a value's type or marks: as recorded, and what inputs allow."""

import pytest

from guard.records import replace
from guard.values.errors import EvaluationError
from guard.values.types import ANY, BOOL, STRING, ListOf, MapOf, SetOf
from guard.values.unknown import Kind
from guard.values.value import FALSE, SENSITIVE, TRUE, Mark, list_of, null, string, tuple_of
from tests.lang.functions.calling import answer, call_with, recorded_calls
from tests.values.samples import NAMES, PET, PETS, X, at_apply, not_given, value

FUNCTIONS = (
    "ephemeralasnull issensitive list map nonsensitive sensitive tobool tolist tomap tonumber toset tostring"
)
SECRET = string("s").marked(SENSITIVE)
EPHEMERAL = frozenset({Mark.EPHEMERAL})


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(FUNCTIONS))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def test_a_value_of_the_type_is_the_very_value():
    named = replace(PET, origin="aws_iam_user.a")
    assert call_with("tostring", named) == named
    assert call_with("tostring", named).origin == named.origin
    assert call_with("tostring", X) is X
    assert call_with("tolist", NAMES) is NAMES
    assert call_with("tolist", tuple_of([named, string("a")])).elements[0] is named


def test_terraform_forgets_what_it_knew():
    forgotten = call_with("tolist", at_apply("l", ListOf(STRING), not_null=True, at_least=1))
    assert forgotten.type == ListOf(ANY)
    assert not forgotten.unknown.refinement.not_null
    assert not call_with("tostring", at_apply("s", STRING, not_null=True)).unknown.refinement.not_null
    assert call_with("toset", PETS).type == SetOf(ANY)
    assert call_with("tomap", at_apply("a", ANY)).type == MapOf(ANY)
    with pytest.raises(EvaluationError, match="cannot convert list of string to map of any single type"):
        call_with("tomap", PETS)


def test_secrets_stay_out_of_messages():
    with pytest.raises(EvaluationError) as refused:
        call_with("tonumber", string("s3cret").marked(SENSITIVE))
    assert "cannot convert this sensitive string to number" in str(refused.value)
    with pytest.raises(EvaluationError, match="cannot convert tuple to list of any single type"):
        call_with("tolist", value([1, []]))


def test_elements_without_one_type_are_refused():
    with pytest.raises(EvaluationError, match="cannot convert tuple to list of any single type"):
        call_with("tolist", value([{"a": []}, {"a": at_apply("a", ANY)}]))
    assert call_with("tolist", value([{"a": []}, {"a": not_given("a", ANY)}])).is_unknown


def test_marks():
    assert call_with("sensitive", string("s")) == SECRET
    assert call_with("nonsensitive", SECRET) == string("s")
    both = string("s").marked(SENSITIVE | EPHEMERAL)
    assert call_with("nonsensitive", both).marks == EPHEMERAL
    assert call_with("issensitive", SECRET) == TRUE
    assert call_with("issensitive", string("s")) == FALSE
    assert call_with("issensitive", X).type is BOOL
    assert call_with("sensitive", X).marks == SENSITIVE


def test_ephemeral_parts_become_null():
    gone = string("t").marked(EPHEMERAL | SENSITIVE)
    given = value({"a": [gone, "b"], "c": "d"})
    assert call_with("ephemeralasnull", given) == value(
        {"a": [null(STRING).marked(SENSITIVE), "b"], "c": "d"}
    )
    kept = not_given("x", not_null=True).marked(EPHEMERAL)
    result = call_with("ephemeralasnull", kept)
    assert result.marks == frozenset()
    assert not result.unknown.refinement.not_null
    assert call_with("ephemeralasnull", X) is X
    assert call_with("ephemeralasnull", list_of(STRING, [gone])).elements[0].is_null


@pytest.mark.parametrize("name", ["list", "map"])
def test_functions_of_old_are_refused(name):
    with pytest.raises(EvaluationError, match=f'the "{name}" function was deprecated in Terraform v0.12'):
        call_with(name, X)


def test_what_is_learnt_stays_so():
    assert call_with("tonumber", PET).unknown.kind is Kind.AT_APPLY
