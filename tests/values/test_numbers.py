"""Numbers print, round and compute as the real Terraform's do (recorded with 1.11.4)."""

import math

import pytest

from guard.values.errors import ConversionError, NotDeterminedError, OperationError
from guard.values.numbers import (
    add,
    brief_text,
    counted,
    divide,
    format_number,
    from_float,
    modulo,
    multiply,
    negate,
    parse_number,
    subtract,
)

THIRD = divide(1, 3)
ROOT = from_float(math.sqrt(2))

PRINTED = [
    (THIRD, "0." + "3" * 154 + "5"),
    (divide(2, 3), "0." + "6" * 153 + "7"),
    (divide(100, 7), "14." + "285714" * 25 + "286"),
    (multiply(THIRD, 3), "1"),
    (subtract(divide(2, 3), THIRD), "0." + "3" * 154 + "5"),
    (subtract(1, parse_number("0.9")), "0.1" + "0" * 153 + "3"),
    (add(parse_number("0.1"), parse_number("0.2")), "0.3"),
    (divide(counted(1), counted(3)), "0.33333333333333333334"),
    (ROOT, "1.4142135623730951"),
    (add(ROOT, 1), "2.4142135623730951454746218587388284504413604736328125"),
    (multiply(ROOT, from_float(math.sqrt(3))), "2.4494897427831781237221939200634"),
    (from_float(2.0**1000), "10715086071862673" + "0" * 285),
    (add(from_float(2.0**70), counted(1)), "1180591620717411303400"),
    (multiply(parse_number("1e308"), parse_number("1e308")), "1" + "0" * 153 + "1" + "0" * 462),
    (negate(0), "-0"),
    (multiply(0, -1), "-0"),
    (add(negate(0), negate(0)), "-0"),
    (add(negate(0), 0), "0"),
    (negate(negate(0)), "0"),
    (divide(0, -3), "-0"),
    (modulo(7, 3), "1"),
    (modulo(7, -3), "1"),
    (modulo(-5, 3), "-2"),
    (modulo(parse_number("-5.5"), 2), "-1.5"),
    (modulo(5, 0), "5"),
    (parse_number("0.1"), "0.1"),
    (parse_number("1e-7"), "0.0000001"),
    (parse_number("1e-400"), "0." + "0" * 399 + "1"),
    (parse_number("-1.50"), "-1.5"),
    (parse_number("016"), "16"),
    (parse_number("+1"), "1"),
    (parse_number("5."), "5"),
    (parse_number(".5"), "0.5"),
    (parse_number("1e+5"), "100000"),
    (parse_number("1p5"), "32"),
    (parse_number("-0"), "-0"),
    (parse_number("0e99999999"), "0"),
    (parse_number("3.0000000000000000000000000000000000000001"), "3." + "0" * 39 + "1"),
]


@pytest.mark.parametrize(("value", "text"), PRINTED, ids=[text[:20] for _, text in PRINTED])
def test_numbers_print_as_terraform_prints_them(value, text):
    assert format_number(value) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "a",
        "1 ",
        " 1",
        "--1",
        "0x10",
        "1_000",
        "1e",
        "NaN",
        "1.2.3",
        "\u0661",
        "infinity",
        "1e99999999999",
        "1e9999999999",
    ],
)
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ConversionError, match="a number is required"):
        parse_number(text)


@pytest.mark.parametrize(
    "text", ["1e999999999", "1e-999999999", "inf", "-Inf", "9" * 5000, "1e9999", "0." + "0" * 5000 + "1"]
)
def test_absurd_numbers_are_not_expanded(text):
    with pytest.raises(NotDeterminedError):
        parse_number(text)


def test_division_by_zero():
    with pytest.raises(OperationError, match="can't divide zero by zero"):
        divide(0, 0)
    with pytest.raises(NotDeterminedError):
        divide(1, 0)


def test_numbers_do_not_grow_without_bounds():
    value = parse_number("1e3000")
    with pytest.raises(NotDeterminedError):
        multiply(value, multiply(value, value))


@pytest.mark.parametrize(
    ("text", "brief"),
    [
        ("0", "0"),
        ("-0", "-0"),
        ("-12", "-12"),
        ("1e9", "1000000000"),
        ("1e10", "1e+10"),
        ("12345678901", "1.23456789e+10"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-05"),
        ("99999999999.9", "1e+11"),
        ("1.00000000005", "1"),
        ("1234567890.5", "1234567890"),
        ("1234567891.5", "1234567892"),
        ("0.12345678915001", "0.1234567892"),
    ],
)
def test_short_text_has_ten_digits(text, brief):
    assert brief_text(parse_number(text)) == brief


@pytest.mark.parametrize(
    ("power", "text"),
    [
        (63, "9223372036854776000"),
        (64, "18446744073709550000"),
        (100, "1267650600228229400000000000000"),
        (-10, "0.0009765625"),
        (-30, "0.0000000009313225746154785"),
    ],
)
def test_powers_of_two_print_as_go_prints_them(power, text):
    """Go's shortest text takes no care of powers of two: it may be nearer to the next number below."""
    assert format_number(from_float(2.0**power)) == text


def test_a_negative_zero_of_a_float():
    assert format_number(from_float(-0.0)) == "-0"


def test_rounding_carries_into_another_bit():
    assert format_number(add(from_float(2.0**53 - 1), counted(0))) == "9007199254740991"
    assert divide(2**513 - 1, 2**513) == 1
