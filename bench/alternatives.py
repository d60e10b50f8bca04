"""What a cache on disk, or more processes, could save of a scan: python -m bench.alternatives DIRECTORY."""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from guard.syntax.scan import CONFIGURATION, scan

RUNS = 7


def stat_every_file(top: Path) -> None:
    """What a cache must do at least: ask each file for its size and times, to know whether it changed."""
    todo = [str(top)]
    while todo:
        with os.scandir(todo.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    todo.append(entry.path)
                elif entry.name.endswith(CONFIGURATION):
                    entry.stat()


def scan_by_two(top: Path) -> None:
    """Scan the halves of the directories in two processes; the second's answer is not even sent back."""
    parts = sorted(str(path) for path in top.glob("*/*") if path.is_dir())
    child = os.fork()
    if not child:
        scan(parts[1::2], str(top))
        os._exit(0)
    scan(parts[::2], str(top))
    os.waitpid(child, 0)


def seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def main() -> None:
    top = Path(sys.argv[1]).resolve()
    actions: dict[str, Callable[[], object]] = {
        "scan": lambda: scan([str(top)], str(top)),
        "stat of every file": lambda: stat_every_file(top),
        "scan by two processes": lambda: scan_by_two(top),
    }
    times: dict[str, list[float]] = {name: [] for name in actions}
    for _ in range(RUNS):
        for name, action in actions.items():
            times[name].append(seconds(action))
    for name, found in times.items():
        sys.stdout.write(f"{name}: {1000 * statistics.median(found):.0f} ms\n")


if __name__ == "__main__":
    main()
