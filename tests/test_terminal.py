"""How wide the terminal is: what shutil says of the same, in processes of their own."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSWINSZ

import pytest

OURS = "from guard.terminal import columns; print(columns(), file=sys.stderr)"
THEIRS = "import shutil; print(shutil.get_terminal_size().columns, file=sys.stderr)"


def told(code: str, stdout: int, stated: str | None) -> str:
    """What a process with that standard output and COLUMNS prints to standard error."""
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    if stated is not None:
        environment["COLUMNS"] = stated
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}"],
        cwd=Path(__file__).parents[1],
        env=environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stderr


@pytest.mark.parametrize("stated", [None, "", "0", "60", "wide", "-5"])
@pytest.mark.parametrize("width", [None, 0, 133])
def test_as_shutil_tells_it(width: int | None, stated: str | None) -> None:
    if width is None:
        assert told(OURS, subprocess.DEVNULL, stated) == told(THEIRS, subprocess.DEVNULL, stated)
        return
    master, terminal = pty.openpty()
    try:
        ioctl(terminal, TIOCSWINSZ, pack("HHHH", 40, width, 0, 0))
        assert told(OURS, terminal, stated) == told(THEIRS, terminal, stated)
    finally:
        os.close(master)
        os.close(terminal)
