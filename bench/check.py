"""Checks of generated repositories by this tool and by others: time, memory, and whether the answer is right.

    make bench [ARGUMENTS="--large 500 --huge 0 --scale 0.1"]

Others are optional, and never dependencies: each has an environment of its own, and one that cannot be
installed is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench import render, tools
from bench.measure import Cost, Run, cost, instructions, run
from bench.monorepo import Monorepo
from bench.repository import Repository, write
from bench.scale import SHAPES
from bench.starts import starts
from bench.tools import BASELINE, FIRST_READER, GREP, GUARD, TOOLS, Tool

STEPS = 4
SMALL = 60
SHARE = 0.01
SHARE_OF_SMALL = 0.1


@dataclass(frozen=True, slots=True)
class Scene:
    """A repository on disk and the tools to run in it."""

    name: str
    repository: Repository
    path: Path
    size: str
    tools: tuple[Tool, ...]

    @property
    def roots(self) -> Path:
        return self.path.with_suffix(".roots")


@dataclass(frozen=True, slots=True)
class Bench:
    """home: where the environments are. runs: how often each tool runs, those that take long only once."""

    home: Path
    work: Path
    tools: tuple[Tool, ...]
    runs: int
    timeout: float
    patience: float

    def command(self, tool: Tool, roots: Path) -> Sequence[str]:
        return tool.command(tools.programs(tool, self.home), roots)

    def run(self, tool: Tool, scene: Scene) -> Run:
        return run(self.command(tool, scene.roots), scene.path, self.timeout)

    # --- scenes ----------------------------------------------------------------------------------

    def scene(self, name: str, repo: Monorepo, chosen: Iterable[Tool] = TOOLS) -> Scene:
        path = self.work / name.replace(" ", "-")
        repository = repo.repository()
        megabytes = write(repository, path) / 1e6
        count = sum(len(files) for _, _, files in os.walk(path))
        size = f"{count:,} files, {megabytes:.1f} MB, {len(repository.users)} root modules with keys"
        scene = Scene(name, repository, path, size, tuple(tool for tool in chosen if tool in self.tools))
        scene.roots.write_text("\n".join(repository.roots) + "\n")
        return scene

    def compare(self, scene: Scene) -> render.Comparison:
        """Run all tools in turn, as often as is wanted."""
        runs: dict[str, list[Run]] = {tool.name: [] for tool in scene.tools}
        for number in range(self.runs):
            for tool in scene.tools:
                if number == 0 or runs[tool.name][0].seconds < self.patience:
                    tell(f"{scene.name}: {tool.name}, run {number + 1}")
                    runs[tool.name].append(self.run(tool, scene))
        rows = tuple(row(tool, runs[tool.name], scene.repository) for tool in scene.tools)
        return render.Comparison(scene.name, scene.size, rows)

    # --- one tool by itself ------------------------------------------------------------------------

    def curve(self, name: str, share: float) -> render.Curve:
        """What this tool takes for a shape at a quarter, half, three quarters of its size, and all of it."""
        shape = SHAPES[name]
        points = []
        for step in range(1, STEPS + 1):
            size = max(step, round(shape.size * share * step / STEPS))
            path = self.work / f"{name}-{size}".replace(" ", "-")
            write(shape.repository(size), path)
            tell(f"{name}: {size}")
            command = self.command(FIRST_READER, path)
            runs = [run(command, path, self.timeout) for _ in range(min(self.runs, 3))]
            right = wrong_users(shape.repository(size), runs[0]) == 0
            points.append(render.Point(size, cost(runs), right))
        return render.Curve(name, tuple(points))

    def count(self, scene: Scene) -> int | None:
        tell(f"{scene.name}: instructions")
        return instructions(self.command(FIRST_READER, scene.roots), scene.path, 10 * self.timeout)


def row(tool: Tool, runs: Sequence[Run], repository: Repository) -> render.Row:
    """A tool's costs, and its answer of the first run against the true one."""
    total: Cost = cost(runs)
    if tool.answer is None or total.stopped:
        return render.Row(tool.name, total, evaluates=tool.evaluates)
    try:
        found = frozenset(os.path.normpath(root) for root in tool.answer(runs[0].output))
    except (ValueError, KeyError):
        return render.Row(tool.name, total, evaluates=tool.evaluates, failed=True)
    roots = frozenset(filter(None, (owner(name, repository.roots) for name in found)))
    wrong = wrong_users(repository, runs[0]) if tool in (GUARD, FIRST_READER) else None
    return render.Row(
        tool.name,
        total,
        evaluates=tool.evaluates,
        violations=len(repository.violations),
        safe=len(repository.safe),
        found=len(roots & repository.violations),
        false_alarms=len(roots & repository.safe),
        wrong_users=wrong,
    )


def owner(directory: str, roots: Iterable[str]) -> str | None:
    """The root module that a directory is or lies in."""
    known = frozenset(roots)
    places = (directory, *map(str, Path(directory).parents))
    return next((place for place in places if place in known), None)


def wrong_users(repository: Repository, result: Run) -> int:
    """How many users this tool counts wrongly, misses or invents."""
    found: dict[str, list[tuple[str, int, int | None]]] = {}
    for user in json.loads(result.output)["users"]:
        active = user["active"]
        found.setdefault(user["root"], []).append((user["user"], active["min"], active["max"]))
    return sum(
        sorted(found.get(root, ()), key=str) != sorted(repository.users.get(root, ()), key=str)
        for root in found.keys() | repository.users.keys()
    )


def machine(chosen: Iterable[Tool], home: Path) -> str:
    processors = Path("/proc/cpuinfo")
    lines = processors.read_text().splitlines() if processors.exists() else []
    model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), "")
    versions = [tools.version(tool, home) for tool in chosen if tool.packages]
    python = subprocess.run([f"{home}/guard/bin/python", "-V"], capture_output=True, text=True, check=True)
    system = f"{platform.system()} {platform.release()}, {model}, {os.cpu_count()} cores"
    load = f"load before the run {os.getloadavg()[0]:.1f}"
    return "; ".join((system, load, ", ".join((python.stdout.strip(), *versions))))


def measure(options: argparse.Namespace, bench: Bench, before: Mapping[str, int]) -> render.Results:
    quick = (GUARD, FIRST_READER, BASELINE, GREP)
    keys = bench.scene("small, with keys", Monorepo(SMALL, SHARE_OF_SMALL))
    nothing = bench.scene("small, nothing relevant", Monorepo(SMALL, 0))
    scenes = [keys, nothing]
    large = bench.scene("large", Monorepo(options.large, SHARE)) if options.large else None
    scenes += [large] if large else []
    if options.huge:
        scenes.append(bench.scene("very large", Monorepo(options.huge, SHARE / 10), quick))
    counted = [scene for scene in (keys, nothing, large) if scene]
    return render.Results(
        machine=machine(bench.tools, bench.home),
        comparisons=tuple(bench.compare(scene) for scene in scenes),
        starts=tuple(starts(bench.home, options.python, nothing.path, keys.path)),
        curves=tuple(bench.curve(name, options.scale) for name in (SHAPES if options.scale else ())),
        instructions={scene.name: bench.count(scene) for scene in counted},
        before=before,
    )


def tell(text: str) -> None:
    sys.stderr.write(f"bench: {text}\n")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, default=Path(".bench"), help="where the environments are")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", type=int, default=10_000, help="files; 0: not this one")
    parser.add_argument("--huge", type=int, default=100_000, help="files; 0: not this one")
    parser.add_argument("--scale", type=float, default=1, help="of the sizes of the curves; 0: none")
    parser.add_argument("--peer-timeout", type=float, default=600, help="seconds after which a run is ended")
    parser.add_argument("--patience", type=float, default=60, help="what takes longer runs once only")
    parser.add_argument(
        "--python",
        action="append",
        default=[],
        help="measure the start of this one (repeatable); else of those on the path",
    )
    parser.add_argument("--no-peers", action="store_true", help="only this tool and grep")
    return parser.parse_args()


def main() -> None:
    options = parsed()
    home = options.home.absolute()
    wanted = TOOLS[:4] if options.no_peers else TOOLS
    results = render.HERE / "results.json"
    before = json.loads(results.read_text())["instructions"] if results.exists() else {}
    with tempfile.TemporaryDirectory() as work:
        chosen = tools.install(wanted, home)
        bench = Bench(home, Path(work), chosen, options.runs, options.peer_timeout, options.patience)
        measured = measure(options, bench, before)
    results.write_text(json.dumps(asdict(replace(measured, before={})), indent=1) + "\n")
    render.write(measured)


if __name__ == "__main__":
    main()
