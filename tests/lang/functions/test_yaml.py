"""YAML, against what the real Terraform made of recorded calls, and its bounds."""

import pytest

from guard.lang.budget import Budget
from guard.lang.functions.yaml_writer import write_yaml
from guard.values.errors import NotDeterminedError
from guard.values.value import string, tuple_of
from tests.lang.functions.calling import answer, call_with, recorded_calls


@pytest.mark.parametrize(("expression", "expected"), recorded_calls("yamldecode yamlencode"))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


def test_a_document_of_aliases_does_not_explode():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    with pytest.raises(NotDeterminedError, match="too expensive"):
        call_with("yamldecode", string("\n".join(lines)))


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_documents_are_refused(opening):
    with pytest.raises(NotDeterminedError, match="nested too deeply"):
        call_with("yamldecode", string(opening * 2_000))


def test_infinity_is_beyond_us():
    with pytest.raises(NotDeterminedError, match="Number too large"):
        call_with("yamldecode", string("a: .inf"))


def test_aliases_are_the_values_of_their_anchors():
    assert answer('yamldecode("a: &x {b: 1}\\nc: *x\\nd: [*x]")') == {
        "v": {"a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}]}
    }


def test_deep_values_are_written():
    value = string("x")
    for _ in range(2_000):
        value = tuple_of([value])
    assert write_yaml(value, Budget()) == "- " * 2_000 + '"x"\n'
