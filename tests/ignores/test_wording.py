"""What an ignore may say, and where it is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.diagnostics import GuardError
from guard.ignores.wording import Wording, wording
from guard.source import SourceFile, SourceRange
from tests.reports.hostile import TEXTS
from tests.tools import ROOT

RULE = "more-than-one-active-key"
GOOD = f'ignore[{RULE}] until=2026-12-10 reason="rotation"'


def read(text: str) -> Wording:
    return wording(SourceRange(SourceFile("main.tf", f"# {text}\nx"), 2, 2 + len(text)))


@pytest.mark.parametrize(
    ("text", "at_most", "reason"),
    [
        (GOOD, 2, "rotation"),
        (f"{GOOD} at-most=1", 1, "rotation"),
        (f"{GOOD} at-most=100", 100, "rotation"),
        (
            f'ignore[ {RULE} ]\treason="a \\"b\\" \\\\ =]# c"  at-most=3 until="2026-12-10"',
            3,
            'a "b" \\ =]# c',
        ),
        (f'ignore[{RULE}] until=2026-12-10 reason="until=2030-01-01"', 2, "until=2030-01-01"),
    ],
)
def test_an_ignore_says(text: str, at_most: int, reason: str) -> None:
    assert read(text) == Wording(RULE, "2026-12-10", reason, at_most)


@pytest.mark.parametrize(
    ("text", "column", "said"),
    [
        ("ignore", 3, "An ignore is written"),
        ("ignored[x]", 3, "An ignore is written"),
        (f"ignore [{RULE}]", 3, "An ignore is written"),
        (f"ignore[{RULE}]until=2026-12-10", 3, "An ignore is written"),
        (f"ignore[{RULE}", 3, "An ignore is written"),
        (GOOD.replace("key]", "keys]"), 10, f"Did you mean {RULE}?"),
        (GOOD.replace(RULE, ""), 10, "no rule without a name. Known: "),
        (GOOD.replace(RULE, f"{RULE}, stale-key"), 10, "There is no rule"),
        (GOOD.replace(RULE, "*"), 10, "There is no rule *"),
        (f'ignore[{RULE}] reason="x"', 3, "until=… is missing"),
        (f"ignore[{RULE}] until=2026-12-10", 3, "reason=… is missing"),
        (GOOD.replace("2026-12-10", "2026-02-30"), 42, "There is no day 2026-02-30"),
        (GOOD.replace("2026-12-10", "20261210"), 42, "There is no day 20261210"),
        (GOOD.replace("2026-12-10", "2026-W50-1"), 42, "There is no day"),
        (GOOD.replace("2026-12-10", "٢٠٢٦-12-10"), 42, "There is no day"),
        (GOOD.replace("2026-12-10", ""), 36, "is not understood"),
        (GOOD.replace("rotation", "  "), 60, "A reason is a text"),
        (GOOD.replace("rotation", "r" * 501), 60, "A reason is a text"),
        (GOOD.replace('"', ""), 60, "A reason is a text"),
        (GOOD.replace('"', "“"), 60, "A reason is a text"),
        (GOOD.replace('n"', "n"), 53, "is not understood"),
        (f"{GOOD}at-most=2", 53, "is not understood"),
        (f"{GOOD} at-most=0", 79, "from 1 to 100"),
        (f"{GOOD} at-most=101", 79, "from 1 to 100"),
        (f"{GOOD} at-most=2.5", 79, "from 1 to 100"),
        (f"{GOOD} until=2026-12-11", 71, "given twice"),
        (f"{GOOD} owner=me", 71, "no part owner"),
        (f"{GOOD} AT-MOST=9", 71, "no part AT-MOST"),
        (f"{GOOD} and more", 71, "and more is not understood"),
    ],
)  # fmt: skip
def test_what_is_not_right_is_an_error_where_it_stands(text: str, column: int, said: str) -> None:
    with pytest.raises(GuardError) as caught:
        read(text)
    found = caught.value.diagnostic
    assert found.subject is not None
    assert (found.summary, found.subject.line, found.subject.column) == ("Invalid ignore", 1, column)
    assert said in found.detail
    assert "it ignores nothing" in found.detail


@given(
    st.text() | TEXTS,
    st.sampled_from(["{}", "ignore[{}]", GOOD.replace("rotation", "{}"), GOOD + " {}", GOOD + "{}"]),
)
def test_any_text_is_an_ignore_of_that_rule_or_refused(text: str, form: str) -> None:
    line = form.format(text.replace("\n", " "))
    try:
        said = read(line)
    except GuardError:
        return
    assert (said.rule, said.until) == (RULE, "2026-12-10")
    assert 1 <= said.at_most <= 100
    assert said.reason.strip()


def test_the_examples_in_the_documentation_are_right() -> None:
    pages = (ROOT / "docs" / name for name in ("configuration.md", "rotation.md"))
    examples = [
        line
        for page in pages
        for line in page.read_text("utf-8").split("\n")
        if line.startswith("# iam-key-guard:")
    ]
    assert examples
    for line in examples:
        assert read(line.partition(": ")[2]).at_most == 2
