"""Tools of others that tests use: found, or the test is skipped with a reason (fails with REQUIRE_TOOLS)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
NODE_MODULES = ROOT / ".tools" / "node_modules"


def missing(what: str) -> None:
    """Skip the test because a tool is not there; `.ci/setup` installs them all, so there it is a failure."""
    message = f"{what} is not installed; .ci/setup installs it"
    if os.environ.get("REQUIRE_TOOLS"):
        pytest.fail(message)
    pytest.skip(message)


def program(name: str) -> str:
    """The path of a program: beside this Python, or on the PATH."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        missing(name)
    assert found is not None
    return found


def git(folder: Path, *words: str) -> str:
    names = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *names, *words], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def released(folder: Path) -> Path:
    """The working tree, without its tests, as a repository of one commit: what users would get now."""
    folder.mkdir(exist_ok=True)
    for name in git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").split("\n"):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "release")
    return folder


def node_package(name: str) -> Path:
    folder = NODE_MODULES / name
    if not folder.is_dir():
        missing(f"the npm package {name}")
    return folder


def sarif_schema() -> dict[str, Any]:
    text = (node_package("@microsoft/sarif-multitool-linux") / "sarif-2.1.0.json").read_text(
        encoding="utf-8-sig"
    )
    schema: dict[str, Any] = json.loads(text)
    return schema


def sarif_multitool() -> Path:
    tool = node_package("@microsoft/sarif-multitool-linux") / "Sarif.Multitool"
    tool.chmod(0o755)
    return tool


def browser() -> Any:
    """A headless Chromium that loads files and nothing else, driven by chromedriver."""
    chromium, chromedriver = program("chromium"), program("chromedriver")
    if find_spec("selenium") is None:
        missing("selenium")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for word in (
        "headless=new",
        "no-sandbox",
        "disable-gpu",
        "disable-dev-shm-usage",
        "window-size=1200,900",
    ):
        options.add_argument(f"--{word}")
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    service = webdriver.ChromeService(executable_path=chromedriver)
    return webdriver.Chrome(options=options, service=service)
