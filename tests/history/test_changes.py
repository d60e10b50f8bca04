"""What a change allows itself, in real repositories: called out, and nothing else is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guard.baseline import Baseline, Entry
from guard.baseline import render as render_baseline
from guard.cli import main
from guard.history.base import Base
from guard.history.baseline_changes import baseline_changes
from guard.inventory.model import Count
from guard.reports import FORMATS
from guard.reports.json_v1 import render
from guard.reports.model import Report
from guard.rules import Verdict
from tests.history.repositories import commit, git, started, write
from tests.ignores.running import SAID, enter, run, summaries
from tests.reports.schemas import valid_report

FILE = ".iam-key-guard.yaml"
TWO = "".join(f'resource "aws_iam_access_key" "k{n}" {{\n  user = "alice"\n}}\n' for n in range(2))
ONE = 'resource "aws_iam_access_key" "k" {\n  user = "bob"\n}\n'
WAIVER = '{account: default, user: alice, at-most: 2, owner: team, reason: rotation, until: "2026-12-10"}'
WAIVED = f"waivers: [{WAIVER}]\n"


def changed(directory: Path, before: dict[str, str | None], after: dict[str, str | None]) -> Report:
    """The report on a change of some files, beside `main`."""
    commit(started(directory, {"main.tf": TWO, **before}), after)
    return run(directory, {}, base="main")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return enter(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("", WAIVED, ["Waiver added by this change"]),
        (WAIVED, WAIVED, []),
        (WAIVED, f"# moved\n\n{WAIVED}", []),
        (WAIVED, WAIVED.replace("alice", "ALICE").replace("team", "other team"), []),
        (WAIVED, WAIVED.replace("12-10", "12-09"), []),
        (WAIVED, WAIVED.replace("12-10", "12-11"), ["Waiver widened by this change"]),
        (WAIVED, WAIVED.replace("at-most: 2", "at-most: 3"), ["Waiver widened by this change"]),
        (WAIVED.replace("}", ", root: .}"), WAIVED, ["Waiver widened by this change"]),
        (WAIVED, WAIVED.replace("}", ", root: .}"), []),
        (WAIVED, f"waivers: [{WAIVER}, {WAIVER.replace('alice', 'bob')}]\n", ["Waiver added by this change"]),
        (WAIVED, f"waivers: [{WAIVER}, {WAIVER.replace('default', 'profile:x')}]\n", ["Waiver added by this change"]),
        ("", "limit: 2\n", ["Limit raised by this change"]),
        ("limit: 0\n", "limit: 1\n", ["Limit raised by this change"]),
        ("limit: 0\n", None, ["Limit raised by this change"]),
        ("limit: 2\n", "limit: 1\n", ["Setting made stricter by this change"]),
        ("", "fail-on: possible\n", ["Strictness lowered by this change"]),
        ("fail-on: violation\n", "", ["Setting made stricter by this change"]),
        ("", "max-waiver-days: 90\n", ["Waiver cap raised by this change"]),
        ("exclude: [a]\n", "exclude: [a, 'b/**']\n", ["Exclusion added by this change", "Left out"]),
        ("exclude: [a, b]\n", "exclude: [b]\n", ["Left out"]),
        ("", 'accounts: {profile:x: "111111111111"}\n', ["Settings changed by this change"]),
        ("roots: {.: {vars: {a: 1}}}\n", "roots: {.: {vars: {a: 2}}}\n", ["Settings changed by this change"]),
        ("roots: {.: {vars: {a: 1}}}\n", "roots: {.: {vars: {a: true}}}\n", ["Settings changed by this change"]),
        (
            "roots: {.: {vars: {a: 1}}, '**': {vars: {a: 2}}}\n",
            "roots: {'**': {vars: {a: 2}}, .: {vars: {a: 1}}}\n",
            ["Settings changed by this change"],
        ),
        ("", "$schema: https://example.com/schema.json\n", []),
        ("limt: 5\n", "limit: 1\n", ["Settings of the base not valid"]),
        ("limt: 5\n", WAIVED, ["Settings of the base not valid", "Waiver added by this change"]),
        (
            "",
            f"fail-on: violation\nlimit: 3\n{WAIVED}exclude: [b]\n",
            ["Limit raised by this change", "Strictness lowered by this change", "Exclusion added by this change", "Waiver added by this change", "Left out"],
        ),
    ],
)  # fmt: skip
def test_settings(here: Path, before: str, after: str | None, said: list[str]) -> None:
    inputs = 'variable "a" {\n  default = 1\n}\n'
    sources: dict[str, str | None] = {"a/main.tf": ONE, "b/main.tf": ONE, "main.tf": ONE + inputs}
    if "alice" in (before + (after or "")):
        sources["main.tf"] = TWO
    report = changed(here, {**sources, FILE: before}, {FILE: after})
    found = [
        item
        for item in summaries(report)
        if not item.startswith(("Setting without", "Waiver without", "Waiver not"))
    ]
    assert found == said


def test_a_waiver_that_the_change_adds_is_in_force_and_called_out_everywhere(here: Path) -> None:
    report = changed(here, {}, {FILE: WAIVED})
    assert (report.exit_code, report.verdict) == (0, Verdict.PASS)
    (said,) = [item for item in valid_report(render(report))["diagnostics"] if item["severity"] == "warning"]
    assert (said["summary"], said["file"], said["line"]) == ("Waiver added by this change", FILE, 1)
    assert "alice (account default) may have at most 2 active keys until 2026-12-10" in said["detail"]
    for name, form in FORMATS.items():
        assert "added by this change" in form.render(report), name
    summary = FORMATS["markdown"].render(report)
    assert summary.index("What this change allows itself") < summary.index("### Account")
    annotations = FORMATS["github"].render(report).splitlines()
    assert annotations[0].startswith(f"::warning file={FILE},line=1,")


def test_findings_that_warn_cannot_crowd_it_out(here: Path) -> None:
    users = 'variable "more" {\n  type = bool\n}\n' + "".join(
        f'resource "aws_iam_access_key" "u{n}" {{\n  count = var.more ? 2 : 1\n  user = "u{n}"\n}}\n'
        for n in range(30)
    )
    report = changed(here, {}, {FILE: f"fail-on: violation\n{WAIVED}", "more.tf": users})
    warnings = [
        line for line in FORMATS["github"].render(report).splitlines() if line.startswith("::warning")
    ]
    assert (report.exit_code, len(warnings)) == (0, 10)
    assert "Strictness lowered" in warnings[0]
    assert "Waiver added" in warnings[1]


def test_a_nearer_settings_file_is_compared_with_the_one_that_held_before(here: Path) -> None:
    started(here, {"a/main.tf": ONE, FILE: "limit: 3\n", "b/x.tf": ONE})
    commit(here, {f"a/{FILE}": "limit: 3\n"})
    assert summaries(run(here, {}, "a", base="main")) == []
    commit(here, {f"a/{FILE}": "limit: 4\n"})
    assert summaries(run(here, {}, "a", base="main")) == ["Limit raised by this change"]


def test_patterns_that_start_elsewhere_are_not_the_same(here: Path) -> None:
    started(here, {"a/main.tf": ONE, "a/b/main.tf": ONE, FILE: "exclude: [b]\nroots: {b: {workspace: x}}\n"})
    commit(here, {FILE: None, f"a/{FILE}": "exclude: [b]\nroots: {b: {workspace: x}}\n"})
    said = summaries(run(here, {}, "a", base="main"))
    assert said[:2] == ["Exclusion added by this change", "Settings changed by this change"]


def test_a_link_of_the_change_is_no_way_around(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the links lead to is the same at the base, but it does not hold there."""
    loose = {FILE: "limit: 3\n", "main.tf": f"# {SAID}\n\n{TWO}"}
    files = {"loose/" + name: text for name, text in loose.items()}
    started(here, {"real/main.tf": TWO, f"real/{FILE}": "limit: 1\n", **files})
    write(here, {f"real/{FILE}": None, "real/main.tf": None})
    for name in loose:
        (here / "real").mkdir(exist_ok=True)
        (here / "real" / name).symlink_to(f"../loose/{name}")
    commit(here, {})
    said = summaries(run(here, {}, "real", base="main"))
    assert said[:2] == ["Limit raised by this change", "Ignore added by this change"]
    write(here, {f"real/{FILE}": None, "real/main.tf": None})
    (here / "real").rmdir()
    (here / "real").symlink_to("loose")
    commit(here, {})
    assert summaries(run(here, {}, "real", base="main"))[0] == "Limit raised by this change"


def test_a_baseline_that_becomes_a_link(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    started(here, {"main.tf": TWO})
    assert main(["check", "--write-baseline", "other.json"]) == 0
    commit(here, {"b.json": '{"format_version": "1.0", "findings": []}'})
    git(here, "branch", "--force", "main")
    write(here, {"b.json": None})
    (here / "b.json").symlink_to("other.json")
    commit(here, {})
    capsys.readouterr()
    assert main(["check", "--baseline", "b.json", "--base", "main"]) == 0
    assert "Baseline widened by this change" in capsys.readouterr().out


def test_links_that_the_base_has_too_change_nothing(here: Path) -> None:
    started(here, {"real/main.tf": f"# {SAID}\n\n{TWO}", f"real/{FILE}": "limit: 1\n"})
    (here / "link").symlink_to("real")
    git(here, "add", "--all")
    git(here, "commit", "--quiet", "--amend", "--message", "x")
    git(here, "branch", "--force", "main")
    assert summaries(run(here, {}, "link", base="main")) == []


def test_a_named_settings_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commit(
        started(here, {"main.tf": ONE, "ci/s.yaml": "limit: 1\n"}),
        {"ci/s.yaml": "limit: 2\n", FILE: "limit: 9\n"},
    )
    assert main(["check", "--config", "ci/s.yaml", "--base", "main", "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)["diagnostics"]
    assert (said[0]["summary"], said[0]["file"]) == ("Limit raised by this change", "ci/s.yaml")


# --- ignores -------------------------------------------------------------------------------------

IGNORED = TWO.replace("}\n", f"}}\n# {SAID}\n", 1)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (TWO, IGNORED, ["Ignore added by this change"]),
        (IGNORED, f"\n\n# moved\n{IGNORED}", []),
        (IGNORED, IGNORED.replace("12-10", "12-01").replace("rotation", "other"), []),
        (IGNORED, IGNORED.replace("  user", "user   "), []),
        (IGNORED, IGNORED.replace("12-10", "12-11"), ["Ignore widened by this change"]),
        (IGNORED, IGNORED.replace('rotation"', 'rotation" at-most=3'), ["Ignore widened by this change"]),
        (IGNORED, IGNORED.replace('"k1"', '"k2"'), ["Ignore added by this change"]),
        (IGNORED, IGNORED.replace("alice", "carol"), ["Ignored code changed by this change"]),
        (IGNORED, IGNORED + ONE.replace("bob", "carol"), []),
        (
            f"{ONE}{IGNORED}".replace('"alice"\n}', '"alice" # spare:\n  status = "Inactive"\n}'),
            f"{ONE}{IGNORED}".replace('"alice"\n}', '"alice" # spare: status = "Inactive"\n}'),
            ["Ignored code changed by this change"],
        ),
        (f"# {SAID}\n\n{TWO}", f"# {SAID}\n\n{TWO}{ONE}", ["Ignored code changed by this change"]),
        (f"locals {{\n  x = <<E\n# {SAID}\nE\n}}\n{TWO}", IGNORED, ["Ignore added by this change"]),
        ("not { hcl", IGNORED, ["Ignore added by this change"]),
    ],
)  # fmt: skip
def test_ignores(here: Path, before: str, after: str, said: list[str]) -> None:
    report = changed(here, {"main.tf": before}, {"main.tf": after})
    assert summaries(report) == said


def test_an_ignore_in_a_new_file(here: Path) -> None:
    report = changed(here, {}, {"main.tf": ONE, "-new file.tf": IGNORED})
    assert summaries(report) == ["Ignore added by this change"]


# --- baselines -----------------------------------------------------------------------------------


def test_a_baseline(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*more: str) -> list[str]:
        capsys.readouterr()
        main(["check", "--format", "json", "--base", "main", *more])
        found = json.loads(capsys.readouterr().out)["diagnostics"]
        return [item["summary"] for item in found if item["severity"] == "warning"]

    started(here, {"main.tf": TWO})
    assert said("--write-baseline", "b.json") == []
    assert said("--baseline", "b.json") == ["Baseline added by this change"]
    commit(here, {})
    git(here, "branch", "--force", "main")
    assert said("--baseline", "b.json") == []
    write(
        here,
        {
            "main.tf": TWO + TWO.replace('"k', '"l'),
            "more.tf": TWO.replace("alice", "bob").replace('"k', '"b'),
        },
    )
    said("--write-baseline", "b.json")
    assert said("--baseline", "b.json") == ["Baseline widened by this change"]
    write(here, {"main.tf": ONE, "more.tf": ONE.replace('"k"', '"m"').replace("bob", "eve")})
    said("--write-baseline", "b.json")
    assert said("--baseline", "b.json") == []


def test_an_entry_that_is_there_twice_now_is_new(tmp_path: Path) -> None:
    """Several users without a name may share a label, and each needs an entry of its own."""
    entry = Entry("more-than-one-active-key", "default", ".", "var.x", Verdict.POSSIBLE, Count(1, 2))
    once, twice = (render_baseline(Baseline("b.json", (entry,) * number)) for number in (1, 2))
    path = tmp_path / "b.json"
    path.write_text(twice)
    (said,) = baseline_changes(path, once.encode(), Base("main", "0" * 40))
    assert (said.summary, said.detail.count("var.x")) == ("Baseline widened by this change", 1)
    assert list(baseline_changes(path, twice.encode(), Base("main", "0" * 40))) == []
    assert [item.summary for item in baseline_changes(path, b"{", Base("main", "0" * 40))] == [said.summary]


def test_nothing_is_compared_unless_asked_for(here: Path) -> None:
    commit(started(here, {"main.tf": ONE}), {FILE: "limit: 2\n"})
    assert [item.summary for item in run(here, {}).diagnostics] == []


def test_that_it_was_compared_is_said(here: Path) -> None:
    base = started(here, {"main.tf": ONE})
    found = run(base, {}, base="main").diagnostics
    assert [item.summary for item in found] == ["Compared with the base"]
    assert git(here, "rev-parse", "main")[:12] in found[0].detail


def test_what_lies_outside_of_the_repository_is_said_and_the_rest_compared(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    repo = started(here / "repo", {"main.tf": TWO, FILE: "limit: 1\n"})
    commit(repo, {FILE: "limit: 2\n"})
    monkeypatch.setenv("GITHUB_WORKSPACE", str(here))
    monkeypatch.chdir(repo)

    def said(*more: str) -> list[tuple[str, str]]:
        capsys.readouterr()
        main(["check", "--format", "json", "--base", "main", *more])
        found = json.loads(capsys.readouterr().out)["diagnostics"]
        return [(item["summary"], item["detail"]) for item in found if item["severity"] == "warning"]

    said("--write-baseline", "../b.json")
    raised, outside = said("--baseline", "../b.json")
    assert (raised[0], outside[0]) == ("Limit raised by this change", "Not compared with the base")
    assert "brings a baseline of its own" in outside[1]
    (here / "s.yaml").write_text("limit: 2\n")
    (outside,) = said("--config", "../s.yaml")
    assert outside[0] == "Not compared with the base"
    assert "s.yaml lies outside of the repository" in outside[1]
