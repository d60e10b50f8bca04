"""Configurations and the access keys that the real Terraform plans for each, or why it refuses them.

`configs/NAME/` holds the configuration, `expected.json` (`keys`: resource instance address to action,
account, user, status, with `<unknown>` for what is not known when planning; or `error`: summaries) and
`case.json`: `about`; `vars`, `var_files`, `extra` (arguments of `terraform plan`), `env`; `root` when the
root module is deeper; `workspace` (default `default`, null: none is stated); `users` that exist in AWS;
`by_hand`, the source, when no Terraform can be asked; `told`, summaries of errors that we tell all the
same; `real: false` where the real AWS provider would need the real AWS.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "configs"
NOT_COPIED = shutil.ignore_patterns("expected.json", "case.json")


@dataclass(frozen=True, slots=True)
class Config:
    """One recorded configuration; keys is None when Terraform refuses it."""

    path: Path
    case: Mapping[str, Any]
    keys: Mapping[str, Sequence[str]] | None
    error: Sequence[str]

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def arguments(self) -> list[str]:
        """Its arguments of `terraform plan`, which are ours too."""
        files = [f"-var-file={file}" for file in self.case.get("var_files", [])]
        values = [f"-var={value}" for value in self.case.get("vars", [])]
        return [*files, *values, *self.case.get("extra", [])]


def read(path: Path) -> Config:
    case = _json(path / "case.json")
    recorded = _json(path / "expected.json")
    return Config(path, case, recorded.get("keys"), recorded.get("error", []))


def configs() -> list[Config]:
    return [read(path) for path in sorted(FOLDER.iterdir())]


def recordable(config: Config) -> bool:
    """Whether the real Terraform with the real AWS provider can plan it on this machine."""
    return bool(config.case.get("real", True)) and "by_hand" not in config.case


def copy(config: Config, target: Path) -> Path:
    """Copy a configuration to a new directory. Returns its root module's directory."""
    shutil.copytree(config.path, target, symlinks=True, ignore=NOT_COPIED)
    return target / str(config.case.get("root", "."))


def text(keys: Mapping[str, Sequence[str]] | None, error: Sequence[str]) -> str:
    """The text of an expected.json, one key a line."""
    if keys is None:
        return json.dumps({"error": list(error)}, ensure_ascii=False) + "\n"
    lines = [f"  {_line(address)}: {_line(list(keys[address]))}" for address in sorted(keys)]
    return '{\n "keys": {\n' + ",\n".join(lines) + "\n }\n}\n"


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return loaded
