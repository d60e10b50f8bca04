"""The scan leaves out only what changes no report: with every file read and parsed instead, all is the same."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bench.cases import CASES, Case
from bench.monorepo import Monorepo
from bench.repository import Repository, write
from guard.cli import command_parser
from guard.commands.check import options_of
from guard.config.input_options import InputOptions
from guard.config.load import Loader
from guard.config.merge import nested_blocks
from guard.config.roots import LeftOut, RootDirectories
from guard.diagnostics import GuardError
from guard.inventory.roots import open_root
from guard.lang.evaluate import evaluate
from guard.lang.symbols import ModuleSymbols
from guard.options import CheckOptions
from guard.reading import Reading, read
from guard.records import replace
from guard.syntax.module_paths import called_directory, is_local
from guard.syntax.nodes import Expr
from guard.syntax.references import first_name, function_calls, references
from guard.syntax.scan import CONFIGURATION, LOCK_FILE, SKIPPED, VARIABLES
from tests.truth import cases, configs, repositories

FEWEST = 100


def sources(directory: Path, loader: Loader, data: str) -> Iterator[str]:
    """The sources of the directory's module blocks, evaluated; only those made of local values are certain."""
    try:
        root = open_root(directory, loader, InputOptions(environment={"TF_DATA_DIR": data}))
    except GuardError:
        return
    if root is None:
        return
    symbols = ModuleSymbols(root.origin, root.origin.module)
    for raw in symbols.module.raw_blocks("module"):
        try:
            argument = symbols.module.parse(raw).body.attribute("source")
            source = evaluate(argument.expr, symbols.scope()) if argument else None
        except GuardError:
            continue
        certain = argument is not None and made_of_locals(argument.expr)
        if source is not None and certain and isinstance(source.data, str) and is_local(source.text):
            yield source.text


def made_of_locals(expr: Expr) -> bool:
    names = {first_name(item) for item in references(expr)}
    return names <= {"local"} and not any(True for _ in function_calls(expr))


def with_configuration(tops: Sequence[Path]) -> Iterator[tuple[Path, list[str]]]:
    for top in tops:
        for path, directories, files in os.walk(top):
            directories[:] = [name for name in directories if name not in SKIPPED]
            if any(name.endswith(CONFIGURATION) for name in files):
                yield Path(path), files


def states_its_own(directory: Path, files: Sequence[str], loader: Loader) -> bool:
    """Whether it has a state or inputs of its own, by a backend, a lock file or variable files."""
    if any(name == LOCK_FILE or name.endswith(VARIABLES) for name in files):
        return True
    try:
        module = loader.module(directory)
        blocks = [module.parse(block) for block in module.raw_blocks("terraform")]
    except GuardError:
        return True
    return any(nested_blocks(block.body, kind) for block in blocks for kind in ("backend", "cloud"))


def every_root(named: Sequence[Path], loader: Loader, data: str, _: LeftOut | None = None) -> RootDirectories:
    """All root modules, found by parsing every file, each as one that may lead to a key."""
    tops = [Path(os.path.realpath(path)) for path in named]
    found = dict(with_configuration(tops))
    called = {
        Path(os.path.realpath(called_directory(str(directory), source)))
        for directory in found
        for source in sources(directory, Loader(loader.workspace), data)
    }
    roots = {
        directory
        for directory, files in found.items()
        if directory in tops or directory not in called or states_its_own(directory, files, loader)
    }
    count = sum(name.endswith(CONFIGURATION) for files in found.values() for name in files)
    return RootDirectories(tuple(sorted(roots)), frozenset(roots), count)


def same_with_every_file_read(options: CheckOptions) -> Reading:
    """Read with and without the scan, and compare all but how much was looked at."""
    scanned, parsed = read(options), read(options, every_root)
    assert comparable(scanned) == comparable(parsed)
    return scanned


def comparable(reading: Reading) -> tuple[object, ...]:
    coverage = replace(reading.coverage, blocks_read=0, files_seen=0)
    return [str(user) for user in reading.users], [str(item) for item in reading.diagnostics], coverage


def options(directory: Path, *arguments: str) -> CheckOptions:
    parser = command_parser("check")
    given = parser.parse_args([".", "--no-second-reader", "--confine", str(directory), *arguments])
    return options_of(given)


def test_there_are_enough() -> None:
    assert len(configs.configs()) + len(cases.cases()) > FEWEST


@pytest.mark.parametrize("config", configs.configs(), ids=lambda config: config.name)
def test_configurations(config: configs.Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = configs.copy(config, tmp_path / "config")
    monkeypatch.chdir(root)
    same_with_every_file_read(options(root))


@pytest.mark.parametrize("case", cases.cases(), ids=lambda case: case.name)
def test_cases(case: cases.Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = cases.copy(case, tmp_path / "case")
    monkeypatch.chdir(root)
    assert same_with_every_file_read(options(root)).coverage.roots == (".",)


@pytest.mark.parametrize("repository", repositories.repositories(), ids=lambda item: item.name)
def test_repositories(
    repository: repositories.Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = repositories.copy(repository, tmp_path / "repository")
    monkeypatch.chdir(root)
    assert len(same_with_every_file_read(options(root)).coverage.roots) > 1


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_disguises(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, users = case.named("alice")
    write(Repository(files.items(), {".": users}, (".",)), tmp_path)
    monkeypatch.chdir(tmp_path)
    found = same_with_every_file_read(options(tmp_path)).users
    assert sorted((user.name, user.active.low, user.active.high) for user in found) == sorted(users)


def test_a_monorepo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Monorepo(2 * len(CASES), 0.5).repository()
    write(repository, tmp_path)
    monkeypatch.chdir(tmp_path)
    found = same_with_every_file_read(options(tmp_path)).users
    by_root = {
        root: sorted((user.name, user.active.low, user.active.high) for user in found if user.root == root)
        for root in repository.roots
    }
    assert by_root == {root: sorted(repository.users.get(root, ())) for root in repository.roots}
