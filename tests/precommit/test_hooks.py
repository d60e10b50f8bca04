"""The hooks, run by pre-commit itself in scratch repositories."""

import os
import resource
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.container.podman import IMAGE, action_image, environment, podman, require_podman
from tests.tools import git, program, released

pytestmark = pytest.mark.container

KEY = 'resource "aws_iam_access_key" "{name}" {{\n  user = "alice"\n}}\n'
READ = """
resource "aws_iam_access_key" "read" {
  for_each = yamldecode(file("${path.module}/users.yaml"))
  user     = each.value
}
"""


@dataclass(frozen=True)
class Hooks:
    """Our repository at one commit, as pre-commit clones it, and pre-commit's own store."""

    repository: Path
    commit: str
    store: Path

    def run(self, folder, *words, **variables):
        variables = {**os.environ, "PRE_COMMIT_HOME": str(self.store), "NO_COLOR": "1", **variables}
        command = [program("pre-commit"), *words]
        done = subprocess.run(
            command, cwd=folder, env=variables, capture_output=True, text=True, timeout=300, check=False
        )
        return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def hooks(tmp_path_factory):
    program("pre-commit")
    repository = released(tmp_path_factory.mktemp("hooks"))
    return Hooks(repository, git(repository, "rev-parse", "HEAD"), tmp_path_factory.mktemp("store"))


@pytest.fixture
def scratch(tmp_path):
    """A repository of 1,000 files, ten of them with a key, each of a user of its own."""
    folder = tmp_path / "scratch"
    for number in range(1_000):
        file = folder / f"team{number // 50}/part{number}/main.tf"
        file.parent.mkdir(parents=True)
        text = "".join(
            f'resource "aws_s3_bucket" "b{n}" {{\n  bucket = "bucket-{number}-{n}"\n}}\n' for n in range(5)
        )
        if number % 100 == 0:
            text += KEY.format(name="key").replace("alice", f"user{number}")
        file.write_text(text)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return folder


def test_fails_on_a_second_key_and_passes_after_the_fix(hooks, scratch):
    code, output = hooks.run(scratch, "try-repo", str(hooks.repository), "iam-key-guard", "--all-files")
    assert (code, "Passed" in output) == (0, True), output
    config = scratch / ".pre-commit-config.yaml"
    config.write_text(
        f"repos:\n- repo: {hooks.repository}\n  rev: {hooks.commit}\n  hooks: [{{id: iam-key-guard}}]\n"
    )
    second = scratch / "team0/part0/second.tf"
    second.write_text(KEY.format(name="one") + KEY.format(name="two"))
    git(scratch, "add", "--all")
    code, output = hooks.run(scratch, "run")
    assert code == 1
    assert output.count("iam-key-guard: violation: 1 of 11 IAM users") == 1
    assert "team0/part0/second.tf:4" in output
    second.write_text(KEY.format(name="one"))
    git(scratch, "add", "--all")
    code, output = hooks.run(scratch, "run")
    assert (code, "Passed" in output) == (0, True), output
    without = min(_processor_seconds(hooks, scratch, SKIP="iam-key-guard") for _ in range(3))
    # What else runs on the machine only ever adds.
    assert any(_processor_seconds(hooks, scratch) - without < 0.5 for _ in range(10))


def _processor_seconds(hooks, folder, **variables):
    """What a warm run costs; processor time, since other tests run beside this one."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code, output = hooks.run(folder, "run", "--all-files", **variables)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert code == 0, output
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_other_files_do_not_wake_the_hook(hooks, scratch):
    config = f"repos:\n- repo: {hooks.repository}\n  rev: {hooks.commit}\n  hooks: [{{id: iam-key-guard}}]\n"
    (scratch / ".pre-commit-config.yaml").write_text(config)
    git(scratch, "add", "--all")
    git(scratch, "commit", "--quiet", "--no-verify", "--message", "all")
    for name in ("README.md", ".terraform/modules/x/main.tf"):
        (scratch / name).parent.mkdir(parents=True, exist_ok=True)
        (scratch / name).write_text(KEY.format(name="one") + KEY.format(name="two"))
    git(scratch, "add", "--all", "--force")
    code, output = hooks.run(scratch, "run")
    assert (code, "Skipped" in output) == (0, True), output


def test_what_terraform_reads_wakes_the_hook(hooks, scratch):
    config = f"repos:\n- repo: {hooks.repository}\n  rev: {hooks.commit}\n  hooks: [{{id: iam-key-guard}}]\n"
    (scratch / ".pre-commit-config.yaml").write_text(config)
    (scratch / "users.tf").write_text(READ)
    (scratch / "users.yaml").write_text("a: one\nb: two\n")
    git(scratch, "add", "--all")
    git(scratch, "commit", "--quiet", "--no-verify", "--message", "all")
    (scratch / "users.yaml").write_text("a: one\nb: one\n")
    git(scratch, "add", "--all")
    code, output = hooks.run(scratch, "run")
    assert (code, "users.tf:2" in output) == (1, True), output


def test_in_a_container(hooks, scratch, tmp_path):
    require_podman()
    action_image()
    podman("tag", IMAGE, "localhost/iam-key-guard:latest")
    docker = tmp_path / "bin" / "docker"
    docker.parent.mkdir()
    docker.write_text(f'#!/bin/sh\nexec {program("podman")} "$@"\n')
    docker.chmod(0o755)
    path = {
        "PATH": f"{docker.parent}:{os.environ['PATH']}",
        "CONTAINERS_CONF": environment()["CONTAINERS_CONF"],
    }
    words = ["try-repo", str(hooks.repository), "iam-key-guard-docker", "--all-files"]
    code, output = hooks.run(scratch, *words, **path)
    assert (code, "Passed" in output) == (0, True), output
    (scratch / "two.tf").write_text(KEY.format(name="one") + KEY.format(name="two"))
    git(scratch, "add", "--all")
    code, output = hooks.run(scratch, *words, **path)
    podman("untag", IMAGE, "localhost/iam-key-guard:latest")
    assert (code, "two.tf:4" in output) == (1, True), output
