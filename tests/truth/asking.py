"""Asks the command about an expression, as a key's user, and compares its answer with Terraform's."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.command import Ran, check
from tests.truth import expressions

QUESTION = 'resource "aws_iam_access_key" "asked" {{\n  user = "v=${{jsonencode({})}}"\n}}\n'
ARGUMENTS = ("--workspace", "default", "--no-second-reader", ".")


def disagreement(directory: Path, prelude: str, expression: str, answer: expressions.Answer) -> str | None:
    """What is wrong with the command's answer about an expression, when Terraform's is this one."""
    question = prelude + QUESTION.format(expression)
    (directory / expressions.PRELUDE_FILE).write_text(question, encoding="utf-8")
    ran = check(directory, *ARGUMENTS)
    if answer.error is not None:
        return _not_refused(ran, answer.error)
    if answer.unknown:
        return _not_open(ran)
    value = _value(ran)
    if value is None:
        return f"{answer.json}, but it gave no value; {ran.errors}"
    return None if same(_json(answer.json), _json(value)) else f"{answer.json}, but it gave {value}"


def _json(text: str | None) -> object:
    return json.loads(text or "", parse_float=Decimal)


def _value(ran: Ran) -> str | None:
    """The JSON text that a user's name carries, when the name is known: labels of unknown ones hold no JSON."""
    for user in ran.users:
        start, _, text = str(user["user"]).partition("=")
        if start == "v" and _is_json(text):
            return text
    return None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except json.JSONDecodeError:
        return False
    return True


def _not_refused(ran: Ran, error: str) -> str | None:
    if ran.verdict == "pass" or not ran.errors:
        return f"refused ({error}), but the verdict is {ran.verdict}, the errors {ran.errors}, {_value(ran)}"
    return None if _value(ran) is None else f"refused ({error}), but it gave {_value(ran)}"


def _not_open(ran: Ran) -> str | None:
    if ran.errors:
        return f"known only after apply, but was refused: {ran.errors}"
    return None if _value(ran) is None else f"known only after apply, but gave {_value(ran)}"


def same(recorded: Any, given: Any) -> bool:
    """Whether two JSON values are equal, types included, numbers as numbers (1 and 1.0 are one number)."""
    if isinstance(recorded, list) and isinstance(given, list):
        return len(recorded) == len(given) and all(map(same, recorded, given))
    if isinstance(recorded, dict) and isinstance(given, dict):
        return recorded.keys() == given.keys() and all(same(recorded[key], given[key]) for key in recorded)
    if isinstance(recorded, bool) or isinstance(given, bool):
        return recorded is given
    numbers = isinstance(recorded, int | Decimal) and isinstance(given, int | Decimal)
    return (numbers or type(recorded) is type(given)) and bool(recorded == given)
