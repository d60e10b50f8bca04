"""Real git repositories, made for a test."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
CLEAN = {name: text for name, text in os.environ.items() if not name.startswith("GIT_")}


def git(directory: Path, *words: str) -> str:
    """Run git; returns what it prints."""
    settings = {**CLEAN, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", *IDENTITY, *words]
    done = subprocess.run(command, cwd=directory, env=settings, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def write(directory: Path, files: Mapping[str, str | None]) -> None:
    """Write the files; None removes one."""
    for name, text in files.items():
        path = directory / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def commit(directory: Path, files: Mapping[str, str | None]) -> str:
    """Commit the files; returns the id."""
    write(directory, files)
    git(directory, "add", "--all")
    git(directory, "commit", "--quiet", "--allow-empty", "--message", "x")
    return git(directory, "rev-parse", "HEAD")


def started(directory: Path, files: Mapping[str, str | None]) -> Path:
    """A repository with the files on `main`, standing on the branch `change`."""
    directory.mkdir(exist_ok=True)
    git(directory, "init", "--quiet", "--initial-branch", "main")
    commit(directory, files)
    git(directory, "switch", "--quiet", "--create", "change")
    return directory
