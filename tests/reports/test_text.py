"""The text report: what a person reads, and that nothing in it can act."""

import re

import pytest

from guard.records import replace
from guard.reports import text
from guard.reports.excerpt import excerpt
from guard.source import SourceFile, SourceRange
from tests.reports.golden import check
from tests.reports.samples import ALICE, BOB, MANY, PASS, SAMPLES, WAIVED, hostile, report
from tests.reports.viewers import runner_commands


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - {"many"}))
def test_golden(name):
    check(f"{name}.txt", text.render(SAMPLES[name]))


def test_one_quiet_line_when_all_is_well():
    assert text.render(PASS).count("\n") == 1


def test_colour_changes_only_colours():
    for sample in SAMPLES.values():
        coloured = text.render(sample, colour=True)
        assert "\x1b[" in coloured
        assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == text.render(sample)


@pytest.mark.parametrize("columns", [80, 72])
def test_running_text_fits_the_terminal(columns):
    said = [
        text.render(SAMPLES[name], columns=columns) for name in ("undetermined", "plan", "audit", "possible")
    ]
    for line in "\n".join(said).split("\n"):
        assert len(line) <= columns or line.startswith(("iam-key-guard: ", "undetermined  ", "    "))


def test_plain_text_has_nothing_that_acts():
    shown = text.render(hostile())
    assert runner_commands(shown) == []
    assert all(character.isprintable() or character == "\n" for character in shown)


def test_what_a_waiver_covers_comes_after_what_counts():
    waived = replace(ALICE, waived=WAIVED.waived)
    shown = text.render(report(waived, BOB))
    assert shown.index("possible  bob") < shown.index("waived  alice")


def test_long_reports_end_with_the_verdict():
    lines = text.render(MANY).splitlines()
    assert lines[0] == lines[-1]
    assert "40 of 40 IAM users" in lines[0]


CARETS = [
    ("x = bad", "bad", ["    1 | x = bad", "      |     ^^^"]),
    ("\tx = bad", "bad", ["    1 |   x = bad", "      |       ^^^"]),
    ('x = "日本" + bad', "bad", ['    1 | x = "日本" + bad', "      |              ^^^"]),
    ("x = \x1b[31m bad", "bad", ["    1 | x = \\x1b[31m bad", "      | " + 13 * " " + "^^^"]),
    ("a {\n  b\n}", "{\n  b\n}", ["    1 | a {", "      |   ^"]),
]


@pytest.mark.parametrize(("source", "marked", "expected"), CARETS)
def test_caret_stands_under_the_text(source, marked, expected):
    start = source.index(marked)
    assert excerpt(SourceRange(SourceFile("a.tf", source), start, start + len(marked))) == expected


def test_excerpt_of_a_long_line_shows_the_place():
    source = "a" * 5000 + "bad" + "b" * 5000
    lines = excerpt(SourceRange(SourceFile("a.tf", source), 5000, 5003))
    column = lines[1].index("^")
    assert lines[0][column : column + 3] == "bad"
    assert max(map(len, lines)) < 140


def test_excerpt_of_a_wide_line_fits():
    source = "日" * 500 + "bad"
    lines = excerpt(SourceRange(SourceFile("a.tf", source), 500, 503), 40)
    assert lines[0].endswith("日bad")
    assert lines[1].endswith(" ^^^")


def test_excerpt_at_the_end_of_a_file():
    source = SourceFile("a.tf", "a {")
    assert excerpt(SourceRange(source, 3, 3)) == ["    1 | a {", "      |    ^"]


@pytest.mark.parametrize("file", ["prod.tfvars", "x.auto.tfvars.json", "plan.json", "terraform.tfstate"])
def test_values_are_not_excerpted(file):
    assert excerpt(SourceRange(SourceFile(file, "password = oops("), 0, 4)) == []
