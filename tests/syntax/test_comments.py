"""Comments: every form of them, and nothing that only looks like one."""

from __future__ import annotations

import pytest

from guard.source import SourceFile
from guard.syntax.comments import Comment, comments
from guard.syntax.errors import SyntaxProblem


def found(text: str) -> list[Comment]:
    return list(comments(SourceFile("main.tf", text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# one\n", [["one"]]),
        ("// one", [["one"]]),
        ("##  one  \r\n#two\n", [["one"], ["two"]]),
        ("/* one */", [["one"]]),
        ("/**\n * one\n * two\n **/\n", [["", "one", "two", ""]]),
        ("a = 1 # one\nb = [ # two\n 1, /* three */ 2 ]\n", [["one"], ["two"], ["three"]]),
        ("a = /* # one */ 1\n", [["# one"]]),
        ('a = "${ /* one */ 1 }"\n', [["one"]]),
        ("a = <<E\n${ 1 /* one */ }\n# text\nE\n# two\n", [["one"], ["two"]]),
        ("#\n", [[""]]),
        ("", []),
    ],
)
def test_comments_are_found(text: str, expected: list[list[str]]) -> None:
    assert [[line.text for line in comment.lines] for comment in found(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        'a = "# one"\n',
        'a = "// one /* two */"\n',
        'a = "\\" # one"\n',
        "a = <<E\n# one\n// two\n/* three */\nE\n",
        "a = <<-E\n    # one\n    E\n",
        'a = "${"# one"}"\n',
        'a = "$${ # one"\n',
        "a = <<E\n$${ # one\nE\n",
    ],
)
def test_text_in_strings_and_heredocs_is_no_comment(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "beside"),
    [("a = 1 # x\n", True), ("a = 1\n# x\n", False), ("a {\n  # x\n}\n", False), ("a { # x\n}\n", True), ("# x\n", False)],
)  # fmt: skip
def test_whether_there_is_code_before_it(text: str, beside: bool) -> None:
    assert [comment.beside for comment in found(text)] == [beside]


def test_places_are_exact() -> None:
    (comment,) = found("a = 1\n  /* x\n   * one two\n   */\n")
    line = list(comment.lines)[1]
    assert (line.text, line.line, line.column) == ("one two", 3, 6)


def test_a_file_without_tokens_is_refused() -> None:
    with pytest.raises(SyntaxProblem):
        found("/* never closed\n")
