"""A report to SARIF 2.1.0, for code scanning.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, with the limits and the extra
properties of https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning.
There are no fixes in it: which key may go is not ours to guess.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from guard import __version__
from guard.diagnostics import Diagnostic, Severity
from guard.reports.json_v1 import dumps
from guard.reports.model import Report
from guard.reports.words import plural, waiver
from guard.rule_table import RULES
from guard.rules import Finding, Level, Rule
from guard.source import SourceRange
from guard.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
MOST_RESULTS = 5_000  # code scanning shows no more
MOST_RELATED = 100
MOST_NOTIFICATIONS = 1_000
MOST_COMPRESSED_BYTES = 9_000_000  # code scanning refuses more than 10 MB
LONGEST_MESSAGE = 2_000
LONGEST_PATH = 1_000

SEVERITY = {Level.ERROR: "8.0", Level.WARNING: "5.0", Level.NOTE: "2.0"}
NUMBERS = {name: number for number, name in enumerate(RULES)}

Json: TypeAlias = "dict[str, object]"
Addresses: TypeAlias = Mapping[SourceRange, list[str]]


def render(report: Report) -> str:
    """The report as one SARIF run."""
    results, left_out = _results(report)
    run: Json = {
        "tool": {
            "driver": {
                "name": "iam-key-guard",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": [_rule(rule) for rule in RULES.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, left_out)],
        "results": results,
        "properties": {"verdict": report.verdict.word},
    }
    return dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}) + "\n"


def _rule(rule: Rule) -> Json:
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": f"{rule.title}."},
        "fullDescription": {"text": rule.help},
        "help": {
            "text": f"{rule.help} More: iam-key-guard explain {rule.name}",
            "markdown": f"{rule.help}\n\nMore: `iam-key-guard explain {rule.name}`",
        },
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {
            "precision": "very-high",
            "problem.severity": "recommendation" if rule.level is Level.NOTE else rule.level.value,
            "security-severity": SEVERITY[rule.level],
            "tags": ["security", "aws", "iam", "terraform"],
        },
    }


# --- results -------------------------------------------------------------------------------------


def _results(report: Report) -> tuple[list[Json], int]:
    """The results that fit, the worst first, and how many do not."""
    addresses: defaultdict[SourceRange, list[str]] = defaultdict(list)
    for user in report.users:
        for key in user.keys:
            if key.at and key.address:
                addresses[key.at].append(key.address)
    ordered = sorted(
        report.findings, key=lambda finding: (finding.level is not Level.ERROR, -finding.verdict)
    )
    results: list[Json] = []
    size = 0
    for finding in ordered[:MOST_RESULTS]:
        result = _result(finding, addresses)
        size += len(zlib.compress(json.dumps(result).encode(), level=1))
        if size > MOST_COMPRESSED_BYTES:
            break
        results.append(result)
    return results, len(ordered) - len(results)


def _result(finding: Finding, addresses: Addresses) -> Json:
    places = list(dict.fromkeys(finding.locations))
    result: Json = {
        "ruleId": finding.rule.name,
        "level": finding.level.value,
        "message": {"text": message(finding)},
        "locations": [_location(places[0])] if places else [_elsewhere(finding)],
        "partialFingerprints": {"iamKeyGuardUser/v1": finding.fingerprint},
        "properties": {
            "verdict": finding.verdict.word,
            "account": visible(finding.account.name),
            "user": visible(finding.user),
            "root": visible(finding.root),
        },
    }
    if finding.rule.name in NUMBERS:
        result["ruleIndex"] = NUMBERS[finding.rule.name]
    if len(places) > 1:
        result["relatedLocations"] = [
            _related(number, place, addresses) for number, place in enumerate(places[1 : MOST_RELATED + 1], 1)
        ]
    if finding.waived:
        justification = plain(waiver(finding.waived))
        result["suppressions"] = [
            {
                "kind": "inSource" if finding.waived.inline else "external",
                "status": "accepted",
                "justification": justification,
            },
        ]
    return result


def message(finding: Finding) -> str:
    """What is wrong and what to do, as plain text."""
    return plain(f"{visible(finding.message, LONGEST_MESSAGE)} {visible(finding.remedy, LONGEST_MESSAGE)}")


def plain(text: str) -> str:
    """Message text without links: SARIF viewers make one of `[text](target)` (section 3.11.6)."""
    return visible(text, 2 * LONGEST_MESSAGE).replace("](", "] (")


def _location(place: SourceRange) -> Json:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(place.file)}, "region": _region(place)}}


def _region(place: SourceRange) -> Json:
    end_line, end_column = place.end_line, place.end_column
    region: Json = {"startLine": place.line, "startColumn": place.column, "endLine": end_line}
    if (end_line, end_column) > (place.line, place.column):
        region["endColumn"] = end_column
    return region


def _related(number: int, place: SourceRange, addresses: Addresses) -> Json:
    names = ", ".join(addresses.get(place, [])) or "another key of the user"
    return {"id": number, **_location(place), "message": {"text": plain(names)}}


def _elsewhere(finding: Finding) -> Json:
    """Where a key is that no file of the repository names: the plan, the state or the account read."""
    user = quote(visible(finding.user), safe="")
    return {
        "physicalLocation": {"artifactLocation": {"uri": uri(finding.root)}, "region": {"startLine": 1}},
        "logicalLocations": [
            {"fullyQualifiedName": f"{visible(finding.account.name)}/{user}", "kind": "resource"}
        ],
    }


def uri(path: str) -> str:
    """A path as a relative URI reference; a first segment with a colon would be a scheme."""
    parts = visible(path, LONGEST_PATH).replace("\\", "/").lstrip("/").removeprefix("./")
    return quote(parts, safe="/~") or "."


# --- what was not read ---------------------------------------------------------------------------


def _invocation(report: Report, left_out: int) -> Json:
    notifications = [_notification(diagnostic) for diagnostic in _shown(report.diagnostics)]
    if left_out:
        text = (
            f"{plural(left_out, 'more result')} left out: code scanning takes no more. Use the JSON report."
        )
        notifications.append({"level": "warning", "message": {"text": text}})
    incomplete = any(diagnostic.severity is Severity.ERROR for diagnostic in report.diagnostics)
    return {
        "executionSuccessful": not incomplete,
        "exitCode": report.exit_code,
        "toolExecutionNotifications": notifications,
    }


def _shown(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    order = list(Severity)
    ordered = sorted(dict.fromkeys(diagnostics), key=lambda item: order.index(item.severity))
    return ordered[:MOST_NOTIFICATIONS]


def _notification(diagnostic: Diagnostic) -> Json:
    text = plain(f"{diagnostic.summary}: {diagnostic.detail}")
    notification: Json = {"level": diagnostic.severity.value, "message": {"text": text}}
    if diagnostic.subject:
        notification["locations"] = [_location(diagnostic.subject)]
    elif diagnostic.file:
        notification["locations"] = [
            {"physicalLocation": {"artifactLocation": {"uri": uri(diagnostic.file)}}},
        ]
    return notification
