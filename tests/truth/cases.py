"""Configurations whose verdict depends on inputs, and how many active keys each listed input gives.

`tests/cases/NAME/` holds the configuration and `expected.json`: `about`; `verdict` (or a list of those that
are right); `users`: a user's number of active keys, or the range of it; `inputs`: assignments (`given`) with
the number of active keys per user (`active`) that the real Terraform plans. `given` holds variables, and
`terraform.workspace`, `var_file` (a file of the case), `aws_users` (users that exist in the account).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "cases"
WORKSPACE = "terraform.workspace"
VAR_FILE = "var_file"
AWS_USERS = "aws_users"
INPUT_FILE = "given.tfvars"


@dataclass(frozen=True, slots=True)
class Case:
    """One case."""

    path: Path
    expected: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def verdicts(self) -> list[str]:
        verdict = self.expected["verdict"]
        return [verdict] if isinstance(verdict, str) else list(verdict)


def cases() -> list[Case]:
    return [
        Case(path.parent, json.loads(path.read_text(encoding="utf-8")))
        for path in sorted(FOLDER.glob("*/expected.json"))
    ]


def copy(case: Case, target: Path) -> Path:
    shutil.copytree(case.path, target, symlinks=True, ignore=shutil.ignore_patterns("expected.json"))
    return target


def write_inputs(root: Path, given: Mapping[str, Any]) -> list[str]:
    """Write an assignment as a variable file. Returns the arguments that name it, Terraform's and ours."""
    if VAR_FILE in given:
        return [f"-var-file={given[VAR_FILE]}"]
    values = {name: value for name, value in given.items() if name not in (WORKSPACE, AWS_USERS)}
    lines = [
        f"{name} = {json.dumps(value, ensure_ascii=False, default=float)}\n" for name, value in values.items()
    ]
    text = "".join(lines).replace("${", "$${").replace("%{", "%%{")
    (root / INPUT_FILE).write_text(text, encoding="utf-8")
    return [f"-var-file={INPUT_FILE}"] if values else []


def workspace_environment(given: Mapping[str, Any]) -> dict[str, str]:
    return {"TF_WORKSPACE": str(given[WORKSPACE])} if WORKSPACE in given else {}


def write(case: Case, expected: Mapping[str, Any]) -> None:
    """Write an expected.json, one assignment a line."""
    inputs = ",\n".join(f"  {json.dumps(entry, ensure_ascii=False)}" for entry in expected["inputs"])
    head = {name: value for name, value in expected.items() if name != "inputs"}
    start = json.dumps(head, indent=1, ensure_ascii=False)[:-2]
    (case.path / "expected.json").write_text(f'{start},\n "inputs": [\n{inputs}\n ]\n}}\n', encoding="utf-8")
