"""Runs `iam-key-guard check` in process on files written for the test."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from guard.cli import main


@dataclass(frozen=True)
class Checked:
    """What a check said: the exit code, the JSON report (if there is one), and standard error."""

    code: int
    report: dict[str, Any]
    errors: str

    @property
    def verdict(self) -> str:
        return str(self.report["verdict"])

    @property
    def active(self) -> dict[str, tuple[int, int | None]]:
        """Users to their range of active keys."""
        return {user["user"]: (user["active"]["min"], user["active"]["max"]) for user in self.report["users"]}

    @property
    def summaries(self) -> list[str]:
        return [item["summary"] for item in self.report["diagnostics"] if item["severity"] == "error"]


class Checker:
    """Writes files below a directory and checks it."""

    def __init__(self, directory: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.directory = directory
        self._capsys = capsys

    def write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            path = self.directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")

    def __call__(self, files: Mapping[str, str] | str, *arguments: str) -> Checked:
        """Check the directory after writing the files (a text alone is `main.tf`)."""
        self.write({"main.tf": files} if isinstance(files, str) else files)
        self._capsys.readouterr()
        code = main(["check", *(arguments or (".",)), "--format", "json", "--no-second-reader"])
        printed = self._capsys.readouterr()
        return Checked(code, json.loads(printed.out) if printed.out else {}, printed.err)


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Checker:
    """A checker in a directory of its own, with nothing given by the environment."""
    for name in list(os.environ):
        if name.startswith(("GITHUB_", "CI_MERGE_", "TF_WORKSPACE", "TF_DATA_DIR", "TF_CLI_ARGS")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return Checker(tmp_path, capsys)
