"""The root user's keys, from the account's summary and, where that says that there are some, the report."""

from __future__ import annotations

from datetime import datetime

from guard.aws.errors import AwsError
from guard.inventory.account.model import UserReading, unread
from guard.inventory.account.report import CredentialReport, Row, row_reading
from guard.inventory.model import ANY_NUMBER, ROOT_USER, AccessKey, Account, Source, Status, User
from guard.records import replace


def root_user(
    account: Account, keys: int | None, error: AwsError | None, report: CredentialReport | None, now: datetime
) -> UserReading:
    """None if the summary, which is of now, says so; else those of the report's row; else perhaps some.

    keys: what the summary says of them; None, with the error if there was one, when it does not tell.
    """
    row = report.root if report else None
    if keys == 0:
        return UserReading(ROOT_USER, row.arn if row else None)
    if report and row:
        return _by_row(account, row, report, keys, now)
    if keys:
        return UserReading(ROOT_USER, None, (_possible_key(account),))
    why = error.text if error else "neither the credential report nor the account's summary tells"
    return unread(UserReading(ROOT_USER, None), why, error.trouble if error else None)


def _by_row(
    account: Account, row: Row, report: CredentialReport, keys: int | None, now: datetime
) -> UserReading:
    reading = row_reading(account, row, report, now)
    if row.doubt and not row.active:
        return unread(reading, row.doubt)
    if keys and not row.slots:
        return replace(reading, keys=(_possible_key(account),))
    return reading


def _possible_key(account: Account) -> AccessKey:
    return AccessKey(
        user=User(ROOT_USER, ROOT_USER),
        account=account,
        status=Status.UNKNOWN,
        active=ANY_NUMBER,
        exists=ANY_NUMBER,
        root=account.name,
        source=Source.ACCOUNT,
        why="the account's summary says that there are access keys, not whether they are active",
    )
