"""What jsondecode() makes of a document that jsonencode() wrote with parts that are not given.

`jsondecode(jsonencode({ user = var.name }))` is `{ user = var.name }`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from guard.lang.budget import Budget
from guard.lang.functions.json_reader import read_json
from guard.lang.functions.table import FunctionError
from guard.records import dataclass, field
from guard.values.types import BOOL, NUMBER, STRING
from guard.values.unknown import Applied, Joined, Kind
from guard.values.value import Value, object_of, tuple_of, unknowns

_SCALARS = (STRING, NUMBER, BOOL)


class _TooOpenError(Exception):
    """It takes all of the text to tell what the document is."""


def read_parts(document: Value, budget: Budget) -> Value | None:
    """The value of a text that is not known but in parts; None if it takes all of the text to tell."""
    term = document.unknown.term
    if not isinstance(term, Joined) or any(item.kind is not Kind.NOT_GIVEN for item in unknowns(document)):
        return None
    stand_ins = _StandIns()
    try:
        text = "".join(map(stand_ins.text, term.parts))
        return stand_ins.replaced(read_json(text, budget))
    except (_TooOpenError, FunctionError):
        return None


@dataclass(slots=True)
class _StandIns:
    """Texts that stand for the parts while the document is read; no document holds them by itself."""

    parts: dict[str, Value] = field(default_factory=dict)

    def text(self, part: str | Value) -> str:
        """What stands in the document for a part."""
        if isinstance(part, str):
            if "\0" in part or "\\u0000" in part:
                raise _TooOpenError
            return part
        match part.unknown.term:
            case Applied(name="jsonencode", arguments=(value,)) if value.type in _SCALARS:
                name = f"\0{len(self.parts)}"
                self.parts[name] = value
                return json.dumps(name)
        raise _TooOpenError

    def replaced(self, value: Value) -> Value:
        """The value with the parts in their places."""
        match value.data:
            case str(text):
                return self.parts.get(text, value)
            case tuple(elements):
                return tuple_of(map(self.replaced, elements))
            case Mapping() as attributes:
                if not self.parts.keys().isdisjoint(attributes):
                    raise _TooOpenError
                return object_of({name: self.replaced(part) for name, part in attributes.items()})
            case _:
                return value
