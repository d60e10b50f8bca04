"""The state of the fake AWS: accounts, users, keys, and the credential report that AWS would make of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

HOME = "111111111111"
NOW = datetime.now(UTC).replace(microsecond=0)
HEADER = (
    "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,"
    "password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,"
    "access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,"
    "access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,"
    "access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,"
    "cert_2_active,cert_2_last_rotated"
)
SLOTS = 2
LONG_AGO = "2020-01-01T00:00:00Z"
SERIAL = count(1)


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@dataclass
class Key:
    id: str
    status: str = "Active"
    created: datetime | None = field(default_factory=lambda: days_ago(10))
    used: datetime | None = None
    service: str = "s3"
    region: str = "eu-west-1"


@dataclass
class Account:
    """An account. report_polls: how often GetCredentialReport says that it is not ready yet.

    more_keys_column: whether the report has the column that AWS documents for keys beyond two.
    """

    id: str
    name: str = ""
    alias: str | None = None
    state: str = "ACTIVE"
    partition: str = "aws"
    users: dict[str, list[Key]] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    root_keys: list[Key] = field(default_factory=list)
    roles: set[str] = field(default_factory=lambda: {"iam-key-guard-audit"})
    external_id: str | None = None
    report: bytes | None = None
    report_time: datetime = NOW
    report_polls: int = 0
    report_age: timedelta = timedelta(0)
    more_keys_column: bool = False

    def arn(self, user: str) -> str:
        return f"arn:{self.partition}:iam::{self.id}:user{self.paths.get(user, '/')}{user}"

    def add(self, name: str, *keys: Key | str) -> None:
        made = [key if isinstance(key, Key) else Key(self.new_id(at), key) for at, key in enumerate(keys)]
        self.users[name] = made

    def new_id(self, at: int) -> str:
        serial = next(SERIAL)
        return f"AKIA{serial:012d}{chr(65 + at % 26)}{serial % 1000:03d}"

    def make_report(self) -> bytes:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*HEADER.split(","), *["additional_credentials_info"] * self.more_keys_column])
        writer.writerow(
            self._row("<root_account>", f"arn:{self.partition}:iam::{self.id}:root", self.root_keys)
        )
        for name in sorted(self.users, key=str.lower):
            writer.writerow(self._row(name, self.arn(name), self.users[name]))
        return text.getvalue().rstrip("\n").encode()

    def _row(self, name: str, arn: str, keys: list[Key]) -> list[str]:
        row = [name, arn, self.made.get(name, LONG_AGO), "false", "N/A", "N/A", "N/A", "false"]
        shown = sorted(keys, key=lambda key: key.id)[:SLOTS]
        for key in shown:
            row += [
                "true" if key.status == "Active" else "false",
                stamp(key.created) if key.created else "N/A",
                stamp(key.used) if key.used else "N/A",
                key.region if key.used else "N/A",
                key.service if key.used else "N/A",
            ]
        row += ["false", "N/A", "N/A", "N/A", "N/A"] * (SLOTS - len(shown))
        more = ["N/A" if len(keys) <= SLOTS else f"{len(keys) - SLOTS} more"] * self.more_keys_column
        return [*row, "false", "N/A", "false", "N/A", *more]


def stamp(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


class AwsFailureError(Exception):
    def __init__(self, code: str, status: int = 400, message: str = "no") -> None:
        super().__init__(code)
        self.code, self.status, self.message = code, status, message
