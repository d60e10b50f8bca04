"""docs/functions.md tells the state of every function, and of no other."""

import re
from collections import Counter
from pathlib import Path

import pytest

from guard.lang.functions import FUNCTIONS
from guard.lang.functions.call import call
from guard.values.errors import EvaluationError
from guard.values.unknown import Kind
from guard.values.value import string
from tests.lang.functions.calling import call_with

PAGE = (Path(__file__).parents[3] / "docs" / "functions.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| ([\w ]+) \|", PAGE, re.MULTILINE)
STATES = set(re.findall(r"^\| ([A-Za-z ]+) \| [^|`]+ \|$", PAGE, re.MULTILINE)) - {"state"}
STATE_OF = dict(ROWS)
IN_THE_EVALUATOR = {"try", "can"}
EXAMPLES = {
    "timestamp": (),
    "uuid": (),
    "bcrypt": (string("a"),),
    "plantimestamp": (),
    "base64gzip": (string("a"),),
    "rsadecrypt": (string("YQ=="), string("key")),
}


def test_every_function_is_described_once():
    assert {name: count for name, count in Counter(name for name, _ in ROWS).items() if count > 1} == {}
    assert set(STATE_OF) == set(FUNCTIONS) | IN_THE_EVALUATOR


def test_states_are_explained():
    assert set(STATE_OF.values()) <= STATES


@pytest.mark.parametrize("name", [name for name, state in ROWS if state in ("at apply", "not known")])
def test_functions_that_are_not_known_are_not_known(name):
    kind = {"at apply": Kind.AT_APPLY, "not known": Kind.UNREAD}[STATE_OF[name]]
    assert call_with(name, *EXAMPLES[name]).unknown.kind is kind


@pytest.mark.parametrize("name", [name for name, state in ROWS if state == "refused"])
def test_functions_that_are_refused_are_refused(name):
    with pytest.raises(EvaluationError):
        call_with(name, string("a"))


def test_the_page_names_the_module_that_calls():
    assert call.__module__.rpartition(".")[0].replace(".", "/") in PAGE
