"""Hash functions, against what the real Terraform made of recorded calls."""

import pytest

from guard.values.equality import compare
from guard.values.unknown import Kind
from tests.lang.functions.calling import answer, evaluate, recorded_calls, world

NAMES = "base64sha256 base64sha512 bcrypt md5 rsadecrypt sha1 sha256 sha512 uuid uuidv5"


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(NAMES))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


@pytest.mark.parametrize("expression", ["uuid()", 'bcrypt("x")'])
def test_random_results_are_never_the_same_ones(expression):
    where = world()
    first, second = evaluate(expression, where), evaluate(expression, where)
    assert first.unknown.kind is Kind.AT_APPLY
    assert compare(first, second, identity=True).is_equal is None


def test_a_decrypted_text_is_not_computed():
    assert evaluate('rsadecrypt("AAAA", "key")').unknown.kind is Kind.UNREAD
