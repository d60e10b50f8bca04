"""Every example of settings in the documentation is valid."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from guard.settings.read import settings_of
from guard.source import SourceFile

PAGES = ("configuration.md", "rotation.md")
DOCS = Path(__file__).parent.parent.parent / "docs"
EXAMPLES = [
    (page, dedent(text))
    for page in PAGES
    if (DOCS / page).exists()
    for _, text in re.findall(
        r"^( *)```yaml\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
]


@pytest.mark.parametrize(("page", "text"), EXAMPLES)
def test_the_example_is_valid(page: str, text: str) -> None:
    settings = settings_of(SourceFile(page, text), DOCS)
    assert settings.waivers or settings.places


def test_there_are_examples() -> None:
    assert EXAMPLES
