"""JSON syntax (`.tf.json`, `.tfvars.json`) into the same tree as native syntax.

https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

from typing import NoReturn

from guard.diagnostics import GuardError, error
from guard.source import SourceFile, SourceRange
from guard.syntax.nodes import Attribute, Block, Body
from guard.syntax.split import RawBlock


def split_json(source: SourceFile) -> tuple[RawBlock, ...]:
    """The top-level blocks of a `.tf.json` file, each able to `read()` itself."""
    _refuse(source)


def read_json_body(source: SourceFile) -> Body:
    """A whole JSON file as attributes (variable files: strings are texts, not templates)."""
    _refuse(source)


def blocks(attribute: Attribute, labels: int, type: str) -> tuple[Block, ...]:
    """An attribute from JSON read as nested blocks of a type with so many labels."""
    _refuse(attribute.range.source, f"{labels} labels, {type}")


def _refuse(source: SourceFile, what: str = "a file") -> NoReturn:
    raise GuardError(
        error("JSON syntax is not read", f"{source.path} was not read ({what}).", SourceRange(source, 0, 0))
    )
