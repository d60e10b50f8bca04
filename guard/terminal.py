"""How wide the terminal is, as `shutil` tells it, which imports three compressors."""

from __future__ import annotations

import os


def columns(otherwise: int = 80) -> int:
    """COLUMNS, else the width of the terminal that is standard output; otherwise where it is none."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated):
        return int(stated)
    try:
        return os.get_terminal_size().columns or otherwise
    except OSError:
        return otherwise
