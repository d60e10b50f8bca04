"""Knowing less never changes what a function of text gives, it only leaves it open."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.values.equality import compare
from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.joined import joined
from guard.values.types import STRING, ListOf, TupleOf
from guard.values.value import number, object_of, string, wholly_known
from tests.lang.functions.calling import call_with
from tests.values.strategies import VALUES, hidden, input_for, values_of

LETTERS = st.text("aB-_1. é", max_size=6)
TEXT = LETTERS.map(string)
PART = st.text("aB-_1. é", max_size=2).map(string)
SMALL = st.integers(-2, 4).map(number)
TEXTS = st.one_of(values_of(ListOf(STRING)), values_of(TupleOf((STRING, STRING))))
FORMATS = st.sampled_from(
    ["%s", "a-%s", "%s-%s", "%v", "%q!", "%5s|%-3s", "%d", "%03d", "%t", "%.1f", "%#v", "%x", "%%", ""]
)
PATTERNS = st.sampled_from(["a", "(a)(B)?", "(?P<n>[aB]+)", "^-", "", "[", "é$"])
TEMPLATES = st.sampled_from(["${v}", "a-${v}", "%{ if true }${v}%{ endif }", "${upper(v)}-é", "${v", "${w}"])

SHAPES = {
    "base64decode": (st.sampled_from(["YQ==", "?", ""]).map(string),),
    "base64encode": (TEXT,),
    "chomp": (TEXT,),
    "csvdecode": (st.sampled_from(["a,b\n1,2", "a,a", ""]).map(string),),
    "endswith": (TEXT, PART),
    "format": (FORMATS.map(string), VALUES, VALUES),
    "formatlist": (FORMATS.map(string), TEXTS, VALUES),
    "indent": (SMALL, TEXT),
    "join": (PART, TEXTS, TEXTS),
    "jsondecode": (st.sampled_from(["1", '{"a":[1]}', '"x"', "[", "null"]).map(string),),
    "jsonencode": (VALUES,),
    "lower": (TEXT,),
    "md5": (TEXT,),
    "regex": (PATTERNS.map(string), TEXT),
    "regexall": (PATTERNS.map(string), TEXT),
    "replace": (TEXT, PART, PART),
    "split": (PART, TEXT),
    "startswith": (TEXT, PART),
    "strcontains": (TEXT, PART),
    "strrev": (TEXT,),
    "substr": (TEXT, SMALL, SMALL),
    "templatestring": (TEMPLATES.map(string), VALUES.map(lambda value: object_of({"v": value}))),
    "timeadd": (st.sampled_from(["2020-01-01T00:00:00Z", "x"]).map(string), st.just(string("1h"))),
    "title": (TEXT,),
    "trim": (TEXT, PART),
    "trimprefix": (TEXT, PART),
    "trimspace": (TEXT,),
    "trimsuffix": (TEXT, PART),
    "upper": (TEXT,),
    "urlencode": (TEXT,),
    "yamldecode": (st.sampled_from(["a: 1", "- x", "["]).map(string),),
    "yamlencode": (VALUES,),
}


@st.composite
def cut(draw, given):
    """A text cut in pieces of which some are not given."""
    text = given.text
    places = sorted(draw(st.sets(st.integers(0, len(text)), max_size=3)))
    pieces = [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]
    return joined(input_for(string(piece)) if draw(st.booleans()) else piece for piece in pieces)


def less_known(data, argument):
    if isinstance(argument.data, str) and data.draw(st.booleans()):
        return data.draw(cut(argument))
    return data.draw(hidden(argument))


def knowing_less(name, data):
    arguments = [data.draw(shape) for shape in SHAPES[name]]
    less = [less_known(data, argument) for argument in arguments]
    try:
        full = call_with(name, *arguments)
    except (EvaluationError, NotDeterminedError):
        full = None
    try:
        result = call_with(name, *less)
    except EvaluationError:
        assert full is None
        return
    if full is None or not wholly_known(full):
        return
    if wholly_known(result):
        assert result == full
    else:
        assert compare(result, full).is_equal is not False


@pytest.mark.parametrize("name", SHAPES)
def test_knowing_less(name):
    settings(max_examples=30, deadline=None)(given(st.just(name), st.data())(knowing_less))()


@pytest.mark.long
@pytest.mark.parametrize("name", SHAPES)
def test_knowing_less_longer(name):
    settings(max_examples=1000, deadline=None)(given(st.just(name), st.data())(knowing_less))()
