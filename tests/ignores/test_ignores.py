"""Ignores in checks: what they cover, what they do not, and every way in which they fail closed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from guard.reports import FORMATS, json_v1
from guard.rules import Verdict
from tests.ignores.running import RULE, SAID, enter, failing, run, summaries
from tests.inventory.writing import call, change, key, plan, resource
from tests.reports.hostile import FRAGMENTS
from tests.reports.schemas import valid_report
from tests.reports.viewers import runner_commands

FIRST = 'resource "aws_iam_access_key" "a" {\n  user = "alice"\n}\n'
SECOND = 'resource "aws_iam_access_key" "b" {\n  user = "alice"\n}\n'
THIRD = SECOND.replace('"b"', '"c"')
OF_EVE = THIRD.replace("alice", "eve")
SPARE = THIRD.replace("}", '  status = "Inactive"\n}')
USER = 'resource "aws_iam_user" "u" { name = "alice" }\n'
INSIDE = FIRST.replace("  user", f"  # {SAID}\n  user")
BOB = "".join(f'resource "aws_iam_access_key" "bob{n}" {{\n  user = "bob"\n}}\n' for n in range(2))
ON_SECOND = f"{FIRST}# {SAID}\n{SECOND}"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return enter(tmp_path, monkeypatch)


@pytest.mark.parametrize(
    "main",
    [
        ON_SECOND,
        f"{FIRST}\n\n\n# moved\n\n// {SAID}\n# and another comment\n{SECOND}",
        f"{FIRST}/* {SAID} */\n{SECOND}",
        f"{FIRST}/*\n * {SAID}\n */\n{SECOND}",
        f"{FIRST}/* {SAID} */ {SECOND}",
        FIRST.replace("{\n", f"{{ # {SAID}\n") + SECOND,
        f'{FIRST}resource "aws_iam_access_key" "b" {{ user = "alice" }} # {SAID}\n',
        f"{FIRST}# {SAID}\r\n{SECOND}".replace("\n", "\r\n").replace("\r\r", "\r"),
        f"# {SAID}\n\n{FIRST}{SECOND}",
        f"# Keys of the deployment\n# {SAID}\n\n{FIRST}{SECOND}",
        f"{FIRST}# {SAID} at-most=3\n{SECOND}",
    ],
)
def test_an_ignore_in_force_is_shown_and_does_not_fail(here: Path, main: str) -> None:
    report = run(here, {"main.tf": main})
    assert (report.exit_code, report.verdict, summaries(report)) == (0, Verdict.PASS, [])
    (finding,) = report.findings
    (user,) = report.users
    assert finding.waived == user.waived
    assert finding.waived is not None
    assert finding.waived.owner.startswith("inline ignore at main.tf:")
    assert (finding.waived.reason, finding.waived.until, finding.waived.inline) == (
        "rotation",
        "2026-12-10",
        True,
    )
    assert user.verdict is Verdict.VIOLATION
    assert '"kind": "inSource"' in FORMATS["sarif"].render(report)
    said = valid_report(json_v1.render(report))["findings"][0]["waived"]
    assert (said["inline"], said["reason"], said["at_most"]) == (
        True,
        "rotation",
        3 if "at-most" in main else 2,
    )


@pytest.mark.parametrize(
    ("main", "said"),
    [
        (ON_SECOND.replace("2026-12-10", "2026-11-22"), "Ignore expired"),
        (ON_SECOND.replace("2026-12-10", "2026-12-24"), "Ignore too long"),
        (ON_SECOND.replace("rotation\"", "rotation\" at-most=1"), "Ignore too small"),
        (f"{FIRST}# {SAID}\n{SECOND}{THIRD}", "Ignore too small"),
        (ON_SECOND.replace(RULE, "stale-key"), "Ignore without effect"),
        (f"{FIRST}# {SAID}\n\n{SECOND}", "Ignore without effect"),
        (f"{FIRST}{SECOND}# {SAID}\n", "Ignore without effect"),
        (INSIDE + SECOND, "Ignore without effect"),
        (f"{FIRST}{SECOND.rstrip()} # {SAID}\n", "Ignore without effect"),
        (f'# {SAID}\nlocals {{}}\n{FIRST}{SECOND}', "Ignore without effect"),
        (f"# {SAID}\n{USER}{FIRST}{SECOND}", "Ignore without effect"),
        (f"\n# {SAID}\n\n{FIRST}{SECOND}", "Ignore without effect"),
        (f"{FIRST}{SECOND}# {SAID}\n{OF_EVE}", "Ignore not needed"),
        (f"{FIRST}{SECOND}# {SAID}\n{SPARE}", "Ignore without effect"),
        (f"{FIRST}# iam-key-guard: ingore[{RULE}]\n{SECOND}", "Comment without effect"),
    ],
)  # fmt: skip
def test_an_ignore_that_is_not_right_does_not_count_and_says_so(here: Path, main: str, said: str) -> None:
    report = run(here, {"main.tf": main})
    assert (report.exit_code, report.verdict, summaries(report)) == (1, Verdict.VIOLATION, [said])
    assert failing(report) == ["alice"]


def test_an_ignore_beside_one_line_is_not_above_the_next(here: Path) -> None:
    lines = [
        f'resource "aws_iam_access_key" "k{n}" {{ user = "{user}" }}'
        for n, user in enumerate(("alice", "bob") * 2)
    ]
    lines[0] += f" # {SAID}"
    report = run(here, {"main.tf": "\n".join(lines) + "\n"})
    assert (failing(report), summaries(report)) == (["bob"], [])


@pytest.mark.parametrize(
    "block",
    [
        f'locals {{\n  x = <<E\n# {SAID}\nE\n}}\n',
        f"locals {{\n  x = <<-E\n  /*\n  {SAID}\n  */\n  E\n}}\n",
        "locals {\n  x = \"# " + SAID.replace('"', '\\"') + "\"\n}\n",
    ],
)  # fmt: skip
def test_text_in_strings_and_heredocs_is_no_ignore(here: Path, block: str) -> None:
    report = run(here, {"main.tf": f"{block}{FIRST}{SECOND}"})
    assert (report.exit_code, failing(report), summaries(report)) == (1, ["alice"], [])


def test_a_heredoc_that_ends_right_above_a_block_is_no_ignore(here: Path) -> None:
    heredoc = f'resource "aws_iam_access_key" "a" {{\n  user = trimspace(<<E\nalice\n# {SAID}\nE\n  )\n}}\n'
    report = run(here, {"main.tf": heredoc + SECOND})
    assert all(finding.waived is None for finding in report.findings)


@pytest.mark.parametrize(
    "words",
    [
        f'ignore[{RULE}] reason="x"',
        f"ignore[{RULE}] until=2026-12-10",
        'ignore[more-than-one-key] until=2026-12-10 reason="x"',
        'ignore until=2026-12-10 reason="x"',
        f'ignore[{RULE}] until=never reason="x"',
        f'ignore[{RULE}] until=2026-12-10 reason="x" at-most=many',
    ],
)
def test_a_malformed_ignore_is_an_error_at_its_place_and_makes_the_run_incomplete(
    here: Path, words: str
) -> None:
    report = run(here, {"main.tf": f"{FIRST}\n# iam-key-guard: {words}\n"})
    assert (report.exit_code, report.verdict) == (3, Verdict.UNDETERMINED)
    (said,) = json_v1.document(report)["diagnostics"]  # type: ignore[misc,attr-defined]  # a list of objects
    assert (said["severity"], said["summary"], said["file"], said["line"]) == (
        "error",
        "Invalid ignore",
        "main.tf",
        5,
    )
    assert said["column"] >= 18
    both = run(here, {"main.tf": f"{FIRST}# iam-key-guard: {words}\n{SECOND}"})
    assert (both.exit_code, failing(both)) == (1, ["alice"])


@pytest.mark.parametrize(
    "comment",
    [
        SAID.replace("iam-key-guard", "IAM-Key-Guard"),
        SAID.replace("iam-key-guard", "iam-keyguard"),
        SAID.replace("iam-key-guard", "iam_key_guard"),
        SAID.replace("iam-key-guard:", "iam-key-guard"),
        SAID.replace(": ", " : "),
        SAID.replace(": ignore[", ": Ignore ["),
        f"rotation, {SAID}",
    ],
)
def test_a_misspelt_ignore_does_not_count_and_says_so(here: Path, comment: str) -> None:
    report = run(here, {"main.tf": f"{FIRST}# {comment}\n{SECOND}"})
    assert (failing(report), summaries(report)) == (["alice"], ["Comment without effect"])


def test_prose_about_the_guard_is_no_misspelt_ignore(here: Path) -> None:
    prose = "# iam-key-guard ignores Inactive keys, see docs on iam-key-guard: what it counts\n"
    assert summaries(run(here, {"main.tf": prose + FIRST})) == []


def test_an_ignore_covers_the_users_of_its_block_only(here: Path) -> None:
    report = run(here, {"main.tf": f"{ON_SECOND}{BOB}"})
    assert (report.exit_code, failing(report)) == (1, ["bob"])
    report = run(here, {"main.tf": f"# {SAID}\n\n{FIRST}{SECOND}", "bob.tf": BOB})
    assert (report.exit_code, failing(report)) == (1, ["bob"])


def test_an_ignore_at_a_module_call_covers_what_the_module_makes(here: Path) -> None:
    module = 'variable "user" {}\nresource "aws_iam_access_key" "k" {\n  count = 2\n  user  = var.user\n}\n'
    calls = 'module "a" {\n  source = "./outer"\n  user   = "alice"\n}\n# %s\nmodule "b" {\n  source = "./outer"\n  user   = "bob"\n}\n'
    outer = 'variable "user" {}\nmodule "inner" {\n  source = "../inner"\n  user   = var.user\n}\n'
    files = {"main.tf": calls % SAID, "outer/main.tf": outer, "inner/main.tf": module}
    report = run(here, files)
    assert (report.exit_code, failing(report), summaries(report)) == (1, ["alice"], [])


def test_an_ignore_in_a_module_covers_every_user_of_it(here: Path) -> None:
    module = f'variable "user" {{}}\n# {SAID}\nresource "aws_iam_access_key" "k" {{\n  count = 2\n  user  = var.user\n}}\n'
    calls = "".join(f'module "{u}" {{\n  source = "./m"\n  user   = "{u}"\n}}\n' for u in ("alice", "bob"))
    report = run(here, {"main.tf": calls, "m/main.tf": module})
    assert (report.exit_code, len(report.findings), summaries(report)) == (0, 2, [])


def test_no_ignore_covers_an_open_number(here: Path) -> None:
    open_number = f'variable "n" {{ type = number }}\n# {SAID} at-most=100\nresource "aws_iam_access_key" "k" {{\n  count = var.n\n  user  = "alice"\n}}\n'
    report = run(here, {"main.tf": open_number})
    assert (report.exit_code, summaries(report)) == (1, ["Ignore too small"])


def test_an_installed_module_cannot_excuse_itself(here: Path) -> None:
    module = f'# {SAID}\nresource "aws_iam_access_key" "k" {{\n  count = 2\n  user  = "alice"\n}}\n'
    manifest = {"Modules": [{"Key": "x", "Source": "example/x/aws", "Dir": ".terraform/modules/x"}]}
    files = {
        "main.tf": 'module "x" {\n  source = "example/x/aws"\n}\n',
        ".terraform/modules/x/main.tf": module,
        ".terraform/modules/modules.json": json.dumps(manifest),
    }
    report = run(here, files)
    assert (report.exit_code, failing(report), summaries(report)) == (
        1,
        ["alice"],
        ["Ignore of an installed module"],
    )
    files["main.tf"] = f"# {SAID}\n" + files["main.tf"]
    assert run(here, files).exit_code == 0


def test_an_ignore_does_not_hide_that_something_could_not_be_read(here: Path) -> None:
    assert run(here, {"main.tf": f'{ON_SECOND}resource "aws_iam_access_key" "c" {{ }}\n'}).exit_code == 3


def test_a_file_whose_comments_cannot_be_read_ignores_nothing_and_says_so(here: Path) -> None:
    report = run(here, {"main.tf": ON_SECOND, "x.tf": f"# {SAID}\n" + 'resource "x" "y" {\n  a = `b`\n}\n'})
    assert "Ignores not read" in summaries(report)


def test_json_has_no_comments(here: Path) -> None:
    keys = {name: {"//": f"# {SAID}", "user": "alice"} for name in "ab"}
    report = run(here, {"main.tf.json": json.dumps({"resource": {"aws_iam_access_key": keys}})})
    assert (report.exit_code, summaries(report)) == (1, ["Ignore without effect"])


@pytest.mark.parametrize(
    ("comment", "noted"),
    [
        ("#trivy:ignore:AWS-0167", True),
        ("# trivy:ignore:AVD-AWS-0167 trivy:ignore:AWS-0001", True),
        ("#trivy:ignore:AWS-0167:exp:2026-12-31", True),
        ("#tfsec:ignore:aws-iam-limit-user-access-keys", True),
        ("# kics-scan ignore-block", True),
        ("// kics-scan disable=3561130e-9c5f-485b-9e16-2764c82763e5", True),
        ("#trivy:ignore:AWS-01670", False),
        ("#trivy:ignore:AWS-0057", False),
        ("# as Trivy's AWS-0167 says", False),
    ],
)
def test_a_comment_for_another_tool_is_not_heeded_but_mentioned(
    here: Path, comment: str, noted: bool
) -> None:
    report = run(here, {"main.tf": f"{FIRST}{comment}\n{SECOND}"})
    assert (report.exit_code, failing(report)) == (1, ["alice"])
    assert summaries(report) == ["Comment of another tool"] * noted


@pytest.mark.parametrize(("until", "warned"), [("2026-11-26", True), ("2026-11-27", False)])
def test_three_days_before_the_end_a_warning(here: Path, until: str, warned: bool) -> None:
    report = run(here, {"main.tf": ON_SECOND.replace("2026-12-10", until)})
    rules = [finding.rule.name for finding in report.findings]
    assert ("waiver-expiring" in rules, report.exit_code) == (warned, 0)


def test_the_cap_of_the_settings_holds_for_ignores(here: Path) -> None:
    settings = ".iam-key-guard.yaml"
    long = ON_SECOND.replace("2026-12-10", "2027-01-20")
    assert run(here, {"main.tf": long, settings: "max-waiver-days: 60\n"}).exit_code == 0
    assert run(here, {"main.tf": ON_SECOND, settings: "max-waiver-days: 5\n"}).exit_code == 1


def test_what_is_ignored_is_not_written_into_a_baseline_and_files_away_from_keys_are_not_searched(
    here: Path,
) -> None:
    wrong = {"docs/main.tf": '# iam-key-guard: ignore[nonsense]\nresource "x" "y" {}\n'}
    report = run(here, {"main.tf": ON_SECOND, **wrong})
    assert (report.exit_code, summaries(report)) == (0, [])


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_reason_is_only_text_in_every_report(here: Path, name: str) -> None:
    plain = run(here, {"main.tf": ON_SECOND})
    words = "".join(text for text in FRAGMENTS if not set(text) & set('"\\\n'))[:500]
    hostile = run(here, {"main.tf": ON_SECOND.replace("rotation", words.encode("utf-8", "replace").decode())})
    assert hostile.findings[0].waived is not None
    text, before = FORMATS[name].render(hostile), FORMATS[name].render(plain)
    assert [item.name for item in runner_commands(text)] == [item.name for item in runner_commands(before)]
    assert not {"\x1b", "\u202e", "\x00"} & set(text)
    if name in ("html", "junit"):
        assert text.count("<script>") == before.count("<script>")


def test_an_ignore_counts_for_a_plan_that_is_joined_with_its_code(here: Path) -> None:
    addresses = ("aws_iam_access_key.a", "module.m.aws_iam_access_key.b")
    outer = (
        'resource "aws_iam_access_key" "a" {\n  user = "alice"\n}\n# %s\nmodule "m" {\n  source = "./m"\n}\n'
    )
    made = [change(address, ["create"], None, key("alice")) for address in addresses]
    blocks = [resource(addresses[0], user="alice")]
    module = call({"resources": [resource("aws_iam_access_key.b", user="alice")]})
    files = {
        "main.tf": outer % SAID,
        "m/main.tf": SECOND,
        "plan.json": json.dumps(plan(made, blocks, calls={"m": module})),
    }
    report = run(here, files, "plan.json", ".")
    assert [user.source.value for user in report.users] == ["plan"]
    assert (report.exit_code, failing(report), summaries(report)) == (0, [], [])
    assert run(here, files, "plan.json").exit_code == 1


def test_an_ignore_at_the_call_of_a_well_known_module_that_is_not_on_disk(here: Path) -> None:
    module = f'# {SAID}\nmodule "u" {{\n  source  = "terraform-aws-modules/iam/aws//modules/iam-user"\n  version = "5.30.0"\n  name    = "alice"\n}}\n'
    report = run(here, {"main.tf": f"{module}{SECOND}"})
    assert (report.exit_code, failing(report), summaries(report)) == (0, [], [])
    assert failing(run(here, {"main.tf": f"{module}{SECOND}".replace(SAID, "x")})) == ["alice"]


def test_many_comments_take_no_time_of_their_own(here: Path) -> None:
    """Each is placed once: 10,000 in a row, each of which is wrong, and all are told."""
    report = run(here, {"main.tf": FIRST + f"# {SAID} x\n" * 10_000 + SECOND})
    assert (report.exit_code, len(report.diagnostics)) == (1, 10_000)
