"""Runs the command in this process, as a person would in a directory, and reads its JSON report."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from guard.cli import WRONG_USE, main
from tests.reports.schemas import report_schema


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run gave; the report is empty after wrong use (exit code 2)."""

    exit_code: int
    report: Mapping[str, Any]

    @property
    def verdict(self) -> str:
        return str(self.report["verdict"])

    @property
    def users(self) -> Sequence[Mapping[str, Any]]:
        users: Sequence[Mapping[str, Any]] = self.report["users"]
        return users

    @property
    def errors(self) -> list[str]:
        """The error diagnostics, as texts."""
        return [
            f"{item['summary']}: {item['detail']}"
            for item in self.report["diagnostics"]
            if item["severity"] == "error"
        ]


def check(directory: Path, *arguments: str, env: Mapping[str, str] | None = None) -> Ran:
    """Run `iam-key-guard check` in a directory, with nothing of this machine's Terraform settings.

    The report must be as its schema says.
    """
    exit_code, written = _run(directory, ["check", "--format", "json", *arguments], env or {})
    if exit_code == WRONG_USE:
        return Ran(exit_code, {})
    report = json.loads(written, parse_float=Decimal)
    _validator().validate(report)
    return Ran(exit_code, report)


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(report_schema())


def text(directory: Path, *arguments: str) -> str:
    """What `iam-key-guard check` writes for a person."""
    return _run(directory, ["check", *arguments], {})[1]


def _run(directory: Path, command: Sequence[str], env: Mapping[str, str]) -> tuple[int, str]:
    written = io.StringIO()
    recursion_limit = sys.getrecursionlimit()
    try:
        with contextlib.chdir(directory), _environment(env), contextlib.redirect_stdout(written):
            exit_code = main(command)
    finally:
        sys.setrecursionlimit(recursion_limit)
    return exit_code, written.getvalue()


@contextlib.contextmanager
def _environment(added: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    for name in before:
        if name.startswith(("TF_", "GITHUB_")):
            del os.environ[name]
    os.environ.update(added)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
