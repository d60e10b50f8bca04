"""What the README shows and links to is so."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from guard.cli import main

HERE = Path(__file__).parent.parent
README = (HERE / "README.md").read_text("utf-8")
# A command of the README with the output that follows it, up to the end of the block.
SHOWN = re.findall(
    r"^\$ iam-key-guard (check [^\n]*)\n(iam-key-guard: .*?)^```$", README, re.DOTALL | re.MULTILINE
)
DOCUMENTS = [HERE / "README.md", *sorted((HERE / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize(("command", "output"), SHOWN)
def test_a_command_prints_what_is_shown(
    command: str, output: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(HERE)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    main(shlex.split(command))
    assert capsys.readouterr().out.strip() == output.strip()


def test_something_is_shown() -> None:
    assert SHOWN


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    missing = [
        link for link in LINK.findall(document.read_text("utf-8")) if not (document.parent / link).exists()
    ]
    assert missing == []
