"""The command on a plan or state and the configurations beside it, for tests."""

import json
from pathlib import Path
from typing import Any

import pytest

from guard.cli import main


class Check:
    """Runs the command on a plan, and on it with configurations beside it."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.plan = folder / "plan.json"

    def write(self, document: dict[str, Any], **files: str) -> None:
        """The plan, and a main.tf for each directory named."""
        self.plan.write_text(json.dumps(document))
        for name, text in files.items():
            (self.folder / name).mkdir()
            (self.folder / name / "main.tf").write_text(text)

    def __call__(self, *names: str) -> dict[str, Any]:
        main(["check", "--format", "json", str(self.plan), *(str(self.folder / name) for name in names)])
        report: dict[str, Any] = json.loads(self._capsys.readouterr().out)
        return report


def shown(report: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    return [(user["account"], user["user"], user["verdict"], user["source"]) for user in report["users"]]
