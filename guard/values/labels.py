"""Values as people would write them: for messages, and for users whose name is not known."""

from __future__ import annotations

from collections.abc import Mapping

from guard.addresses import quoted
from guard.values.unknown import Unknown
from guard.values.value import Value


def label(value: Value) -> str:
    """A value as people would write it in an expression: for messages and names of users."""
    match value.data:
        case Unknown(term=term):
            return str(term)
        case None:
            return "null"
        case bool():
            return str(value.data).lower()
        case str():
            return f'"{quoted(value.data)}"'
        case tuple():
            return f"[{', '.join(map(label, value.data))}]"
        case Mapping():
            return f"{{{', '.join(f'{key} = {label(part)}' for key, part in value.data.items())}}}"
        case _:
            return str(value.data)


def written(name: str, arguments: list[str]) -> str:
    """An operation as people would write it."""
    match name, arguments:
        case "?:", [condition, then, otherwise]:
            return f"{condition} ? {then} : {otherwise}"
        case "[]", [_, block, key, attribute]:
            return f"{_bare(block)}[{key}].{_bare(attribute)}"
        case "[]", [collection, key]:
            inner = _bare(key)
            return f"{collection}.{inner}" if inner.isidentifier() else f"{collection}[{key}]"
        case "[*]", [collection, *_]:
            return f"{collection}[*]"
        case "!" | "-", [operand]:
            return f"{name}{operand}"
        case "each.key" | "each.value" | "count.index", _:
            return name
        case _, [left, right] if not name[0].isalnum():
            return f"{left} {name} {right}"
    if name.startswith("for@"):
        return f"[for … in {arguments[0]}]"
    return f"{name}({', '.join(arguments)})"


def _bare(text: str) -> str:
    """A name that was written as a string."""
    return text.strip('"')
