"""A report to the outputs of a GitHub Actions step, as they are written to GITHUB_OUTPUT.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping

from guard.reports.model import Report, worst_first
from guard.rules import Level, Verdict

MOST_BYTES = 50_000
_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "'`$<>&#;|"}


def render(report: Report, files: Mapping[str, str]) -> str:
    """The step's outputs; files: where the reports went, by format."""
    values = {
        "verdict": report.verdict.word,
        "exit-code": str(report.exit_code),
        "findings-count": str(_count(report)),
        "users": users(report),
        "sarif-file": files.get("sarif", ""),
        "json-file": files.get("json", ""),
    }
    return "".join(_output(name, value) for name, value in values.items())


def _count(report: Report) -> int:
    """Findings that count: errors that no waiver covers."""
    return sum(finding.level is Level.ERROR and not finding.waived for finding in report.findings)


def users(report: Report) -> str:
    """Users who do not pass and have no waiver, the worst first, as a JSON list of at most MOST_BYTES bytes.

    Characters that a shell would act on are written as escapes, since people paste outputs into scripts.
    """
    items: list[str] = []
    size = 2
    for user in worst_first(report.users):
        if user.verdict is Verdict.PASS or user.waived:
            break
        entry = {
            "account": user.account.name,
            "user": user.label,
            "root": user.root,
            "verdict": user.verdict.word,
            "active": {"min": user.active.low, "max": user.active.high},
        }
        item = json.dumps(entry, ensure_ascii=True).translate(_ESCAPES)
        if size + len(item) + 2 <= MOST_BYTES:
            items.append(item)
            size += len(item) + 2
    return f"[{', '.join(items)}]"


def _output(name: str, value: str) -> str:
    """One output between delimiters that nobody can foresee."""
    delimiter = f"end_{secrets.token_hex(16)}"
    return f"{name}<<{delimiter}\n{value}\n{delimiter}\n"
