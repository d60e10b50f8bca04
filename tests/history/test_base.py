"""Which commit a change is compared with: by option, by event, and when there is too little history."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guard.cli import main
from tests.history.repositories import commit, git, started

ONE = 'resource "aws_iam_access_key" "k" {\n  user = "bob"\n}\n'
FILE = ".iam-key-guard.yaml"


class Job:
    """A pull request: `main` goes on after the change left it, and a job checks a clone out."""

    def __init__(
        self, directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.directory, self._monkeypatch, self._capsys = directory, monkeypatch, capsys
        self.origin = started(directory / "origin", {"main.tf": ONE, FILE: "limit: 2\n"})
        self.fork = git(self.origin, "rev-parse", "HEAD")
        commit(self.origin, {"x.tf": "locals {}\n"})
        self.head = commit(self.origin, {FILE: "limit: 3\n"})
        git(self.origin, "switch", "--quiet", "main")
        self.base = commit(self.origin, {"other.tf": "locals {}\n"})
        git(self.origin, "switch", "--quiet", "--detach")
        git(self.origin, "merge", "--quiet", "--no-ff", "--message", "merge", "change")
        self.merged = git(self.origin, "rev-parse", "HEAD")
        git(self.origin, "update-ref", "refs/pull/1/merge", self.merged)
        git(self.origin, "update-ref", "refs/pull/1/head", self.head)

    def checkout(self, depth: int = 0, ref: str = "refs/pull/1/merge", also: str = "") -> Path:
        """What actions/checkout does: one ref, as deep as is said."""
        clone = self.directory / "clone"
        clone.mkdir()
        git(clone, "init", "--quiet")
        git(clone, "remote", "add", "origin", f"file://{self.origin}")
        deep = [f"--depth={depth}"] if depth else []
        names = [
            f"+{ref}:refs/remotes/pull/1/x",
            *([f"+refs/heads/{also}:refs/remotes/origin/{also}"] if also else []),
        ]
        git(clone, "fetch", "--quiet", "--no-tags", *deep, "origin", *names)
        git(clone, "checkout", "--quiet", "--detach", "refs/remotes/pull/1/x")
        return clone

    def event(self, payload: object, **environment: str) -> None:
        path = self.directory / "event.json"
        path.write_text(payload if isinstance(payload, str) else json.dumps(payload))
        for name, text in {"GITHUB_EVENT_PATH": str(path), "GITHUB_SHA": self.merged, **environment}.items():
            self._monkeypatch.setenv(name, text)

    def said(self, clone: Path, *words: str) -> list[dict[str, str]]:
        self._monkeypatch.chdir(clone)
        self._capsys.readouterr()
        assert main(["check", "--format", "json", *words]) == 0
        return list(json.loads(self._capsys.readouterr().out)["diagnostics"])

    def compared(self, clone: Path, *words: str) -> tuple[list[str], str]:
        """What is called out, and with which commit it was compared (empty: with none)."""
        said = self.said(clone, *words)
        bases = [item["detail"] for item in said if item["summary"] == "Compared with the base"]
        found = next((id for id in (self.fork, self.base, self.merged) if bases and id[:12] in bases[0]), "")
        return [item["summary"] for item in said if item["severity"] == "warning"], found


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Job:
    for name in (
        "GITHUB_WORKSPACE",
        "GITHUB_BASE_REF",
        "GITHUB_EVENT_PATH",
        "GITHUB_EVENT_NAME",
        "GITHUB_SHA",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", raising=False)
    return Job(tmp_path, monkeypatch, capsys)


RAISED = ["Limit raised by this change"]
NOT = ["Not compared with the base"]


@pytest.mark.parametrize("depth", [0, 2, 5])
def test_the_merge_that_github_checks_out(job: Job, depth: int) -> None:
    job.event({}, GITHUB_BASE_REF="main")
    assert job.compared(job.checkout(depth)) == (RAISED, job.base)


def test_too_little_history_is_said(job: Job) -> None:
    job.event({"pull_request": {"base": {"sha": job.base}}}, GITHUB_BASE_REF="main")
    clone = job.checkout(1)
    assert job.compared(clone) == (NOT, "")
    (said,) = job.said(clone)
    assert "fetch-depth: 2 or more" in said["detail"]
    assert "does not have main" in said["detail"]


def test_the_head_of_the_change_with_all_history(job: Job) -> None:
    job.event({"pull_request": {"base": {"sha": job.base}}}, GITHUB_BASE_REF="main")
    assert job.compared(job.checkout(ref="refs/pull/1/head", also="main")) == (RAISED, job.fork)


def test_the_base_by_the_event_alone(job: Job) -> None:
    job.event({"pull_request": {"base": {"sha": job.fork}}}, GITHUB_BASE_REF="elsewhere")
    assert job.compared(job.checkout(ref="refs/pull/1/head")) == (RAISED, job.fork)


def test_the_base_by_its_branch_alone(job: Job) -> None:
    job.event("not json", GITHUB_BASE_REF="main")
    assert job.compared(job.checkout(ref="refs/pull/1/head", also="main")) == (RAISED, job.fork)


def test_a_merge_queue(job: Job) -> None:
    job.event({"merge_group": {"base_sha": job.base}}, GITHUB_EVENT_NAME="merge_group", GITHUB_SHA="0" * 40)
    assert job.compared(job.checkout()) == (RAISED, job.base)


def test_a_merge_request_of_gitlab(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI_MERGE_REQUEST_DIFF_BASE_SHA", job.fork)
    assert job.compared(job.checkout(ref="refs/pull/1/head")) == (RAISED, job.fork)


def test_a_merge_of_the_author_is_not_taken_for_the_one_of_github(job: Job) -> None:
    """Only the commit that the runner names is GitHub's merge: the author's own may have any parents."""
    git(job.origin, "switch", "--quiet", "change")
    git(job.origin, "merge", "--quiet", "--no-ff", "--message", "own", "main")
    git(job.origin, "update-ref", "refs/pull/1/head", "HEAD")
    job.event({}, GITHUB_BASE_REF="main")
    assert job.compared(job.checkout(ref="refs/pull/1/head", also="main")) == (RAISED, job.base)


def test_histories_that_do_not_meet(job: Job) -> None:
    job.event({}, GITHUB_BASE_REF="main")
    clone = job.checkout(1, ref="refs/pull/1/head", also="main")
    assert job.compared(clone) == (NOT, "")
    assert "does not reach back" in job.said(clone)[0]["detail"]


@pytest.mark.parametrize("name", ["main", "origin/main", "refs/remotes/origin/main", "HEAD~2"])
def test_the_base_that_is_named(job: Job, name: str) -> None:
    clone = job.checkout(ref="refs/pull/1/head", also="main")
    assert job.compared(clone, "--base", name) == (RAISED, job.fork)


def test_the_option_beats_the_event(job: Job) -> None:
    job.event({}, GITHUB_BASE_REF="main")
    assert job.compared(job.checkout(), "--base", "HEAD") == ([], job.merged)


def test_a_base_that_the_clone_does_not_have(job: Job) -> None:
    assert job.compared(job.checkout(), "--base", "nowhere") == (NOT, "")
    assert "does not have nowhere" in job.said(job.directory / "clone", "--base", "nowhere")[0]["detail"]


@pytest.mark.parametrize("name", ["--output=/tmp/x", "-x", "", " ", "a\nb", "a\x1bb"])
def test_what_is_no_name_of_a_commit_is_wrong_use(
    job: Job, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(job.origin)
    assert main(["check", f"--base={name}"]) == 2


@pytest.mark.parametrize("branch", ["-x", "--upload-pack=touch x", "a..b", "@{-1}", "main:x", "\x1b"])
def test_a_branch_of_the_event_is_only_a_name(job: Job, branch: str) -> None:
    job.event({}, GITHUB_BASE_REF=branch, GITHUB_SHA="0" * 40)
    assert job.compared(job.checkout()) == (NOT, "")


@pytest.mark.parametrize(
    "payload",
    ["[" * 100_000, [], {"pull_request": None}, {"pull_request": {"base": {"sha": "--x"}}}, {"merge_group": {"base_sha": 1}}],
)  # fmt: skip
def test_an_event_that_tells_nothing(job: Job, payload: object) -> None:
    job.event(payload, GITHUB_BASE_REF="gone", GITHUB_SHA="0" * 40)
    assert job.compared(job.checkout()) == (NOT, "")


def test_without_a_pull_request_nothing_is_compared(job: Job) -> None:
    job.event({"before": job.base}, GITHUB_EVENT_NAME="push")
    assert job.said(job.checkout()) == []
