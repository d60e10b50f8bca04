"""A monorepo: root modules of many teams, the modules that they share, here and there access keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from bench.cases import CASES
from bench.filler import VARIABLES, filler
from bench.repository import Content, Repository, Users

FILES_EACH = 5
DIRECTORIES_PER_ROOT = 8
CHAINED = 10


@dataclass(frozen=True, slots=True)
class Monorepo:
    """How large it is: about so many files, and the share of them with keys. Equal ones have equal files."""

    files: int
    share: float

    def repository(self) -> Repository:
        users = {root: users for root, (_, users) in zip(self.roots, self._cases(), strict=False)}
        return Repository(self._files(), users, self.roots)

    @property
    def _directories(self) -> int:
        return max(2, self.files // FILES_EACH)

    @property
    def roots(self) -> tuple[str, ...]:
        count = max(self._with_keys, self._directories // DIRECTORIES_PER_ROOT, 1)
        return tuple(f"teams/team-{number % 20:02d}/stack-{number:05d}" for number in range(count))

    @property
    def _with_keys(self) -> int:
        return round(self.files * self.share)

    def _cases(self) -> Iterator[tuple[Mapping[str, Content], Users]]:
        for number in range(self._with_keys):
            yield CASES[number % len(CASES)].named(f"user-{number:05d}")

    def _files(self) -> Iterator[tuple[str, Content]]:
        modules = range(max(1, self._directories - len(self.roots)))
        cases = self._cases()
        for number, root in enumerate(self.roots):
            yield from ((f"{root}/{name}", text) for name, text in _directory(number * FILES_EACH))
            called = islice(modules, number, None, len(self.roots))
            yield f"{root}/calls.tf", "\n".join(_call(module, "../../../modules/") for module in called)
            yield from ((f"{root}/{name}", text) for name, text in next(cases, ({}, ()))[0].items())
        for module in modules:
            place = f"modules/module-{module:05d}"
            first = (len(self.roots) + module) * FILES_EACH
            yield from ((f"{place}/{name}", text) for name, text in _directory(first))
            if module % CHAINED == 0 and module + 1 in modules:
                yield f"{place}/calls.tf", _call(module + 1, "../")


def _directory(first: int) -> Iterator[tuple[str, str]]:
    """The files of a directory but for its calls, filled from this number on."""
    yield "variables.tf", VARIABLES
    for number, name in enumerate(("network", "storage", "services", "compute"), first):
        yield f"{name}.tf", filler(number)


def _call(module: int, way: str) -> str:
    source = f"{way}module-{module:05d}"
    return f'module "shared_{module}" {{\n  source      = "{source}"\n  environment = var.environment\n}}\n'
