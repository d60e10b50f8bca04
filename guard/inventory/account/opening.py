"""The first calls to an account, and waiting for its credential report: AWS makes many reports at once."""

from __future__ import annotations

from guard.aws.errors import AwsError, OutOfTimeError, Trouble, aws_error
from guard.aws.iam import Iam
from guard.aws.model import Summary
from guard.aws.pace import Pace
from guard.diagnostics import Diagnostic, note
from guard.inventory.account.model import Evidence, Options, Target
from guard.inventory.account.report import CredentialReport, parse_report
from guard.inventory.model import Account
from guard.records import dataclass, field, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.aws.session import Aws

FIRST_DELAY = 1.0
LONGEST_DELAY = 15.0
MOST_STARTS = 3


@dataclass(slots=True)
class Opened:
    """An account after its first calls. failure: what kept it from being opened."""

    target: Target
    account: Account
    iam: Iam | None = None
    summary: Summary | None = None
    summary_error: AwsError | None = None
    by_report: bool = False
    failure: AwsError | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)


def open_account(aws: Aws, target: Target, options: Options) -> Opened:
    """Assume the role, ask how large the account is, and have AWS start the report if it will be wanted."""
    opened = Opened(target, Account(target.account))
    try:
        calls = aws.other_account(target.role_arn) if target.role_arn else aws.own_account()
    except AwsError as failure:
        opened.failure = failure
        return opened
    opened.iam = Iam(calls)
    _read_alias(opened)
    if not options.users:
        _read_summary(opened)
        opened.by_report = _prefers_report(opened, options)
        if opened.by_report:
            _start_report(opened.iam)
    return opened


def _read_alias(opened: Opened) -> None:
    assert opened.iam is not None
    try:
        opened.account = replace(opened.account, alias=opened.iam.alias())
    except AwsError as error:
        opened.diagnostics.append(
            note("Account alias not read", f"Account {opened.account.name}: {error.text}.")
        )


def _read_summary(opened: Opened) -> None:
    assert opened.iam is not None
    try:
        opened.summary = opened.iam.summary()
    except AwsError as error:
        opened.summary_error = error


def _prefers_report(opened: Opened, options: Options) -> bool:
    if options.evidence is not Evidence.AUTO:
        return options.evidence is Evidence.REPORT
    users = opened.summary.users if opened.summary else None
    return users is None or users > options.live_up_to


def _start_report(iam: Iam) -> None:
    """Only a head start: what goes wrong here goes wrong again where the report is fetched."""
    try:
        iam.start_report()
    except AwsError:
        return


def await_report(iam: Iam, pace: Pace, seconds: float) -> CredentialReport:
    """The report as soon as AWS has it; AwsError NOT_READY when that takes longer than the seconds."""
    until = pace.now() + seconds
    delay = FIRST_DELAY
    starts = 0
    while True:
        try:
            file = iam.report()
        except AwsError as error:
            if error.trouble is Trouble.NO_REPORT and starts < MOST_STARTS:
                starts += 1
                _start_again(iam)
            elif error.trouble is not Trouble.NOT_READY:
                raise
            if pace.now() + delay > until:
                raise
        else:
            return parse_report(file.content, file.generated)
        try:
            pace.pause(delay)
        except OutOfTimeError as end:
            raise aws_error("iam:GetCredentialReport", end) from end
        delay = min(2 * delay, LONGEST_DELAY)


def _start_again(iam: Iam) -> None:
    """GenerateCredentialReport; where AWS makes no new one so soon, the one that exists will do."""
    try:
        iam.start_report()
    except AwsError as error:
        if error.trouble is not Trouble.LIMIT:
            raise
