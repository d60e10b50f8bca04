"""The schema: the copies are equal, and each mistake is told with its place and what was expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from guard.diagnostics import UsageError
from guard.settings.document import read_document
from guard.settings.schema import schema, validate
from guard.source import SourceFile

WAIVER = 'waivers: [{account: "1", user: a, at-most: 2, owner: o, reason: r, until: 2026-01-01}]'


def test_the_schema_is_a_schema_and_its_copy_in_the_documentation_is_equal() -> None:
    Draft202012Validator.check_schema(schema())
    copy = Path(__file__).parent.parent.parent / "docs" / "settings.schema.json"
    assert json.loads(copy.read_text("utf-8")) == schema()


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("limt: 1\n", "1:1", "There is no setting limt. Did you mean limit?"),
        ("zzz: 1\n", "1:1", "There is no setting zzz. Known: "),
        ("limit: x\n", "1:8", "Expected a whole number from 0 to 100"),
        ("limit: -1\n", "1:8", "not -1"),
        ("limit: 1.5\n", "1:8", "not 1.5"),
        ("limit: true\n", "1:8", "not true"),
        (
            "fail-on: never\n",
            "1:10",
            "Expected one of violation, possible, undetermined in fail-on, not never.",
        ),
        ("exclude: legacy\n", "1:10", "Expected a list of directories left out"),
        ("exclude: [/etc]\n", "1:11", "Expected a directory relative to the settings"),
        ("exclude: [a/../../b]\n", "1:11", "Expected a directory relative to the settings"),
        ("accounts: {prod: '111111111111'}\n", "1:12", "as key, not prod"),
        ("accounts: {profile:prod: 111111111111}\n", "1:26", "12 digits, in quotes"),
        ('accounts: {aws: "111111111111\\n"}\n', "1:17", "12 digits, in quotes"),
        ("roots:\n  a:\n    vars:\n      x: [1]\n", "4:10", "Expected a text, a whole number, true or false"),
        ("roots:\n  a:\n    var-file: [x]\n", "3:5", "Did you mean var-files?"),
        ("roots: {a: }\n", "1:11", "Expected what holds for root modules"),
        (WAIVER.replace("owner: o, ", ""), "1:11", "The key owner is missing in waivers."),
        (WAIVER.replace("reason: r", "reason: ' '"), "1:65", "Expected why the waiver is needed"),
        (WAIVER.replace("until: 2026-01-01", "until: soon"), "1:75", "Expected the last day, as 2026-12-31"),
        (WAIVER.replace("at-most: 2", "at-most: 0"), "1:44", "Expected a whole number from 1 to 100"),
    ],
)
def test_each_mistake_says_where_and_what_was_expected(text: str, place: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        validate(read_document(SourceFile("s.yaml", text)))
    assert said in caught.value.diagnostic.detail
    assert str(caught.value.diagnostic.subject) == f"s.yaml:{place}"


def test_a_mistake_that_is_wrong_in_two_ways_is_told_once() -> None:
    with pytest.raises(UsageError) as caught:
        validate(read_document(SourceFile("s.yaml", "max-waiver-days: 0.5\n")))
    assert "Also" not in caught.value.diagnostic.detail


def test_all_mistakes_are_told_in_the_order_of_the_file() -> None:
    with pytest.raises(UsageError) as caught:
        validate(read_document(SourceFile("s.yaml", "fail-on: x\nlimit: y\n")))
    assert str(caught.value.diagnostic.subject) == "s.yaml:1:10"
    assert "Also s.yaml:2:8: Expected a whole number" in caught.value.diagnostic.detail


@pytest.mark.parametrize("data", ["[]", "text", WAIVER])
def test_the_top_is_a_mapping(data: str) -> None:
    document = read_document(SourceFile("s.yaml", data))
    if isinstance(document.data, dict):
        validate(document)
        return
    with pytest.raises(UsageError, match="Expected a mapping"):
        validate(document)
