"""GitHub annotations, read back by a model of the runner's parser."""

import pytest
from hypothesis import given

from guard.diagnostics import error, warning
from guard.inventory.model import Count
from guard.reports import github
from guard.rules import Verdict
from guard.source import SourceFile, SourceRange
from tests.reports.golden import check
from tests.reports.hostile import TEXTS, carrying
from tests.reports.samples import ALICE, MANY, SAMPLES, holder, key, report
from tests.reports.viewers import runner_commands


@pytest.mark.parametrize("name", ["violation", "mixed", "undetermined", "plan", "audit", "pass"])
def test_golden(name):
    check(f"{name}.github", github.render(SAMPLES[name]))


def test_silence_when_all_is_well():
    assert github.render(SAMPLES["pass"]) == ""


def test_what_the_runner_reads():
    command = runner_commands(github.render(SAMPLES["violation"]))[0]
    assert command.name == "error"
    assert command.properties == {
        "file": "envs/prod/main.tf",
        "line": "5",
        "endLine": "5",
        "col": "1",
        "endColumn": "39",
        "title": "An IAM user has more than one active access key: alice",
    }
    assert "module.ci.aws_iam_access_key.this[0] (modules/ci/main.tf:4)" in command.data
    assert command.data.splitlines()[-1].startswith("Keep one key of alice active")


@given(TEXTS)
def test_text_adds_no_command_and_no_property(text):
    shown = github.render(carrying(text))
    commands = runner_commands(shown)
    assert [command.name for command in commands] == ["error"] * 3 + ["warning"] * 3
    assert len(shown.splitlines()) == len(shown.split("\n")) - 1 == len(commands)
    for command in commands:
        assert set(command.properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert len(command.data) < 4096
    if len(text) < 900:
        assert all(command.properties["file"].endswith(".tf") for command in commands[:2])


def test_ten_of_a_level_at_most_and_how_many_more():
    commands = runner_commands(github.render(MANY))
    assert len(commands) == 10
    assert commands[-1].data == "31 more in the summary of this job."
    assert commands[-1].properties == {"title": "iam-key-guard: 31 more in the summary"}


def test_levels():
    assert [c.name for c in runner_commands(github.render(SAMPLES["waiver"]))] == ["notice"]
    assert [c.name for c in runner_commands(github.render(SAMPLES["plan"]))] == ["warning"]
    tolerated = report(ALICE, exit_code=0)
    assert [c.name for c in runner_commands(github.render(tolerated))] == ["warning"]


def test_a_range_over_lines_has_no_columns():
    place = SourceRange(SourceFile("a.tf", "a {\n}\n"), 0, 5)
    command = runner_commands(github.render(report(diagnostics=(error("Bad", "It is.", place),))))[0]
    assert command.properties == {"file": "a.tf", "line": "1", "endLine": "2", "title": "Bad"}


def test_long_messages_are_cut_before_github_cuts_them():
    keys = [key("u" * 400, f"module.{'m' * 280}.aws_iam_access_key.k[{n}]") for n in range(100)]
    users = report(holder(Verdict.VIOLATION, Count(100, 100), *keys), diagnostics=(warning("W", "x" * 9000),))
    commands = runner_commands(github.render(users))
    assert all(3_000 < len(command.data) < 4_096 for command in commands)
