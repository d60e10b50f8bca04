"""Our workflows and those that people copy, the action and the Dockerfile: what their linters say."""

import re
import subprocess

import pytest
import yaml

from tests.tools import ROOT, program

OWN = sorted((ROOT / ".github/workflows").glob("*.yml"))
EXAMPLES = sorted(
    path for path in (ROOT / "examples/workflows").glob("*.yml") if path.name != "gitlab-ci.yml"
)
SCHEMA = ("check-jsonschema", "--builtin-schema")


def lint(*command):
    tool, *words = map(str, command)
    done = subprocess.run([program(tool), *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("workflow", [*OWN, *EXAMPLES], ids=lambda path: path.stem)
def test_workflows(workflow):
    lint(*SCHEMA, "vendor.github-workflows", workflow)
    lint("actionlint", workflow)
    lint("zizmor", "--offline", "--quiet", "--no-progress", workflow)


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-actions", "action.yml"),
        ("vendor.dependabot", ".github/dependabot.yml"),
        ("vendor.gitlab-ci", "examples/workflows/gitlab-ci.yml"),
    ],
)
def test_schemas(schema, file):
    lint(*SCHEMA, schema, file)


def test_the_action_and_dependabot():
    lint("zizmor", "--offline", "--quiet", "--no-progress", "action.yml", ".github/dependabot.yml")


def test_dockerfile():
    lint("hadolint", "--failure-threshold", "warning", "Dockerfile")


def test_scripts():
    lint("shellcheck", ".ci/run", ".ci/setup", "container/stand-in")


@pytest.mark.parametrize("workflow", [*OWN, *EXAMPLES], ids=lambda path: path.stem)
def test_least_permissions_and_pins(workflow):
    text = workflow.read_text()
    described = yaml.safe_load(text)
    assert described["permissions"] == {}
    assert "pull_request_target" not in text
    for job in described["jobs"].values():
        assert job["permissions"]["contents"] in ("read", "write")
        assert job["timeout-minutes"]
        for step in job.get("steps", []):
            used = step.get("uses", "./")
            assert used in ("./", "example/iam-key-guard@v1") or re.search(r"@[0-9a-f]{40}$", used)


def test_the_pull_request_check_is_twelve_lines_of_workflow():
    lines = (ROOT / "examples/workflows/pull-request.yml").read_text().split("\n")
    steps = yaml.safe_load("\n".join(lines))["jobs"]["keys"]["steps"]
    assert len(steps) == 2
    assert "with" not in steps[1]


def test_inputs_of_the_examples_exist():
    known = yaml.safe_load((ROOT / "action.yml").read_text())
    for workflow in EXAMPLES:
        for job in yaml.safe_load(workflow.read_text())["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("example/iam-key-guard"):
                    assert set(step.get("with", {})) <= set(known["inputs"])
        for name in re.findall(r"steps\.keys\.outputs\.([\w-]+)", workflow.read_text()):
            assert name in known["outputs"]
