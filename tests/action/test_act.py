"""The pull request example in a repository of its own, run by act, with the action of this checkout."""

import re
import shutil
import subprocess
import time

import pytest

from guard import __version__
from tests.container.podman import base_image, environment, on_stand_in, podman, require_podman
from tests.reports.viewers import runner_commands
from tests.tools import ROOT, git, program, released

pytestmark = pytest.mark.container

TWO = "".join(f'resource "aws_iam_access_key" "{name}" {{\n  user = "alice"\n}}\n' for name in ("a", "b"))
ONE = TWO.replace('"alice"', '"alice"\n  status = "Inactive"', 1)
ACTION = f"example/iam-key-guard@v{__version__}"
BUILT = f"act-{re.sub('[^a-z0-9]', '-', ACTION)}-dockeraction"


@pytest.fixture
def engine(tmp_path):
    """Podman behind a socket that speaks Docker's language."""
    program("act")
    require_podman()
    socket = f"unix://{tmp_path / 'engine.sock'}"
    service = subprocess.Popen(
        [program("podman"), "system", "service", "--time=0", socket],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 20
    while not (tmp_path / "engine.sock").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    yield socket
    service.terminate()
    service.wait(timeout=20)
    podman("image", "rm", "--force", "--ignore", BUILT)


def act(folder, engine, action):
    command = [
        program("act"),
        "pull_request",
        *("--platform", f"ubuntu-latest={base_image()}"),
        *("--local-repository", f"{ACTION}={action}"),
        *("--network", "host", "--pull=false", "--action-offline-mode", "--container-daemon-socket", "-"),
    ]
    variables = {**environment(), "DOCKER_HOST": engine, "XDG_CACHE_HOME": str(folder.parent / "cache")}
    done = subprocess.run(
        command, cwd=folder, env=variables, capture_output=True, text=True, timeout=500, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_the_pull_request_example(engine, tmp_path):
    podman("image", "rm", "--force", "--ignore", BUILT)
    action = on_stand_in(released(tmp_path / "action"))
    folder = tmp_path / "repository"
    (folder / ".github/workflows").mkdir(parents=True)
    shutil.copy(ROOT / "examples/workflows/pull-request.yml", folder / ".github/workflows")
    (folder / "main.tf").write_text(TWO)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "two keys")

    code, log = act(folder, engine, action)
    assert code == 1, log
    assert f"Failure - Main {ACTION}" in log
    assert "set-output:: verdict=violation" in log
    assert "set-output:: exit-code=1" in log
    assert "| `alice` | 🔴 violation | 2 |" in log
    commands = runner_commands("\n".join(line.partition("❗  ")[2] for line in log.split("\n")))
    assert [(item.name, item.properties["file"], item.properties["line"]) for item in commands] == [
        ("error", "main.tf", "1")
    ]

    (folder / "main.tf").write_text(ONE)
    git(folder, "commit", "--all", "--quiet", "--message", "one key")
    code, log = act(folder, engine, action)
    assert code == 0, log
    assert "set-output:: verdict=pass" in log
    assert "Job succeeded" in log
