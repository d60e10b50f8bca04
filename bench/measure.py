"""Runs commands and says what they cost."""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LAUNCH = Path(__file__).parent / "launch.py"
COLLECTED = re.compile(r"Collected : (\d+)")
# Python writes what it compiled beside its packages, as where a tool is in daily use.
SETTINGS = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "", "PYTHONUNBUFFERED": "", "NO_COLOR": "1"}


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a command cost. stopped: it took too long and was ended."""

    seconds: float
    cpu: float
    megabytes: float
    output: str
    errors: str
    stopped: bool


@dataclass(frozen=True, slots=True)
class Cost:
    """The medians of some runs."""

    seconds: float
    cpu: float
    megabytes: float
    runs: int
    stopped: bool


def run(command: Sequence[str], directory: Path, timeout: float) -> Run:
    """Run a command to its end, or until the timeout; it may exit as it likes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        launch = [sys.executable, "-I", "-S", str(LAUNCH), str(folder / "usage"), str(timeout), *command]
        with (folder / "out").open("wb") as out, (folder / "err").open("wb") as err:
            env = {**os.environ, **SETTINGS}
            subprocess.run(
                launch, cwd=directory, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err, check=True
            )
        usage = json.loads((folder / "usage").read_text())
        texts = ((folder / file).read_text("utf-8", "replace") for file in ("out", "err"))
        return Run(**usage, output=next(texts), errors=next(texts))


def cost(runs: Sequence[Run]) -> Cost:
    return Cost(
        seconds=statistics.median(item.seconds for item in runs),
        cpu=statistics.median(item.cpu for item in runs),
        megabytes=statistics.median(item.megabytes for item in runs),
        runs=len(runs),
        stopped=any(item.stopped for item in runs),
    )


def instructions(command: Sequence[str], directory: Path, timeout: float) -> int | None:
    """How many instructions a command executes outside of the kernel; None where valgrind cannot tell."""
    if not shutil.which("valgrind"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        counting = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", *command]
        result = run(counting, directory, timeout)
    found = COLLECTED.search(result.errors)
    return int(found[1]) if found else None
