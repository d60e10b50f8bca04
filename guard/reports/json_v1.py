"""A report to JSON, version 1, for machines; `schema/report-v1.json` describes it.

Written out by hand: renaming something inside must not change it. Fields are only ever added.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from guard import __version__
from guard.diagnostics import Diagnostic
from guard.inventory.model import AccessKey, Count, Source
from guard.reports.model import AccountCoverage, Report, Since, masked, shown_keys
from guard.rules import Finding, UserVerdict, Waived, Witness
from guard.source import SourceRange
from guard.visible import without_marks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

FORMAT_VERSION = "1.0"

Json: TypeAlias = "dict[str, object]"


def render(report: Report) -> str:
    """The report as a JSON document, in ASCII."""
    return dumps(document(report)) + "\n"


def dumps(value: object) -> str:
    """JSON in ASCII in which a CI runner finds no command: their marks are written with an escape."""
    return without_marks(json.dumps(value, indent=2, ensure_ascii=True), "\\u0023")


def document(report: Report) -> Json:
    """The report as JSON data; `report.extra` adds members of the commands that have more to say."""
    coverage = report.coverage
    return {
        "format_version": FORMAT_VERSION,
        "tool": {"name": "iam-key-guard", "version": __version__},
        "command": report.command,
        "verdict": report.verdict.word,
        "exit_code": report.exit_code,
        "limit": report.limit,
        "users": [user(item, show_ids=report.show_key_ids) for item in report.users],
        "findings": [_finding(item) for item in report.findings],
        "diagnostics": [_diagnostic(item) for item in report.diagnostics],
        "coverage": {
            "roots": list(coverage.roots),
            "files_seen": coverage.files_seen,
            "blocks_read": coverage.blocks_read,
            "modules_not_analysed": list(coverage.modules_not_analysed),
            "accounts": [_account(item) for item in coverage.accounts],
            "shard": coverage.shard,
        },
        "since": _since(report.since) if report.since else None,
        **report.extra,
    }


def user(item: UserVerdict, *, show_ids: bool) -> Json:
    """One user with its verdict and keys."""
    return {
        "account": item.account.name,
        "account_alias": item.account.alias,
        "user": item.label,
        "arn": item.arn,
        "root": item.root,
        "source": item.source.value,
        "verdict": item.verdict.word,
        "active": _count(item.active),
        "peak": _count(item.peak) if item.peak else None,
        "when": dict(item.witness.inputs) if item.witness else None,
        "witness": _witness(item.witness) if item.witness else None,
        "why": item.why,
        "evidence": item.evidence,
        "standing": item.standing.value if item.source is Source.ACCOUNT else None,
        "waived": _waived(item.waived),
        "keys": [_key(key, show_ids=show_ids) for key in shown_keys(item)],
    }


def _count(count: Count) -> Json:
    return {"min": count.low, "max": count.high}


def _witness(witness: Witness) -> Json:
    return {
        "tfvars": witness.tfvars,
        "var_files": list(witness.var_files),
        "workspace": witness.workspace,
    }


def _waived(waived: Waived | None) -> Json | None:
    if waived is None:
        return None
    return {
        "owner": waived.owner,
        "reason": waived.reason,
        "until": waived.until,
        "at_most": waived.at_most,
        "inline": waived.inline,
    }


def _key(key: AccessKey, *, show_ids: bool) -> Json:
    last = key.last_used
    return {
        "address": key.address,
        "id": masked(key.key_id, show=show_ids) if key.key_id else None,
        "status": key.status.value,
        "file": key.at.file if key.at else None,
        "line": key.at.line if key.at else None,
        "active": _count(key.active),
        "change": key.change.value if key.change else None,
        "created": _time(key.created),
        "last_used": {"at": _time(last.at), "service": last.service, "region": last.region} if last else None,
    }


def _time(moment: datetime | None) -> str | None:
    """As RFC 3339 in UTC; a moment without a zone is UTC already."""
    if moment is None:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _finding(finding: Finding) -> Json:
    return {
        "rule": finding.rule.name,
        "level": finding.level.value,
        "verdict": finding.verdict.word,
        "account": finding.account.name,
        "user": finding.user,
        "root": finding.root,
        "message": finding.message,
        "remedy": finding.remedy,
        "locations": [_location(place) for place in finding.locations],
        "addresses": list(finding.addresses),
        "fingerprint": finding.fingerprint,
        "waived": _waived(finding.waived),
    }


def _location(place: SourceRange) -> Json:
    return {"file": place.file, "line": place.line, "column": place.column}


def _diagnostic(diagnostic: Diagnostic) -> Json:
    place = diagnostic.subject
    return {
        "severity": diagnostic.severity.value,
        "summary": diagnostic.summary,
        "detail": diagnostic.detail,
        "file": place.file if place else diagnostic.file,
        "line": place.line if place else None,
        "column": place.column if place else None,
    }


def _account(item: AccountCoverage) -> Json:
    return {
        "account": item.account.name,
        "account_alias": item.account.alias,
        "name": item.name,
        "status": item.status.value,
        "evidence": item.evidence,
        "users": {
            "expected": item.expected,
            "read": item.read,
            "deleted": item.deleted,
            "unread": item.unread,
        },
        "why": item.why,
    }


def _since(since: Since) -> Json:
    return {
        "file": since.file,
        "new": list(since.new),
        "unchanged": list(since.unchanged),
        "gone": dict(since.gone),
        "unread": dict(since.unread),
        "waived": list(since.waived),
    }
