"""What a report says, ready to be rendered: no Terraform in it, no decision left to make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guard.diagnostics import Diagnostic
from guard.inventory.model import AccessKey
from guard.rules import Finding, UserVerdict, Verdict


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was looked at.

    roots: directories of the root modules. modules_not_analysed: calls whose module is not on disk
    and that may be left out, as `module.name (source)`.
    """

    roots: tuple[str, ...] = ()
    files_seen: int = 0
    blocks_read: int = 0
    modules_not_analysed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run found. command is `check`, `audit` or `merge`; exit_code is 0, 1 or 3."""

    command: str
    verdict: Verdict
    exit_code: int
    limit: int
    users: tuple[UserVerdict, ...]
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]
    coverage: Coverage
    show_key_ids: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)


def masked(key_id: str, *, show: bool = False) -> str:
    """A key id as reports show it: `****WXYZ` unless shown on purpose."""
    return key_id if show else f"****{key_id[-4:]}"


def shown_keys(user: UserVerdict) -> tuple[AccessKey, ...]:
    """The keys of a user, the ones that count first, then by address."""
    return tuple(sorted(user.keys, key=lambda key: (key.active.high == 0, key.address or key.key_id or "")))
