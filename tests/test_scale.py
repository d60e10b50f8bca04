"""What a check costs grows in proportion to what it reads, and what is too deep is told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from bench.cases import TWO_KEYS, call
from bench.repository import write
from bench.scale import SHAPES, Shape
from guard.config.relevance import DEEPEST
from guard.options import CheckOptions
from guard.pipeline import check
from guard.reports.model import Report
from guard.rules import Verdict

SMALL = 20


def checked(shape: Shape, size: int, directory: Path) -> Report:
    write(shape.repository(size), directory)
    return check(options(directory))


def options(directory: Path) -> CheckOptions:
    return CheckOptions((directory,), second_reader=False, confine=directory)


def work(action: Callable[[], Any]) -> int:
    """How many instructions of Python an action executes: the same on every machine at any load."""
    count = 0

    def trace(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: shape.name)
def test_work_grows_in_proportion(shape: Shape, tmp_path: Path) -> None:
    size = max(SMALL, shape.size // 100)
    checked(shape, size, tmp_path / "first")  # what is imported and computed once
    sizes = (size, 2 * size, 4 * size)
    small, medium, large = (
        work(lambda size=size: checked(shape, size, tmp_path / str(size))) for size in sizes
    )
    assert large - medium < 2.1 * (medium - small)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=lambda shape: shape.name)
def test_the_answer_is_right(shape: Shape, tmp_path: Path) -> None:
    report = checked(shape, SMALL, tmp_path)
    found = tuple((user.name, user.active.low, user.active.high) for user in report.users)
    assert (found, report.diagnostics) == (shape.repository(SMALL).users["."], ())


def test_modules_are_followed_to_the_last_level(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(call("m", '"./m1"'))
    for level in range(1, DEEPEST):
        (tmp_path / f"m{level}").mkdir()
        (tmp_path / f"m{level}/main.tf").write_text('variable "user" {}\n' + call("m", f'"../m{level + 1}"'))
    (tmp_path / f"m{DEEPEST}").mkdir()
    (tmp_path / f"m{DEEPEST}/main.tf").write_text(TWO_KEYS)
    report = check(options(tmp_path))
    assert (report.verdict, len(report.users)) == (Verdict.VIOLATION, 1)


def test_what_is_nested_deeper_is_undetermined(tmp_path: Path) -> None:
    report = checked(SHAPES["levels of modules"], DEEPEST + 1, tmp_path)
    assert (report.verdict, report.exit_code) == (Verdict.UNDETERMINED, 3)
    assert [item.summary for item in report.diagnostics] == ["Modules nested too deeply"]
