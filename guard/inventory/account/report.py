"""A credential report to users and keys: read by column name, and never trusted where it looks odd.

Columns: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from io import StringIO

from guard.aws.model import ListedUser
from guard.inventory.account.model import UserReading
from guard.inventory.model import NONE, ONE, ROOT_USER, AccessKey, Account, LastUse, Source, Status, User
from guard.records import dataclass

MORE_KEYS = "additional_credentials_info"
NEVER = "N/A"
NOTHING = frozenset({"", NEVER, "no_information", "not_supported"})
SAID = frozenset({"true", "false"})
STATES = SAID | {"n/a", "not_supported"}
MOST_SLOTS = 64
SAME_MOMENT = timedelta(minutes=1)
_SLOT = re.compile(r"access_key_([0-9]{1,3})_active")


class UnreadableReportError(ValueError):
    """The report is not what AWS documents; the message says why."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A key column group of a row. rotated: when the key was made or last changed its status."""

    active: bool
    rotated: datetime | None
    last_used: LastUse | None


@dataclass(frozen=True, slots=True)
class Row:
    """A user of the report.

    slots: the keys it shows (never to be paired with key ids by their order).
    doubt: why this row cannot be relied on, so that the user's keys must be listed.
    full: every slot is taken, so that there may be keys that the report has no room for.
    made: when the user was made.
    """

    name: str
    arn: str
    slots: tuple[Slot, ...]
    doubt: str | None = None
    full: bool = False
    made: datetime | None = None

    @property
    def active(self) -> int:
        return sum(slot.active for slot in self.slots)

    def is_another(self, user: ListedUser | None) -> bool:
        """Whether a listed user of this name was made at another time, so that the row is not about it."""
        if user is None or user.created is None or self.made is None:
            return False
        return abs(_aware(user.created) - self.made) > SAME_MOMENT


@dataclass(frozen=True, slots=True)
class CredentialReport:
    """All rows. generated: when AWS made it. unclear: how many lines name no user at all."""

    generated: datetime
    rows: tuple[Row, ...]
    root: Row | None
    unclear: int

    def evidence(self, now: datetime) -> str:
        age = max(0, int((now - self.generated).total_seconds() // 60))
        return f"report, age {age} min"


def parse_report(content: bytes, generated: datetime) -> CredentialReport:
    """Read the CSV. UnreadableReportError when it is not one with the columns that matter."""
    try:
        table = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as caught:
        raise UnreadableReportError(f"the credential report is not CSV in UTF-8: {caught}") from caught
    columns = _Columns(table[0] if table else [])
    rows = [_row(columns, cells) for cells in table[1:] if cells]
    named = [row for row in rows if row is not None]
    root = next((row for row in named if row.name == ROOT_USER), None)
    users = tuple(_without_doubles([row for row in named if row.name != ROOT_USER]))
    return CredentialReport(_aware(generated), users, root, sum(row is None for row in rows))


class _Columns:
    """Where the columns are; order and additional columns do not matter."""

    def __init__(self, header: Sequence[str]) -> None:
        self.index = {name: place for place, name in enumerate(header)}
        self.width = len(header)
        found = (_SLOT.fullmatch(name) for name in header)
        self.slots = [match[1] for match in found if match]
        missing = [name for name in ("user", "arn") if name not in self.index]
        if missing or not self.slots or len(self.slots) > MOST_SLOTS or len(self.index) != self.width:
            raise UnreadableReportError("the credential report lacks the columns that AWS documents")

    def cell(self, cells: Sequence[str], name: str) -> str:
        return cells[self.index[name]] if name in self.index else ""


def _row(columns: _Columns, cells: Sequence[str]) -> Row | None:
    """The user of a line; None when the line does not tell whose it is."""
    if len(cells) != columns.width:
        return _misshapen(cells)
    name, arn = columns.cell(cells, "user"), columns.cell(cells, "arn")
    if not name:
        return None
    doubt = None
    slots = []
    for number in columns.slots:
        slot, wrong = _slot(columns, cells, f"access_key_{number}_")
        doubt = doubt or wrong
        slots.extend([slot] if slot else [])
    if name != ROOT_USER and arn.rpartition("/")[2] != name:
        doubt = "its name and its ARN disagree in the credential report"
    if columns.cell(cells, MORE_KEYS) not in NOTHING:
        doubt = "the credential report says that it has more keys than it shows"
    full = MORE_KEYS not in columns.index and len(slots) == len(columns.slots)
    made, _ = _date(columns.cell(cells, "user_creation_time"))
    return Row(name, arn, tuple(slots), doubt, full, made)


def _misshapen(cells: Sequence[str]) -> Row | None:
    """A line with too many or too few cells: a user name may hold commas, an ARN ends the name."""
    at = next((place for place, cell in enumerate(cells) if cell.startswith("arn:")), None)
    if not at:
        return None
    return Row(",".join(cells[:at]), "", (), "its line in the credential report has the wrong length")


def _slot(columns: _Columns, cells: Sequence[str], prefix: str) -> tuple[Slot | None, str | None]:
    """A slot, None if it is empty; and why it cannot be trusted, if so."""
    state = columns.cell(cells, prefix + "active").lower()
    rotated, sure = _date(columns.cell(cells, prefix + "last_rotated"))
    if state not in STATES or (state not in SAID and rotated is not None):
        return None, "the credential report does not say whether a key of it is active"
    active = state == "true"
    if not active and rotated is None and sure:
        return None, None
    if not sure or (active and rotated is None):
        return Slot(active, None, None), "the credential report does not say how old a key of it is"
    return Slot(active, rotated, _last_use(columns, cells, prefix)), None


def _last_use(columns: _Columns, cells: Sequence[str], prefix: str) -> LastUse | None:
    """The last use; a date that is `N/A` says that there was none, other words that nobody knows."""
    text = columns.cell(cells, prefix + "last_used_date")
    date, sure = _date(text)
    if not sure or (date is None and text != NEVER):
        return None
    service, region = (columns.cell(cells, prefix + f"last_used_{what}") for what in ("service", "region"))
    return LastUse(date, None if service in NOTHING else service, None if region in NOTHING else region)


def _date(text: str) -> tuple[datetime | None, bool]:
    """A date, None for AWS's words for none; and whether the text was one of these."""
    if text in NOTHING:
        return None, True
    try:
        return _aware(datetime.fromisoformat(text)), True
    except ValueError:
        return None, False


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _without_doubles(rows: Sequence[Row]) -> Iterator[Row]:
    """One row per user: AWS knows no two names that differ only in case, so doubles settle nothing."""
    by_name: dict[str, Row] = {}
    for row in rows:
        if by_name.setdefault(row.name.lower(), row) is not row:
            by_name[row.name.lower()] = Row(row.name, row.arn, (), "it is in the credential report twice")
    yield from by_name.values()


def row_reading(account: Account, row: Row, report: CredentialReport, now: datetime) -> UserReading:
    """The user of a row, as the report shows it."""
    return UserReading(row.name, row.arn, _keys(account, row), evidence=report.evidence(now))


def _keys(account: Account, row: Row) -> tuple[AccessKey, ...]:
    """The keys that a row shows, without ids: the report has none."""
    return tuple(
        AccessKey(
            user=User(row.name, row.name),
            account=account,
            status=Status.ACTIVE if slot.active else Status.INACTIVE,
            active=ONE if slot.active else NONE,
            exists=ONE,
            root=account.name,
            source=Source.ACCOUNT,
            created=slot.rotated,
            last_used=slot.last_used,
        )
        for slot in row.slots
    )
