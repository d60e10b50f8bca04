"""Addresses and references, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.addresses import NO_KEY, ROOT_MODULE, WILDCARD, ModuleInstance, ResourceInstance, quoted
from guard.inventory.traversal import Index, heads, resource_instance, steps, unquoted

NAMES = st.from_regex(r"[a-z_][a-z0-9_-]{0,5}", fullmatch=True).filter(
    lambda name: name not in ("module", "data")
)
KEYS = st.just(NO_KEY) | st.integers(0, 10**9) | st.text(max_size=6).filter(lambda text: "\x00" not in text)
MODULES = st.lists(st.tuples(NAMES, KEYS), max_size=3).map(lambda found: ModuleInstance(tuple(found)))
ADDRESSES = st.builds(ResourceInstance, MODULES, NAMES, NAMES, KEYS, st.sampled_from(["managed", "data"]))


@given(ADDRESSES)
def test_an_address_is_read_as_it_is_written(address: ResourceInstance) -> None:
    assert resource_instance(str(address)) == address


@given(st.text())
def test_quoting_is_undone(text: str) -> None:
    assert unquoted(quoted(text)) == text


@given(st.text(max_size=40))
def test_any_text_is_taken(text: str) -> None:
    steps(text)
    resource_instance(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("var.a", ("var", "a")),
        ('var.a["b c"].d', ("var", "a", Index("b c"), "d")),
        ("x.y[0].z", ("x", "y", Index(0), "z")),
        ("x.y[*]", ("x", "y", Index(WILDCARD))),
        (r'x.y["q\"u\\o\n\te"]', ("x", "y", Index('q"u\\o\n\te'))),
        (r'x.y["$${a} %%{b} é\U0001F600 $$ %%"]', ("x", "y", Index("${a} %{b} é😀 $$ %%"))),
        (r'x["\UFFFFFFFF\q"]', ("x", Index("\U0010ffffq"))),
        ("größe.naïve-x", ("größe", "naïve-x")),
        ("", ()),
        ("a b", ()),
        ("a[", ()),
        ('a["b]', ()),
        ("a[-1]", ()),
        ("a.0", ()),
    ],
)
def test_steps(text: str, expected: tuple[object, ...]) -> None:
    assert steps(text) == expected


@pytest.mark.parametrize(
    "text", ["", "module.m", "aws_iam_user", "a.b.c", "a.b[0].c", "data.a", "module.m[0]"]
)
def test_what_names_no_resource_instance(text: str) -> None:
    assert resource_instance(text) is None


def test_a_module_called_module() -> None:
    found = resource_instance("module.module.aws_iam_user.x")
    assert found == ResourceInstance(ROOT_MODULE.child("module"), "aws_iam_user", "x")


@pytest.mark.parametrize(
    ("references", "expected"),
    [
        (["x.u.id", "x.u"], [("x", "u", "id")]),
        (['x.u["a"].id', 'x.u["a"]', "x.u"], [("x", "u", Index("a"), "id")]),
        (["x.u", "each.key"], [("x", "u"), ("each", "key")]),
        (["x.u.id", "x.u", "x.u.id", "x.u"], [("x", "u", "id"), ("x", "u", "id")]),
        (["x.u.id", "x.u", "x.u"], [("x", "u", "id"), ("x", "u")]),
        (["var.a", "var.a"], [("var", "a"), ("var", "a")]),
        (["!"], [()]),
        ([], []),
    ],
)
def test_heads(references: list[str], expected: list[tuple[object, ...]]) -> None:
    assert list(heads(references)) == expected
