"""Character sets, against what the real Terraform made of recorded calls."""

import pytest

from guard.values.unknown import Kind
from tests.lang.functions.calling import answer, evaluate, recorded_calls


@pytest.mark.parametrize(("expression", "expected"), recorded_calls("textdecodebase64 textencodebase64"))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


@pytest.mark.parametrize("name", ["Shift_JIS", "gbk", "IBM1047"])
def test_character_sets_that_are_not_computed(name):
    assert evaluate(f'textencodebase64("x", "{name}")').unknown.kind is Kind.UNREAD
    assert evaluate(f'textdecodebase64("eA==", "{name}")').unknown.kind is Kind.UNREAD
