"""`merge`: the JSON reports of the parts of an audit to one report, which knows whether a part is missing."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from guard.commands.audit_options import add_strictness_arguments, strictness
from guard.commands.audit_settings import completed
from guard.commands.output import add_output_arguments, emit
from guard.diagnostics import Diagnostic, UsageError, error
from guard.in_force import settings_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.reports.model import Report

MOST_NAMED = 20
COMPARED = "Findings compared"


def configure(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE", nargs="+", help="a JSON report of `audit --shard I/N`")
    add_strictness_arguments(parser)
    add_output_arguments(parser)


def run(arguments: Namespace) -> int:
    """Join the reports, report, and return the exit code."""
    from guard.audit.report import conclude
    from guard.audit.since import compared, read_earlier
    from guard.reports.read_json_v1 import read_report

    arguments = completed(arguments, settings_here(arguments.config, arguments.confine))
    earlier = read_earlier(arguments.since) if arguments.since else None
    parts = {file: read_report(file) for file in dict.fromkeys(arguments.files)}
    report = conclude(joined(parts), strictness(arguments))
    if earlier:
        report = compared(report, earlier)
    emit(report, arguments)
    return report.exit_code


def joined(parts: dict[str, Report]) -> Report:
    """One report of several. UsageError where they contradict each other."""
    from guard.reports.model import Coverage, Report

    reports = list(parts.values())
    _check_once(parts)
    if len({report.limit for report in reports}) > 1:
        raise UsageError("Reports do not fit", "They were made with different --limit.")
    notes = chain.from_iterable(report.diagnostics for report in reports)
    return Report(
        command="merge",
        verdict=max(report.verdict for report in reports),
        exit_code=0,
        limit=reports[0].limit,
        users=tuple(chain.from_iterable(report.users for report in reports)),
        findings=tuple(chain.from_iterable(report.findings for report in reports)),
        diagnostics=(
            *(item for item in notes if item.summary != COMPARED),
            *missing_parts(reports),
            *_nothing_audited(reports),
        ),
        coverage=Coverage(
            accounts=tuple(chain.from_iterable(report.coverage.accounts for report in reports))
        ),
        show_key_ids=True,
    )


def _nothing_audited(reports: Sequence[Report]) -> list[Diagnostic]:
    """An error where no report has an account: nobody was looked at, so nobody passed."""
    if any(report.coverage.accounts for report in reports):
        return []
    return [error("No account audited", "None of the reports is about any account.")]


def _check_once(parts: dict[str, Report]) -> None:
    """No account may be in two reports: which one is right, nobody could say."""
    files = defaultdict(list)
    for file, report in parts.items():
        for item in report.coverage.accounts:
            files[item.account.name].append(file)
    for account, where in files.items():
        if len(where) > 1 and account != "unknown":
            raise UsageError("Reports do not fit", f"Account {account} is in {' and in '.join(where[:2])}.")


def missing_parts(reports: Sequence[Report]) -> list[Diagnostic]:
    """An error for the parts of the accounts that no report covers."""
    from guard.inventory.account.organization import Shard, parse_shard

    shards = [parse_shard(report.coverage.shard) for report in reports if report.coverage.shard]
    sizes = {shard.count for shard in shards}
    if len(sizes) > 1:
        told = ", ".join(sorted(map(str, shards)))
        raise UsageError("Reports do not fit", f"They are parts of different splits: {told}.")
    wanted = [Shard(index, size) for size in sizes for index in range(1, size + 1)]
    missing = [shard for shard in wanted if shard not in set(shards)]
    if not missing:
        return []
    told = ", ".join(map(str, missing[:MOST_NAMED])) + (" …" if len(missing) > MOST_NAMED else "")
    text = f"No report covers the accounts of --shard {told}: the job failed, or its report was lost."
    return [error("Parts missing", text)]
