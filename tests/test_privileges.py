"""From root to the workspace's owner, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHOW = """
import os
from guard.privileges import drop_privileges
drop_privileges(os.environ)
print(os.getresuid(), os.getresgid(), os.getgroups())
"""


def ids(folder, **environment):
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout.strip()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("by", ["variable", "directory"])
def test_root_becomes_the_owner_for_good(by, tmp_path):
    tmp_path.chmod(0o755)
    os.chown(tmp_path, 1001, 127)
    where = {"GITHUB_WORKSPACE": str(tmp_path)} if by == "variable" else {"GITHUB_WORKSPACE": ""}
    folder = ROOT if by == "variable" else tmp_path
    assert ids(folder, **where) == "(1001, 1001, 1001) (127, 127, 127) []"


def test_an_owner_stays_who_they_are(tmp_path):
    me, group = os.geteuid(), os.getegid()
    assert ids(tmp_path, GITHUB_WORKSPACE=str(tmp_path)).startswith(
        f"({me}, {me}, {me}) ({group}, {group}, {group})"
    )
    assert ids(tmp_path, GITHUB_WORKSPACE="/nowhere").startswith(f"({me}, ")
