"""The JUnit report: well-formed for every text, and a case per user."""

from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given

from guard.reports import junit
from guard.visible import visible
from tests.reports.golden import check
from tests.reports.hostile import TEXTS, carrying
from tests.reports.samples import SAMPLES
from tests.reports.viewers import runner_commands


@pytest.mark.parametrize("name", ["violation", "mixed", "undetermined", "plan", "audit", "pass", "empty"])
def test_golden(name):
    check(f"{name}.junit.xml", junit.render(SAMPLES[name]))


@pytest.mark.parametrize("name", SAMPLES)
def test_a_case_per_user(name):
    value = SAMPLES[name]
    suites = fromstring(junit.render(value))
    others = ("reading", "what this change allows itself")
    cases = [case for suite in suites if suite.get("name") not in others for case in suite]
    assert sorted(case.get("name") for case in cases) == sorted(user.label for user in value.users)
    for element in (suites, *suites):
        for attribute, kind in (
            ("tests", ""),
            ("failures", "/failure"),
            ("errors", "/error"),
            ("skipped", "/skipped"),
        ):
            assert int(element.get(attribute)) == len(element.findall(f".//testcase{kind}"))


def test_what_a_change_allows_itself_is_shown_and_fails_nothing():
    suite = fromstring(junit.render(SAMPLES["change"]))[-1]
    assert [(case.get("name"), [child.tag for child in case]) for case in suite] == [
        ("Ignore added by this change", ["skipped"])
    ]


def test_verdicts():
    cases = {
        case.get("name"): [child.tag for child in case]
        for case in fromstring(junit.render(SAMPLES["mixed"]))[0]
    }
    assert cases == {
        "dave": [],
        "alice": ["failure"],
        "bob": ["failure"],
        "each.value": ["error"],
        "eve": ["skipped"],
    }


@given(TEXTS)
def test_text_is_only_text(text):
    shown = junit.render(carrying(text))
    root = fromstring(shown)
    assert {element.tag for element in root.iter()} <= {
        "testsuites", "testsuite", "testcase", "failure", "error", "skipped"
    }  # fmt: skip
    assert root[0][0].get("name") == visible(text)
    assert runner_commands(shown) == []
