"""A report to JUnit XML: a case per user, so that any CI shows them as it shows tests."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from guard.diagnostics import Diagnostic, Severity
from guard.findings import amount
from guard.reports.model import Report, by_holder, holder, shown_keys
from guard.reports.words import COUNTED, account, history, name, place, state, waiver, witness_lines
from guard.rules import Finding, Level, UserVerdict, Verdict
from guard.visible import visible, visible_lines, without_marks

LONGEST_MESSAGE = 2_000


def render(report: Report) -> str:
    """The report as XML: violations and possible violations are failures, what is not known is an error."""
    suites = Element("testsuites", name="iam-key-guard")
    groups: defaultdict[str, list[UserVerdict]] = defaultdict(list)
    findings = by_holder(report.findings)
    for user in report.users:
        groups[visible(user.root)].append(user)
    for root, users in groups.items():
        _suite(suites, root, [_user(user, findings.get(holder(user), ()), report) for user in users])
    known = set(map(holder, report.users))
    others = [item for item in report.findings if item.level is Level.ERROR and holder(item) not in known]
    if others:
        _suite(suites, "other findings", [_other(finding) for finding in others])
    errors = [item for item in dict.fromkeys(report.diagnostics) if item.severity is Severity.ERROR]
    if errors:
        _suite(suites, "reading", [_diagnostic(item, "error") for item in errors])
    changes = [item for item in dict.fromkeys(report.changes) if item.severity is Severity.WARNING]
    if changes:
        _suite(suites, "what this change allows itself", [_diagnostic(item, "skipped") for item in changes])
    _count(suites, [case for suite in suites for case in suite])
    indent(suites)
    text = tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_without_commands(text)}\n'


def _without_commands(text: str) -> str:
    """The same XML in which a CI runner finds no command (see `guard.visible.disarmed`)."""
    return re.sub(r"(?m)^(\s*)::", r"\1&#58;:", without_marks(text, "&#35;"))


def _suite(suites: Element, title: str, cases: list[Element]) -> None:
    suite = SubElement(suites, "testsuite", name=title)
    suite.extend(cases)
    _count(suite, cases)


def _count(element: Element, cases: Sequence[Element]) -> None:
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    element.set("tests", str(len(cases)))
    for attribute, child in kinds.items():
        element.set(attribute, str(sum(case.find(child) is not None for case in cases)))
    element.set("time", "0")


def _user(user: UserVerdict, findings: Iterable[Finding], report: Report) -> Element:
    case = Element("testcase", classname=account(user), name=visible(user.label), time="0")
    where = next((key.at for key in shown_keys(user) if key.at), None)
    if where:
        case.set("file", visible(where.file, LONGEST_MESSAGE))
        case.set("line", str(where.line))
    summary = f"{amount(user.active)}, at most {report.limit} allowed"
    details = "\n".join([*_keys(user, report), *_advice(user, findings)])
    match user.verdict:
        case _ if user.waived:
            SubElement(case, "skipped", message=f"waived: {visible(waiver(user.waived), LONGEST_MESSAGE)}")
        case Verdict.PASS:
            pass
        case Verdict.UNDETERMINED:
            SubElement(case, "error", type="undetermined", message=summary).text = details
        case verdict:
            SubElement(case, "failure", type=verdict.word, message=summary).text = details
    return case


def _keys(user: UserVerdict, report: Report) -> list[str]:
    return [
        "  ".join(
            part
            for part in (place(key), state(key), name(key, show_ids=report.show_key_ids), history(key))
            if part
        )
        for key in shown_keys(user)
    ]


def _advice(user: UserVerdict, findings: Iterable[Finding]) -> list[str]:
    lines = [f"with {visible(line)}" for line in witness_lines(user.witness)] if user.witness else []
    if user.why:
        lines.append(f"why: {visible(user.why, LONGEST_MESSAGE)}")
    for finding in findings:
        if finding.rule.name != COUNTED:
            lines.append(f"{finding.level.value}: {visible(finding.message, LONGEST_MESSAGE)}")
        lines += visible_lines(finding.remedy, LONGEST_MESSAGE)
    return lines


def _other(finding: Finding) -> Element:
    case = Element("testcase", classname=visible(finding.account.name), name=visible(finding.user), time="0")
    message = visible(finding.message, LONGEST_MESSAGE)
    text = "\n".join(visible_lines(finding.remedy, LONGEST_MESSAGE))
    SubElement(case, "failure", type=finding.rule.name, message=message).text = text
    return case


def _diagnostic(item: Diagnostic, result: str) -> Element:
    """A case with this result: `error`, or `skipped`, which fails nothing."""
    where = str(item.subject) if item.subject else item.file or "iam-key-guard"
    case = Element(
        "testcase", classname=visible(where, LONGEST_MESSAGE), name=visible(item.summary), time="0"
    )
    detail = "\n".join(visible_lines(item.detail, LONGEST_MESSAGE))
    SubElement(case, result, type="diagnostic", message=visible(item.summary)).text = detail
    return case
