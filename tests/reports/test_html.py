"""The HTML page, read by a parser and by a real browser."""

from html.parser import HTMLParser
from time import monotonic

import pytest
from hypothesis import example, given

from guard.inventory.model import Count
from guard.reports import html
from guard.rules import Verdict
from guard.visible import visible
from tests.reports.golden import check
from tests.reports.hostile import TEXTS, carrying
from tests.reports.samples import HOSTILE, SAMPLES, holder, key, report
from tests.reports.viewers import runner_commands
from tests.tools import browser

LOADING = {"src", "href", "srcset", "action", "data", "poster", "background", "xlink:href"}


class Outline(HTMLParser):
    """The tags with their attributes, but not their texts."""

    def __init__(self, markup):
        super().__init__()
        self.tags, self.text = [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("name", ["mixed"])
def test_golden(name):
    check(f"{name}.html", html.render(SAMPLES[name]))


@pytest.mark.parametrize("name", SAMPLES)
def test_nothing_is_loaded_and_nothing_runs(name):
    for tag, attributes in Outline(html.render(SAMPLES[name])).tags:
        assert tag not in ("script", "link", "iframe", "img", "object", "embed", "form")
        assert not LOADING & set(attributes)
        assert not any(attribute.startswith("on") for attribute in attributes)


@given(TEXTS)
@example("{{ 7 * 7 }}{% raw %}")
def test_text_is_only_text(text):
    shown = html.render(carrying(text))
    assert Outline(shown).tags == Outline(html.render(carrying("alice"))).tags
    assert runner_commands(shown) == []


@pytest.mark.parametrize("text", [text for text in HOSTILE if "##[" not in text and len(text) < 200])
def test_text_is_shown_as_it_is(text):
    assert visible(text).strip() in {part.strip() for part in Outline(html.render(carrying(text))).text}


def test_many_users_are_bounded():
    users = [holder(Verdict.PASS, Count(1, 1), key(f"user{n}", f"a.k[{n}]")) for n in range(2_500)]
    start = monotonic()
    shown = html.render(report(*users))
    assert shown.count('<section class="card user') == 2_000
    assert "500 more users left out" in shown
    assert monotonic() - start < 10


# --- in a browser --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium():
    driver = browser()
    yield driver
    driver.quit()


def opened(driver, folder, value):
    page = folder / "report.html"
    page.write_text(html.render(value), encoding="utf-8")
    driver.get(page.as_uri())
    return page


def complaints(driver):
    return [entry["message"] for entry in driver.get_log("browser")]


@pytest.mark.parametrize("name", ["mixed", "audit", "pass", "undetermined", "plan", "empty", "many"])
def test_a_browser_shows_it_without_complaint(name, chromium, tmp_path):
    value = SAMPLES[name]
    opened(chromium, tmp_path, value)
    seen = chromium.find_element("tag name", "body").text
    assert complaints(chromium) == []
    assert f"iam-key-guard: {value.verdict.word}".upper() in seen.upper()
    for user in value.users:
        assert user.label in seen
        for item in user.keys:
            assert item.address is None or item.address in seen


def test_filter(chromium, tmp_path):
    opened(chromium, tmp_path, SAMPLES["mixed"])

    def shown():
        return [card.find_element("tag name", "h3").text for card in cards if card.is_displayed()]

    cards = chromium.find_elements("css selector", ".card.user")
    assert shown() == ["alice", "bob", "each.value", "eve", "dave"]
    for verdict, users in {
        "possible": ["bob"],
        "pass": ["dave"],
        "waived": ["eve"],
        "violation": ["alice"],
    }.items():
        chromium.find_element("css selector", f"label[for=show-{verdict}]").click()
        assert shown() == users
    chromium.find_element("css selector", "label[for=show-all]").click()
    assert len(shown()) == 5


def test_the_picture_shows_a_square_per_key(chromium, tmp_path):
    opened(chromium, tmp_path, SAMPLES["mixed"])
    squares = chromium.find_elements("css selector", ".picture rect")
    kinds = [square.get_attribute("class").split()[1] for square in squares]
    assert kinds == ["active", "active", "inactive", "active", "maybe", "maybe", "active", "active", "active"]
    assert all(square.rect["width"] > 5 for square in squares)


def test_dark_mode_and_print(chromium, tmp_path):
    def background():
        return chromium.execute_script("return getComputedStyle(document.body).backgroundColor")

    def emulate(media, scheme):
        chromium.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"media": media, "features": [{"name": "prefers-color-scheme", "value": scheme}]},
        )

    opened(chromium, tmp_path, SAMPLES["mixed"])
    emulate("screen", "light")
    light = background()
    emulate("screen", "dark")
    assert background() != light
    emulate("print", "dark")
    assert background() == "rgb(255, 255, 255)"
    assert not chromium.find_element("tag name", "nav").is_displayed()
    emulate("", "light")
    paper = chromium.execute_cdp_cmd("Page.printToPDF", {})
    assert len(paper["data"]) > 10_000


def test_a_hostile_report_does_nothing(chromium, tmp_path):
    for text in HOSTILE:
        opened(chromium, tmp_path, carrying(text))
        assert complaints(chromium) == []
        assert chromium.execute_script("return [document.images.length, document.scripts.length]") == [0, 0]


def test_a_narrow_screen_does_not_scroll_sideways(chromium, tmp_path):
    chromium.set_window_size(500, 900)
    opened(chromium, tmp_path, carrying("y" * 5000))
    wide = chromium.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
    chromium.set_window_size(1200, 900)
    assert wide <= 0
