"""The SARIF report: valid for its schema and for a consumer, stable, and without links of others."""

import json
import os
import re
import subprocess
import zlib

import pytest
from hypothesis import given
from jsonschema import Draft4Validator, Draft7Validator

from guard.diagnostics import error
from guard.inventory.model import Count
from guard.reports import sarif
from guard.rule_table import RULES
from guard.rules import Verdict
from tests.reports.golden import check
from tests.reports.hostile import TEXTS, carrying
from tests.reports.samples import ALICE, BOB, POSSIBLE, SAMPLES, VIOLATION, at, holder, key, report
from tests.reports.viewers import runner_commands
from tests.tools import sarif_multitool, sarif_schema

ALL = {**SAMPLES, "hostile": carrying("x](javascript:alert(1)) ::error::")}


def run_of(value):
    return json.loads(sarif.render(value))["runs"][0]


@pytest.mark.parametrize("name", ["violation", "possible", "undetermined", "audit"])
def test_golden(name):
    run = run_of(SAMPLES[name])
    del run["tool"]
    check(f"{name}.sarif.json", json.dumps(run, indent=2) + "\n")


@pytest.mark.parametrize("name", ALL)
def test_valid_for_the_schema(name):
    schema = sarif_schema()
    validator = Draft4Validator if "draft-04" in schema["$schema"] else Draft7Validator
    validator(schema).validate(json.loads(sarif.render(ALL[name])))


def test_accepted_by_a_consumer(tmp_path):
    """Microsoft's validator with GitHub's rules; it exits 0 on errors too, so its own output is read."""
    for name, value in ALL.items():
        (tmp_path / f"{name}.sarif").write_text(sarif.render(value))
    wrong = sarif.render(ALL["violation"]).replace('"ruleId"', '"rule"')
    (tmp_path / "planted.sarif").write_text(wrong)
    output = tmp_path / "validation.json"
    words = [sarif_multitool(), "validate", tmp_path / "*.sarif", "--output", output]
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "HOME": str(tmp_path)}
    done = subprocess.run(
        [*map(str, words), "--rule-kind", "Sarif;Ghas", "--level", "Error"],
        capture_output=True, text=True, env=environment, timeout=120, check=False,
    )  # fmt: skip
    assert f"{len(ALL) + 1} files scanned" in done.stdout, done.stdout + done.stderr
    run = json.loads(output.read_text(encoding="utf-8-sig"))["runs"][0]
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].rpartition("/")[2]: result
        for result in run["results"]
    }
    assert set(places) == {"planted.sarif"}, places


@given(TEXTS)
def test_hostile_text_stays_text(text):
    shown = sarif.render(carrying(text))
    assert runner_commands(shown) == []
    for node in _texts(json.loads(shown)):
        assert not re.search(r"\]\(", node)
        assert node.isprintable() or node.startswith("A ")


def _texts(node):
    """The texts of messages that a viewer looks for links in."""
    if isinstance(node, dict):
        for name, child in node.items():
            if name == "text" and isinstance(child, str):
                yield child
            else:
                yield from _texts(child)
    elif isinstance(node, list):
        for child in node:
            yield from _texts(child)


@given(TEXTS)
def test_paths_are_relative_references(text):
    reference = sarif.uri(text)
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", reference)
    assert not reference.startswith("/")
    assert ":" not in reference


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("envs/prod/main.tf", "envs/prod/main.tf"),
        ("./a b.tf", "a%20b.tf"),
        ("/abs/ü.tf", "abs/%C3%BC.tf"),
        ("c:x.tf", "c%3Ax.tf"),
        ("", "."),
        ("x" * 5000, "x" * 1000 + "%E2%80%A6%20%284000%20more%20characters%29"),
    ],
)
def test_uri(path, expected):
    assert sarif.uri(path) == expected


def test_keys_are_location_and_related_locations():
    result = run_of(VIOLATION)["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "envs/prod/main.tf"
    assert result["relatedLocations"][0]["message"]["text"] == "module.ci.aws_iam_access_key.this[0]"
    assert "fixes" not in result


def test_the_message_shows_the_witness():
    assert "second_key = true" in run_of(POSSIBLE)["results"][0]["message"]["text"]


def test_fingerprints_survive_moved_lines():
    moved = holder(
        Verdict.VIOLATION, Count(2, 2), *(key("alice", f"a.b[{n}]", at("resource", nth=n)) for n in range(2))
    )
    prints = {
        run_of(report(user))["results"][0]["partialFingerprints"]["iamKeyGuardUser/v1"]
        for user in (ALICE, moved)
    }
    assert len(prints) == 1


def test_waived_findings_are_suppressed():
    result = run_of(SAMPLES["waiver"])["results"][0]
    assert result["suppressions"][0]["kind"] == "external"


def test_every_rule_has_help():
    rules = run_of(VIOLATION)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rule["help"]["text"] and float(rule["properties"]["security-severity"]) for rule in rules)


def test_not_too_much():
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(290))
    users = [
        holder(Verdict.UNDETERMINED, Count(0, 2), key(f"{n}{noise}", f"a.k[{n}]"), why=noise)
        for n in range(5_200)
    ]
    shown = sarif.render(report(*users, BOB))
    run = json.loads(shown)["runs"][0]
    assert len(run["results"]) <= 5_000
    assert run["results"][0]["properties"]["user"] == "bob"
    assert len(zlib.compress(shown.encode())) < 10_000_000
    assert (
        "more results left out" in run["invocations"][0]["toolExecutionNotifications"][-1]["message"]["text"]
    )


def test_results_stop_before_the_limit_of_bytes(monkeypatch):
    monkeypatch.setattr(sarif, "MOST_COMPRESSED_BYTES", 1_500)
    run = run_of(SAMPLES["many"])
    assert 0 < len(run["results"]) < 10


def test_unread_things_are_notifications():
    invocation = run_of(report(diagnostics=(error("Unclosed block", "No end."),)))["invocations"][0]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["message"]["text"] == "Unclosed block: No end."
