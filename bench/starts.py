"""What the start costs, by version of Python: the hook's command, cold, above `python -c pass`."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import render
from bench.measure import Run, cost, run

PROJECT = Path(__file__).parents[1]
NAMES = ("python3.11", "python3.12", "python3.13", "python3.14")
RUNS = 21
SECONDS = 60.0


def starts(home: Path, given: Sequence[str], nothing: Path, keys: Path) -> Iterator[render.Start]:
    """One row for each interpreter that is given, or is on the path. home: where the environments are made.

    nothing, keys: repositories in which nothing is relevant, and in which there are keys.
    """
    for number, python in enumerate(given or filter(_runs, NAMES)):
        environment = home / f"start-{number}"
        _install(python, environment)
        yield _start(environment / "bin", nothing, keys)


def _runs(name: str) -> bool:
    return (
        bool(shutil.which(name))
        and not subprocess.run([name, "-V"], capture_output=True, check=False).returncode
    )


def _install(python: str, environment: Path) -> None:
    """Make the environment anew, for this tool may have changed."""
    pip = [f"{environment}/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([python, "-m", "venv", "--clear", str(environment)], check=True)
    subprocess.run([*pip, str(PROJECT)], check=True)


def _start(bin: Path, nothing: Path, keys: Path) -> render.Start:
    """The median of many runs in turn: one takes no longer than a blink."""
    check = [f"{bin}/iam-key-guard", "check", "--no-second-reader"]
    commands = {"pass": [f"{bin}/python", "-c", "pass"], "nothing": check, "keys": check}
    places = {"pass": nothing, "nothing": nothing, "keys": keys}
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            runs[name].append(run(command, places[name], SECONDS))
    version = subprocess.run(
        [f"{bin}/python", "-V"], capture_output=True, text=True, check=True
    ).stdout.strip()
    sys.stderr.write(f"bench: start of {version}\n")
    seconds = {name: cost(found).seconds for name, found in runs.items()}
    above = (1000 * (seconds[name] - seconds["pass"]) for name in ("nothing", "keys"))
    return render.Start(version, 1000 * seconds["pass"], *above)
