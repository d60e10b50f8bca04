"""Date functions, against what the real Terraform made of recorded calls."""

import pytest

from guard.values.equality import compare
from guard.values.unknown import Kind
from tests.lang.functions.calling import answer, evaluate, recorded_calls, world


@pytest.mark.parametrize(("expression", "expected"), recorded_calls("formatdate timeadd timecmp timestamp"))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def test_each_timestamp_is_another_one():
    where = world()
    first, second = evaluate("timestamp()", where), evaluate("timestamp()", where)
    assert first.unknown.kind is Kind.AT_APPLY
    assert compare(first, first, identity=True).is_equal is True
    assert compare(first, second, identity=True).is_equal is None


def test_the_time_of_the_plan_is_not_ours_to_know():
    assert evaluate("plantimestamp()").unknown.kind is Kind.UNREAD
