"""Logarithm and power of 64-bit floats as Go's math package computes them, to the last digit.

The C library's results differ from Go's in the last digit, which shows in numbers made into names.
Only a power with a fraction other than a half may differ still: there Go's result depends on the processor.
"""

from __future__ import annotations

import math
import sys

LARGEST = sys.float_info.max
INFINITIES = (math.inf, -math.inf)
_LN2_HIGH = float.fromhex("0x1.62e42feep-1")
_LN2_LOW = float.fromhex("0x1.a39ef35793c76p-33")
_ODD_TERMS = (
    6.666666666666735130e-01,
    2.857142874366239149e-01,
    1.818357216161805012e-01,
    1.479819860511658591e-01,
)
_EVEN_TERMS = (3.999999999940941908e-01, 2.222219843214978396e-01, 1.531383769920937332e-01)
_HALF = 0.5
_EXPONENTS = 1 << 12
_HUGE = float(1 << 63)


def log(value: float) -> float:
    """The natural logarithm, by the method of https://www.netlib.org/fdlibm/e_log.c

    With value = 2**k * (1 + f) and s = f / (2 + f), log(1 + f) = log(1 + s) - log(1 - s): a series in s.
    """
    if value <= 0:
        return -math.inf if value == 0 else math.nan
    fraction, exponent = math.frexp(value)
    if fraction < math.sqrt(2) / 2:
        fraction, exponent = fraction * 2, exponent - 1
    f = fraction - 1
    s = f / (2 + f)
    square = s * s
    fourth = square * square
    rest = square * _polynomial(_ODD_TERMS, fourth) + fourth * _polynomial(_EVEN_TERMS, fourth)
    half = 0.5 * f * f
    return exponent * _LN2_HIGH - ((half - (s * (half + rest) + exponent * _LN2_LOW)) - f)


def _polynomial(terms: tuple[float, ...], x: float) -> float:
    result = terms[-1]
    for term in terms[-2::-1]:
        result = term + x * result
    return result


def divided(left: float, right: float) -> float:
    """The quotient with the infinities of floats."""
    if right:
        return left / right
    if not left or math.isnan(left):
        return math.nan
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def power(base: float, exponent: float) -> float:
    """base ** exponent for finite numbers."""
    if exponent == 0 or base == 1:
        return 1.0
    if base == 0:
        return _power_of_zero(base, exponent)
    if abs(exponent) == _HALF:
        return _root(base) if exponent > 0 else divided(1.0, _root(base))
    whole, part = _split(abs(exponent))
    if part and base < 0:
        return math.nan
    if whole >= _HUGE:
        return _huge_power(base, exponent)
    start = 1.0
    if part:
        if part > _HALF:
            part, whole = part - 1, whole + 1
        start = math.exp(part * log(base))
    return _squared_up(base, int(whole), start, exponent < 0)


def _split(value: float) -> tuple[float, float]:
    part, whole = math.modf(value)
    return whole, part


def _root(value: float) -> float:
    return math.sqrt(value) if value >= 0 else math.nan


def _power_of_zero(base: float, exponent: float) -> float:
    odd = exponent % 2 == 1
    if exponent < 0:
        return math.copysign(math.inf, base) if odd else math.inf
    return base if odd else 0.0


def _huge_power(base: float, exponent: float) -> float:
    if base == -1:
        return 1.0
    return 0.0 if (abs(base) < 1) == (exponent > 0) else math.inf


def _squared_up(base: float, whole: int, result: float, inverse: bool) -> float:
    """result * base**whole by successive squarings, the exponents of two kept apart."""
    factor, step = math.frexp(base)
    exponent = 0
    while whole:
        if abs(step) > _EXPONENTS:
            exponent += step
            break
        if whole & 1:
            result *= factor
            exponent += step
        factor *= factor
        step <<= 1
        if factor < _HALF:
            factor += factor
            step -= 1
        whole >>= 1
    return _scaled(1 / result, -exponent) if inverse else _scaled(result, exponent)


def _scaled(value: float, exponent: int) -> float:
    try:
        return math.ldexp(value, exponent)
    except OverflowError:
        return math.copysign(math.inf, value)
