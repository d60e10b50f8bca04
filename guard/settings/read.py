"""A settings file to settings."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from guard.config.summaries import OwnModules
from guard.config.workspace import Workspace
from guard.diagnostics import UsageError
from guard.records import replace
from guard.settings.document import SUMMARY, Data, Document, Place, read_document
from guard.settings.model import AuditSettings, Pattern, RootSettings, Settings
from guard.settings.schema import validate
from guard.source import SourceFile
from guard.suppress import day
from guard.syntax.load import read_source
from guard.waiver import MOST_DAYS, Waiver

LARGEST = 256 * 1024
AUDIT = ("audit",)


def read_settings(path: Path, place: Workspace, base: Path | None = None) -> Settings:
    """Read a settings file inside of the workspace. UsageError for any mistake in it.

    base: what its patterns are relative to, where that is not its own directory.
    """
    real = place.admit(path)
    if real.is_file() and real.stat().st_size > LARGEST:
        raise UsageError(SUMMARY, f"{place.show(path)} has more than {LARGEST} bytes.")
    where = Path(os.path.realpath(base or path.parent))
    settings = settings_of(read_source(real, place.show(path)), where)
    if settings.audit.accounts_file is None:
        return settings
    file = place.admit(where / settings.audit.accounts_file)
    return replace(settings, audit=replace(settings.audit, accounts_file=place.show(file)))


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
        audit=_audit(document),
        modules=_modules(document),
        places={".".join(map(str, path)): at for path, at in document.keys.items() if _is_setting(path)},
    )


def _modules(document: Document) -> OwnModules:
    if not document.data.get("modules"):
        return {}
    from guard.settings.modules import own_modules

    return own_modules(document)


def _is_setting(path: Place) -> bool:
    return len(path) == 1 or (len(path) == len(AUDIT) + 1 and path[:1] == AUDIT)


def _audit(document: Document) -> AuditSettings:
    data = document.data.get("audit", {})
    ways = [name for name in ("accounts", "accounts-file", "org") if data.get(name)]
    if len(ways) > 1:
        detail = (
            f"Only one of accounts, accounts-file and org can be given, not {' and '.join(ways)} (audit)."
        )
        raise UsageError(SUMMARY, detail, document.keys[(*AUDIT, ways[1])])
    return AuditSettings(
        accounts=tuple(dict.fromkeys(data.get("accounts", ()))),
        accounts_file=data.get("accounts-file"),
        org=data.get("org"),
        role_name=data.get("role-name"),
        external_id=data.get("external-id"),
        evidence=data.get("evidence"),
        max_age=data.get("max-age"),
        unused_after=data.get("unused-after"),
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
