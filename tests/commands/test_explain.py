"""`iam-key-guard explain`: every rule is explained, with its sources."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guard.cli import main
from guard.explanations import EXPLANATIONS, OUR_CHOICE
from guard.rule_table import RULES

DOCS = Path(__file__).parent.parent.parent


def test_every_rule_has_an_explanation_with_sources() -> None:
    assert set(EXPLANATIONS) == set(RULES)
    for text in EXPLANATIONS.values():
        assert text.why
        assert text.terraform
        assert all(source.startswith("https://") or source == OUR_CHOICE for source in text.sources)
        assert text.sources


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_explained(rule: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", rule]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(f"{rule} ({RULES[rule].level.value})\n")
    words = " ".join(printed.split())
    text = EXPLANATIONS[rule]
    for part in (text.why, *text.terraform, *text.account, *text.controls, *text.sources):
        assert " ".join(part.split()) in words


def test_the_benchmarks_by_version(capsys: pytest.CaptureFixture[str]) -> None:
    main(["explain", "more-than-one-active-key"])
    words = " ".join(capsys.readouterr().out.split())
    for said in ("4.0: 1.13", "5.0: 1.12", "6.0: 2.12", "7.0: retired"):
        assert said in words
    assert "CIS requires" not in words


def test_all_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == list(RULES)


def test_an_unknown_rule_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "stale-keys"]) == 2
    assert "Did you mean stale-key?" in capsys.readouterr().err
    assert main(["explain", "\x1b[1m"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_pages_that_are_named_exist() -> None:
    told = " ".join(
        part for text in EXPLANATIONS.values() for part in (text.why, *text.terraform, *text.sources)
    )
    for page in re.findall(r"docs/[\w.-]+\.md", told):
        assert (DOCS / page).is_file(), page
