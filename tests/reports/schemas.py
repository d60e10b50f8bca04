"""The report's schema, and validation of reports against it."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator


@cache
def report_schema() -> dict[str, Any]:
    text = files("guard.reports").joinpath("schema/report-v1.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def valid_report(text: str) -> dict[str, Any]:
    """The JSON report as data, after validation."""
    document: dict[str, Any] = json.loads(text)
    Draft202012Validator(report_schema()).validate(document)
    return document
