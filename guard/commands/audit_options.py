"""The arguments of `audit` to settings: what they mean together, checked."""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from guard.audit.report import Strictness
from guard.aws.model import Connection
from guard.commands.audit_settings import DEFAULT_ROLE
from guard.diagnostics import UsageError
from guard.inventory.account.model import Evidence, Options
from guard.rules import Verdict
from guard.source import SourceFile

LARGEST_FILE = 10 * 1024 * 1024
FAIL_ON = {verdict.word: verdict for verdict in (Verdict.VIOLATION, Verdict.POSSIBLE, Verdict.UNDETERMINED)}
ROLE_ARN = re.compile(r"arn:[a-z-]{1,30}:iam::[0-9]{12}:role/[\w+=,.@/-]{1,600}", re.ASCII)
USER_NAME = re.compile(r"[\w+=,.@-]{1,64}", re.ASCII)
ROLE_NAME = re.compile(r"[\w+=,.@/-]{1,600}", re.ASCII)


def number(low: float, high: float, kind: type[int] | type[float] = int) -> Callable[[str], float]:
    """An argparse type: a number within bounds."""

    def parse(text: str) -> float:
        try:
            value = kind(text)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise ArgumentTypeError(f"{text!r} is not a number from {low:g} to {high:g}")
        return value

    return parse


def matching(pattern: re.Pattern[str], what: str) -> Callable[[str], str]:
    """An argparse type: a text of a given shape."""

    def parse(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ArgumentTypeError(f"{text!r} is not {what}")
        return text

    return parse


def add_strictness_arguments(parser: ArgumentParser) -> None:
    """What `audit` and `merge` have in common."""
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        help="the least verdict that fails (default: undetermined)",
    )
    parser.add_argument(
        "--allow-partial",
        action="store_true",
        help="exit 0 although something could not be read (it is still reported)",
    )
    parser.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="the settings; without it, .iam-key-guard.yaml is looked for from the working directory upwards",
    )
    parser.add_argument(
        "--confine", type=Path, metavar="DIR", help="read no settings outside of this directory"
    )
    parser.add_argument(
        "--since", metavar="FILE", help="an earlier JSON report: say what is new, gone, unchanged"
    )


def strictness(arguments: Namespace) -> Strictness:
    return Strictness(FAIL_ON[arguments.fail_on], arguments.allow_partial)


def add_audit_arguments(parser: ArgumentParser) -> None:
    """All arguments of `audit` but those of the output."""
    for add in (_add_access, _add_scope, add_settable_arguments, _add_manners):
        add(parser)


def _add_access(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("access")
    group.add_argument("--profile", help="a profile of the AWS configuration files")
    group.add_argument("--region", help="decides the partition (aws, aws-cn, aws-us-gov) and the endpoints")
    group.add_argument(
        "--role-arn", type=matching(ROLE_ARN, "the ARN of a role"), help="a role to assume first"
    )
    group.add_argument(
        "--print-policy", action="store_true", help="print the least IAM policy for these options, and stop"
    )


def _add_scope(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("what is looked at")
    group.add_argument(
        "--user",
        dest="users",
        metavar="NAME",
        type=matching(USER_NAME, "the name of an IAM user"),
        action="append",
        default=[],
        help="only this user; repeatable",
    )
    group.add_argument(
        "--shard",
        metavar="I/N",
        help="only part I of N of the accounts; `merge` joins the parts' JSON reports",
    )
    group.add_argument("--limit", type=number(0, 100), help="active keys a user may have (default: 1)")


def add_settable_arguments(parser: ArgumentParser) -> None:
    """What the settings file can say too, under `audit`."""
    group = parser.add_argument_group("accounts (without these options: the one of the credentials)")
    several = group.add_mutually_exclusive_group()
    several.add_argument(
        "--org", action="store_true", default=None, help="all active accounts of the organization"
    )
    several.add_argument("--accounts", metavar="FILE", help="account ids, one on a line")
    several.add_argument(
        "--own-account",
        action="store_true",
        help="the account of the credentials, whatever the settings say",
    )
    group.add_argument(
        "--role-name",
        type=matching(ROLE_NAME, "the name of a role"),
        help=f"the role assumed in accounts other than that of the credentials (default: {DEFAULT_ROLE})",
    )
    group.add_argument("--external-id", help="sent with every AssumeRole")
    group = parser.add_argument_group("evidence and ages")
    group.add_argument(
        "--evidence",
        choices=[evidence.value for evidence in Evidence],
        help="live: ask for every user's keys; report: read the credential report (at most 4 hours old), and "
        "ask only about users that have too many; auto: live up to 1000 users (default: auto)",
    )
    group.add_argument(
        "--max-age",
        metavar="DAYS",
        type=number(0, 36500),
        help="active keys older than this are stale, a warning (default: 90)",
    )
    group.add_argument(
        "--unused-after",
        metavar="DAYS",
        type=number(1, 36500),
        help="active keys not used for so long are unused, a warning (default: 90)",
    )


def _add_manners(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("manners")
    for name, low, high, kind, default, text in (
        ("--max-rate", 0.1, 10_000, float, 400, "calls per second, all accounts together"),
        ("--threads", 1, 128, int, 16, "users read at a time, all accounts together"),
        (
            "--timeout",
            1,
            86_400,
            float,
            3000,
            "seconds for the whole run; what is not read by then is unread",
        ),
        ("--call-timeout", 0.1, 600, float, 30, "seconds to wait for one answer of AWS"),
        ("--attempts", 1, 20, int, 6, "times that a call is tried"),
        ("--report-wait", 0, 3600, float, 120, "seconds to wait for a credential report"),
    ):
        group.add_argument(
            name,
            metavar="N",
            type=number(low, high, kind),
            default=default,
            help=f"{text} (default: %(default)s)",
        )


def check_stated(arguments: Namespace) -> None:
    """UsageError for arguments that contradict each other."""
    if arguments.users and arguments.evidence == Evidence.REPORT.value:
        raise UsageError(
            "Invalid arguments", "--user asks AWS for the user's keys now; leave out --evidence."
        )


def check_together(arguments: Namespace) -> None:
    """UsageError for options in force that make no sense together."""
    if arguments.shard and not has_several(arguments):
        raise UsageError("Invalid arguments", "--shard needs --org or --accounts.")
    if arguments.shard and arguments.users:
        raise UsageError(
            "Invalid arguments", "--user asks all accounts, of which a part cannot speak: leave out --shard."
        )


def has_several(arguments: Namespace) -> bool:
    """Whether accounts are named, so that a role is assumed in each."""
    return bool(arguments.org or arguments.accounts or arguments.account_ids)


def connection(arguments: Namespace) -> Connection:
    return Connection(
        profile=arguments.profile,
        region=arguments.region,
        role_arn=arguments.role_arn,
        external_id=arguments.external_id,
        call_timeout=arguments.call_timeout,
        threads=arguments.threads,
        attempts=arguments.attempts,
    )


def options(arguments: Namespace) -> Options:
    return Options(
        evidence=Evidence(arguments.evidence),
        users=tuple(dict.fromkeys(arguments.users)),
        limit=arguments.limit,
        old_after=timedelta(days=min(arguments.max_age, arguments.unused_after)),
        report_wait=arguments.report_wait,
    )


def read_text(path: str) -> SourceFile:
    """A file that an argument names; UsageError when it cannot be read as text."""
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise UsageError("File too large", f"{path} has more than {LARGEST_FILE} bytes.")
        return SourceFile(path, Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UsageError("File not readable", f"{path}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise UsageError("File not readable", f"{path} is not UTF-8.") from error
