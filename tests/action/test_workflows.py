"""Our workflows and those that people copy, the action and the Dockerfile: what their linters say."""

import re
import subprocess

import pytest
import yaml

from guard import __version__
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


def test_the_base_image_is_pinned_where_dependabot_moves_it():
    froms = re.findall(r"^FROM (.*)$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    pinned, *others = froms
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+-slim-\w+@sha256:[0-9a-f]{64} AS python", pinned)
    assert others == ["${PYTHON_IMAGE} AS build", "${PYTHON_IMAGE}"]


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
        assert "uses" in job or job["timeout-minutes"]
        for step in job.get("steps", []):
            used = step.get("uses", "./")
            assert used in ("./", f"example/iam-key-guard@v{__version__}") or re.search(
                r"@[0-9a-f]{40}$", used
            )


def test_the_pull_request_check_is_twelve_lines_of_workflow():
    lines = (ROOT / "examples/workflows/pull-request.yml").read_text().split("\n")
    steps = yaml.safe_load("\n".join(lines))["jobs"]["keys"]["steps"]
    assert len(steps) == 2
    assert "with" not in steps[1]


def test_what_people_copy_names_this_release():
    """A release has the tag vX.Y.Z, the image's tag X.Y.Z, and the package X.Y.Z."""
    copied = [ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "examples/workflows").glob("*")]
    text = "\n".join(path.read_text() for path in copied)
    named = re.findall(r"iam-key-guard(?:@v|==|:(?=\d))(\d[\w.]*)|rev: v(\S+)", text)
    assert {a or b for a, b in named} == {__version__}
    assert len(named) > 6


def test_a_release_is_what_the_tests_passed():
    release = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())["jobs"]
    needed = {name: job.get("needs", []) for name, job in release.items()}
    assert needed == {
        "ci": [], "image": "ci", "smoke": "image", "package": "smoke", "tag": ["image", "package"],
    }  # fmt: skip
    build = next(step["with"] for step in release["image"]["steps"] if step.get("id") == "build")
    assert (build["platforms"], build["provenance"]) == ("linux/amd64,linux/arm64", "mode=max")
    known = re.findall(r"^ARG (\w+)=", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    given = [line.partition("=")[0] for line in build["build-args"].splitlines()]
    assert set(given) == set(known) - {"PYTHON_IMAGE"}


@pytest.mark.parametrize("name", ["pull-request", "sarif-upload", "plan-file"])
def test_examples_for_pull_requests_check_out_the_base_too(name):
    for job in yaml.safe_load((ROOT / f"examples/workflows/{name}.yml").read_text())["jobs"].values():
        (checkout,) = [step for step in job["steps"] if step.get("uses", "").startswith("actions/checkout@")]
        assert checkout["with"]["fetch-depth"] >= 2


def test_inputs_of_the_examples_exist():
    known = yaml.safe_load((ROOT / "action.yml").read_text())
    for workflow in EXAMPLES:
        for job in yaml.safe_load(workflow.read_text())["jobs"].values():
            for step in job["steps"]:
                if step.get("uses", "").startswith("example/iam-key-guard"):
                    assert set(step.get("with", {})) <= set(known["inputs"])
        for name in re.findall(r"steps\.keys\.outputs\.([\w-]+)", workflow.read_text()):
            assert name in known["outputs"]
