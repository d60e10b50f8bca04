"""`audit`: the access keys that are active in the live account or accounts, read-only."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from guard.commands.audit_options import (
    add_audit_arguments,
    add_strictness_arguments,
    check_stated,
    check_together,
    connection,
    has_several,
    options,
    read_text,
    strictness,
)
from guard.commands.audit_settings import completed
from guard.commands.output import add_output_arguments, emit
from guard.in_force import settings_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.audit.rules import Judge
    from guard.aws.errors import AwsError
    from guard.aws.model import Caller
    from guard.inventory.account.model import AccountReading, Target
    from guard.inventory.account.organization import Listed
    from guard.reports.model import Report
    from guard.settings.model import Settings


def configure(parser: ArgumentParser) -> None:
    add_audit_arguments(parser)
    add_strictness_arguments(parser)
    add_output_arguments(parser)


def run(arguments: Namespace) -> int:
    """Read the accounts, report, and return the exit code."""
    check_stated(arguments)
    settings = settings_here(arguments.config, arguments.confine)
    arguments = completed(arguments, settings)
    check_together(arguments)
    if arguments.print_policy:
        sys.stdout.write(json.dumps(_policy(arguments), indent=2) + "\n")
        if arguments.role_arn:
            sys.stderr.write(
                f"This is for the role; who assumes it needs sts:AssumeRole on {arguments.role_arn}.\n"
            )
        return 0
    earlier = None
    if arguments.since:
        from guard.audit.since import read_earlier

        earlier = read_earlier(arguments.since)
    report = _audit(arguments, settings)
    if earlier:
        from guard.audit.since import compared

        report = compared(report, earlier)
    emit(report, arguments)
    return report.exit_code


def _policy(arguments: Namespace) -> dict[str, object]:
    from guard.aws.policy import Scope, policy

    role = arguments.role_name if has_several(arguments) else None
    return policy(Scope(bool(arguments.users), arguments.org, role, _partition(arguments)))


def _partition(arguments: Namespace) -> str:
    """That of --role-arn, else that of the region, which the environment may tell."""
    from guard.aws.policy import partition

    if arguments.role_arn:
        return str(arguments.role_arn).split(":")[1]
    return partition(arguments.region or os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"))


def _audit(arguments: Namespace, settings: Settings) -> Report:
    from guard.audit.report import audit_report
    from guard.aws.errors import AwsError
    from guard.aws.pace import Pace
    from guard.aws.session import Aws
    from guard.inventory.account.fleet import Fleet
    from guard.inventory.account.organization import Listed, organization_list, parse_shard

    shard = parse_shard(arguments.shard) if arguments.shard else None
    pace = Pace(rate=arguments.max_rate, seconds=arguments.timeout)
    aws = Aws(connection(arguments), pace)
    stated = _stated(arguments)
    readings: list[AccountReading] = []
    left_out: list[Listed] = []
    try:
        caller = aws.caller()
        listed = [Listed(caller.account)] if stated is None else stated
        if arguments.org:
            listed = organization_list(aws.organization_accounts())
    except AwsError as error:
        readings.append(_nothing_read(error))
    else:
        mine = [account for account in listed if shard is None or shard.has(account.id)]
        left_out = [account for account in mine if account.left_out]
        fleet = Fleet(aws, options(arguments), pace, _now, threads=arguments.threads)
        todo = _targets(arguments, mine, caller)
        if all(account.left_out for account in listed):
            readings.append(_nothing_to_read())
        readings.extend(_with_progress(fleet.read(todo), len(todo)))
    judge = _judge(arguments, settings)
    return audit_report(readings, left_out, judge, strictness(arguments), str(shard) if shard else None)


def _stated(arguments: Namespace) -> list[Listed] | None:
    """The accounts that the command line or the settings name; None where they name none."""
    from guard.inventory.account.organization import Listed, file_list

    if arguments.accounts:
        return file_list(read_text(arguments.accounts))
    return [Listed(account) for account in arguments.account_ids] or None


def _judge(arguments: Namespace, settings: Settings) -> Judge:
    from guard.audit.advice import Ages
    from guard.audit.rules import Judge
    from guard.audit.waivers import Waivers

    now = _now()
    ages = Ages(now, timedelta(days=arguments.max_age), timedelta(days=arguments.unused_after))
    asked = tuple(arguments.users)
    waivers = Waivers(settings.waivers, now.date(), settings.max_waiver_days, asked)
    return Judge(ages, arguments.limit, arguments.show_key_ids, waivers)


def _targets(arguments: Namespace, listed: Iterable[Listed], caller: Caller) -> list[Target]:
    from guard.inventory.account.organization import targets

    return targets(listed, caller, arguments.role_name)


def _nothing_read(error: AwsError) -> AccountReading:
    """The run as an account that failed: neither who we are nor which accounts there are is known."""
    from guard.inventory.account.model import AccountReading
    from guard.inventory.model import UNKNOWN_ACCOUNT

    diagnostic = error.explained("No account could be audited")
    return AccountReading(UNKNOWN_ACCOUNT, failed=error.text, diagnostics=(diagnostic,))


def _nothing_to_read() -> AccountReading:
    from guard.diagnostics import error
    from guard.inventory.account.model import AccountReading
    from guard.inventory.model import UNKNOWN_ACCOUNT

    text = "Every account is left out, so nothing was audited."
    return AccountReading(UNKNOWN_ACCOUNT, failed=text, diagnostics=(error("No account to audit", text),))


def _with_progress(readings: Iterator[AccountReading], total: int) -> Iterator[AccountReading]:
    """The same readings; on a terminal, a line that says how far we are."""
    shown = total > 1 and sys.stderr.isatty()
    failed = 0
    for number, reading in enumerate(readings, start=1):
        failed += not reading.complete
        if shown:
            end = "\n" if number == total else ""
            sys.stderr.write(f"\r{number} of {total} accounts read, {failed} not in full{end}")
            sys.stderr.flush()
        yield reading


def _now() -> datetime:
    return datetime.now(UTC)
