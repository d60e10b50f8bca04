"""Results to tables and plots: what stands between the marks in README.md, and the pictures there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.measure import Cost

HERE = Path(__file__).parent
START, END = "<!-- results -->", "<!-- end of results -->"


@dataclass(frozen=True, slots=True)
class Row:
    """A tool in a comparison. violations, safe: how many roots are; found, false_alarms: how many of them it
    reports. wrong_users: roots in which this tool counts a user's keys wrongly."""

    tool: str
    cost: Cost
    evaluates: bool
    violations: int = 0
    safe: int = 0
    found: int | None = None
    false_alarms: int | None = None
    wrong_users: int | None = None
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """All tools on one repository; the first is this one."""

    name: str
    size: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """What this tool takes at one size. right: its answer is."""

    size: int
    cost: Cost
    right: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """What this tool takes as something grows."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Start:
    """What the start costs with a version of Python, in milliseconds.

    empty: of `python -c pass`. nothing, keys: how much more the hook takes where nothing is relevant, and
    in a small repository with keys.
    """

    python: str
    empty: float
    nothing: float
    keys: float


@dataclass(frozen=True, slots=True)
class Results:
    """One run of the bench. before: the instructions that were counted the time before."""

    machine: str
    comparisons: tuple[Comparison, ...]
    starts: tuple[Start, ...]
    curves: tuple[Curve, ...]
    instructions: Mapping[str, int | None]
    before: Mapping[str, int]


def write(results: Results) -> None:
    """Put the tables into README.md, and the plots beside it."""
    readme = HERE / "README.md"
    head, _, rest = readme.read_text().partition(START)
    _, _, tail = rest.partition(END)
    text = "\n".join(_sections(results))
    readme.write_text(f"{head}{START}\n\n{text}\n{END}{tail}")
    from bench import plots  # a large import: it would be measured as part of every run

    plots.comparison(results.comparisons, HERE / "compared.svg")
    if results.curves:
        plots.curves(results.curves, HERE / "scale.svg")


def _sections(results: Results) -> Iterator[str]:
    from bench.aims import aims

    yield f"{results.machine}.\n"
    yield "### Aims\n"
    yield from aims(results)
    yield ""
    for comparison in results.comparisons:
        yield from _comparison(comparison)
    yield "![Seconds of each tool](compared.svg)\n"
    if results.starts:
        yield from _starts(results.starts)
    if results.curves:
        yield from _curves(results.curves)
    yield from _instructions(results)


def _comparison(comparison: Comparison) -> Iterator[str]:
    ours = comparison.rows[0].cost.seconds
    grep = next(row.cost.seconds for row in comparison.rows if row.tool.startswith("grep"))
    yield f"### {comparison.name.capitalize()}: {comparison.size}\n"
    yield "| tool | wall s | of ours | of grep | CPU s | peak MB | violations found | false alarms | runs |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for row in comparison.rows:
        spent = row.cost
        if spent.stopped:
            after = f"stopped after {spent.seconds:.0f} s | | | | {spent.megabytes:.0f}"
            yield f"| {row.tool} | {after} | | | {spent.runs} |"
            continue
        ratios = f"{spent.seconds / ours:.2f} | {spent.seconds / grep:.1f}"
        costs = f"{spent.cpu:.3f} | {spent.megabytes:.0f}"
        yield f"| {row.tool} | {spent.seconds:.3f} | {ratios} | {costs} | {_answer(row)} | {spent.runs} |"
    yield ""


def _answer(row: Row) -> str:
    if row.failed:
        return "no answer | "
    if row.found is None:
        return ("has no such rule" if row.evaluates else "") + " | "
    wrong = f", {row.wrong_users} roots miscounted" if row.wrong_users else ""
    return f"{row.found} of {row.violations}{wrong} | {row.false_alarms} of {row.safe}"


def _starts(starts: Iterable[Start]) -> Iterator[str]:
    yield "### Start, by version of Python\n"
    yield "The hook's command (text, no second reader) on the two small repositories; medians in ms."
    yield "In brackets: as a multiple of what `python -c pass` takes.\n"
    yield "| version | `python -c pass` | nothing relevant, above it | with keys, above it |"
    yield "|---|---|---|---|"
    for start in starts:
        nothing, keys = (f"{time:.0f} ({time / start.empty:.1f})" for time in (start.nothing, start.keys))
        yield f"| {start.python} | {start.empty:.0f} | {nothing} | {keys} |"
    yield ""


def _curves(curves: Iterable[Curve]) -> Iterator[str]:
    yield "### As things grow\n"
    yield "One root module each; without the second reader.\n"
    yield "| what grows | size | wall s | peak MB | wall at half of it | answer |"
    yield "|---|---|---|---|---|---|"
    for curve in curves:
        half, last = curve.points[len(curve.points) // 2 - 1], curve.points[-1]
        right = "right" if all(point.right for point in curve.points) else "**wrong**"
        costs = f"{last.cost.seconds:.2f} | {last.cost.megabytes:.0f} | {half.cost.seconds:.2f}"
        yield f"| {curve.name} | {last.size:,} | {costs} | {right} |"
    yield "\n![Seconds and megabytes by size](scale.svg)\n"


def _instructions(results: Results) -> Iterator[str]:
    yield "### Instructions\n"
    yield "Counted by callgrind, outside of the kernel, without the second reader.\n"
    yield "| repository | millions | the time before | change |"
    yield "|---|---|---|---|"
    for name, count in results.instructions.items():
        before = results.before.get(name)
        if count is None:
            yield f"| {name} | not counted | | |"
            continue
        change = f"{before / 1e6:,.0f} | {count / before - 1:+.1%}" if before else " | "
        yield f"| {name} | {count / 1e6:,.0f} | {change} |"
    yield ""
