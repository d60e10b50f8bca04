"""Expressions and what the real Terraform makes of each: asking it, and reading and writing the recordings.

A recording file holds `prelude` (Terraform text beside the expressions), `files` (path to text, or to
`{"base64": …}` for bytes) and `cases`: `expr` with `v` (the value as JSON), `error` ("summary: detail") or
`unknown` (some part is not known when planning).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.truth import terraform

FOLDER = Path(__file__).parent / "expressions"
PRELUDE_FILE = "main.tf"


@dataclass(frozen=True, slots=True)
class Answer:
    """What Terraform says: exactly one of the three. json: the text that jsonencode gave."""

    json: str | None = None
    error: str | None = None
    unknown: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """One recording file."""

    path: Path
    prelude: str
    files: Mapping[str, Any]
    cases: Sequence[Mapping[str, Any]]


def read(path: Path) -> Topic:
    data = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    return Topic(path, data["prelude"], data["files"], data["cases"])


def topics() -> list[Topic]:
    return [read(path) for path in sorted(FOLDER.glob("*.json"))]


def recorded(case: Mapping[str, Any]) -> Answer:
    """The recorded answer of a case."""
    return Answer(_exact(case["v"]) if "v" in case else None, case.get("error"), "unknown" in case)


def _exact(value: object) -> str:
    """A value as JSON, numbers with all their digits."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {_exact(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_exact, value)) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value)


def text(topic: Topic, answers: Sequence[Answer]) -> str:
    """The text of a recording file: one case a line, numbers with all the digits that Terraform gave."""
    lines = [_line(case["expr"], answer) for case, answer in zip(topic.cases, answers, strict=True)]
    head = {"terraform": terraform.VERSION, "prelude": topic.prelude, "files": topic.files}
    start = json.dumps(head, indent=1, ensure_ascii=False)[:-2]
    return start + ',\n "cases": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n"


def _line(expression: str, answer: Answer) -> str:
    if answer.json is not None:
        rest = f'"v": {answer.json}'
    elif answer.error is not None:
        rest = f'"error": {json.dumps(answer.error, ensure_ascii=False)}'
    else:
        rest = '"unknown": true'
    return f'{{"expr": {json.dumps(expression, ensure_ascii=False)}, {rest}}}'


def lay_out(directory: Path, prelude: str, files: Mapping[str, Any]) -> None:
    """Write what stands beside the expressions."""
    for name, content in files.items():
        target = directory / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = content if isinstance(content, str) else None
        target.write_bytes(base64.b64decode(content["base64"]) if text is None else text.encode())
    (directory / PRELUDE_FILE).write_text(prelude, encoding="utf-8")


def ask(prelude: str, files: Mapping[str, Any], expressions: Sequence[str]) -> list[Answer]:
    """What Terraform makes of each expression, with as few plans as the errors allow.

    Each expression is an output in a file of its own, so that an error tells which one it is about. A plan
    that is refused is repeated without the refused expressions; one that is refused without saying where is
    asked in halves.
    """
    with TemporaryDirectory() as name:
        directory = Path(name)
        lay_out(directory, prelude, files)
        for number, expression in enumerate(expressions):
            _case_file(directory, number).write_text(_output(number, expression), encoding="utf-8")
        answers = _plan_without_refused(directory, len(expressions))
    if answers is not None:
        return answers
    half = len(expressions) // 2
    return [*ask(prelude, files, expressions[:half]), *ask(prelude, files, expressions[half:])]


def _plan_without_refused(directory: Path, total: int) -> list[Answer] | None:
    """The answers about all expressions of a directory; None when an error does not say which it is about."""
    answers: dict[int, Answer] = {}
    while len(answers) < total:
        planned = terraform.plan(directory)
        if not planned.errors:
            changes = planned.document.get("output_changes", {})
            answers.update(_values(changes, set(range(total)) - set(answers)))
            continue
        refused = _refused(planned.errors)
        if not refused and total == 1:
            return [Answer(error=planned.errors[0].text)]
        if not refused:
            return None
        answers.update(refused)
        for number in refused:
            _case_file(directory, number).unlink()
    return [answers[number] for number in range(total)]


def _case_file(directory: Path, number: int) -> Path:
    return directory / f"case_{number}.tf"


def _output(number: int, expression: str) -> str:
    return f'output "c{number}" {{\n  sensitive = true\n  value = jsonencode({expression})\n}}\n'


def _refused(errors: Iterable[terraform.Refusal]) -> dict[int, Answer]:
    """The first error about each expression."""
    found: dict[int, Answer] = {}
    for error in errors:
        stem = Path(error.file or "").stem
        if stem.startswith("case_"):
            plain = error.text.replace(f"{stem}.tf", PRELUDE_FILE)
            found.setdefault(int(stem.removeprefix("case_")), Answer(error=plain))
    return found


def _values(changes: Mapping[str, Any], numbers: Iterable[int]) -> dict[int, Answer]:
    return {
        number: Answer(unknown=True)
        if changes[f"c{number}"]["after_unknown"]
        else Answer(json=changes[f"c{number}"]["after"])
        for number in numbers
    }
