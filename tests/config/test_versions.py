"""Version constraints, as Terraform reads them."""

from __future__ import annotations

import pytest

from guard.config.versions import EVERY, Span, VersionError, constraint, version


@pytest.mark.parametrize(
    ("text", "allowed", "refused"),
    [
        ("5.3.0", ["5.3.0", "5.3"], ["5.3.1", "5.2.9"]),
        ("= 5.3", ["5.3.0"], ["5.3.1"]),
        ("v5.3.0", ["5.3.0"], ["5.3.1"]),
        (">= 5.0", ["5.0.0", "6.1.0"], ["4.99.99"]),
        ("> 5.0", ["5.0.1"], ["5.0.0"]),
        ("< 6", ["5.99.0", "0.0.1"], ["6.0.0"]),
        ("<= 6.0.0", ["6.0.0"], ["6.0.1"]),
        ("~> 5.3", ["5.3.0", "5.60.0"], ["5.2.0", "6.0.0"]),
        ("~> 5.3.1", ["5.3.1", "5.3.9"], ["5.3.0", "5.4.0"]),
        ("~> 5", ["5.0.0", "6.0.0", "9.1.0"], ["4.9.0"]),
        (">= 5.0, < 6.0", ["5.0.0", "5.99.0"], ["6.0.0", "4.0.0"]),
        (">=5.0,<6.0,!=5.4.0", ["5.3.0"], ["6.0.0"]),
        ("!= 5.4.0", ["5.3.0", "0.1.0"], []),
        ("1.0.0-rc1", ["1.0.0-rc1"], ["1.0.0"]),
    ],
)
def test_what_a_constraint_allows(text: str, allowed: list[str], refused: list[str]) -> None:
    span = constraint(text)
    assert [item for item in allowed if (only(item) & span).is_empty] == []
    assert [item for item in refused if not (only(item) & span).is_empty] == []


def only(text: str) -> Span:
    found = version(text)
    return Span(found, found, with_high=True)


@pytest.mark.parametrize(
    "text", ["", "5.x", ">= ", "latest", "5.0.0,", "=> 5", "5 6", "~> 5.0.0.", "5.0.0\n;"]
)
def test_what_terraform_refuses(text: str) -> None:
    with pytest.raises(VersionError):
        constraint(text)


def test_versions_are_ordered_by_number_and_pre_releases_come_first() -> None:
    ordered = ["0.9.0", "0.10.0", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0"]
    assert [str(item) for item in sorted(map(version, reversed(ordered)))] == ordered


@pytest.mark.parametrize(
    ("one", "other", "shown"),
    [
        ("~> 5.3", ">= 5.9", ">= 5.9.0, < 6.0.0"),
        ("5.44.0", ">= 5.9, < 6", "5.44.0"),
        ("!= 5.4.0", "<= 6", "<= 6.0.0, != 5.4.0"),
        ("> 1.0", "!= 3", "> 1.0.0, != 3.0.0"),
    ],
)
def test_a_span_is_shown_as_a_constraint(one: str, other: str, shown: str) -> None:
    assert str(constraint(one) & constraint(other)) == shown


def test_every_version_is_shown_as_any() -> None:
    assert str(EVERY) == "any"


@pytest.mark.parametrize("text", ["> 5, < 5", "> 5.0.0, <= 5.0.0", "5.0.0, != 5.0.0", ">= 6, < 5"])
def test_constraints_that_contradict_each_other_allow_nothing(text: str) -> None:
    assert constraint(text).is_empty
