"""What AWS answers, as far as the audit needs it: plain records, nothing of boto3."""

from __future__ import annotations

from datetime import datetime

from guard.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Connection:
    """How to reach AWS, beyond what boto3's own configuration says.

    profile, region: as for the AWS command line. role_arn: a role to assume first.
    external_id: sent with every AssumeRole. call_timeout: seconds to wait for one answer.
    threads: how many calls one account may have open at a time. attempts: how often a call is tried.
    """

    profile: str | None = None
    region: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    call_timeout: float = 30
    threads: int = 16
    attempts: int = 6


@dataclass(frozen=True, slots=True)
class Caller:
    """Who we are: the account's id, our ARN, and the partition (aws, aws-cn, …) it names."""

    account: str
    arn: str
    partition: str


@dataclass(frozen=True, slots=True)
class RoleCredentials:
    """Temporary credentials of an assumed role; never shown, not even in a traceback."""

    access_key_id: str = field(repr=False)
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OrganizationAccount:
    """An account of the organization. state: ACTIVE, SUSPENDED, … as Organizations spells it."""

    id: str
    name: str
    state: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Of GetAccountSummary: how many users, and whether the root user has access keys."""

    users: int | None
    root_keys: int | None


@dataclass(frozen=True, slots=True)
class ListedUser:
    name: str
    arn: str
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListedKey:
    """Of ListAccessKeys; status in AWS's spelling, whatever it is."""

    id: str
    status: str
    created: datetime | None


@dataclass(frozen=True, slots=True)
class KeyUse:
    """Of GetAccessKeyLastUsed; at is None for a key that was never used."""

    at: datetime | None
    service: str | None
    region: str | None


@dataclass(frozen=True, slots=True)
class ReportFile:
    """Of GetCredentialReport: the CSV and when AWS made it."""

    content: bytes = field(repr=False)
    generated: datetime
