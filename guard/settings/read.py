"""A settings file to settings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from guard.config.workspace import Workspace
from guard.diagnostics import UsageError
from guard.settings.document import SUMMARY, Data, Document, read_document
from guard.settings.model import Pattern, RootSettings, Settings
from guard.settings.schema import validate
from guard.source import SourceFile
from guard.suppress import MOST_DAYS, Waiver, day
from guard.syntax.load import read_source

LARGEST = 1024 * 1024


def read_settings(path: Path, place: Workspace, base: Path | None = None) -> Settings:
    """Read a settings file inside of the workspace. UsageError for any mistake in it.

    base: what its patterns are relative to, where that is not its own directory.
    """
    real = place.admit(path)
    if real.is_file() and real.stat().st_size > LARGEST:
        raise UsageError(SUMMARY, f"{place.show(path)} has more than {LARGEST} bytes.")
    where = base or path.parent
    return settings_of(read_source(real, place.show(path)), Path(os.path.realpath(where)))


def settings_of(source: SourceFile, base: Path) -> Settings:
    """The settings that a text states; UsageError for any mistake in it."""
    document = read_document(source)
    validate(document)
    data = document.data
    waivers = tuple(_waivers(document))
    return Settings(
        file=source.path,
        base=base,
        limit=data.get("limit"),
        fail_on=data.get("fail-on"),
        exclude=tuple(
            Pattern(text, document.values[("exclude", number)])
            for number, text in enumerate(data.get("exclude", ()))
        ),
        roots=tuple(_root(pattern, entry, document) for pattern, entry in data.get("roots", {}).items()),
        accounts=data.get("accounts", {}),
        waivers=waivers,
        max_waiver_days=data.get("max-waiver-days", MOST_DAYS),
        places={str(path[0]): at for path, at in document.keys.items() if len(path) == 1},
    )


def _root(pattern: str, entry: Mapping[str, Data], document: Document) -> RootSettings:
    return RootSettings(
        pattern=pattern,
        at=document.keys[("roots", pattern)],
        var_files=tuple(entry.get("var-files", ())),
        variables={name: _text(value) for name, value in entry.get("vars", {}).items()},
        workspace=entry.get("workspace"),
        account=entry.get("account"),
    )


def _text(value: Data) -> str:
    """A value as the command line would give it."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _waivers(document: Document) -> Iterator[Waiver]:
    for number, entry in enumerate(document.data.get("waivers", ())):
        place = ("waivers", number)
        if day(entry["until"]) is None:
            at = document.values[(*place, "until")]
            raise UsageError(SUMMARY, f"There is no day {entry['until']} (waivers.until).", at)
        yield Waiver(
            account=entry["account"],
            user=entry["user"],
            at_most=entry["at-most"],
            owner=entry["owner"],
            reason=entry["reason"],
            until=entry["until"],
            at=document.values[place],
            root=entry.get("root"),
        )
