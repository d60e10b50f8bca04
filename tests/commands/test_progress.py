"""The sign of life, on a real terminal and elsewhere."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WORK = """
import sys, time
from guard.commands.progress import sign_of_life
with sign_of_life("reading"):
    time.sleep(float(sys.argv[1]))
    if len(sys.argv) > 2:
        raise ValueError
"""


def seen(seconds, *more, terminal="xterm"):
    """What standard error, a terminal, got."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", WORK, seconds, *more],
        cwd=ROOT,
        stderr=theirs,
        env={**os.environ, "TERM": terminal},
    )
    process.wait(timeout=60)
    os.close(theirs)
    text = b""
    try:
        while part := os.read(ours, 65536):
            text += part
    except OSError:
        pass  # the end of a terminal that nobody writes to any more
    os.close(ours)
    return text.decode()


@pytest.mark.parametrize("more", [(), ("fail",)])
def test_long_work_is_told_and_wiped_out(more):
    text = seen("1.3", *more)
    assert text.startswith("\r\x1b[Kiam-key-guard: reading (1 s)")
    assert "\r\x1b[K" in text[10:]


@pytest.mark.parametrize(("seconds", "terminal"), [("0", "xterm"), ("1.3", "dumb")])
def test_quick_work_and_dumb_terminals_are_left_alone(seconds, terminal):
    assert seen(seconds, terminal=terminal) == ""


def test_nothing_elsewhere():
    done = subprocess.run(
        [sys.executable, "-c", WORK, "1.3"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
