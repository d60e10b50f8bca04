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

ROOT = Path(__file__).parent.parent.parent
PAGES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / "examples").rglob("*.md")]
BLOCK = re.compile(r"^( *)```ya?ml\n(.*?)```", re.DOTALL | re.MULTILINE)
OTHER = ("repos:", "jobs:", "on:", "name:", "steps:", "- uses:")
EXAMPLES = [
    (page.name, dedent(text))
    for page in PAGES
    for _, text in BLOCK.findall(page.read_text("utf-8"))
    if not text.lstrip().startswith(OTHER)
] + [
    (str(file.relative_to(ROOT)), file.read_text("utf-8"))
    for file in ROOT.glob("examples/*/*/.iam-key-guard.yaml")
]


@pytest.mark.parametrize(("page", "text"), EXAMPLES)
def test_the_example_is_valid(page: str, text: str) -> None:
    settings = settings_of(SourceFile(page, text), ROOT)
    assert settings.waivers or settings.places


def test_there_are_examples() -> None:
    assert {"configuration.md", "known-modules.md", "rotation.md"} <= {page for page, _ in EXAMPLES}


def test_every_setting_has_an_example() -> None:
    text = "\n".join(example for _, example in EXAMPLES)
    audit = schema()["properties"]["audit"]["properties"]
    entry = schema()["$defs"]["module"]["properties"]
    named = [name for name in (*schema()["properties"], *audit, *entry) if f"{name}:" not in text]
    assert named == ["$schema", "accounts-file", "org", "external-id", "evidence"]


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
