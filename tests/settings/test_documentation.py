"""Every example of settings in the documentation is valid."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from guard.settings.read import settings_of
from guard.settings.schema import schema
from guard.source import SourceFile
from tests.checking import Checker

PAGES = ("configuration.md", "known-modules.md", "rotation.md")
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
    assert {"configuration.md", "known-modules.md"} <= {page for page, _ in EXAMPLES}


def test_every_setting_has_an_example() -> None:
    text = "\n".join(example for _, example in EXAMPLES)
    missing = [
        name for name in schema()["properties"] if not re.search(rf"^ *#? ?.*{re.escape(name)}\b", text, re.M)
    ]
    assert not missing


def test_the_modules_of_the_example_make_what_it_says(check: Checker) -> None:
    example = next(example for page, example in EXAMPLES if page == "known-modules.md")
    registry = 'source = "app.terraform.io/acme/iam-user/aws"\n  version = "3.0.0"'
    git = 'source = "git::https://git.example.com/terraform-service-users.git//users?ref=v1.0.0"'
    main = f"""
module "one" {{
  {registry}
  name = "ann"
}}
module "many" {{
  {git}
  users = ["bob", "cy"]
}}
module "none" {{
  source = "acme/audit-bucket/aws"
  user   = "dee"
}}
"""
    files = {".iam-key-guard.yaml": example, "main.tf": main}
    assert check(files).active == {"ann": (1, 1), "bob": (1, 1), "cy": (1, 1)}
    rotated = main.replace('users = ["bob", "cy"]', 'users = ["bob"]\n  rotate = true')
    assert check({"main.tf": rotated}).active == {"ann": (1, 1), "bob": (2, 2)}
