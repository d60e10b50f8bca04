"""Git is asked in a way in which nothing that a repository says is run, opened outside or believed."""

from __future__ import annotations

import os
import stat
import subprocess
from pathlib import Path

import pytest

from guard.history.git import NotComparableError, Repository, repository
from tests.history.repositories import CLEAN, commit, git, started
from tests.ignores.running import enter, run, summaries

ONE = 'resource "aws_iam_access_key" "k" {\n  user = "bob"\n}\n'
FILE = ".iam-key-guard.yaml"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return enter(tmp_path, monkeypatch)


def program(path: Path, marker: Path) -> str:
    """A program that leaves a mark when it is run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho run >> {marker}\nexit 0\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def hostile(directory: Path, marker: Path) -> None:
    """Everything in a repository that names a program, in its configuration, hooks and attributes."""
    run_me = program(directory / "evil", marker)
    for hook in (
        "post-checkout",
        "reference-transaction",
        "post-index-change",
        "fsmonitor-watchman",
        "pre-auto-gc",
    ):
        program(directory / ".git/hooks" / hook, marker)
        program(directory / "hooks" / hook, marker)
    settings = {
        "core.fsmonitor": run_me, "core.hooksPath": str(directory / "hooks"), "diff.external": run_me,
        "diff.x.textconv": run_me, "diff.x.command": run_me, "filter.x.smudge": run_me, "filter.x.clean": run_me,
        "filter.x.process": run_me, "filter.x.required": "true", "core.pager": run_me, "pager.ls-tree": run_me,
        "pager.cat-file": run_me, "alias.rev-parse": f"!{run_me}", "alias.ls-tree": f"!{run_me}",
        "core.editor": run_me, "core.sshCommand": run_me, "core.askPass": run_me, "core.gitProxy": run_me,
        "core.alternateRefsCommand": run_me, "credential.helper": f"!{run_me}", "gpg.program": run_me,
        "uploadpack.packObjectsHook": run_me, "protocol.ext.allow": "always", "protocol.allow": "always",
        "remote.origin.url": f"ext::sh -c {run_me}", "remote.origin.promisor": "true",
        "remote.origin.partialclonefilter": "blob:none", "remote.origin.uploadpack": run_me,
        "extensions.partialClone": "origin", "core.repositoryFormatVersion": "1", "trace2.normalTarget": str(marker),
        "include.path": "/dev/null", "core.worktree": "/",
    }  # fmt: skip
    for name, text in settings.items():
        git(directory, "config", "--file", ".git/config", name, text)
    (directory / ".git/info").mkdir(exist_ok=True)
    (directory / ".git/info/attributes").write_text("* diff=x filter=x\n")


def test_nothing_that_a_hostile_repository_names_is_run(here: Path) -> None:
    marker = here / "marker"
    repo = started(
        here / "repo", {"main.tf": ONE, FILE: "limit: 1\n", ".gitattributes": "* diff=x filter=x\n"}
    )
    commit(repo, {FILE: "limit: 2\n"})
    hostile(repo, marker)
    report = run(repo.parent, {}, "repo", base="main")
    assert summaries(report) == ["Limit raised by this change"]
    assert not marker.exists()


def test_an_object_that_is_missing_is_not_fetched(here: Path) -> None:
    marker = here / "marker"
    repo = started(here / "repo", {"main.tf": ONE, FILE: "limit: 1\n"})
    commit(repo, {FILE: "limit: 2\n"})
    name = git(repo, "rev-parse", f"main:{FILE}")
    hostile(repo, marker)
    (repo / ".git/objects" / name[:2] / name[2:]).unlink()
    report = run(repo.parent, {}, "repo", base="main")
    assert summaries(report) == ["Not compared with the base"]
    assert not marker.exists()


def test_the_trap_would_spring(here: Path) -> None:
    """Plain git runs what `hostile` sets: the tests above can fail."""
    marker = here / "marker"
    repo = started(here / "repo", {"main.tf": ONE})
    hostile(repo, marker)
    git(repo, "config", "--unset", "core.worktree")
    subprocess.run(["git", "status"], cwd=repo, env=CLEAN, check=False, capture_output=True)
    assert marker.exists()


def test_a_git_of_the_repository_is_not_run(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repo = started(here / "repo", {"main.tf": ONE, FILE: "limit: 1\n"})
    commit(repo, {FILE: "limit: 2\n"})
    program(repo / "git", here / "marker")
    monkeypatch.setenv("PATH", os.pathsep.join((str(repo), ".", "", os.environ["PATH"])))
    monkeypatch.chdir(repo)
    assert summaries(run(repo, {}, base="main")) == ["Limit raised by this change"]
    monkeypatch.setenv("PATH", f"{repo}:.")
    (said,) = run(repo, {}, base="main").diagnostics
    assert "git is not installed" in said.detail
    assert not (here / "marker").exists()


def test_a_git_directory_outside_of_the_workspace_is_not_opened(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = started(here / "outside", {"main.tf": ONE, FILE: "limit: 5\n"})
    inside = here / "inside"
    inside.mkdir()
    (inside / "main.tf").write_text(ONE)
    (inside / ".git").write_text(f"gitdir: {outside}/.git\n")
    (said,) = run(here, {}, "inside", base="main").diagnostics
    assert (said.summary, "nothing outside is opened" in said.detail) == ("Not compared with the base", True)
    (inside / ".git").unlink()
    (inside / ".git").symlink_to(outside / ".git")
    (said,) = run(here, {}, "inside", base="main").diagnostics
    assert "nothing outside is opened" in said.detail


def test_a_linked_work_tree_inside_of_the_workspace(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    main = started(here / "main", {"main.tf": ONE, FILE: "limit: 1\n"})
    git(main, "worktree", "add", "--quiet", "../other", "-b", "other")
    commit(here / "other", {FILE: "limit: 2\n"})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here))
    assert summaries(run(here, {}, "other", base="main")) == ["Limit raised by this change"]


@pytest.mark.parametrize("text", ["", "gitdir:", "gitdir: \0x", "gitdir: nowhere", "x" * 9_000, "\n" * 20])
def test_a_link_that_leads_nowhere(here: Path, text: str) -> None:
    (here / "r").mkdir()
    (here / "r" / ".git").write_text(text)
    assert summaries(run(here, {"r/main.tf": ONE}, "r", base="main")) == ["Not compared with the base"]


def test_large_settings_of_the_base_are_not_read(here: Path) -> None:
    repo = started(here / "r", {"main.tf": ONE, FILE: "#" * 1_100_000})
    commit(repo, {FILE: "limit: 2\n"})
    assert summaries(run(here, {}, "r", base="main")) == ["Not compared with the base"]


@pytest.mark.parametrize("text", ["", "[core", "garbage"])
def test_a_broken_repository_is_not_compared(here: Path, text: str) -> None:
    repo = started(here / "repo", {"main.tf": ONE})
    (repo / ".git/config").write_text(text)
    (repo / ".git/HEAD").write_text("nonsense\n")
    assert summaries(run(here, {}, "repo", base="main")) == ["Not compared with the base"]


def test_no_repository(here: Path) -> None:
    (said,) = run(here, {"main.tf": ONE}, base="main").diagnostics
    assert (said.summary, "no git repository" in said.detail) == ("Not compared with the base", True)


def opened(directory: Path) -> Repository:
    return repository([directory], Path(os.path.realpath(directory)))


def test_files_of_a_commit(here: Path) -> None:
    names = ["-x", "a b", "sub/ä\n.tf", "*", ":(glob)**", "empty", "--", "deep/er/x"]
    first = commit(started(here / "r", {}), {name: f"is {name}" if name != "empty" else "" for name in names})
    (here / "r" / "link").symlink_to("/etc/passwd")
    second = commit(here / "r", {})
    repo = opened(here / "r")
    assert repo.files(first, [*names, "no", "link", "deep"]) == {
        name: f"is {name}".encode() if name != "empty" else b"" for name in names
    }
    assert repo.files(second, ["link", "sub"]) == {}
    assert repo.files(second, []) == {}
    many = {f"d/{number}": f"{number}" for number in range(1_200)}
    third = commit(here / "r", many)
    assert repo.files(third, list(many)) == {name: text.encode() for name, text in many.items()}


def test_replaced_objects_are_not_believed(here: Path) -> None:
    repo = started(here / "r", {"main.tf": ONE, FILE: "limit: 1\n"})
    commit(repo, {FILE: "limit: 2\n"})
    git(repo, "replace", git(repo, "rev-parse", f"main:{FILE}"), git(repo, "rev-parse", f"HEAD:{FILE}"))
    assert summaries(run(here, {}, "r", base="main")) == ["Limit raised by this change"]


def test_links_of_a_commit_are_followed_inside_of_it(here: Path) -> None:
    repo = started(here / "r", {"real/x": "is x", "y": "is y"})
    for name, target in {
        "link": "real/x", "way": "real", "out": "/etc/passwd", "loop": "loop", "gone": "no\n100644 blob",
        "up": "../r/y", "again": "link", "d": "real",
    }.items():  # fmt: skip
        (repo / name).symlink_to(target)
    one = commit(repo, {})
    asked = ["out", "gone", "link", "loop", "way/x", "up", "again", "y/x", "d", "real/x"]
    assert opened(repo).files(one, asked) == dict.fromkeys(("real/x", "link", "way/x", "again"), b"is x")


def test_grafts_are_not_believed(here: Path) -> None:
    """They would say that the change started from another commit: here from one that already has it."""
    repo = started(here / "r", {"main.tf": ONE, FILE: "limit: 1\n"})
    ahead = commit(repo, {FILE: "limit: 2\n"})
    (repo / ".git/info").mkdir(exist_ok=True)
    (repo / ".git/info/grafts").write_text(f"{git(repo, 'rev-parse', 'main')} {ahead}\n")
    git(repo, "update-ref", "refs/heads/main", git(repo, "rev-parse", "main"))
    assert summaries(run(here, {}, "r", base="main")) == ["Limit raised by this change"]


def test_a_large_file_is_not_compared(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("guard.history.git.LARGEST_FILE", 1_000)
    one = commit(started(here / "r", {}), {"large": "x" * 1_001, "small": "x"})
    assert opened(here / "r").files(one, ["small"]) == {"small": b"x"}
    with pytest.raises(NotComparableError, match="too large"):
        opened(here / "r").files(one, ["large"])
    monkeypatch.setattr("guard.history.git.LARGEST_TOTAL", 0)
    with pytest.raises(NotComparableError, match="too large"):
        opened(here / "r").files(one, ["small"])


def test_git_that_does_not_answer(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started(here / "r", {"main.tf": ONE})
    monkeypatch.setattr("guard.history.git.SECONDS", -1)
    (said,) = run(here, {}, "r", base="main").diagnostics
    assert "did not answer" in said.detail


def test_sha256_repositories(here: Path) -> None:
    (here / "r").mkdir()
    git(here / "r", "init", "--quiet", "--object-format=sha256", "--initial-branch", "main")
    commit(here / "r", {"main.tf": ONE, FILE: "limit: 1\n"})
    git(here / "r", "switch", "--quiet", "--create", "change")
    commit(here / "r", {FILE: "limit: 2\n"})
    assert summaries(run(here, {}, "r", base="main")) == ["Limit raised by this change"]
