"""The program as people run it: on a terminal, interrupted, in a large account."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from tests.audit.fake_aws import World

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "guard.cli", "audit"]
# The same, and at the end what Linux tells of the process. What getrusage tells is at least the peak of the
# process that started it.
MEASURED = """
import sys
from pathlib import Path
from guard.cli import main
code = main(["audit", *sys.argv[2:]])
Path(sys.argv[1]).write_bytes(Path("/proc/self/status").read_bytes())
sys.exit(code)
"""


def start(*arguments: str, **more: object) -> subprocess.Popen:
    """Start the program. A shell starts what runs in its background with interrupts ignored: not here."""
    ours = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        return subprocess.Popen([*COMMAND, *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, **more)
    finally:
        signal.signal(signal.SIGINT, ours)


def test_interrupted(world: World, endpoint: str) -> None:
    """The server answers nothing more until the program has ended."""
    for number in range(200):
        world.home.add(f"user-{number}", "Active")
    ended = Event()
    world.fault("ListAccessKeys", effect=ended.wait)
    process = start("--evidence", "live", "--call-timeout", "1", stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not world.made("ListAccessKeys") and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    ended.set()
    assert process.returncode == 130
    assert told == "iam-key-guard: interrupted\n"


def test_progress_on_a_terminal(world: World, endpoint: str) -> None:
    for number in range(2, 5):
        world.account(number)
    world.accounts["000000000003"].roles.clear()
    ours, theirs = pty.openpty()
    process = start("--org", stderr=theirs)
    os.close(theirs)
    process.wait(timeout=60)
    told = os.read(ours, 10_000).decode()
    os.close(ours)
    assert "4 of 4 accounts read, 1 not in full" in told


def test_silence_elsewhere(world: World, endpoint: str) -> None:
    world.account(2)
    process = start("--org", stderr=subprocess.PIPE)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, b"")


@pytest.mark.long
@pytest.mark.parametrize(
    ("evidence", "most_calls"), [("report", 500 * 3 + 10), ("live", 5000 + 500 * 2 + 20)]
)
def test_a_large_account(world: World, endpoint: str, tmp_path: Path, evidence: str, most_calls: int) -> None:
    """5,000 users, 500 with two active keys: few calls, little memory, everyone in the report."""
    for number in range(5000):
        world.home.add(f"user-{number:04d}", *["Active"] * (1 + (number % 10 == 0)))
    file = tmp_path / "report.json"
    status = tmp_path / "status"
    command = [
        sys.executable,
        "-c",
        MEASURED,
        str(status),
        "--evidence",
        evidence,
        "--format",
        f"json={file}",
    ]
    assert subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False).returncode == 1
    report = json.loads(file.read_text())
    violating = [user["user"] for user in report["users"] if user["standing"] == "violating"]
    assert sorted(violating) == [f"user-{number:04d}" for number in range(0, 5000, 10)]
    assert len(report["users"]) == 5001
    assert not [user for user in report["users"] if user["standing"] == "unread"]
    assert len(world.calls) <= most_calls
    kilobytes = int(status.read_text().partition("VmHWM:")[2].split()[0])
    assert kilobytes < 150 * 1024
