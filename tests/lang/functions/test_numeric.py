"""Functions over numbers and booleans: as recorded, and what inputs allow."""

import math

import pytest

from guard.lang.functions import floats64
from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.numbers import format_number, from_float, negate, parse_number
from guard.values.types import ANY, BOOL, NUMBER
from guard.values.unknown import Ask, Kind, Question
from guard.values.value import FALSE, SENSITIVE, TRUE, null, number, string, tuple_of
from tests.lang.functions.calling import answer, call_with, recorded_calls
from tests.values.samples import COUNT, FLAG, at_apply, not_given

FUNCTIONS = "abs alltrue anytrue ceil floor log max min parseint pow signum sum"
LEARNT = at_apply("local.b", BOOL)


INFINITE = {"log(0, 10)", "log(0,2)"}  # Terraform goes on with infinity, which we do not compute


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(FUNCTIONS, without=INFINITE))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


BOOLEANS = [
    ("alltrue", [FLAG, FALSE], FALSE),
    ("alltrue", [LEARNT, FALSE], None),
    ("alltrue", [FALSE, LEARNT], FALSE),
    ("alltrue", [FLAG, TRUE], None),
    ("alltrue", [null(BOOL), FLAG], FALSE),
    ("anytrue", [FLAG, TRUE], TRUE),
    ("anytrue", [LEARNT, TRUE], TRUE),
    ("anytrue", [LEARNT, FALSE], None),
    ("anytrue", [null(BOOL), FLAG], None),
]


@pytest.mark.parametrize(("name", "items", "expected"), BOOLEANS)
def test_booleans(name, items, expected):
    result = call_with(name, tuple_of(items))
    assert result == expected if expected else result.type is BOOL
    assert result.is_unknown is (expected is None)


def test_truth_is_asked_for():
    assert call_with("alltrue", tuple_of([FLAG, TRUE])).unknown.questions == (Question(Ask.TRUTH, FLAG),)
    assert call_with("sum", tuple_of([COUNT, number(1)])).type is NUMBER


def test_numbers_that_are_picked_are_the_very_values():
    given = number(3)
    assert call_with("max", number(1), given) is given
    assert call_with("min", given, number(4)) is given
    assert call_with("abs", given) is given
    assert format_number(call_with("abs", number(negate(0))).number) == "0"


POWERS = [
    (2, 10, 1024.0),
    (2, -1, 0.5),
    (-2, 3, -8.0),
    (0, 0, 1.0),
    (0, 2, 0.0),
    (1, 0.3, 1.0),
    (9, 0.5, 3.0),
    (4, -0.5, 0.5),
    (8, 1 / 3, 2.0),
    (2, 1.75, 2**1.75),
    (-1, 2.0**70, 1.0),
    (0.5, 2.0**70, 0.0),
    (0.5, 1e5, 0.0),
]


@pytest.mark.parametrize(("base", "exponent", "expected"), POWERS)
def test_powers(base, exponent, expected):
    result = call_with("pow", number(from_float(float(base))), number(from_float(float(exponent))))
    assert math.isclose(float(result.number), expected, rel_tol=1e-15)


@pytest.mark.parametrize(
    ("base", "exponent"), [(0, -1), (0, -2), (2, 1e5), (-2, 1e5 + 1), (2, 2.0**70), (0.5, -1e5)]
)
def test_infinite_powers_are_not_computed(base, exponent):
    with pytest.raises(NotDeterminedError, match="infinity"):
        call_with("pow", number(from_float(float(base))), number(from_float(float(exponent))))


@pytest.mark.parametrize(("base", "exponent"), [(-8, 0.3), (-1, 0.5)])
def test_powers_that_are_no_numbers_are_refused(base, exponent):
    with pytest.raises(EvaluationError, match="NaN"):
        call_with("pow", number(base), number(from_float(exponent)))


def test_logarithms():
    assert call_with("log", number(8), number(2)) == number(3)
    assert format_number(call_with("log", number(10), number(3)).number) == "2.095903274289385"
    assert math.isclose(
        float(call_with("log", number(parse_number("0.6")), number(7)).number), math.log(0.6, 7)
    )
    for refused in ((0, 2), (2, 1)):
        with pytest.raises(NotDeterminedError):
            call_with("log", *map(number, refused))
    for refused in ((-1, 2), (1, 1)):
        with pytest.raises(EvaluationError, match="NaN"):
            call_with("log", *map(number, refused))
    assert floats64.divided(-1.0, 0.0) == -math.inf


def test_numbers_too_large_for_floats_are_refused():
    with pytest.raises(EvaluationError, match="value must be between -1797"):
        call_with("log", number(parse_number("1e400")), number(2))


def test_parsing_integers():
    assert call_with("parseint", string("ff"), number(16)) == number(255)
    assert call_with("parseint", string("-zZ"), number(62)) == number(-2231)
    assert call_with("parseint", not_given("s"), number(10)).type is NUMBER
    assert call_with("parseint", not_given("s", ANY), number(10)).is_unknown
    assert call_with("parseint", string("1").marked(SENSITIVE), number(10)).marks == SENSITIVE
    with pytest.raises(EvaluationError) as refused:
        call_with("parseint", string("s3cret").marked(SENSITIVE), number(10).marked(SENSITIVE))
    assert "s3cret" not in str(refused.value)
    with pytest.raises(NotDeterminedError, match="too many digits"):
        call_with("parseint", string("1" * 5000), number(10))


def test_sums_know_what_they_learn_at_apply():
    assert call_with("sum", tuple_of([at_apply("n", NUMBER), number(1)])).unknown.kind is Kind.AT_APPLY
