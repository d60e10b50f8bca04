"""Keys that are computed: equal ones are one, open ones keep the mapping from being known."""

import pytest

from guard.records import replace
from guard.values import keys
from guard.values.keys import OpenKeys, build_mapping, find_key
from guard.values.unknown import Ask, Joined
from guard.values.value import SymbolicKey, number, string, tuple_of
from tests.values.samples import PET, X, Y, not_given

A, B = string("a"), string("b")
ONE, TWO = number(1), number(2)
NOT_A = not_given("var.x", excluded=frozenset({"a"}))


class DuplicateError(Exception):
    pass


def refuse(name: str) -> None:
    raise DuplicateError(name)


def test_known_keys():
    assert build_mapping([(A, ONE), (B, TWO), (A, TWO)]) == {"a": TWO, "b": TWO}
    assert build_mapping([(A, ONE), (B, TWO), (A, TWO)], grouped=True) == {
        "a": tuple_of([ONE, TWO]),
        "b": tuple_of([TWO]),
    }
    with pytest.raises(DuplicateError, match="a"):
        build_mapping([(A, ONE), (A, ONE)], on_duplicate=refuse)
    assert build_mapping([(A, ONE), (A, ONE)], grouped=True, on_duplicate=refuse) is not None


def test_a_key_that_terraform_learns_keeps_all_open():
    result = build_mapping([(A, ONE), (PET, TWO)])
    assert result == OpenKeys((PET,))


def test_inputs_that_surely_differ_are_symbolic_keys():
    result = build_mapping([(A, ONE), (NOT_A, TWO), (NOT_A, ONE)])
    assert result == {"a": ONE, SymbolicKey(NOT_A): ONE}
    assert build_mapping([(NOT_A, TWO), (A, ONE)]) == {"a": ONE, SymbolicKey(NOT_A): TWO}


def test_inputs_that_may_be_equal_are_asked_about():
    for pairs in ([(A, ONE), (X, TWO)], [(X, TWO), (A, ONE)]):
        result = build_mapping(pairs)
        assert isinstance(result, OpenKeys)
        assert result.sources == (X,)
        assert result.questions[0].ask is Ask.EQUAL
    assert isinstance(build_mapping([(X, ONE), (Y, TWO)]), OpenKeys)


def test_equal_inputs_in_different_words_are_one_key():
    from guard.values.joined import joined

    one = joined(["a-", X])
    result = build_mapping([(one, ONE), (joined([string("a"), "-", X]), TWO)])
    assert result == {SymbolicKey(one): TWO}
    hidden = replace(one.unknown, term=Joined(("a", "-", X)))
    other = replace(one, data=hidden)
    assert build_mapping([(one, ONE), (other, TWO)]) == {SymbolicKey(one): TWO}


def test_too_many_comparisons_leave_it_open(monkeypatch):
    monkeypatch.setattr(keys, "_COMPARISONS", 1)
    items = [not_given(f"var.x{index}", excluded=frozenset({"a", "b"})) for index in range(1)]
    result = build_mapping([(A, ONE), (B, ONE), *((item, TWO) for item in items)])
    assert isinstance(result, OpenKeys)


def test_finding_a_key():
    mapping = {"a": ONE, SymbolicKey(NOT_A): TWO}
    assert find_key(mapping, A) == "a"
    assert find_key(mapping, NOT_A) == SymbolicKey(NOT_A)
    assert find_key({"a": ONE}, B) is None
    assert find_key({"a": ONE}, NOT_A) is None
    found = find_key(mapping, B)
    assert isinstance(found, OpenKeys)
    assert found.sources == (NOT_A,)
    assert found.questions[0].other in (B, NOT_A)
    assert isinstance(find_key({"a": ONE}, X), OpenKeys)
