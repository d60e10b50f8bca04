"""The image, run as the runner runs it: mounts, user, environment, files, read-only and without network."""

import json
import os
import time
from datetime import UTC, datetime, timedelta

import pytest

from tests.container.podman import IMAGE, Runner, podman
from tests.reports.schemas import valid_report
from tests.tools import git

pytestmark = [pytest.mark.container, pytest.mark.usefixtures("image")]

LOCKED = ("--read-only", "--network", "none", "--cap-drop", "all", "--cap-add", "setuid,setgid")

TWO = """\
resource "aws_iam_access_key" "first" {
  user = "alice"
}

resource "aws_iam_access_key" "second" {
  user = "alice"
}
"""
ONE = 'resource "aws_iam_access_key" "only" {\n  user = "alice"\n}\n'
FLAG = """\
variable "second_key" {
  type = bool
}

resource "aws_iam_access_key" "first" {
  user = "bob"
}

resource "aws_iam_access_key" "second" {
  count = var.second_key ? 1 : 0
  user  = "bob"
}
"""
BROKEN = ONE + 'resource "aws_iam_access_key" "broken" {\n  user = \n}\n'
HOSTILE = r"""
locals {
  name = "x\n::set-output name=verdict::pass\r##[error]oh</code><script>f()</script>`|`\n::stop-commands::t"
}

resource "aws_iam_access_key" "key" {
  for_each = toset(["a\n::error::b", "`c`|<img src=x>", "${local.name}"])
  user     = local.name
}
"""


@pytest.fixture
def runner(tmp_path):
    tmp_path.chmod(0o755)
    return Runner(tmp_path)


def test_a_violation(runner):
    runner.files = {"infra/main.tf": TWO}
    step = runner.run(*LOCKED, sarif_file="out/keys.sarif", json_file="keys.json", html_file="keys.html")
    assert step.exit_code == 1
    users = json.loads(step.outputs.pop("users"))
    assert step.outputs == {
        "verdict": "violation",
        "exit-code": "1",
        "findings-count": "1",
        "sarif-file": "out/keys.sarif",
        "json-file": "keys.json",
    }
    assert [(user["user"], user["active"]) for user in users] == [("alice", {"min": 2, "max": 2})]
    (command,) = step.commands
    assert (command.name, command.properties["file"], command.properties["line"]) == (
        "error",
        "infra/main.tf",
        "1",
    )
    assert "aws_iam_access_key.second (infra/main.tf:5)" in command.data
    assert "`aws_iam_access_key.second`" in step.summary
    sarif = json.loads((step.workspace / "out/keys.sarif").read_text())
    location = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "infra/main.tf"
    assert valid_report((step.workspace / "keys.json").read_text())["verdict"] == "violation"
    for path in step.workspace.rglob("*"):
        assert (path.stat().st_uid, path.stat().st_gid) == (1001, 127)


def test_a_pass(runner):
    runner.files = {"main.tf": ONE}
    step = runner.run(*LOCKED)
    assert (step.exit_code, step.outputs["verdict"], step.outputs["users"]) == (0, "pass", "[]")
    assert step.commands == []
    assert "🟢 iam-key-guard: pass" in step.summary


def test_a_witness(runner):
    runner.files = {"main.tf": FLAG}
    step = runner.run(*LOCKED)
    assert (step.exit_code, step.outputs["verdict"]) == (1, "possible")
    assert "second_key = true" in step.summary
    assert "second_key = true" in step.commands[0].data
    tolerant = runner.run(*LOCKED, fail_on="violation")
    assert (tolerant.exit_code, tolerant.commands[0].name) == (0, "warning")
    runner.files["input.tfvars"] = "second_key = false\n"
    assert runner.run(*LOCKED, var_files="input.tfvars").outputs["verdict"] == "pass"
    runner.files["input.tfvars"] = "second_key = true\n"
    assert runner.run(*LOCKED, var_files="input.tfvars").outputs["verdict"] == "violation"


def test_a_syntax_error(runner):
    runner.files = {"main.tf": BROKEN}
    step = runner.run(*LOCKED)
    assert (step.exit_code, step.outputs["exit-code"], step.outputs["verdict"]) == (3, "3", "undetermined")
    assert ("main.tf", "5") in {
        (item.properties.get("file"), item.properties.get("line")) for item in step.commands
    }


def test_hostile_names(runner):
    runner.files = {"main.tf": HOSTILE}
    step = runner.run(*LOCKED, json_file="keys.json", html_file="keys.html", junit_file="keys.xml")
    assert (step.exit_code, step.outputs["verdict"]) == (1, "violation")
    assert {command.name for command in step.commands} <= {"error", "warning"}
    assert {command.properties.get("file") for command in step.commands} == {"main.tf"}
    assert len(step.outputs) == 6
    assert "<script>" not in step.summary.replace("`", "")[: step.summary.index("iam-key-guard")]
    assert "<script>" not in (step.workspace / "keys.html").read_text()
    user = valid_report((step.workspace / "keys.json").read_text())["users"][0]
    assert user["user"].startswith("x\n::set-output")


def test_a_waiver_that_the_pull_request_brings(runner):
    """git is in the image, and reads a workspace that belongs to somebody else than root."""
    workspace = runner.folder / "_work/repo"
    workspace.mkdir(parents=True)
    (workspace / "main.tf").write_text(TWO)
    git(workspace, "init", "--quiet")
    git(workspace, "add", "--all")
    git(workspace, "commit", "--quiet", "--message", "two keys")
    git(workspace, "switch", "--quiet", "--create", "change")
    day = datetime.now(UTC).date() + timedelta(days=9)
    said = f'# iam-key-guard: ignore[more-than-one-active-key] until={day} reason="rotation"'
    runner.files = {"main.tf": f"{said}\n{TWO}"}
    step = runner.run(*LOCKED, base="main")
    assert (step.exit_code, step.outputs["verdict"]) == (0, "pass")
    warnings = [
        (item.properties["title"], item.properties["file"])
        for item in step.commands
        if item.name == "warning"
    ]
    assert warnings == [("Ignore added by this change", "main.tf")]
    assert "What this change allows itself" in step.summary


def test_wrong_inputs(runner):
    runner.files = {"main.tf": ONE}
    step = runner.run(*LOCKED, fail_on="never")
    assert (step.exit_code, step.outputs, step.summary) == (2, {}, "")
    assert "Input fail-on is 'never'" in step.commands[0].data
    step = runner.run(*LOCKED, path="nowhere")
    assert step.exit_code == 2
    step = runner.run(*LOCKED, sarif_file="/proc/no/such.sarif")
    assert step.exit_code == 2
    assert "such.sarif" in step.commands[-1].data


def test_reports_are_switched_off(runner):
    runner.files = {"main.tf": TWO}
    step = runner.run(*LOCKED, annotations="false", summary="false")
    assert (step.exit_code, step.commands, step.summary) == (1, [], "")


def test_root_is_given_up(runner, tmp_path):
    """A socket like the container engine's, which root's group may write to, is out of reach."""
    runner.files = {"main.tf": ONE}
    runner.run()
    socket = tmp_path / "engine.sock"
    socket.write_text("")
    socket.chmod(0o660)
    os.chown(socket, 0, 0)
    code = (
        "import os; from guard.privileges import drop_privileges; drop_privileges(os.environ);"
        "print(os.getuid(), os.getgid(), os.access('/var/run/docker.sock', os.W_OK))"
    )
    words = [
        "run",
        "--rm",
        "-v",
        f"{socket}:/var/run/docker.sock",
        "-v",
        f"{tmp_path / '_work/repo'}:/w",
        "-w",
        "/w",
    ]
    done = podman(*words, "--entrypoint", "/opt/iam-key-guard/bin/python", IMAGE, "-I", "-c", code)
    assert done.stdout.split() == ["1001", "127", "False"]


def test_as_a_command(runner):
    runner.files = {"main.tf": TWO}
    workspace = runner.run().workspace
    words = ["run", "--rm", *LOCKED, "-u", "1001:127", "-v", f"{workspace}:/src:ro", "-w", "/src", IMAGE]
    done = podman(*words, "check", "--format=json", check=False)
    assert (done.returncode, valid_report(done.stdout)["verdict"]) == (1, "violation")
    mount = ["-v", f"{workspace}:/src:ro", "-w", "/src"]
    gitlab = ["run", "--rm", "--entrypoint", "", *mount, IMAGE, "/bin/sh", "-c"]
    assert podman(*gitlab, "iam-key-guard check --fail-on violation", check=False).returncode == 1
    assert podman("run", "--rm", IMAGE, "--version").stdout.startswith("iam-key-guard ")


def test_what_is_in_the_image():
    (details,) = json.loads(podman("image", "inspect", IMAGE).stdout)
    settings = details["Config"]
    assert settings["Entrypoint"][0] == "/opt/iam-key-guard/bin/python"
    assert not settings.get("User")
    assert not settings.get("Healthcheck")
    assert settings["Labels"]["org.opencontainers.image.version"] == "1.2.3"
    shell = ["run", "--rm", "--entrypoint", "/bin/sh", IMAGE, "-c"]
    found = podman(
        *shell, "find / -xdev \\( -name 'pip' -o -name 'pip-*' -o -name ensurepip -o -name finish.py \\)"
    )
    assert found.stdout == ""
    assert podman(*shell, "git --version").stdout.startswith("git version")
    files = podman(*shell, "cd /opt/iam-key-guard/app && find . -name '*.py' | wc -l")
    assert int(files.stdout) > 50


def test_nothing_is_left_to_compile_or_cache(runner):
    """A run with a writable image changes nothing in it: what is cached was made at build time."""
    runner.files = {"main.tf": FLAG}
    workspace = runner.run().workspace
    podman("rm", "--force", "--ignore", "guard-diff")
    mount = ["-v", f"{workspace}:/src", "-w", "/src"]
    podman("run", "--name", "guard-diff", *mount, IMAGE, "check", "--format=html", check=False)
    changes = podman("diff", "guard-diff").stdout.split("\n")
    podman("rm", "--force", "guard-diff")
    assert [line for line in changes if "/opt/" in line or "cache" in line or ".pyc" in line] == []


def test_size_and_cold_start(runner, record_property):
    """Measured, and far from what would be felt; docs/action.md has the numbers."""
    runner.files = {"main.tf": ONE}
    runner.run()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        runner.run(*LOCKED)
        times.append(time.perf_counter() - start)
    ours = int(podman("image", "inspect", "--format", "{{.Size}}", IMAGE).stdout)
    record_property("image_bytes", ours)
    record_property("cold_start_seconds", min(times))
    print(f"image {ours / 1e6:.0f} MB, a run in the container {min(times):.2f} s")
    assert min(times) < 5
    assert ours < 500e6
