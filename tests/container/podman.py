"""Podman for the tests: a stand-in base image, the action's image on it, and runs as the runner does them."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.reports.viewers import Command, runner_commands, step_outputs
from tests.tools import ROOT, git, missing, program

IMAGE = "localhost/iam-key-guard:test"
FOLDER = Path("/var/tmp/iam-key-guard-tests")
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")

# What podman needs in a small virtual machine: no systemd, no bridge, few limits.
SETTINGS = f"""
[containers]
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
netns = "host"
volumes = [{f'"{CERTIFICATES}:{CERTIFICATES}:ro"' if CERTIFICATES.exists() else ""}]
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
"""


def environment() -> dict[str, str]:
    """The environment for podman."""
    FOLDER.mkdir(exist_ok=True)
    settings = FOLDER / "containers.conf"
    settings.write_text(SETTINGS)
    return {**os.environ, "CONTAINERS_CONF": str(settings)}


def podman(*words: str | Path, check: bool = True, timeout: int = 300) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [program("podman"), *map(str, words)],
        capture_output=True,
        text=True,
        env=environment(),
        timeout=timeout,
        check=False,
    )
    assert done.returncode == 0 or not check, done.stdout + done.stderr
    return done


def require_podman() -> None:
    """Skip (or fail, see tests.tools) where images cannot be built."""
    if os.geteuid() != 0:
        missing("podman as root")
    for name in ("podman", "runc", "debootstrap"):
        program(name)
    python_prefix()


def python_prefix() -> str:
    """Where a Python 3.13 lives that can be copied into the stand-in base."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    prefixes = [*sorted(pyenv.glob("3.13*")), Path("/usr/local")]
    found = next((prefix for prefix in prefixes if (prefix / "bin/python3.13").exists()), None)
    if found is None:
        missing("a Python 3.13 under ~/.pyenv or /usr/local")
    return str(found)


def base_image() -> str:
    """The base image's name; a stand-in of that name is made where there is none. Once for all processes."""
    recipe = hashlib.sha256((ROOT / "container" / "stand-in").read_bytes()).hexdigest()[:12]
    name = f"localhost/stand-in:{recipe}"
    with _alone():
        if podman("image", "exists", name, check=False).returncode:
            command = [ROOT / "container" / "stand-in", name, python_prefix()]
            subprocess.run(command, env=environment(), check=True, timeout=400)
    return name


def on_stand_in(folder: Path) -> Path:
    """The checkout in this folder with the stand-in as its base, for tools that give no build arguments."""
    file = folder / "Dockerfile"
    default = "ARG PYTHON_IMAGE=python\n"
    text = file.read_text()
    assert text.count(default) == 1
    file.write_text(text.replace(default, f"ARG PYTHON_IMAGE={base_image()}\n"))
    git(folder, "commit", "--all", "--quiet", "--message", "stand-in")
    return folder


def action_image() -> str:
    """The action's image, built from this checkout; layers that did not change are podman's cache."""
    base = base_image()
    with _alone():
        podman(
            "build", "--quiet", "--tag", IMAGE, "--pull=never", "--layers",
            "--build-arg", f"PYTHON_IMAGE={base}", "--build-arg", "VERSION=1.2.3", ROOT,
        )  # fmt: skip
    return IMAGE


@contextmanager
def _alone() -> Iterator[None]:
    FOLDER.mkdir(exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass(frozen=True, slots=True)
class Step:
    """What one run of the action left behind."""

    exit_code: int
    log: str
    outputs: dict[str, str]
    summary: str
    workspace: Path

    @property
    def commands(self) -> list[Command]:
        return runner_commands(self.log)


@dataclass(slots=True)
class Runner:
    """A workspace and the runner's folders, as a runner with user 1001:127 lays them out."""

    folder: Path
    files: dict[str, str] = field(default_factory=dict)

    def run(self, *options: str, **inputs: str) -> Step:
        """Run the action as the runner does: mounts, working directory, environment, user."""
        mounts = {
            "_work/repo": "/github/workspace",
            "_temp/home": "/github/home",
            "_temp/workflow": "/github/workflow",
            "_temp/file_commands": "/github/file_commands",
        }
        for place in mounts:
            (self.folder / place).mkdir(parents=True, exist_ok=True)
        workspace = self.folder / "_work/repo"
        for name, text in self.files.items():
            (workspace / name).parent.mkdir(parents=True, exist_ok=True)
            (workspace / name).write_text(text, encoding="utf-8")
        commands = self.folder / "_temp/file_commands"
        for name in ("output", "summary"):
            (commands / name).write_text("")
        for path in (self.folder, *self.folder.rglob("*")):
            os.chown(path, 1001, 127)
        variables = {
            "HOME": "/github/home",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_WORKSPACE": "/github/workspace",
            "GITHUB_OUTPUT": "/github/file_commands/output",
            "GITHUB_STEP_SUMMARY": "/github/file_commands/summary",
            **{f"INPUT_{name.upper().replace('_', '-')}": text for name, text in inputs.items()},
        }
        words = ["run", "--rm", "--workdir", "/github/workspace", *options]
        words += [
            word for place, target in mounts.items() for word in ("-v", f"{self.folder / place}:{target}")
        ]
        words += [word for name, text in variables.items() for word in ("-e", f"{name}={text}")]
        done = podman(*words, IMAGE, check=False)
        return Step(
            done.returncode,
            done.stdout + done.stderr,
            step_outputs((commands / "output").read_text()),
            (commands / "summary").read_text(),
            workspace,
        )
