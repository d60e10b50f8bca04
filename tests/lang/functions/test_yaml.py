"""YAML, against what the real Terraform made of recorded calls, and its bounds."""

import pytest

from tests.lang.functions.calling import answer, recorded_calls


@pytest.mark.parametrize(("expression", "expected"), recorded_calls("yamldecode yamlencode"))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected
