"""Templates mean what the real Terraform makes of them: escapes, trimming, indentation, directives."""

from __future__ import annotations

import json

import pytest

from guard.source import SourceFile
from guard.syntax.reader import read_body, read_template
from tests.syntax.recorded import TEMPLATES, template_values
from tests.syntax.render import value
from tests.truth import terraform

RECORDED = json.loads(TEMPLATES.read_text(encoding="utf-8"))
CASES = [(kind, text, answer) for kind, pairs in RECORDED["kinds"].items() for text, answer in pairs]


@pytest.mark.parametrize(("kind", "text", "answer"), CASES, ids=lambda item: repr(item)[:40])
def test_a_template_has_the_value_that_terraform_gives_it(kind: str, text: str, answer: object) -> None:
    if kind == "bare":
        template = read_template(SourceFile("greeting.tftpl", text))
    else:
        template = read_body(SourceFile("main.tf", f"a = {text}\n")).attributes[0].expr
    assert value(template, RECORDED["names"]) == answer


@pytest.mark.skipif(terraform.available() is None, reason=f"terraform {terraform.VERSION} is not on the PATH")
@pytest.mark.terraform
@pytest.mark.parametrize("kind", RECORDED["kinds"])
def test_terraform_still_gives_the_recorded_values(kind: str) -> None:
    texts, answers = zip(*RECORDED["kinds"][kind], strict=True)
    assert template_values(RECORDED["names"], kind, texts) == list(answers)
