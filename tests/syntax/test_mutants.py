"""Random mutants of the corpus: our reader takes what the real Terraform takes, and no more."""

from __future__ import annotations

from random import Random

import pytest

from guard.source import SourceFile
from guard.syntax.errors import SyntaxProblem
from guard.syntax.reader import read_body
from tests.syntax.recorded import constructs, fmt_accepts
from tests.truth import terraform

MUTANTS = 3_000
FRAGMENTS = [
    *'"${}%[]()<>-=+*/!?:.,#~\\\n\r\t &|ab1',
    "${",
    "%{",
    "~}",
    "<<A\n",
    "\nA\n",
    "<<-A\n",
    "/*",
    "*/",
    "//",
]
FRAGMENTS += [
    '\\"',
    "\\u00e9",
    "$${",
    "::",
    "...",
    "=>",
    "==",
    "for x in y : ",
    "if ",
    "in ",
    "a = 1\n",
    "b {\n",
]
FRAGMENTS += [
    "}\n",
    "\r\n",
    "é",
    "\ufeff",
    ".*",
    "[*]",
    "[0]",
    ".0",
    "null",
    "%{if a}",
    "%{else}",
    "%{endif}",
]


def mutant(random: Random, texts: list[str]) -> str:
    text = random.choice(texts)
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        at, cut = random.randrange(len(text) + 1), random.choice([0, 0, 1, 1, 2, 5])
        other = random.choice(texts)
        piece = random.choice(
            [random.choice(FRAGMENTS), random.choice(FRAGMENTS), "", other[: random.randrange(12)]]
        )
        text = text[:at] + piece + text[at + cut :]
    return text


def accepts(text: str) -> bool:
    try:
        read_body(SourceFile("main.tf", text.removeprefix("\ufeff")))
    except SyntaxProblem as problem:
        # Numbers of thousands of digits are refused on purpose.
        return "beyond" in problem.diagnostic.detail or "large" in problem.diagnostic.detail
    return True


@pytest.mark.skipif(terraform.available() is None, reason=f"terraform {terraform.VERSION} is not on the PATH")
@pytest.mark.terraform
@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_takes_the_mutants_that_terraform_takes(seed: int) -> None:
    random = Random(seed)
    texts = [
        case.data.decode()
        for case in constructs()
        if case.topic != "files" and b"\xef\xbf\xbf" not in case.data
    ]
    mutants = [mutant(random, texts) for _ in range(MUTANTS)]
    verdicts = fmt_accepts([text.encode() for text in mutants])
    assert [text for text, valid in zip(mutants, verdicts, strict=True) if accepts(text) != valid] == []
