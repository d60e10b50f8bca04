"""What was aimed at, and what was reached."""

from __future__ import annotations

from collections.abc import Iterator

from bench.render import Comparison, Results, Row, Start

# The bounds in milliseconds were set on a machine on which `python -c pass` takes so many.
EMPTY = 8


def aims(results: Results) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield "| aim | bound | reached |"
    yield "|---|---|---|"
    for start in results.starts[:1]:
        yield _start("nothing relevant", 25, start, start.nothing)
        yield _start("small, with keys", 60, start, start.keys)
    for comparison in results.comparisons:
        yield from _OF.get(comparison.name, _none)(comparison)


def _start(name: str, bound: int, start: Start, reached: float) -> str:
    aim = f"{bound} ms where that takes {EMPTY}: {bound / EMPTY:.1f} times"
    times = f"{reached:.0f} ms where it takes {start.empty:.0f}: {reached / start.empty:.1f} times"
    return f"| hook, {name}: above `python -c pass` | at most {aim} | {times} |"


def _small(comparison: Comparison) -> Iterator[str]:
    hook = comparison.rows[1]
    for row in comparison.rows:
        if row.tool.startswith("Trivy"):
            yield f"| small, with keys: Trivy's time, of ours | at least 10 times | {_times(row, hook)} |"


def _large(comparison: Comparison) -> Iterator[str]:
    both, first, _, grep, *others = comparison.rows
    evaluating = [row for row in others if row.evaluates]
    yield f"| large, second reader off: of `grep -rl` | at most 8 times | {_times(first, grep)} |"
    yield f"| large, second reader on: of `grep -rl` | at most 15 times | {_times(both, grep)} |"
    if evaluating:
        fastest = min(evaluating, key=lambda row: row.cost.seconds)
        yield f"| large: others that evaluate, of ours | at least 20 times | {_times(fastest, both)} |"
    yield f"| large: peak memory | under 100 MB | {both.cost.megabytes:.0f} MB |"


def _very_large(comparison: Comparison) -> Iterator[str]:
    both, first, _, grep = comparison.rows
    yield f"| very large: of `grep -rl` | under 12 times | {_times(first, grep)}, {_times(both, grep)} |"


def _none(_: Comparison) -> Iterator[str]:
    yield from ()


_OF = {"small, with keys": _small, "large": _large, "very large": _very_large}


def _times(row: Row, other: Row) -> str:
    """How many times as long; at least so many for what was stopped."""
    sign = "over " if row.cost.stopped else ""
    return f"{sign}{row.cost.seconds / other.cost.seconds:.1f} times"
