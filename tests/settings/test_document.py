"""YAML to data with places, and what is refused."""

from __future__ import annotations

import pytest

from guard.diagnostics import UsageError
from guard.settings.document import read_document
from guard.source import SourceFile


def test_data_and_places() -> None:
    document = read_document(
        SourceFile("s.yaml", "limit: 2\nwaivers:\n  - until: 2026-12-31\n    user: '7'\n")
    )
    assert document.data == {"limit": 2, "waivers": [{"until": "2026-12-31", "user": "7"}]}
    assert str(document.values[("waivers", 0, "user")]) == "s.yaml:4:11"
    assert str(document.keys[("waivers", 0, "user")]) == "s.yaml:4:5"


def test_an_empty_file_says_nothing() -> None:
    assert read_document(SourceFile("s.yaml", "# nothing yet\n")).data == {}


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("a: 1\na: 2\n", "2:1", "given twice"),
        ("a: &x [1]\nb: *x\n", "1:4", "Anchors and aliases"),
        ("a: !!python/name:os.system x\n", "1:4", "not supported"),
        ("a: [1\n", "2:1", "no YAML"),
        ("1: a\n", "1:1", "in quotes"),
        ("? [a]\n: b\n", "1:3", "in quotes"),
        ("a: b: c\n", "1:5", "with a colon in quotes"),
        ("a: \x07\n", "1:4", "not allowed"),
        ("---\na: 1\n---\nb: 2\n", "3:1", "Another document"),
        ("%YAML 1.1\n---\na: yes\n", "2:1", "Directives"),
        ("%TAG ! tag:yaml.org,2002:\n---\na: !int 1\n", "2:1", "Directives"),
        ('a: !!int "2"\n', "1:4", "Tags are not supported"),
        ("a: ! 2\n", "1:4", "Tags are not supported"),
        ("!!str a: 2\n", "1:1", "Tags are not supported"),
        ("a: !!map {}\n", "1:4", "Tags are not supported"),
        ("&x a: 2\n", "1:1", "Anchors"),
        ("<<: {a: 1}\n", "1:1", "<< is not supported"),
        ("[" * 21 + "]" * 21, "1:21", "too deeply"),
        ("[" * 5000, "1:21", "too deeply"),
    ],
)
def test_what_is_refused(text: str, place: str, said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        read_document(SourceFile("s.yaml", text))
    assert str(caught.value.diagnostic.subject) == f"s.yaml:{place}"
