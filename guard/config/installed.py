"""The modules that `terraform init` installed: its manifest, and whether an entry still fits its call.

https://developer.hashicorp.com/terraform/cli/commands/init#child-module-installation
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guard.config.module_source import module_address
from guard.config.versions import Span, VersionError, constraint, version
from guard.config.workspace import Workspace
from guard.diagnostics import GuardError, error
from guard.disk import is_file
from guard.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@dataclass(frozen=True, slots=True)
class Installed:
    """An entry of the manifest. source and version: what was installed, as far as it says."""

    directory: Path
    source: str
    version: str

    def fits(self, source: str | None, constrained: str | None) -> bool:
        """Whether the entry is for this call: Terraform plans nothing before an entry for another source
        or version was installed anew. Sources are compared as far as we can tell them apart."""
        return self._has_source(source) and self._has_version(constrained)

    def _has_source(self, source: str | None) -> bool:
        mine, theirs = module_address(self.source), module_address(source or "")
        return mine is None or theirs is None or mine == theirs

    def _has_version(self, constrained: str | None) -> bool:
        try:
            found = version(self.version)
            allowed = constraint(constrained or "")
        except VersionError:
            return True
        return not (allowed & Span(found, found, with_high=True)).is_empty


def installed_modules(root: Path, data_directory: str, place: Workspace) -> Mapping[str, Installed]:
    """The entries of a root module's manifest by module path; raises GuardError for one that is broken."""
    manifest = root / data_directory / "modules" / "modules.json"
    if not is_file(manifest):
        return {}
    import json

    try:
        entries = json.loads(place.admit(manifest).read_text("utf-8"))["Modules"]
        return {str(entry["Key"]): _installed(root, entry) for entry in entries}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        shown = place.show(manifest)
        detail = f"{shown} is not what terraform init writes. Run terraform init again."
        raise GuardError(error("Unreadable module manifest", detail)) from problem


def _installed(root: Path, entry: Mapping[str, Any]) -> Installed:
    return Installed(root / str(entry["Dir"]), str(entry.get("Source", "")), str(entry.get("Version", "")))
