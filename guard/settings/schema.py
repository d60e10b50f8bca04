"""A document against the schema of settings: every mistake with its place and what was expected there."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from guard.diagnostics import UsageError
from guard.settings.document import SUMMARY, Document, Place
from guard.source import SourceRange
from guard.visible import visible

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

FILE = "settings.schema.json"
MOST_TOLD = 10
_KINDS = {
    "string": "a text",
    "integer": "a whole number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
}


def schema() -> dict[str, Any]:
    """The JSON Schema of settings files, as it ships with the package."""
    text = files("guard.settings").joinpath(FILE).read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def validate(document: Document) -> None:
    """UsageError that tells all mistakes (the first ten), the first one with its place."""
    from jsonschema import Draft202012Validator

    errors = Draft202012Validator(schema()).iter_errors(document.data)
    # A value can be wrong in two ways and the words be the same.
    told = sorted(dict.fromkeys(_mistakes(errors, document)), key=lambda item: item[0].start)
    if not told:
        return
    first, text = told[0]
    others = [f"{at}: {detail}" for at, detail in told[1:MOST_TOLD]]
    raise UsageError(SUMMARY, " Also ".join((text, *others)), first)


def _mistakes(errors: Iterable[ValidationError], document: Document) -> Iterator[tuple[SourceRange, str]]:
    for error in errors:
        path: Place = tuple(error.absolute_path)
        if error.validator == "additionalProperties":
            yield from _unknown_keys(error, path, document)
        elif "propertyNames" in error.absolute_schema_path:
            name = str(error.instance)
            yield document.keys[(*path, name)], f"Expected {_expected(error)} as key, not {visible(name)}."
        elif error.validator == "required":
            missing = [name for name in _words(error) if name not in _mapping(error)]
            yield document.values[path], f"The key {missing[0]} is missing{_inside(path)}."
        else:
            yield (
                document.values[path],
                f"Expected {_expected(error)}{_inside(path)}, not {_shown(path, document)}.",
            )


def _unknown_keys(
    error: ValidationError, path: Place, document: Document
) -> Iterator[tuple[SourceRange, str]]:
    known = list(_schema_of(error).get("properties", {}))
    for name in _mapping(error):
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
            yield document.keys[(*path, name)], f"There is no setting {visible(name)}{_inside(path)}. {hint}"


def _words(error: ValidationError) -> list[str]:
    return list(map(str, error.validator_value)) if isinstance(error.validator_value, list) else []


def _mapping(error: ValidationError) -> Mapping[str, Any]:
    return error.instance if isinstance(error.instance, dict) else {}


def _schema_of(error: ValidationError) -> Mapping[str, Any]:
    return error.schema if isinstance(error.schema, dict) else {}


def _expected(error: ValidationError) -> str:
    """What the schema wants, in words: a type by itself, else as the schema describes it."""
    part = _schema_of(error)
    if error.validator == "enum":
        return "one of " + ", ".join(_words(error))
    if "description" in part:
        text = str(part["description"]).rstrip(".")
        return text[0].lower() + text[1:]
    return _KINDS.get(str(part.get("type")), "something else")


def _shown(path: Place, document: Document) -> str:
    text = document.values[path].text.strip()
    return visible(text.split("\n", 1)[0], 80) or "nothing"


def _inside(path: Place) -> str:
    names = [visible(str(part), 80) for part in path if isinstance(part, str)]
    return f" in {'.'.join(names)}" if names else ""
