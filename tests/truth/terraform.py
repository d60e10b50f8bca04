"""Runs the real Terraform offline: plans a directory and says what it planned or why it refused."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

VERSION = "1.11.4"
TIMEOUT_SECONDS = 600
AROUND = "Terraform encountered problems during initialisation"  # says that others follow


@dataclass(frozen=True, slots=True)
class Refusal:
    """One error of Terraform. file: where it points to, if anywhere."""

    summary: str
    detail: str
    file: str | None

    @property
    def text(self) -> str:
        first = self.detail.split("\n")[0]
        return f"{self.summary}: {first}" if first else self.summary


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan gave: the plan document, or the errors."""

    document: Mapping[str, Any] = field(default_factory=dict)
    errors: tuple[Refusal, ...] = ()
    warnings: tuple[Refusal, ...] = ()


def available() -> str | None:
    """The path of the Terraform whose answers are recorded, or None when this machine lacks it."""
    found = shutil.which("terraform")
    if found is None:
        return None
    answer = _run(["version", "-json"], Path.cwd(), {})
    version = json.loads(answer.stdout or "{}").get("terraform_version")
    return found if version == VERSION else None


def plan(directory: Path, arguments: Sequence[str] = (), env: Mapping[str, str] | None = None) -> Planned:
    """Plan the configuration in a directory that needs no `init` or had it."""
    environment = env or {}
    planned = _run(
        ["plan", "-json", "-input=false", "-lock=false", "-out=tfplan", *arguments], directory, environment
    )
    errors, warnings = _diagnostics(planned.stdout)
    if planned.returncode == 0:
        shown = _run(["show", "-json", "tfplan"], directory, environment)
        return Planned(json.loads(shown.stdout), (), warnings)
    if not errors:
        raise RuntimeError(f"terraform plan failed without a diagnostic: {planned.stdout}{planned.stderr}")
    return Planned({}, errors, warnings)


def init(directory: Path, env: Mapping[str, str] | None = None, *, backend: bool = False) -> Planned:
    """Prepare a directory: modules and providers, from local places only."""
    arguments = ["init", "-json", "-input=false", f"-backend={str(backend).lower()}"]
    done = _run(arguments, directory, env or {})
    errors, warnings = _diagnostics(done.stdout)
    if done.returncode != 0 and not errors:
        raise RuntimeError(f"terraform init failed without a diagnostic: {done.stdout}{done.stderr}")
    return Planned({}, errors, warnings)


def _run(
    arguments: Sequence[str], directory: Path, env: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "AWS_"))}
    return subprocess.run(
        ["terraform", *arguments],
        cwd=directory,
        env={**clean, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", **env},
        capture_output=True,
        text=True,
        timeout=TIMEOUT_SECONDS,
        check=False,
    )


def _diagnostics(lines: str) -> tuple[tuple[Refusal, ...], tuple[Refusal, ...]]:
    found: dict[str, list[Refusal]] = {"error": [], "warning": []}
    for line in lines.splitlines():
        diagnostic = _json(line).get("diagnostic")
        if diagnostic and not diagnostic["summary"].startswith(AROUND):
            place = diagnostic.get("range", {}).get("filename")
            refusal = Refusal(diagnostic["summary"], diagnostic["detail"], place)
            found[diagnostic["severity"]].append(refusal)
    return tuple(found["error"]), tuple(found["warning"])


def _json(line: str) -> Mapping[str, Any]:
    try:
        parsed = json.loads(line)
    except json.JSONDecodeError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
