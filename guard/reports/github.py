"""A report to GitHub workflow commands: annotations on the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guard.diagnostics import Diagnostic, Severity
from guard.records import dataclass
from guard.reports.model import Report, holder, shown_keys, worst_first
from guard.reports.words import headline, name, place, plural, waiver
from guard.rules import Finding, Level, UserVerdict
from guard.source import SourceRange
from guard.visible import visible, visible_lines, without_marks

MOST_PER_LEVEL = 9  # GitHub shows ten of each level; the tenth says how many more there are
LONGEST_TITLE = 200
LONGEST_MESSAGE = 3_500  # GitHub cuts at 4,096
MOST_KEYS = 10

LEVELS = ("error", "warning", "notice")


@dataclass(frozen=True, slots=True)
class Annotation:
    """level: error, warning or notice. text: may have several lines."""

    level: str
    title: str
    text: str
    place: SourceRange | None = None


def render(report: Report) -> str:
    """Annotations, at most ten of each level; nothing when there is nothing to say."""
    others = [item for item in report.diagnostics if item not in report.changes]
    annotations = [*_diagnostics(report.changes), *_findings(report), *_diagnostics(others)]
    lines = []
    for level in LEVELS:
        group = [annotation for annotation in annotations if annotation.level == level]
        lines += [command(annotation) for annotation in group[:MOST_PER_LEVEL]]
        if len(group) > MOST_PER_LEVEL:
            more = f"{len(group) - MOST_PER_LEVEL} more in the summary"
            lines.append(command(Annotation(level, f"iam-key-guard: {more}", f"{more} of this job.")))
    return "".join(f"{line}\n" for line in lines)


def _findings(report: Report) -> Iterator[Annotation]:
    users = {holder(user): user for user in report.users}
    fails = report.exit_code != 0
    for finding in worst_first(report.findings):
        title = f"{headline(finding)}: {visible(finding.user)}"
        text = "\n".join(_lines(finding, users.get(holder(finding)), show_ids=report.show_key_ids))
        place = finding.locations[0] if finding.locations else None
        yield Annotation(_level(finding, fails=fails), title, text, place)


def _level(finding: Finding, *, fails: bool) -> str:
    """Errors that do not fail the run (--fail-on) are shown as warnings, waived ones as notices."""
    if finding.waived or finding.level is Level.NOTE:
        return "notice"
    return "error" if finding.level is Level.ERROR and fails else "warning"


def _lines(finding: Finding, user: UserVerdict | None, *, show_ids: bool) -> Iterator[str]:
    yield visible(finding.message, 1_000)
    if user is not None:
        keys = [key for key in shown_keys(user) if key.active.high != 0]
        for key in keys[:MOST_KEYS]:
            where = place(key)
            yield f"- {name(key, show_ids=show_ids)}" + (f" ({where})" if where else "")
        if len(keys) > MOST_KEYS:
            yield f"- and {plural(len(keys) - MOST_KEYS, 'more key')}"
    if finding.waived:
        yield f"Waived: {visible(waiver(finding.waived))}"
    yield from visible_lines(finding.remedy, 1_000)


def _diagnostics(diagnostics: Iterable[Diagnostic]) -> Iterator[Annotation]:
    for item in dict.fromkeys(diagnostics):
        if item.severity is not Severity.NOTE:
            file = f"{visible(item.file)}: " if item.file and not item.subject else ""
            text = file + "\n".join(visible_lines(item.detail, LONGEST_MESSAGE))
            yield Annotation(item.severity.value, item.summary, text, item.subject)


# --- the commands --------------------------------------------------------------------------------


def command(annotation: Annotation) -> str:
    """One workflow command."""
    properties = {**_position(annotation.place), "title": visible(annotation.title, LONGEST_TITLE)}
    listed = ",".join(f"{key}={escaped_property(value)}" for key, value in properties.items())
    text = annotation.text
    if len(text) > LONGEST_MESSAGE:
        text = f"{text[:LONGEST_MESSAGE]}…"
    return f"::{annotation.level} {listed}::{escaped(text)}"


def _position(place: SourceRange | None) -> Mapping[str, str]:
    """The range; columns are dropped by the runner when it spans lines, so they are left out there."""
    if place is None:
        return {}
    line, end_line = place.line, place.end_line
    position = {"file": visible(place.file, 1_000), "line": str(line), "endLine": str(end_line)}
    if line == end_line:
        position |= {"col": str(place.column), "endColumn": str(place.end_column)}
    return position


def escaped(text: str) -> str:
    """Text as the data of a workflow command; marks that start a command anywhere are broken up."""
    return without_marks(text, "\\x23").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escaped_property(text: str) -> str:
    return escaped(text).replace(":", "%3A").replace(",", "%2C")
