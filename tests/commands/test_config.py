"""`iam-key-guard config` says what is in force, and from where."""

from __future__ import annotations

import pytest

from guard.cli import main
from tests.checking import Checker

FILE = """\
limit: 2
accounts: {profile:p: "111111111111"}
exclude: [old]
roots:
  envs/*: {vars: {token: hunter2}, var-files: [a.tfvars], workspace: w, account: "111111111111"}
modules: [{source: acme/iam-user/aws, version: ">= 2.0", inputs: {name: null}, keys: {this: {user: var.name}}}]
waivers:
  - {account: default, user: ann, at-most: 2, owner: o, reason: r, until: 2026-11-25}
"""


def test_every_setting_is_shown_with_its_origin(check: Checker, capsys: pytest.CaptureFixture[str]) -> None:
    check.write({".iam-key-guard.yaml": FILE})
    code = main(
        [
            "config",
            "--fail-on",
            "possible",
            "--workspace",
            "w",
            "--var",
            "k=hunter2",
            "--var-file",
            "f",
            "--base",
            "main",
        ]
    )
    printed = capsys.readouterr().out
    lines = [tuple(line.rsplit("  ", 1)) for line in printed.splitlines()]
    told = {line[0].strip(): line[-1].strip() for line in lines}
    assert code == 0
    assert told["limit: 2"] == ".iam-key-guard.yaml:1:1"
    assert told["fail-on: possible"] == "command line"
    assert told["max-waiver-days: 30"] == "default"
    assert told["exclude: old"] == ".iam-key-guard.yaml:3:11"
    assert told["account of profile:p: 111111111111"] == ".iam-key-guard.yaml:2:1"
    assert told["module acme/iam-user/aws, versions: >= 2.0.0"] == ".iam-key-guard.yaml:6:1"
    for part in ("var: k ", "var-file: f ", "var-file a.tfvars", "var token", "waiver: ann", "base: main "):
        assert part in printed
    assert "hunter2" not in printed


def test_what_the_run_says(
    check: Checker, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TF_WORKSPACE", "blue")
    assert main(["config", "--baseline", "b.json"]) == 0
    words = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["workspace:", "blue", "TF_WORKSPACE"] in words
    assert ["baseline:", "b.json", "command", "line"] in words


def test_without_a_file(check: Checker, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["config"]) == 0
    assert "none found" in capsys.readouterr().out
