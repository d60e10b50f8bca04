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
from guard.config.inputs import InputOptions
from guard.config.load import Loader
from guard.config.relevance import DEEPEST
from guard.config.workspace import Workspace
from guard.inventory.roots import open_root
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


def test_a_root_is_judged_by_its_own_modules(tmp_path: Path) -> None:
    """Otherwise the work would grow with the square of the number of roots."""
    for name in ("a", "b"):
        write(SHAPES["calls of one module"].repository(2), tmp_path / name)
    loader = Loader(Workspace(tmp_path, tmp_path))
    roots = [open_root(tmp_path / name, loader, InputOptions()) for name in ("a", "b")]
    shown = [[module.shown for module in root.evaluate().modules] for root in roots if root]
    assert shown == [["a", "a/keys"], ["b", "b/keys"]]
