"""What is said to people and machines, one format per file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from guard.records import dataclass
from guard.reports.model import Report


@dataclass(frozen=True, slots=True)
class Format:
    """A format of reports: its module has `render(report) -> str` and is imported when it is chosen.

    log: made to be printed among other lines, so several of them may share standard output.
    """

    module: str
    summary: str
    log: bool = False

    def render(self, report: Report) -> str:
        renderer: Callable[[Report], str] = import_module(self.module).render
        return renderer(report)


FORMATS: Mapping[str, Format] = {
    "text": Format("guard.reports.text", "for people", log=True),
    "json": Format("guard.reports.json_v1", "for machines, version 1, with a JSON Schema"),
    "sarif": Format("guard.reports.sarif", "SARIF 2.1.0, for code scanning"),
    "github": Format("guard.reports.github", "annotations in a GitHub workflow", log=True),
    "markdown": Format("guard.reports.markdown", "a job summary or a comment", log=True),
    "junit": Format("guard.reports.junit", "JUnit XML, a case per user"),
    "html": Format("guard.reports.html", "one page for a browser"),
}
