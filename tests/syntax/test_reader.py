"""The reader accepts what Terraform accepts, and its trees mean what Terraform means."""

from __future__ import annotations

from fractions import Fraction

import pytest

from guard.source import SourceFile, SourceRange
from guard.syntax.errors import SyntaxProblem
from guard.syntax.load import decode
from guard.syntax.nodes import Attribute, Literal
from guard.syntax.reader import read_block, read_body, read_expression, read_template
from guard.values.numbers import divide
from tests.syntax.recorded import Construct, constructs, fmt_accepts
from tests.syntax.shape import shape
from tests.truth import terraform

CONSTRUCTS = constructs()
# Texts on which we are stricter than Terraform, on purpose.
REFUSED_BY_US = {
    b"\xef\xbba = 1\n": "half a byte order mark: not UTF-8",
    b'a = "\xc0\x80"\n': "an overlong encoding: not UTF-8",
    'a = "\uffff"\n'.encode(): "the noncharacter that stands for undecodable bytes",
}
needs_terraform = pytest.mark.skipif(
    terraform.available() is None, reason=f"terraform {terraform.VERSION} is not on the PATH"
)


def accepts(data: bytes) -> bool:
    try:
        read_body(SourceFile("main.tf", decode(data)))
    except SyntaxProblem:
        return False
    return True


def test_the_corpus_is_large_and_mixed() -> None:
    valid = sum(case.valid for case in CONSTRUCTS)
    assert len(CONSTRUCTS) > 1000
    assert valid > 400
    assert len(CONSTRUCTS) - valid > 400
    assert all(case.valid for case in CONSTRUCTS if case.data in REFUSED_BY_US)


@pytest.mark.parametrize("case", CONSTRUCTS, ids=str)
def test_accepts_what_terraform_accepts(case: Construct) -> None:
    assert accepts(case.data) == (case.valid and case.data not in REFUSED_BY_US)


@needs_terraform
@pytest.mark.terraform
def test_terraform_still_gives_the_recorded_verdicts() -> None:
    assert fmt_accepts([case.data for case in CONSTRUCTS]) == [case.valid for case in CONSTRUCTS]


def asked(case: Construct) -> bool:
    """Whether pygohcl can be asked: it takes UTF-8 without NUL, and panics on a null key."""
    return b"\0" not in case.data and b"{null" not in case.data and decode(case.data).encode() == case.data


def test_accepts_what_pygohcl_accepts() -> None:
    import pygohcl

    differ = []
    for case in filter(asked, CONSTRUCTS):
        try:
            pygohcl.loads(case.data.decode())
            accepted = case.data not in REFUSED_BY_US
        except pygohcl.HCLParseError:
            accepted = False
        if accepted != accepts(case.data):
            differ.append(case.data)
    assert differ == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "Binary(+, 1, Binary(*, 2, 3))"),
        ("1 - 2 - 3", "Binary(-, Binary(-, 1, 2), 3)"),
        ("1 * 2 + 3", "Binary(+, Binary(*, 1, 2), 3)"),
        ("a || b && c", "Binary(||, a, Binary(&&, b, c))"),
        ("a && b || c", "Binary(||, Binary(&&, a, b), c)"),
        ("a == b && c != d", "Binary(&&, Binary(==, a, b), Binary(!=, c, d))"),
        ("a < b == c >= d", "Binary(==, Binary(<, a, b), Binary(>=, c, d))"),
        ("a + b < c % d", "Binary(<, Binary(+, a, b), Binary(%, c, d))"),
        ("!a == b", "Binary(==, Unary(!, a), b)"),
        ("-a.b + c", "Binary(+, Unary(-, GetAttr(a, b)), c)"),
        ("-1", "Unary(-, 1)"),
        ("!!a", "Unary(!, Unary(!, a))"),
        ("a ? b : c ? d : e", "Conditional(a, b, Conditional(c, d, e))"),
        ("a ? b ? c : d : e", "Conditional(a, Conditional(b, c, d), e)"),
        ("a || b ? c : d", "Conditional(Binary(||, a, b), c, d)"),
        ("(a)", "Parentheses(a)"),
        ("a.b[0].c", "GetAttr(Index(GetAttr(a, b), 0), c)"),
        ("a.0.b", "GetAttr(Index(a, 0), b)"),
        ("a[*].b[0].c", "Splat(a, GetAttr(Index(GetAttr(@, b), 0), c), True)"),
        ("a.*.b[0].c", "GetAttr(Index(Splat(a, GetAttr(@, b), False), 0), c)"),
        ("a.*.b.0", "Splat(a, Index(GetAttr(@, b), 0), False)"),
        ("a[*].b[*].c", "Splat(a, Splat(GetAttr(@, b), GetAttr(@, c), True), True)"),
        ("a[*].b.*.c", "Splat(a, Splat(GetAttr(@, b), GetAttr(@, c), False), True)"),
        ("a.*.b[*].c", "Splat(Splat(a, GetAttr(@, b), False), GetAttr(@, c), True)"),
        ("a[*]", "Splat(a, @, True)"),
        ("a.*", "Splat(a, @, False)"),
        ("a[*].b == c", "Binary(==, Splat(a, GetAttr(@, b), True), c)"),
        ("f()", "Call(f, [], False)"),
        ("f(a, b...)", "Call(f, [a, b], True)"),
        ("a::b::c(1).d", "GetAttr(Call(a::b::c, [1], False), d)"),
        ("[1, [2],]", "TupleExpr([1, TupleExpr([2])])"),
        (
            '{a = 1, "b" : 2, (c) = 3}',
            "ObjectExpr([ObjectItem(a, 1), ObjectItem(Template(['b']), 2), ObjectItem(Parentheses(c), 3)])",
        ),
        ("{true = 1, null = 2}", "ObjectExpr([ObjectItem(true, 1), ObjectItem(null, 2)])"),
        ("[for a in b : c]", "ForTuple(None, a, b, c, None)"),
        ("[for k, v in b : c if d]", "ForTuple(k, v, b, c, d)"),
        ("{for k, v in b : c => d... if e}", "ForObject(k, v, b, c, d, True, e)"),
        ("{for v in b : c => d}", "ForObject(None, v, b, c, d, False, None)"),
        ('""', "Template([])"),
        ('"a"', "Template(['a'])"),
        ('"${a}"', "Template([Interpolation(a)])"),
        ('" ${~ a}"', "Template(['', Interpolation(a)])"),
        ('"a${b}c"', "Template(['a', Interpolation(b), 'c'])"),
        ('"%{if a}b%{else}c%{endif}"', "Template([TemplateIf(a, ['b'], ['c'])])"),
        ('"%{for k, v in a}${v}%{endfor}"', "Template([TemplateFor(k, v, a, [Interpolation(v)])])"),
        ("<<-A\n  x\n  A\n", "Template(['x\\n'])"),
        ("a /* + */ + # b\n c", "Binary(+, a, c)"),
        ("\na\n+\nb\n", "Binary(+, a, b)"),
        ("true", "True"),
        ("null", "None"),
        ("nullx", "nullx"),
    ],
)
def test_expressions_bind_as_terraform_binds_them(text: str, expected: str) -> None:
    assert shape(read_expression(SourceFile("-var", text))) == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("016", 16),
        ("1.50", Fraction(3, 2)),
        ("1e3", 1000),
        ("1.5E+3", 1500),
        ("25e-1", Fraction(5, 2)),
        ("1.0", 1),
        ("123456789012345678901234567890", 123456789012345678901234567890),
        ("1e100", 10**100),
        ("25e-2", Fraction(1, 4)),
        ("0.1", divide(1, 10)),
    ],
)
def test_numbers_have_the_digits_that_terraform_keeps(text: str, value: Fraction) -> None:
    expr = read_expression(SourceFile("x", text))
    assert isinstance(expr, Literal)
    assert expr.value == value
    assert isinstance(expr.value, int) == (value.denominator == 1)


@pytest.mark.parametrize(
    "text", ["9" * 4001, "1e9001", "1e-9001", "0." + "1" * 9000, "1e99999999999999999999"]
)
def test_numbers_that_would_cost_memory_are_refused(text: str) -> None:
    with pytest.raises(SyntaxProblem, match="Invalid number literal"):
        read_expression(SourceFile("x", text))


def test_a_file_becomes_arguments_and_blocks_with_ranges() -> None:
    text = 'a = 1 # one\n\nresource "t" n {\n  b = "x${y}"\n  c {}\n}\n'
    source = SourceFile("main.tf", text)
    body = read_body(source)
    (attribute,), (block,) = body.attributes, body.blocks
    assert attribute.range.text == "a = 1"
    assert attribute.name_range.text == "a"
    assert (block.type, block.labels) == ("resource", ("t", "n"))
    assert block.header.text == 'resource "t" n'
    assert block.range.text == text[13:-1]
    assert block.body.range.text == text[text.index("{") : -1]
    assert [inner.type for inner in block.body.blocks_of("c")] == ["c"]
    inner = block.body.attribute("b")
    assert inner is not None
    assert (inner.range.line, inner.range.column, inner.range.end_column) == (4, 3, 14)
    assert inner.expr.range.text == '"x${y}"'
    assert body.range == SourceRange(source, 0, len(text))


@pytest.mark.parametrize(
    ("text", "of", "expected"),
    [
        ("a.b[0] + f(c)", "left", "a.b[0]"),
        ("a.b[0] + f(c)", "right", "f(c)"),
        ("(a\n) ? [\n1\n] : {b=c}", "condition", "(a\n)"),
        ("(a\n) ? [\n1\n] : {b=c}", "then", "[\n1\n]"),
        ("(a\n) ? [\n1\n] : {b=c}", "otherwise", "{b=c}"),
        ("x.*.y.z[0]", "object", "x.*.y.z"),
        ("- a . b", "operand", "a . b"),
        ("[for x in y\n.z : w\n if v ]", "collection", "y\n.z"),
        ("[for x in y\n.z : w\n if v ]", "result", "w"),
    ],
)
def test_ranges_cover_exactly_the_expression(text: str, of: str, expected: str) -> None:
    expr = read_expression(SourceFile("x", text))
    assert expr.range.text == text
    assert getattr(expr, of).range.text == expected


@pytest.mark.parametrize(
    ("text", "summary", "at"),
    [
        ("a = 1\na = 2\n", "Attribute redefined", "a"),
        ("a =\n", "Invalid expression", "\n"),
        ("a =", "Missing expression", ""),
        ("a = b ? c\n", "Missing false expression in conditional", "\n"),
        ('a = "${b\n', "Unclosed template interpolation sequence", "${"),
        ('a = "${b c}"\n', "Extra characters after interpolation expression", "c"),
        ('a = "x\ny"\n', "Invalid multi-line string", "\n"),
        ('a = "\\q"\n', "Invalid escape sequence", "\\q"),
        ('a = "xx\\uD800"\n', "Invalid escape sequence", "\\uD800"),
        ("a = 'b'\n", "Invalid character", "'"),
        ("a = b & c\n", "Unsupported operator", "&"),
        ("a {\n", "Unclosed configuration block", "{"),
        ("a { b = 1, c = 2 }\n", "Invalid single-argument block definition", ","),
        ("a {} b {}\n", "Missing newline after block definition", "b"),
        ("a = 1 b = 2\n", "Missing newline after argument", "b"),
        ("a = 1, b = 2\n", "Unexpected comma after argument", ","),
        ("a\n", "Argument or block definition required", "a"),
        ('"a" = 1\n', "Invalid argument name", '"a"'),
        ('a "${b}" {}\n', "Invalid string literal", "${"),
        ('a "b" = 1\n', "Invalid block definition", "="),
        ("a = [1\n", "Unterminated tuple constructor expression", "["),
        ("a = {b = 1", "Unterminated object constructor expression", "{"),
        ("a = f(1\n", "Unterminated function call", "f(1"),
        ("a = f(1 2)\n", "Missing argument separator", "2"),
        ("a = [for b in c d]\n", "Invalid 'for' expression", "d"),
        ("a = b.0.1\n", "Invalid legacy index syntax", "0.1"),
        ("a = b.*.*\n", "Nested splat expression not allowed", "*"),
        ("a = b.\n", "Invalid attribute name", "\n"),
        ('a = "%{if b}"\n', "Unexpected end of template", "%{if b}"),
        ('a = "%{endif}"\n', "Unexpected endif directive", "%{endif}"),
        ('a = "%{foo}"\n', "Invalid template control keyword", "foo"),
        ("a = <<A\nx\n", "Unterminated template string", ""),
        ("a = 1 /* b\n", "Unterminated comment", "/"),
        ("a = 1.2.3\n", "Invalid number literal", "1.2.3"),
        ("\ufeff\ufeffa = 1\n", "Invalid character", "\ufeff"),
    ],
)
def test_a_problem_says_what_and_where(text: str, summary: str, at: str) -> None:
    with pytest.raises(SyntaxProblem) as caught:
        read_body(SourceFile("main.tf", decode(text.encode())))
    diagnostic = caught.value.diagnostic
    assert diagnostic.summary == summary
    assert diagnostic.subject is not None
    assert diagnostic.subject.text == at
    assert diagnostic.detail.endswith((".", "?"))


def test_a_block_alone_keeps_the_offsets_of_its_file() -> None:
    source = SourceFile("main.tf", "a {}\nb {\n  c = 1\n}\nd {}\n")
    block = read_block(source, 5, 18)
    assert (block.type, block.range.line, block.body.attributes[0].range.line) == ("b", 2, 3)
    for start, end in ((5, 17), (5, 23), (0, 18)):
        with pytest.raises(SyntaxProblem):
            read_block(source, start, end)
    with pytest.raises(SyntaxProblem):
        read_block(SourceFile("x", "a = 1"), 0, 5)


@pytest.mark.parametrize("text", ["", "1 2", "a =", "a\n}", "a #", "b {}"])
def test_an_expression_fills_its_text(text: str) -> None:
    if text == "a #":
        assert shape(read_expression(SourceFile("x", text))) == "a"
    else:
        with pytest.raises(SyntaxProblem):
            read_expression(SourceFile("x", text))


def test_an_expression_can_be_a_part_of_a_text() -> None:
    source = SourceFile("x", "zone = [a]; b")
    expr = read_expression(source, 7, 10)
    assert (shape(expr), expr.range.start) == ("TupleExpr([a])", 7)


def test_a_decoded_template_has_the_range_of_where_it_came_from() -> None:
    place = SourceRange(SourceFile("main.tf.json", '"a\\n${b}"'), 0, 9)
    template = read_template(SourceFile("main.tf.json", "a\n${b}"), whole=place)
    assert shape(template) == "Template(['a\\n', Interpolation(b)])"
    assert {part.range for part in template.parts} == {place}
    with pytest.raises(SyntaxProblem) as caught:
        read_template(SourceFile("main.tf.json", "a\n${b"), whole=place)
    assert caught.value.diagnostic.subject == place


def test_attributes_keep_their_order() -> None:
    body = read_body(SourceFile("x", "z = 1\na = 2\nm = 3\n"))
    assert [item.name for item in body.attributes] == ["z", "a", "m"]
    assert all(isinstance(item, Attribute) for item in body.attributes)
