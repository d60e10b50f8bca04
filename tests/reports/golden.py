"""Golden files: what a renderer writes is compared with a file, or written to it when GOLDEN=write is set."""

from __future__ import annotations

import os
from pathlib import Path

from guard import __version__

FOLDER = Path(__file__).parent / "golden"


def check(name: str, text: str) -> None:
    """Compare; the version of the tool is left out of the golden file."""
    text = text.replace(f'"{__version__}"', '"VERSION"')
    path = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_text(encoding="utf-8"), f"{name} differs; GOLDEN=write accepts the new text"
