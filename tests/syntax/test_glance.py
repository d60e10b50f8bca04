"""What a glance tells is what reading the block tells; where it could differ, it tells nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.source import SourceFile
from guard.syntax.errors import SyntaxProblem
from guard.syntax.glance import plain_source
from guard.syntax.nodes import Template, Text
from guard.syntax.split import RawBlock, split


def call(inside: str) -> RawBlock:
    (block,) = split(SourceFile("main.tf", f'module "m" {{{inside}}}\n'))
    return block


@pytest.mark.parametrize(
    "inside",
    ['\n  source = "./a"\n', '\n\tsource="./a" \t\r\n', '\n  # it\n  source   = "./a"\n  x = { y = "z" }\n'],
)
def test_a_plain_source(inside: str) -> None:
    assert plain_source(call(inside)) == "./a"


@pytest.mark.parametrize(
    "inside",
    [
        ' source = "./a" ',
        '\n  source = "./a" # here\n',
        '\n  # source = "./a"\n',
        "\n  source = var.a\n",
        '\n  source = "./${var.a}"\n',
        '\n  source = "./$${a}"\n',
        '\n  source = "./\\u0061"\n',
        '\n  source = ("./a")\n',
        '\n  source = "./a"\n  x = "source"\n',
        '\n  source = "./a"\n  source_code = 1\n',
        '\n  x = <<EOT\n  source = "./a"\nEOT\n',
        '\n  /*\n  source = "./a"\n*/\n',
        "\n",
    ],
)
def test_what_must_be_read(inside: str) -> None:
    assert plain_source(call(inside)) is None


LINES = st.sampled_from(
    [
        'source = "./a"',
        'source = "./b"',
        'source = "./${a}"',
        '  source = ("./a")',
        'source = "./a" // source',
        "source = <<A",
        "x = <<A",
        "A",
        "# source",
        "/*",
        "*/",
        "x = [",
        "]",
        'y = "source = "',
        'y = "/*"',
        "providers = { aws = aws.b }",
        "resource = 1",
        "",
    ]
)


@given(st.lists(LINES, max_size=7))
def test_a_glance_tells_what_reading_tells(lines: list[str]) -> None:
    text = 'module "m" {\n' + "\n".join(lines) + "\n}\n"
    try:
        blocks = split(SourceFile("main.tf", text))
        body = blocks[0].read().body
    except SyntaxProblem:
        return
    glanced = plain_source(blocks[0])
    if glanced is not None:
        source = body.attribute("source")
        assert source is not None
        assert isinstance(source.expr, Template)
        assert [part.value for part in source.expr.parts if isinstance(part, Text)] == [glanced]
