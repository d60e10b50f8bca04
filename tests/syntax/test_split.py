"""The splitter finds the blocks that the reader finds, and leaves what is inside them for later."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.source import SourceFile
from guard.syntax.errors import SyntaxProblem
from guard.syntax.load import decode
from guard.syntax.reader import read_body
from guard.syntax.split import split
from tests.syntax.recorded import constructs

TEXTS = [decode(case.data) for case in constructs()]
FRAGMENTS = [*'"${}%[]()<>-=+*/!?:.,#~\\\n\r\t &|a1', "${", "%{", "~}", "<<A\n", "\nA\n", "/*", "*/", "//"]
FRAGMENTS += [
    "b {\n",
    "}\n",
    "a = 1\n",
    'c "d" e {\n',
    '\\"',
    "$${",
    "<<-A\r\n",
    "é",
    "\r\n",
    "<<É\n",
    "\nÉ\n",
]


def check_same(text: str) -> None:
    """Both readers refuse the text, or both find the same blocks in it."""
    source = SourceFile("main.tf", text)
    try:
        body = read_body(source)
    except SyntaxProblem:
        with pytest.raises(SyntaxProblem):
            _ = [raw.read() for raw in split(source)]
        return
    if body.attributes:
        with pytest.raises(SyntaxProblem, match="Unsupported argument"):
            split(source)
        return
    found = split(source)
    assert [(raw.type, raw.labels, raw.header, raw.range) for raw in found] == [
        (block.type, block.labels, block.header, block.range) for block in body.blocks
    ]
    assert tuple(raw.read() for raw in found) == body.blocks


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text)[:40])
def test_splits_as_the_reader_reads(text: str) -> None:
    for before, after in (("", ""), ("x {\n", "}\n"), ("x {\ny {\n", "\n}\n}\n\n# end\nz {}")):
        check_same(before + text + after)


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=30))
def test_splits_fragments_as_the_reader_reads(fragments: list[str]) -> None:
    check_same("".join(fragments))


@given(st.sampled_from(TEXTS), st.integers(0, 200), st.integers(0, 3), st.sampled_from(["", *FRAGMENTS]))
def test_splits_mutants_as_the_reader_reads(text: str, at: int, less: int, more: str) -> None:
    check_same(f"x {{\n{text[:at]}{more}{text[at + less :]}\n}}\ny {{}}\n")


def test_what_is_wrong_inside_a_block_shows_when_it_is_read() -> None:
    source = SourceFile("main.tf", 'a "b" {\n  c = = 1\n}\n\nd {\n  e = 1\n}\n')
    broken, sound = split(source)
    assert sound.read().body.attributes[0].name == "e"
    with pytest.raises(SyntaxProblem, match=r"main\.tf:2:7: Invalid expression"):
        broken.read()


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("a {\n", "Unclosed configuration block"),
        ("a {\n b = 1\n", "Unclosed configuration block"),
        ("a = 1\n", "Unsupported argument"),
        ("a {}\nb = 1\n", "Unsupported argument"),
        ("a {} b {}\n", "Missing newline after block definition"),
        ("a {}\n}\n", "Argument or block definition required"),
        ("a\n", "Invalid block definition"),
        ('a "${b}" {}\n', "Invalid string literal"),
        ('a {\n b = "\n}\n', "Invalid multi-line string"),
        ("a {\n b = <<A\n}\n", "Unterminated template string"),
        ("a {\n /* \n}\n", "Unterminated comment"),
        ("/* \n", "Unterminated comment"),
        ("{{ a }}\n", "Argument or block definition required"),
        ("a { b = <<T\nx\nT\n}\n", "Invalid single-argument block definition"),
        ("a { b = [\n]\n}\n", "Invalid single-argument block definition"),
    ],
)
def test_a_file_that_cannot_be_split_is_one_problem(text: str, summary: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        split(SourceFile("main.tf", text))
    assert caught.value.diagnostic.summary == summary


def test_a_hostile_file_is_split_in_linear_time() -> None:
    unclosed = '"${' * 20_000
    for text in (
        unclosed,
        f"a {{\n{unclosed}\n}}",
        "a {" * 20_000,
        "a {\n" + "<<A\n" * 20_000,
        "/*" * 40_000,
    ):
        with pytest.raises(SyntaxProblem):
            split(SourceFile("main.tf", text))
    many = "".join(f"a {{\nb = <<M{number}\nx\nM{number}\n}}\n" for number in range(10_000))
    assert len(split(SourceFile("main.tf", many))) == 10_000
