"""`.tf.json` gives the tree that the same native syntax gives, and is refused where Terraform refuses it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from guard.records import fields, is_dataclass
from guard.source import SourceFile
from guard.syntax.errors import SyntaxProblem
from guard.syntax.load import decode
from guard.syntax.nodes import Block, Refused
from guard.syntax.tfjson import blocks, read_json_body, split_json
from tests.syntax.recorded import JsonCase, json_cases, validate_errors
from tests.syntax.shape import shape
from tests.truth import terraform

CASES = json_cases()
# What is not a matter of syntax: those who read the blocks say it.
LATER = {
    "Duplicate lifecycle block",
    "Duplicate local value definition",
    "Duplicate variable declaration",
    'Duplicate resource "terraform_data" configuration',
    "Extraneous JSON object property",
    "Invalid local value name",
    "Invalid type specification",
    "Invalid validation expression",
    "Invalid assert expression",
    "Invalid version constraint",
    "Missing required argument",
    "Missing required provider",
    "Module not installed",
    "Reference to undeclared input variable",
}
# We take more than Terraform does: a byte order mark, and local values in arrays.
TAKEN_BY_US = {
    b"\xef\xbb\xbf{}",
    b'{"locals":[[{"a":1}]]}',
    b'{"locals":[null]}',
    b'{"locals":[{"a":1},{"a":2}]}',
}


def read(text: str) -> list[Block]:
    return [raw.read() for raw in split_json(SourceFile("main.tf.json", text))]


def refused(node: object) -> Iterator[Refused]:
    if isinstance(node, Refused):
        yield node
    elif isinstance(node, tuple | list):
        for item in node:
            yield from refused(item)
    elif is_dataclass(node):
        for field in fields(node):
            if field.name not in {"range", "header", "name_range"}:
                yield from refused(getattr(node, field.name))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_accepts_what_terraform_accepts(case: JsonCase) -> None:
    try:
        accepted = not list(refused(read(decode(case.data))))
    except SyntaxProblem:
        accepted = False
    if accepted:
        assert not case.errors or LATER.intersection(case.errors) or case.data in TAKEN_BY_US
    else:
        assert case.errors


@pytest.mark.skipif(terraform.available() is None, reason=f"terraform {terraform.VERSION} is not on the PATH")
@pytest.mark.terraform
@pytest.mark.long
@pytest.mark.parametrize("case", CASES, ids=str)
def test_terraform_still_gives_the_recorded_errors(case: JsonCase) -> None:
    assert validate_errors(case.data) == case.errors


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"locals": {"a": "x"}}', "Block(locals, [], {Attribute(a, Template(['x']))})"),
        ('{"locals": {"a": ""}}', "Block(locals, [], {Attribute(a, Template([]))})"),
        (
            '{"locals": {"a": "x${b.c}"}}',
            "Block(locals, [], {Attribute(a, Template(['x', Interpolation(GetAttr(b, c))]))})",
        ),
        (
            '{"locals": {"a": "\\u0078${b}\\n"}}',
            "Block(locals, [], {Attribute(a, Template(['x', Interpolation(b), '\\n']))})",
        ),
        (
            '{"locals": {"a": "${f(\\"b\\")}"}}',
            "Block(locals, [], {Attribute(a, Template([Interpolation(Call(f, [Template(['b'])], False))]))})",
        ),
        ('{"locals": {"a": "$${b}"}}', "Block(locals, [], {Attribute(a, Template(['${b}']))})"),
        (
            '{"locals": {"a": [1, -1.5, true, null]}}',
            "Block(locals, [], {Attribute(a, TupleExpr([1, -3/2, True, None]))})",
        ),
        (
            '{"locals": {"a": {"b": 1, "${c}": "${d}", "//": 2}}}',
            "Block(locals, [], {Attribute(a, ObjectExpr([ObjectItem(Template(['b']), 1),"
            " ObjectItem(Template([Interpolation(c)]), Template([Interpolation(d)])),"
            " ObjectItem(Template(['//']), 2)]))})",
        ),
        (
            '{"locals": {"a": "\\ud800"}, "//": 1}',
            "Block(locals, [], {Attribute(a, Template(['\ufffd']))})",
        ),
        ('[{"locals": {"//": 1, "a": 1}}]', "Block(locals, [], {Attribute(a, 1)})"),
        (
            '{"variable": {"v": {"type": "list(string)", "default": ["${x}"], "description": "%{"}}}',
            "Block(variable, [v], {Attribute(type, Call(list, [string], False)),"
            " Attribute(default, TupleExpr([Template(['${x}'])])),"
            " Attribute(description, Template(['%{']))})",
        ),
        (
            '{"variable": {"v": {"validation": [{"condition": "${a}"}, {"condition": "${b}"}]}}}',
            "Block(variable, [v], {Block(validation, [],"
            " {Attribute(condition, Template([Interpolation(a)]))}),"
            " Block(validation, [],"
            " {Attribute(condition, Template([Interpolation(b)]))})})",
        ),
        (
            '{"resource": {"t": {"n": {"provider": "aws.x", "user": "a", "depends_on": ["t.m"],'
            ' "lifecycle": {"ignore_changes": ["status", "tags[\\"x\\"]"]}}}}}',
            "Block(resource, [t, n], {Attribute(provider, GetAttr(aws, x)), Attribute(user, Template(['a'])),"
            " Attribute(depends_on, TupleExpr([GetAttr(t, m)])),"
            " Block(lifecycle, [], {Attribute(ignore_changes,"
            " TupleExpr([status, Index(tags, Template(['x']))]))})})",
        ),
        (
            '{"resource": {"t": {"n": {"lifecycle": {"ignore_changes": "all"}}}}}',
            "Block(resource, [t, n], {Block(lifecycle, [], {Attribute(ignore_changes, all)})})",
        ),
        (
            '{"resource": {"t": {"n": {"dynamic": {"s": {"for_each": "${x}", "iterator": "i",'
            ' "content": {"a": 1}}}}}}}',
            "Block(resource, [t, n], {Block(dynamic, [s], {Attribute(for_each, Template([Interpolation(x)])),"
            " Attribute(iterator, i), Block(content, [], {Attribute(a, 1)})})})",
        ),
        (
            '{"resource": {"t": {"n": {"provisioner": [{"p": {"when": "destroy"}}, {"q": {}}]}}}}',
            "Block(resource, [t, n], {Block(provisioner, [p], {Attribute(when, destroy)}),"
            " Block(provisioner, [q], {})})",
        ),
        (
            '{"import": {"to": "a\\u002eb", "provider": null}}',
            "Block(import, [], {Attribute(to, GetAttr(a, b)), Attribute(provider, None)})",
        ),
        (
            '{"removed": {"from": "t.n[\\"a\\"]", "lifecycle": {"destroy": false}}}',
            "Block(removed, [], {Attribute(from, Index(GetAttr(t, n), Template(['a']))),"
            " Block(lifecycle, [], {Attribute(destroy, False)})})",
        ),
        (
            '{"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}},'
            ' "backend": {"s3": {}}}}',
            "Block(terraform, [], {Block(required_providers, [], {Attribute(aws, ObjectExpr([ObjectItem("
            "Template(['source']), Template(['hashicorp/aws']))]))}), Block(backend, [s3], {})})",
        ),
        (
            '{"check": {"c": {"data": {"t": {"n": {"a": 1}}}}}}',
            "Block(check, [c], {Block(data, [t, n], {Attribute(a, 1)})})",
        ),
    ],
)
def test_a_block_reads_like_native_syntax(text: str, expected: str) -> None:
    (block,) = read(text)
    assert shape(block) == expected


def labels(text: str) -> list[tuple[str, ...]]:
    return [raw.labels for raw in split_json(SourceFile("main.tf.json", text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"resource": {"t": {"a": {}, "b": {}}}}', [("t", "a"), ("t", "b")]),
        ('{"resource": {"t": {"a": [{}, {}]}}}', [("t", "a"), ("t", "a")]),
        ('{"resource": {"t": [{"a": {}}, {"b": {}}]}}', [("t", "a"), ("t", "b")]),
        ('{"resource": [{"t": {"a": {}}}, {"t": {"b": {}}}]}', [("t", "a"), ("t", "b")]),
        ('{"resource": {"t": {"a": {}}}, "resource": {"t": {"b": {}}}}', [("t", "a"), ("t", "b")]),
        ('{"resource": {"t": {"a": {}}, "t": {"a": {}}}}', [("t", "a"), ("t", "a")]),
        ('[{"resource": {"t": {"a": {}}}}, {"resource": {"t": {"b": {}}}}]', [("t", "a"), ("t", "b")]),
        ('{"resource": {"aws_iam\\u005faccess_key": {"a": {}}}}', [("aws_iam_access_key", "a")]),
        ('{"resource": {"t": {"a": null}}}', []),
        ('{"locals": null}', []),
        ('{"provider": {"aws": [{"alias": "x"}, {}]}}', [("aws",), ("aws",)]),
        ("{}", []),
        ('{"//": {"resource": 1}}', []),
    ],
)
def test_every_block_is_found(text: str, expected: list[tuple[str, ...]]) -> None:
    assert labels(text) == expected


def test_a_block_knows_its_place() -> None:
    text = '{\n "resource": {\n  "t": {\n   "n": {\n    "user": "a${b}"\n   }\n  }\n }\n}\n'
    (raw,) = split_json(SourceFile("main.tf.json", text))
    block = raw.read()
    (user,) = block.body.attributes
    assert (raw.header.text, raw.header.line) == ('"n"', 4)
    assert raw.range == block.range == block.body.range
    assert block.range.text.startswith('{\n    "user"')
    assert block.body.json
    assert (user.range.text, user.name_range.line) == ('"user": "a${b}"', 5)
    assert user.expr.range.text == '"a${b}"'
    assert [part.range.text for part in user.expr.parts] == ["a", "${b}"]


def test_arguments_that_belong_to_a_provider_can_be_read_as_blocks() -> None:
    text = """{"provider": {"aws": {
        "assume_role": [{"role_arn": "${a}"}, {"role_arn": "b"}],
        "x": {"l": {"y": 1}}
    }}}"""
    (block,) = read(text)
    roles, labelled = block.body.attributes
    first, second = blocks(roles, 0, "assume_role")
    assert (first.type, shape(first.body)) == (
        "assume_role",
        "{Attribute(role_arn, Template([Interpolation(a)]))}",
    )
    assert first.body.attributes[0].expr.range.text == '"${a}"'
    assert second.range.text == '{"role_arn": "b"}'
    assert [item.labels for item in blocks(labelled, 1, "x")] == [("l",)]
    (empty,) = read('{"provider": {"p": {"x": {}}}}')[0].body.attributes
    with pytest.raises(SyntaxProblem, match="Missing block label"):
        blocks(empty, 1, "x")
    with pytest.raises(SyntaxProblem, match="Incorrect JSON value type"):
        blocks(first.body.attributes[0], 0, "role_arn")


def test_arguments_may_come_twice_only_where_they_may_be_blocks() -> None:
    (block,) = read('{"provider": {"aws": {"assume_role": {"a": 1}, "assume_role": {"a": 2}}}}')
    assert [item.name for item in block.body.attributes] == ["assume_role", "assume_role"]
    for second in ('"x"', "1", "{}"):
        with pytest.raises(SyntaxProblem, match="Duplicate argument"):
            read(f'{{"provider": {{"aws": {{"region": "a", "region": {second}}}}}}}')


def test_a_string_that_is_no_template_is_refused_only_when_evaluated() -> None:
    (variable,) = read('{"variable": {"v": {"description": "${region:-x}", "default": "${"}}}')
    assert not list(refused(variable))
    (locals,) = read('{"locals": {"a": {"k": "x${region:-y}"}, "b": {"c": 1, "c": 2}, "d": "\\u0024{"}}')
    problems = [(found.problem.summary, found.range.text) for found in refused(locals)]
    assert problems == [
        ("Extra characters after interpolation expression", '"x${region:-y}"'),
        ("Duplicate object attribute", '{"c": 1, "c": 2}'),
        ("Missing expression", '"\\u0024{"'),
    ]
    assert [found.problem.subject.text for found in refused(locals) if found.problem.subject][:2] == [
        ":",
        '"c"',
    ]


def test_a_variable_file_is_literal() -> None:
    text = '{"a": "${x}", "b": ["%{", {"${k}": "y"}], "c": null, "//": "comment"}'
    body = read_json_body(SourceFile("terraform.tfvars.json", text))
    assert shape(body) == (
        "{Attribute(a, Template(['${x}'])), Attribute(b, TupleExpr([Template(['%{']),"
        " ObjectExpr([ObjectItem(Template(['${k}']), Template(['y']))])])), Attribute(c, None)}"
    )


@pytest.mark.parametrize("text", ["[]", "1", '[{"a": 1}]', '{"a": 1, "a": 1}', "", '{"a": 1'])
def test_a_variable_file_is_one_object(text: str) -> None:
    with pytest.raises(SyntaxProblem):
        read_json_body(SourceFile("terraform.tfvars.json", text))


def test_what_is_no_reference_where_one_is_needed_shows_when_the_block_is_read() -> None:
    sound, broken = split_json(
        SourceFile("x.tf.json", '{"locals": {"a": 1}, "resource": {"t": {"n": {"provider": "${p}"}}}}')
    )
    assert sound.read().type == "locals"
    with pytest.raises(SyntaxProblem, match=r"x\.tf\.json:1:"):
        broken.read()
