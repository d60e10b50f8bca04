"""What a settings file says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from guard.records import dataclass, field
from guard.source import SourceRange
from guard.waiver import MOST_DAYS, Waiver

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.config.summaries import OwnModules


@dataclass(frozen=True, slots=True)
class RootSettings:
    """What holds for the root modules whose directories match a pattern.

    variables: by name, as `--var` takes them. account: the one that credentials from outside lead to.
    """

    pattern: str
    at: SourceRange
    var_files: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    workspace: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of paths, and where it is written."""

    text: str
    at: SourceRange


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """What the file says of audits; None where it says nothing.

    accounts: ids. accounts_file: a file of such. org: all accounts of the organization. max_age,
    unused_after: days.
    """

    accounts: tuple[str, ...] = ()
    accounts_file: str | None = None
    org: bool | None = None
    role_name: str | None = None
    external_id: str | None = None
    evidence: str | None = None
    max_age: int | None = None
    unused_after: int | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """A settings file, or that there is none.

    file: as reports show it. base: the directory that patterns are relative to.
    limit, fail_on: None where the file does not say. accounts: account ids by `profile:NAME` or by the
    provider configuration of a root module (`aws`, `aws.ALIAS`). modules: those that the file describes.
    places: where a setting stands, by its key, such as `limit` or `audit.role-name`.
    """

    file: str | None = None
    base: Path = Path()
    limit: int | None = None
    fail_on: str | None = None
    exclude: tuple[Pattern, ...] = ()
    roots: tuple[RootSettings, ...] = ()
    accounts: Mapping[str, str] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    max_waiver_days: int = MOST_DAYS
    audit: AuditSettings = AuditSettings()
    modules: OwnModules = field(default_factory=dict)
    places: Mapping[str, SourceRange] = field(default_factory=dict)
