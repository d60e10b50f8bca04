"""The action's inputs: each becomes the arguments it stands for, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import entrypoint
from guard.cli import command_parser
from guard.diagnostics import UsageError
from tests.reports.hostile import TEXTS
from tests.reports.viewers import runner_commands

ROOT = Path(entrypoint.__file__).parent
FILES = ("sarif", "json", "html", "junit")
SHOWN = ["--format=text", "--format=github"]

CASES = [
    ({}, ["check", *SHOWN]),
    ({"INPUT_PATH": "envs/prod\n\n  modules \n"}, ["check", *SHOWN, "--", "envs/prod", "modules"]),
    ({"INPUT_PATH": "a\u2028b"}, ["check", *SHOWN, "--", "a\u2028b"]),
    ({"INPUT_PATH": "-x"}, ["check", *SHOWN, "--", "-x"]),
    ({"INPUT_PLAN-FILE": "plan.json", "INPUT_PATH": "."}, ["check", *SHOWN, "--", ".", "plan.json"]),
    ({"INPUT_FAIL-ON": "violation"}, ["check", "--fail-on=violation", *SHOWN]),
    ({"INPUT_FAIL_ON": "violation"}, ["check", "--fail-on=violation", *SHOWN]),
    ({"INPUT_FAIL-ON": "possible", "INPUT_FAIL_ON": "possible"}, ["check", "--fail-on=possible", *SHOWN]),
    ({"INPUT_FAIL-ON": "  "}, ["check", *SHOWN]),
    ({"INPUT_VAR-FILES": "a\r\nb c"}, ["check", "--var-file=a", "--var-file=b c", *SHOWN]),
    ({"INPUT_ANNOTATIONS": "False"}, ["check"]),
    ({"INPUT_ANNOTATIONS": "TRUE"}, ["check", *SHOWN]),
    ({"INPUT_REQUIRE-COMPLETE": "true"}, ["check", "--require-complete", *SHOWN]),
    ({"INPUT_REQUIRE-COMPLETE": "false"}, ["check", *SHOWN]),
    ({"INPUT_LOG-LEVEL": "error"}, ["check", "--log-level=error", *SHOWN]),
    ({"INPUT_BASE": "origin/main"}, ["check", "--base=origin/main", *SHOWN]),
    ({"INPUT_BASE": "-x"}, ["check", "--base=-x", *SHOWN]),
    ({"INPUT_CONFIG": "c.yaml", "INPUT_BASELINE": "b"}, ["check", "--config=c.yaml", "--baseline=b", *SHOWN]),
    (
        {f"INPUT_{kind}-FILE": f"a.{kind}" for kind in ("SARIF", "JSON", "HTML", "JUNIT")},
        ["check", *SHOWN, *(f"--format={name}=a.{name.upper()}" for name in FILES)],
    ),
    (
        {"GITHUB_STEP_SUMMARY": "/s", "GITHUB_OUTPUT": "/o"},
        ["check", *SHOWN, "--step-summary=/s", "--step-outputs=/o"],
    ),
    ({"GITHUB_STEP_SUMMARY": "/s", "INPUT_SUMMARY": "false"}, ["check", *SHOWN]),
    (
        {"INPUT_MODE": "audit", "INPUT_USERS": "a\nb", "INPUT_MAX-AGE": "30", "INPUT_ORG": "true"},
        ["audit", *SHOWN, "--user=a", "--user=b", "--max-age=30", "--org"],
    ),
    (
        {"INPUT_MODE": "audit", "INPUT_CONFIG": "c.yaml", "INPUT_UNUSED-AFTER": "45"},
        ["audit", "--config=c.yaml", *SHOWN, "--unused-after=45"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("environment", "expected"), CASES)
def test_arguments(environment, expected):
    assert entrypoint.arguments({"PATH": "/bin", **environment}) == expected


@pytest.mark.parametrize(
    ("environment", "message"),
    [
        (
            {"INPUT_FAIL-ON": "never"},
            "Input fail-on is 'never'; it must be violation, possible or undetermined",
        ),
        ({"INPUT_ANNOTATIONS": "yes"}, "Input annotations is 'yes'; it must be true or false"),
        ({"INPUT_MODE": "fix"}, "Input mode is 'fix'; it must be check or audit"),
        (
            {"INPUT_MODE": "audit", "INPUT_MAX-AGE": "soon"},
            "Input max-age is 'soon'; it must be a whole number",
        ),
        ({"INPUT_FAILON": "possible"}, "no input failon. Did you mean fail-on?"),
        ({"INPUT_FAIL-ON": "violation", "INPUT_FAIL_ON": "possible"}, "Input fail-on is given twice"),
        ({"INPUT_MODE": "audit", "INPUT_PLAN-FILE": "p"}, "Input plan-file is not for mode audit"),
        ({"INPUT_ROLE-ARN": "r"}, "Input role-arn is not for mode check"),
    ],
)
def test_wrong_values_name_the_input(environment, message):
    with pytest.raises(UsageError, match=message.replace("?", r"\?")):
        entrypoint.arguments(environment)


@given(name=st.sampled_from([*entrypoint.INPUTS, "mode", "nonsense"]), text=TEXTS)
def test_no_value_becomes_another_option(name, text):
    """Whatever an input holds, each argument is one that its row of the table makes."""
    try:
        words = entrypoint.arguments({f"INPUT_{name.upper()}": text})
    except UsageError:
        return
    options = words[1 : words.index("--")] if "--" in words else words[1:]
    known = {"--config", "--baseline", "--base", "--var-file", "--format"}
    assert {word.partition("=")[0] for word in options} <= known
    assert words[0] == "check"


def test_the_actions_own_defaults_are_what_an_empty_input_means():
    described = yaml.safe_load((ROOT / "action.yml").read_text())
    assert set(described["inputs"]) == {*entrypoint.INPUTS, "mode"}
    defaults = {name: item["default"] for name, item in described["inputs"].items() if "default" in item}
    environment = {f"INPUT_{name.upper()}": text for name, text in defaults.items()}
    assert entrypoint.arguments(environment) == entrypoint.arguments({})
    for item in (*described["inputs"].values(), *described["outputs"].values()):
        assert item["description"].strip()


@pytest.mark.parametrize("mode", ["check", "audit"])
def test_the_command_knows_every_argument(mode, tmp_path):
    samples = {
        "fail-on": "violation", "log-level": "error", "evidence": "live", "max-age": "9", "unused-after": "9",
        "role-arn": "arn:aws:iam::123456789012:role/r",
    }  # fmt: skip
    later = {"accounts"}  # an alternative of org
    environment = {"INPUT_MODE": mode, "GITHUB_OUTPUT": "o", "GITHUB_STEP_SUMMARY": "s"}
    for name, item in entrypoint.INPUTS.items():
        if mode in item.modes and name not in later:
            switch = name in ("require-complete", "org", "annotations", "summary", "allow-partial")
            environment[f"INPUT_{name.upper()}"] = samples.get(name, "true" if switch else "x")
    words = entrypoint.arguments(environment)
    options = command_parser(mode).parse_args(words[1:])
    assert options.step_outputs == "o"
    assert len(options.formats) == 6


def run(folder, **environment):
    clean = {name: text for name, text in os.environ.items() if not name.startswith(("INPUT_", "GITHUB_"))}
    environment = {**clean, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, ROOT / "entrypoint.py"]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_wrong_inputs_end_with_2_and_an_annotation(tmp_path):
    done = run(tmp_path, INPUT_MODE="x\n::set-output name=a::b", GITHUB_ACTIONS="true")
    assert done.returncode == 2
    assert [command.name for command in runner_commands(done.stdout + done.stderr)] == ["error"]
    assert "Input mode" in done.stderr


def test_wrong_arguments_cannot_act(tmp_path):
    done = run(tmp_path, INPUT_PATH="nowhere\x1b##[error]x", GITHUB_ACTIONS="true")
    assert done.returncode == 2
    assert [command.name for command in runner_commands(done.stdout + done.stderr)] == ["error"]
    assert "\x1b" not in done.stdout + done.stderr
