"""One account to a reading: by credential report or by listing, each a way out when the other is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from datetime import datetime

from guard.aws.errors import AwsError, Trouble
from guard.aws.model import ListedUser
from guard.aws.pace import Pace
from guard.diagnostics import error as error_diagnostic
from guard.diagnostics import warning
from guard.inventory.account.listing import Lister
from guard.inventory.account.model import (
    AccountReading,
    Evidence,
    Options,
    UserReading,
    unread,
)
from guard.inventory.account.opening import Opened, await_report
from guard.inventory.account.report import CredentialReport, Row, UnreadableReportError, row_reading
from guard.inventory.account.root_user import root_user
from guard.inventory.model import Reading

OLD_REPORT_MINUTES = 24 * 60
MOST_NAMES = 5


def _stub(user: ListedUser) -> UserReading:
    return UserReading(user.name, user.arn)


class AccountReader:
    """Reads one opened account; its parts share what was noted on the way."""

    def __init__(
        self, opened: Opened, options: Options, pace: Pace, pool: Executor, now: Callable[[], datetime]
    ) -> None:
        assert opened.iam is not None
        self._opened = opened
        self._iam = opened.iam
        self._account = opened.account
        self._options = options
        self._pace = pace
        self._now = now
        self._notes = opened.diagnostics
        self._lister = Lister(opened.iam, opened.account, options, now, pool, [])
        self._nameless = 0
        self._failed: str | None = None
        self._absent: list[str] = []
        self._report_tried = False
        self._the_report: CredentialReport | None = None

    def read(self) -> AccountReading:
        """Every user of the account, or those that were asked for."""
        users = self._asked_for() if self._options.users else self._everybody()
        self._note_last_uses()
        self._note_unread(users)
        return AccountReading(
            account=self._account,
            name=self._opened.target.name,
            users=tuple(users),
            expected=self._expected,
            nameless=self._nameless,
            failed=self._failed,
            absent=tuple(self._absent),
            diagnostics=tuple(self._notes),
        )

    @property
    def _expected(self) -> int | None:
        return self._opened.summary.users if self._opened.summary else None

    # --- users asked for by name -------------------------------------------------------------------

    def _asked_for(self) -> list[UserReading]:
        stubs: dict[str, UserReading] = {}
        lost = []
        for name in self._options.users:
            try:
                user = self._iam.user(name)
            except AwsError as error:
                if error.trouble is Trouble.GONE:
                    self._absent.append(name)
                else:
                    lost.append(unread(UserReading(name, None), error.text, error.trouble))
            else:
                stubs[user.name] = UserReading(user.name, user.arn)
        read = self._lister.read(stubs.values())
        self._absent.extend(user.name for user in read if user.reading is Reading.DELETED)
        return [*read, *lost]

    # --- all users ---------------------------------------------------------------------------------

    def _everybody(self) -> list[UserReading]:
        if self._opened.by_report:
            report = self._report(". The users' keys were listed instead")
            if report:
                return self._from_report(report, *self._list())
            return self._from_listing(*self._list())
        listed, error = self._list()
        if error and self._options.evidence is Evidence.AUTO:
            report = self._report()
            if report:
                self._warn("Users not listed", f"{error.text}. The credential report was read instead")
                return self._from_report(report, listed, error)
        return self._from_listing(listed, error)

    def _report(self, instead: str = "") -> CredentialReport | None:
        """The credential report, or None with a warning that says why not. Tried once per account."""
        if self._report_tried:
            return self._the_report
        self._report_tried = True
        try:
            report = await_report(self._iam, self._pace, self._options.report_wait)
        except (AwsError, UnreadableReportError) as error:
            text = error.text if isinstance(error, AwsError) else str(error)
            self._warn("Credential report not used", f"{text}{instead}")
            return None
        if (self._now() - report.generated).total_seconds() / 60 > OLD_REPORT_MINUTES:
            self._warn("Credential report is old", f"It was made at {report.generated:%Y-%m-%d %H:%M} UTC")
        self._the_report = report
        return report

    def _list(self) -> tuple[list[ListedUser], AwsError | None]:
        """All users by name; with an error, those that came before it."""
        listed: list[ListedUser] = []
        try:
            listed.extend(self._iam.users())
        except AwsError as error:
            return listed, error
        return listed, None

    def _from_listing(self, listed: list[ListedUser], error: AwsError | None) -> list[UserReading]:
        if error:
            self._listing_broke(listed, error)
        else:
            self._compare_with_summary(len(listed))
        readings = self._lister.read(map(_stub, listed))
        if error is None:
            readings += self._renamed(readings)
        if self._options.evidence is Evidence.AUTO:
            readings = self._denied_by_report(readings)
        return [*readings, self._root(None)]

    def _compare_with_summary(self, listed: int) -> None:
        """Users may go while we list; a list that stays shorter than the account's own count lost some."""
        if self._expected is None or self._expected <= listed:
            return
        try:
            self._opened.summary = self._iam.summary()
        except AwsError as error:
            self._opened.summary, self._opened.summary_error = None, error
        if self._expected is not None and self._expected > listed:
            self._nameless = self._expected - listed
            text = f"The account's summary counts {self._expected} users, ListUsers named only {listed}"
            self._notes.append(
                error_diagnostic("Numbers of users differ", f"Account {self._account.name}: {text}.")
            )

    def _renamed(self, fresh: Sequence[UserReading], others: Sequence[UserReading] = ()) -> list[UserReading]:
        """Who is new while others vanished: a user under a new name is not deleted, and has the same keys."""
        vanished = sum(user.reading is Reading.DELETED for user in fresh)
        if not vanished:
            return []
        known = {user.name for user in (*fresh, *others)}
        listed, error = self._list()
        if error and (self._expected is None or self._expected > len(known) - vanished):
            self._nameless = max(self._nameless, vanished)
            who = (
                f"Account {self._account.name}: whether {vanished} users were deleted or renamed is not known"
            )
            self._notes.append(error.explained(who))
        return self._lister.read(_stub(user) for user in listed if user.name not in known)

    def _listing_broke(self, listed: list[ListedUser], error: AwsError) -> None:
        if not listed:
            self._failed = error.text
        self._nameless = max((self._expected or 0) - len(listed), 1)
        rest = "users" if self._expected is None else f"at least {self._nameless} users"
        self._notes.append(error.explained(f"Account {self._account.name}: {rest} not listed"))

    def _denied_by_report(self, readings: list[UserReading]) -> list[UserReading]:
        """Users whose keys may not be listed, as the report shows them, where the report settles it."""
        if not any(user.trouble is Trouble.DENIED for user in readings):
            return readings
        report = self._report()
        if report is None:
            return readings
        rows = {row.name: row for row in report.rows}
        return [self._by_row(user, rows.get(user.name), report) for user in readings]

    def _by_row(self, user: UserReading, row: Row | None, report: CredentialReport) -> UserReading:
        if user.trouble is not Trouble.DENIED or row is None or not self._settled(row):
            return user
        return row_reading(self._account, row, report, self._now())

    # --- from the credential report ----------------------------------------------------------------

    def _settled(self, row: Row) -> bool:
        """Whether the row answers for the user; more keys than allowed are always confirmed by a call."""
        return row.doubt is None and not row.full and row.active <= self._options.limit

    def _from_report(
        self, report: CredentialReport, listed: list[ListedUser], error: AwsError | None
    ) -> list[UserReading]:
        """The users of the report as the list of now corrects it: new ones, gone ones, names used again."""
        now = {user.name: user for user in listed}
        if error:
            self._note_uncounted(len(report.rows), report.unclear, error)
        gone = frozenset() if error else frozenset(row.name for row in report.rows) - now.keys()
        readings, unclear = [], []
        for row in report.rows:
            if row.name in gone:
                readings.append(UserReading(row.name, row.arn, reading=Reading.DELETED))
            elif self._settled(row) and not row.is_another(now.get(row.name)):
                readings.append(row_reading(self._account, row, report, self._now()))
            else:
                unclear.append(UserReading(row.name, row.arn or None))
        named = {row.name for row in report.rows}
        fresh = self._lister.read([*unclear, *(_stub(user) for user in listed if user.name not in named)])
        return [*readings, *fresh, *self._renamed(fresh, readings), self._root(report)]

    def _note_uncounted(self, rows: int, unclear: int, error: AwsError) -> None:
        who = f"Account {self._account.name}: "
        if self._expected is None:
            who += "it is not known whether the credential report names every user"
        elif self._expected <= rows and not unclear:
            text = "Users made since the report in the place of deleted ones would not be seen"
            self._warn("Users not compared with the report", f"{text}: {error.text}")
            return
        else:
            self._nameless = max(self._expected - rows, unclear)
            who += f"{self._nameless} users are missing from the credential report"
        self._notes.append(error.explained(who))

    # --- the root user -----------------------------------------------------------------------------

    def _root(self, report: CredentialReport | None) -> UserReading:
        keys = self._opened.summary.root_keys if self._opened.summary else None
        if report is None and keys != 0:
            report = self._report()
        error = self._opened.summary_error
        return root_user(self._account, keys, error, report, self._now())

    # --- what is said about the reading ------------------------------------------------------------

    def _warn(self, summary: str, detail: str) -> None:
        self._notes.append(warning(summary, f"Account {self._account.name}: {detail}."))

    def _note_last_uses(self) -> None:
        if self._lister.use_errors:
            number, first = len(self._lister.use_errors), self._lister.use_errors[0]
            self._warn(
                "Last use not read", f"For {number} keys it is not known when they were used: {first.text}"
            )

    def _note_unread(self, users: Sequence[UserReading]) -> None:
        """One error per reason, with the first few names: all of them are among the report's users."""
        lost = [user for user in users if user.reading is Reading.UNREAD]
        reasons = Counter(user.trouble for user in lost)
        for trouble, number in reasons.items():
            same = [user for user in lost if user.trouble is trouble]
            names = ", ".join(user.name for user in same[:MOST_NAMES])
            more = f" and {number - MOST_NAMES} more" if number > MOST_NAMES else ""
            self._notes.append(
                error_diagnostic(
                    "Users not read",
                    f"Account {self._account.name}: the keys of {names}{more} are not known. {same[0].why}.",
                )
            )
