"""The configuration in a plan, read down to what matters."""

import json
from io import BytesIO
from typing import Any

import pytest

from guard.inventory.document import DocumentError, open_document
from guard.inventory.jsonstream import JsonReader
from guard.inventory.plan.configuration import Configuration, Expression, expression_of, read_configuration
from tests.inventory.writing import call, expression, provider, resource


def configuration(document: dict[str, Any], *, sort: bool = False) -> Configuration:
    text = json.dumps({"configuration": document}, sort_keys=sort).encode()
    with open_document("-", BytesIO(text)) as opened:
        reader = JsonReader(opened)
        (found,) = [read_configuration(reader) for _ in reader.members()]
    return found


DOCUMENT = {
    "provider_config": {
        "aws": provider(region="r", secret_key="CANARY", assume_role=["arn:x"]),
        "module.m:aws.x": provider("x", module="module.m"),
    },
    "root_module": {
        "outputs": {"o": {"expression": {"references": ["local.o"]}, "sensitive": True}},
        "resources": [
            resource(
                "aws_iam_access_key.k",
                user=["var.u", "each.key"],
                status="Active",
                for_each=["local.m"],
                pgp_key="x",
            ),
            resource("aws_iam_user.x", provider="aws.dev", name="n", count=2),
            resource("aws_db_instance.d", provider="db", user="dbadmin", password="CANARY"),
            resource("aws_iam_access_key.d", user="u") | {"mode": "data"},
        ],
        "module_calls": {
            "m": call(
                {"variables": {"v": {"default": [1, "a"], "description": "d"}, "w": {}}}, v="x", count=3
            )
        },
        "variables": {"u": {"default": "ann"}},
    },
}


@pytest.mark.parametrize("sort", [False, True])
def test_what_is_read(sort: bool) -> None:
    found = configuration(DOCUMENT, sort=sort)
    assert set(found.root.resources) == {("aws_iam_access_key", "k"), ("aws_iam_user", "x")}
    key = found.root.resources["aws_iam_access_key", "k"]
    assert key.arguments == {
        "user": Expression(references=("var.u", "each.key")),
        "status": Expression("Active", is_constant=True),
    }
    assert (key.provider, key.for_each) == ("aws", Expression(references=("local.m",)))
    user = found.root.resources["aws_iam_user", "x"]
    assert (user.provider, user.for_each) == ("aws.dev", None)
    assert found.root.providers == {"aws", "aws.dev", "db"}
    assert found.root.outputs == {"o": Expression(references=("local.o",))}
    assert found.root.defaults == {"u": "ann"}
    assert found.root.calls["m"].arguments == {"v": Expression("x", is_constant=True)}
    assert found.root.calls["m"].module.defaults == {"v": [1, "a"], "w": None}
    assert found.root.calls["m"].for_each is None
    assert found.providers["aws"].roles == [Expression("arn:x", is_constant=True)]
    assert (found.providers["aws"].is_set, found.providers["module.m:aws.x"].is_set) == (True, False)
    assert "CANARY" not in repr(found)
    assert "dbadmin" not in repr(found)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"constant_value": None}, Expression(None, is_constant=True)),
        ({"constant_value": "\0"}, Expression()),
        ({"references": "var.x"}, Expression()),
        ({"references": ["var.x", 1]}, Expression(references=("var.x",))),
        ({}, Expression()),
        ([{"constant_value": 1}], Expression()),
        (None, Expression()),
        ("x", Expression()),
    ],
)
def test_expressions(value: Any, expected: Expression) -> None:
    assert expression_of(value) == expected


def test_a_text_too_long_to_be_a_name_says_nothing() -> None:
    found = configuration({"root_module": {"resources": [resource("aws_iam_access_key.k", user="x" * 3000)]}})
    assert found.root.resources["aws_iam_access_key", "k"].arguments == {"user": Expression()}


@pytest.mark.parametrize("value", [None, {}, {"provider_config": None, "root_module": {"x": 1}}])
def test_nothing_need_be_there(value: Any) -> None:
    assert configuration(value) == Configuration()


@pytest.mark.parametrize(
    "value", [[], "x", {"provider_config": []}, {"root_module": 1}, {"root_module": {"resources": {}}}]
)
def test_what_is_not_of_its_form_is_refused(value: Any) -> None:
    with pytest.raises(DocumentError, match="should be"):
        configuration(value)


def test_calls_nested_too_deep() -> None:
    text = '{"root_module":' + '{"module_calls":{"m":{"module":' * 5_000 + "{}" + "}}}" * 5_000 + "}"
    with open_document("-", BytesIO(b'{"configuration":' + text.encode() + b"}")) as opened:
        reader = JsonReader(opened)
        with pytest.raises(DocumentError, match="More than 100 module calls"):
            [read_configuration(reader) for _ in reader.members()]


def test_provider_types() -> None:
    found = configuration({"provider_config": {"a": provider(), "b": {"name": "aws.x"}, "c": {}}})
    assert [block.type for block in found.providers.values()] == ["aws", "aws", ""]
    assert expression(["x"]) == {"references": ["x"]}
