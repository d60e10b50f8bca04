"""Values: their parts, what is written of them, and what follows from unknown ones."""

import pytest

from guard.values.labels import label
from guard.values.types import ANY, STRING, ListOf
from guard.values.unknown import Applied, Ask, Input, Kind, Question
from guard.values.value import (
    SENSITIVE,
    SymbolicKey,
    derived,
    key_value,
    map_of,
    number,
    object_of,
    parts,
    string,
    tuple_of,
    unknowns,
    walk,
    wholly_known,
)
from tests.values.samples import FLAG, NAMES, PET, X, Y, not_given, unread, value

WRITTEN = [
    (value(None), "null"),
    (value(True), "true"),
    (value(1), "1"),
    (value('say "${hi}"'), r'"say \"$${hi}\""'),
    (value(["a", {"b": 1}]), '["a", {b = 1}]'),
    (X, "var.x"),
    (not_given("var.x"), "var.x"),
]


@pytest.mark.parametrize(("given", "text"), WRITTEN)
def test_values_are_written_as_people_write_them(given, text):
    assert label(given) == text


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (Input("var.u").child("a").child(0).child("b c"), 'var.u.a[0]["b c"]'),
        (Applied("upper", (X,)), "upper(var.x)"),
        (Applied("==", (X, string("a"))), 'var.x == "a"'),
        (Applied("!", (FLAG,)), "!var.flag"),
        (Applied("?:", (FLAG, X, Y)), "var.flag ? var.x : var.y"),
        (Applied("[]", (NAMES, number(0))), "var.names[0]"),
        (Applied("[]", (X, string("name"))), "var.x.name"),
        (Applied("[]", (NAMES, string("aws_iam_user.u"), X, string("name"))), "aws_iam_user.u[var.x].name"),
        (Applied("[*]", (NAMES, X)), "var.names[*]"),
        (Applied("each.key", (NAMES,)), "each.key"),
        (Applied("for@main.tf:3", (NAMES,)), "[for \u2026 in var.names]"),
    ],
)
def test_terms_are_written_as_people_write_them(term, text):
    assert str(term) == text


def test_parts():
    key = SymbolicKey(X)
    given = object_of({key: string("a"), "b": tuple_of([Y])})
    assert list(parts(string("a"))) == []
    assert set(map(label, walk(given))) >= {"var.x", '"a"', "var.y"}
    assert {item.term for item in unknowns(given)} == {X.unknown.term, Y.unknown.term}
    assert not wholly_known(given)
    assert wholly_known(value(["a"]))
    assert key_value(key) is X
    assert key_value("b") == string("b")
    assert given.size == 5
    assert (value(2).number, value(True).truth) == (2, True)


def test_equal_terms_make_equal_keys():
    assert SymbolicKey(X) == SymbolicKey(not_given("var.x"))
    assert SymbolicKey(X) != SymbolicKey(Y)
    assert SymbolicKey(X) != "var.x"


def test_values_hash():
    given = [value({"a": [1]}), value([1, "1"]), map_of(STRING, {"a": string("b")}), X]
    assert len({*given, *given}) == 4


def test_what_follows_from_unknown_values():
    first = Question(Ask.TRUTH, FLAG)
    asking = not_given("var.q", questions=(first,))
    result = derived(ANY, Applied("f", (asking, PET)), [asking.marked(SENSITIVE), PET])
    assert result.unknown.kind is Kind.AT_APPLY
    assert result.unknown.why == PET.unknown.why
    assert result.unknown.questions == (first,)
    assert result.marks == SENSITIVE
    assert derived(ANY, Applied("f", ()), [PET, unread("x")]).unknown.kind is Kind.UNREAD


def test_marks_add_up():
    given = string("a").marked(SENSITIVE)
    assert given.marked(SENSITIVE) is given
    assert given.unmarked() == string("a")
    assert string("a").unmarked().marks == frozenset()
    assert not_given("l", ListOf(STRING)).marked(SENSITIVE).marks == SENSITIVE
