"""Whole repositories: several roots, nested modules, and what the real Terraform plans in each root.

`tests/repositories/NAME/expected.json` holds `verdict` and `exit_code` of the whole, `explains` (texts that a
person must find in the report) and `roots`: per directory its `verdict`, `users` (the range of active keys,
where inputs leave one), `when` (the witness), `given` (values of the inputs left open, for planning) and
`keys` (resource instance address to action, account, user, status), which the real Terraform planned.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "repositories"
LOCAL_BACKEND = 'terraform {\n  backend "local" {\n  }\n}\n'


@dataclass(frozen=True, slots=True)
class Repository:
    """One repository."""

    path: Path
    expected: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.path.name


def repositories() -> list[Repository]:
    return [
        Repository(path.parent, json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*/expected.json"))
    ]


def copy(repository: Repository, target: Path) -> Path:
    shutil.copytree(repository.path, target, symlinks=True, ignore=shutil.ignore_patterns("expected.json"))
    return target


def make_plannable(root: Path, given: Mapping[str, Any]) -> None:
    """Give a root its open inputs, and keep its state here instead of in its backend."""
    (root / "zz_given.auto.tfvars.json").write_text(json.dumps(given), encoding="utf-8")
    if any('backend "' in path.read_text(encoding="utf-8") for path in root.glob("*.tf")):
        (root / "zz_backend_override.tf").write_text(LOCAL_BACKEND, encoding="utf-8")


def write(repository: Repository, expected: Mapping[str, Any]) -> None:
    """Write an expected.json, one key a line."""
    text = json.dumps({**expected, "roots": None}, indent=1, ensure_ascii=False)
    roots = ",\n".join(f"  {_text(name)}: {_root(root)}" for name, root in expected["roots"].items())
    text = text.replace('"roots": null', f'"roots": {{\n{roots}\n }}')
    (repository.path / "expected.json").write_text(text + "\n", encoding="utf-8")


def _root(root: Mapping[str, Any]) -> str:
    lines = [f"   {_text(name)}: {_text(value)}" for name, value in root.items() if name != "keys"]
    keys = ",\n".join(f"    {_text(address)}: {_text(key)}" for address, key in sorted(root["keys"].items()))
    return "{\n" + ",\n".join([*lines, f'   "keys": {{\n{keys}\n   }}']) + "\n  }"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
