"""Twice the users take about twice the work in every format."""

import sys

import pytest

from guard.inventory.model import Count
from guard.reports import FORMATS
from guard.rules import Verdict
from tests.reports.samples import holder, key, report


def many(number):
    users = ([key(f"user{n}", f"aws_iam_access_key.k{n}[{i}]") for i in range(2)] for n in range(number))
    return report(*(holder(Verdict.VIOLATION, Count(2, 2), *keys) for keys in users))


def calls(render, value):
    """How many functions are called: the same at every run, unlike time."""
    number = 0

    def count(_frame, event, _argument):
        nonlocal number
        number += event == "call"

    sys.setprofile(count)
    try:
        render(value)
    finally:
        sys.setprofile(None)
    return number


@pytest.mark.parametrize("name", FORMATS)
def test_growth(name):
    render = FORMATS[name].render
    render(many(1))  # what is imported and compiled once
    assert calls(render, many(400)) < 2.5 * calls(render, many(200))
