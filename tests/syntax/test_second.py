"""The second reader agrees with the first over the corpus, but for misreads that are known one by one."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest

from guard.records import replace
from guard.source import SourceFile
from guard.syntax.errors import SyntaxProblem
from guard.syntax.load import decode
from guard.syntax.nodes import Block, Expr, GetAttr, Index, Literal, Name, Splat, Template, Text, TupleExpr
from guard.syntax.reader import read_body, read_expression
from guard.syntax.second import KNOWN_MISREADS, Agreement, Disagreement, Rejected, compare
from guard.syntax.tfjson import split_json
from tests.syntax.recorded import constructs


def block_of(inside: str) -> Block:
    return read_body(SourceFile("main.tf", f'resource "a" "b" {{\n{inside}\n}}\n')).blocks[0]


def test_both_readers_agree_over_the_corpus() -> None:
    found: Counter[str] = Counter()
    unknown = []
    for case in constructs():
        try:
            block = block_of(decode(case.data))
        except SyntaxProblem:
            continue
        answer = compare(block)
        found[type(answer).__name__] += 1
        if isinstance(answer, Disagreement) and answer.known is None:
            unknown.append((answer.at.text, answer.ours, answer.theirs))
    assert unknown == []
    assert found["Agreement"] > 6 * found["Rejected"] > 0


EXAMPLES = {
    "a splat takes other steps than in Terraform when a splat or an index follows": [
        "x = a[*].b[*].c",
        "x = a.*.b[0]",
        "x = a[*][*].c",
        "x = a[*].b.*.c",
    ],
    "an escaped $${ or %%{ takes what follows with it, up to the next brace": [
        'x = "$${a${var.x}b}"',
        'x = "%%{ ${b} }"',
        'x = "$${"\ny = "}"',
    ],
    "a heredoc whose end marker has blanks behind it goes on": [
        "x = <<A\n1\nA \ny = 2\nz = <<A\n3\nA",
        "x = <<-A\n1\n  A\t\ny = 2\nz = <<-A\n3\n  A",
    ],
    "a number with nothing between its point and its exponent is an attribute": ["x = 1.e5"],
}


@pytest.mark.parametrize("misread", KNOWN_MISREADS, ids=lambda misread: misread.name)
def test_each_known_misread_shows(misread: object) -> None:
    """If one of these fails with a newer python-hcl2, the misread is mended: take it out of the table."""
    name = getattr(misread, "name", "")
    for text in EXAMPLES[name]:
        answer = compare(block_of(text))
        assert isinstance(answer, Disagreement), text
        assert answer.known == name


def test_every_known_misread_has_examples() -> None:
    assert set(EXAMPLES) == {misread.name for misread in KNOWN_MISREADS}


@pytest.mark.parametrize(
    "text",
    [
        'user = aws_iam_user.u[count.index].name\nstatus = var.live ? "Active" : "Inactive"',
        'for_each = { for k, v in var.users : lower(k) => v... if v.enabled && !v.bot }\nuser = "svc-${each.key}"',
        'lifecycle {\n  ignore_changes = [status, tags["x"]]\n}\ndynamic "a" {\n  for_each = []\n  content {}\n}',
        'policy = <<-EOT\n  { "a": "${b}" }\n  EOT\n# c\nx = [1, 2.5, -3, 1e3, true, null] /* d */',
        "x = a || b && c == d + e * -f ? g : !h\ny = ((a))[0].b.*.c\nz = core::x::y(1, 2...)",
        'x = "a\\n\\"\\u00e9${b}%{ if c ~} d %{ else }e%{ endif }$${f}%%{g}"\ny = "%{for k, v in m}${k}%{endfor}"',
        'x = (\n  a # why\n  + b\n)\ny = {\n  a = 1, b : 2\n  (c) = 3\n  "d" = 4\n  true = 5\n}',
    ],
)
def test_readers_agree_on_what_people_write(text: str) -> None:
    assert compare(block_of(text)) == Agreement()


def change(block: Block, expr: Expr) -> Block:
    """The block as if our reader had read another expression in its first argument."""
    first, *rest = block.body.attributes
    return replace(block, body=replace(block.body, attributes=(replace(first, expr=expr), *rest)))


def first(block: Block) -> Expr:
    return block.body.attributes[0].expr


# A text, and what a faulty reader of ours could have made of it.
FAULTS: dict[str, tuple[str, Callable[[Block], Block]]] = {
    "a name": ("x = a", lambda block: change(block, Name("b", first(block).range))),
    "an attribute": (
        "x = a.b",
        lambda block: change(block, GetAttr(Name("a", first(block).range), "c", first(block).range)),
    ),
    "a number": ("x = 1", lambda block: change(block, Literal(2, first(block).range))),
    "a keyword": ("x = true", lambda block: change(block, Literal(False, first(block).range))),
    "a text": (
        'x = "a"',
        lambda block: change(block, Template((Text("b", first(block).range),), first(block).range)),
    ),
    "an interpolation": ('x = "a${b}"', lambda block: change(block, Template((), first(block).range))),
    "an element": ("x = [1, 2]", lambda block: change(block, TupleExpr((), first(block).range))),
    "an index": (
        "x = a[0]",
        lambda block: change(block, Index(first(block), Literal(0, first(block).range), first(block).range)),
    ),
    "a splat": ("x = a[*]", lambda block: change(block, replace(as_splat(first(block)), full=False))),
    "precedence": (
        "x = 1 + 2 * 3",
        lambda block: change(block, read_expression(SourceFile("x", "(1 + 2) * 3"))),
    ),
    "an argument's name": (
        "x = 1",
        lambda block: replace(
            block, body=replace(block.body, attributes=(replace(block.body.attributes[0], name="y"),))
        ),
    ),
    "a missing argument": (
        "x = 1\ny = 2",
        lambda block: replace(block, body=replace(block.body, attributes=())),
    ),
    "a missing block": ("x {}", lambda block: replace(block, body=replace(block.body, blocks=()))),
    "a label": ("x = 1", lambda block: replace(block, labels=("a", "c"))),
    "a heredoc's end": (
        "x = <<A\n1\nA\ny = 2",
        lambda block: change(
            block, replace(first(block), range=replace(first(block).range, end=first(block).range.end - 2))
        ),
    ),
}


def as_splat(expr: Expr) -> Splat:
    assert isinstance(expr, Splat)
    return expr


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_our_reader_would_show(fault: str) -> None:
    text, misread = FAULTS[fault]
    block = block_of(text)
    assert compare(block) == Agreement()
    answer = compare(misread(block))
    assert isinstance(answer, Disagreement)
    assert answer.known is None


def test_a_disagreement_says_where() -> None:
    text, misread = FAULTS["a number"]
    answer = compare(misread(block_of(f"w = 1\n{text}".replace("w = 1\n", ""))))
    assert isinstance(answer, Disagreement)
    assert (answer.at.text, answer.at.line) == ("1", 2)


def test_an_unknown_disagreement_comes_before_a_known_one() -> None:
    block = block_of("x = 1\ny = a[*].b[*].c")
    assert getattr(compare(block), "known", None)
    assert getattr(compare(change(block, Literal(2, first(block).range))), "known", "") is None


@pytest.mark.parametrize("text", ["x = !!a", 'x = "${~ a ~}"', "é = 1", "x = 2-1.5"])
def test_what_the_second_reader_does_not_take_is_told_apart(text: str) -> None:
    answer = compare(block_of(text))
    assert isinstance(answer, Rejected)
    assert answer.why.startswith("python-hcl2: Unexpected")


def test_what_would_cost_too_much_is_not_read_twice() -> None:
    for text in ("# x\n" * 20_000, "x = <<A\n" + "\n" * 3_000 + "A"):
        assert isinstance(compare(block_of(text)), Rejected)


def test_json_is_not_read_twice() -> None:
    (raw,) = split_json(SourceFile("x.tf.json", '{"locals": {"a": 1}}'))
    assert isinstance(compare(raw.read()), Rejected)


def test_python_hcl2_is_imported_only_when_asked() -> None:
    code = "import sys, guard.syntax.second; print(sorted({'hcl2', 'lark'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
