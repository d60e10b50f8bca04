"""The Markdown report, read by the parser that GitHub uses."""

from html.parser import HTMLParser

import cmarkgfm
import pytest
from cmarkgfm.cmark import Options
from hypothesis import example, given

from guard.inventory.model import Count
from guard.reports import markdown
from guard.rules import Verdict
from guard.visible import visible
from tests.reports.golden import check
from tests.reports.hostile import TEXTS, carrying
from tests.reports.samples import HOSTILE, SAMPLES, holder, key, report
from tests.reports.viewers import runner_commands

OURS = {
    "h2",
    "h3",
    "p",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "pre",
    "br",
    "details",
    "summary",
}
OURS |= {"b", "ul", "li", "strong", "em"}


class Page(HTMLParser):
    """The tags, attributes and text of a page, and the text inside code."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.attributes, self.text, self.code, self.depth = set(), set(), [], [], 0
        self.rows = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(tag, name, value) for name, value in attrs}
        self.depth += tag == "code"
        if tag == "code" and self.depth == 1:
            self.code.append("")
        if tag == "tr":
            self.rows.append(0)
        self.rows[-1:] = [self.rows[-1] + (tag in ("td", "th"))] if self.rows else []

    def handle_endtag(self, tag):
        self.depth -= tag == "code"

    def handle_data(self, data):
        self.text.append(data)
        if self.depth:
            self.code[-1] += data

    def handle_comment(self, data):
        self.tags.add(f"!--{data}")


def page(report_):
    """The page as GitHub's parser makes it, raw HTML let through: what we do not escape would act."""
    text = markdown.render(report_)
    return Page(cmarkgfm.github_flavored_markdown_to_html(text, options=Options.CMARK_OPT_UNSAFE))


@pytest.mark.parametrize(
    "name", ["violation", "mixed", "undetermined", "plan", "audit", "pass", "incomplete"]
)
def test_golden(name):
    check(f"{name}.md", markdown.render(SAMPLES[name]))


@given(TEXTS)
@example("\\|")
@example("`")
@example("a\\")
@example(" ")
def test_text_is_only_text(text):
    value = carrying(text)
    seen = page(value)
    assert seen.tags <= OURS
    assert {attribute for attribute in seen.attributes if attribute[0] not in ("code", "pre")} <= {
        ("details", "open", "")
    }
    assert set(seen.rows) == {4}
    outside = "".join(seen.text)
    for word in ("@team", "http:", "www."):
        assert outside.count(word) == sum(part.count(word) for part in seen.code)
    assert runner_commands(markdown.render(value)) == []


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if "|" not in text and "##[" not in text and len(text) < 200]
)
def test_text_is_shown_as_it_is(text):
    assert visible(text).strip() in {part.strip() for part in page(carrying(text)).code}


def test_a_table_per_account_and_a_witness_to_copy():
    text = markdown.render(SAMPLES["mixed"])
    assert text.count("| IAM user |") == 1
    assert "```hcl\nsecond_key = true\n# workspace prod\n```" in text


def test_size_is_bounded_by_bytes_and_the_end_is_kept():
    noise = "日" * 280
    users = [
        holder(Verdict.UNDETERMINED, Count(0, 2), key(f"{n}{noise}", f"a.k[{n}]"), why=noise)
        for n in range(3_000)
    ]
    value = report(*users, coverage=SAMPLES["undetermined"].coverage)
    text = markdown.render(value)
    assert 800_000 < len(text.encode()) < 1_000_000
    assert "left out: the summary would be too long" in text
    assert "Not analysed, because the module is not on disk" in text
