"""Runs a check on a day of the test's own choosing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

import pytest

from guard.config.input_options import InputOptions
from guard.in_force import find, with_settings
from guard.options import CheckOptions
from guard.pipeline import check
from guard.reports.model import Report

TODAY = datetime.date(2026, 11, 23)
RULE = "more-than-one-active-key"
SAID = f'iam-key-guard: ignore[{RULE}] until=2026-12-10 reason="rotation"'


def run(directory: Path, files: Mapping[str, str], *paths: str, base: str | None = None) -> Report:
    """The report on the files, written below the directory."""
    for name, text in files.items():
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        (directory / name).write_text(text, "utf-8", newline="")
    options = CheckOptions(tuple(map(Path, paths)) or (Path(),), InputOptions(), base=base)
    file = find(options)
    return check(with_settings(options, file, named=False) if file else options, lambda: TODAY)


def summaries(report: Report) -> list[str]:
    return [item.summary for item in report.diagnostics if item.summary != "Compared with the base"]


def failing(report: Report) -> list[str]:
    """The users who have a finding that nothing covers."""
    return [item.user for item in report.findings if item.waived is None and item.rule.name == RULE]


def enter(directory: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in the directory, with nothing given by a job's environment."""
    for name in (
        "GITHUB_WORKSPACE",
        "GITHUB_BASE_REF",
        "GITHUB_EVENT_PATH",
        "GITHUB_EVENT_NAME",
        "GITHUB_SHA",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(directory)
    return directory
