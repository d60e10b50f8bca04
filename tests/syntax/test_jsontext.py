"""JSON text is read as HCL reads it, with ranges, and without recursion that could overflow."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.source import SourceFile
from guard.syntax.errors import SyntaxProblem
from guard.syntax.jsontext import JsonArray, JsonObject, JsonScalar, JsonString, JsonValue, read_json
from guard.values.numbers import parse_number

TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
)


def plain(value: JsonValue) -> Any:
    match value:
        case JsonString(text):
            return text
        case JsonScalar(known):
            return known
        case JsonArray(items):
            return list(map(plain, items))
        case JsonObject(members):
            return {member.name.text: plain(member.value) for member in members}


@given(TREES, st.sampled_from([None, 1]), st.booleans())
def test_reads_what_the_standard_library_writes(tree: Any, indent: int | None, ascii: bool) -> None:
    text = json.dumps(tree, indent=indent, ensure_ascii=ascii)
    value = read_json(SourceFile("x.json", text.replace("\uffff", "\\uffff")))
    assert plain(value) == tree


@given(st.text(alphabet='{}[],:" \\u0-1e.truefalsn\n'))
def test_accepts_no_more_than_the_standard_library(text: str) -> None:
    try:
        value = read_json(SourceFile("x.json", text))
    except SyntaxProblem:
        return
    assert plain(value) == json.loads(text, parse_float=parse_number)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.50", Fraction(3, 2)), ("-0", 0), ("-25e-2", Fraction(-1, 4)), ("12e3", 12000), ("1E+2", 100)],
)
def test_numbers_are_exact(text: str, value: Fraction) -> None:
    assert plain(read_json(SourceFile("x", text))) == value


@pytest.mark.parametrize(
    ("text", "summary", "at"),
    [
        ("", "Missing value", ""),
        ("{} 1", "Extraneous data after value", "1"),
        ("[1,]", "Trailing comma in array", "]"),
        ('{"a":1,}', "Trailing comma in object", "}"),
        ("[1", "Unclosed object", ""),
        ("{1:2}", "Invalid object property name", "1"),
        ('{"a" 1}', "Missing property value colon", "1"),
        ("[1 2]", "Missing separator comma", "2"),
        ("[nul]", "Invalid JSON keyword", "nul"),
        ("[01]", "Invalid JSON number", "01"),
        ("[1e9999]", "Invalid JSON number", "1e9999"),
        ('["a\\x"]', "Invalid JSON string", '"a\\x"'),
        ('["a\n"]', "Invalid JSON string", '"'),
        ("[']", "Invalid start of value", "'"),
        ("[:]", "Missing JSON value", ":"),
    ],
)
def test_a_problem_says_what_and_where(text: str, summary: str, at: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        read_json(SourceFile("x", text))
    assert caught.value.diagnostic.summary == summary
    assert caught.value.diagnostic.subject is not None
    assert caught.value.diagnostic.subject.text == at


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_refused_without_a_crash(opening: str, closing: str) -> None:
    for text in (opening * 100_000, opening * 2_000 + "1" + closing * 2_000):
        with pytest.raises(SyntaxProblem, match="Nested too deeply"):
            read_json(SourceFile("x", text))
    assert read_json(SourceFile("x", opening * 200 + "1" + closing * 200)).range.start == 0
