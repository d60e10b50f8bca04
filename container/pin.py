#!/usr/bin/env python3
"""Names the published image in action.yml and in the hook: container/pin.py docker://IMAGE@sha256:DIGEST."""

from __future__ import annotations

import re
import sys
from pathlib import Path

IMAGE = re.compile(r"docker://([a-z0-9][a-z0-9./_-]*@sha256:[0-9a-f]{64})")
PLACES = {
    "action.yml": ("\n  image: Dockerfile\n", "\n  image: docker://{}\n"),
    ".pre-commit-hooks.yaml": ("entry: iam-key-guard:latest check", "entry: {} check"),
}


def pin(image: str, folder: Path) -> None:
    """Replace the image in both files; an error where the expected text is not there exactly once."""
    found = IMAGE.fullmatch(image)
    if not found:
        sys.exit(f"{image} does not name an image by digest")
    for name, (before, after) in PLACES.items():
        path = folder / name
        text = path.read_text(encoding="utf-8")
        if text.count(before) != 1:
            sys.exit(f"{name} does not have {before.strip()!r} exactly once")
        path.write_text(text.replace(before, after.format(found[1])), encoding="utf-8")


if __name__ == "__main__":
    pin(sys.argv[1], Path.cwd())
