"""A report to one HTML page that works offline: no script, nothing loaded, every text escaped by Jinja2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from guard import __version__
from guard.diagnostics import Diagnostic
from guard.findings import amount
from guard.reports.excerpt import excerpt
from guard.reports.model import Report, shown_keys
from guard.reports.picture import RIGHT, SQUARE, badge, kind, picture
from guard.reports.words import (
    account,
    conclusion,
    errors,
    history,
    name,
    place,
    plural,
    state,
    waiver,
    witness_lines,
)
from guard.rules import Finding, UserVerdict, Verdict
from guard.visible import disarmed, visible

if TYPE_CHECKING:
    from jinja2 import Template

MOST_USERS = 2_000
MOST_KEYS = 50
MOST_DIAGNOSTICS = 200
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key in a user's table."""

    kind: str
    name: str
    state: str
    place: str
    history: str


@dataclass(frozen=True, slots=True)
class Note:
    """A finding besides the number of keys."""

    level: str
    rule: str
    message: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Card:
    """A user as the page shows it."""

    verdict: str
    user: str
    account: str
    origin: str
    amount: str
    peak: str
    keys: tuple[KeyRow, ...]
    more: str
    why: str
    witness: str
    waiver: str
    remedy: str
    notes: tuple[Note, ...]


def render(report: Report) -> str:
    """The report as an HTML page."""
    cards = list(_cards(report))
    diagnostics = list(dict.fromkeys(report.diagnostics))
    page = _template().render(
        report=report,
        version=__version__,
        verdict=report.verdict.word,
        conclusion=conclusion(report),
        errors=errors(report),
        counts=Counter(badge(user) for user in report.users),
        filters=[*(verdict.word for verdict in sorted(Verdict, reverse=True)), "waived"],
        cards=cards,
        left_out=len(report.users) - len(cards),
        others=[_note(finding) for finding in _without_user(report)],
        picture=picture(report),
        right=RIGHT,
        square_size=SQUARE,
        diagnostics=[(item, _excerpt(item)) for item in diagnostics[:MOST_DIAGNOSTICS]],
        more_diagnostics=max(0, len(diagnostics) - MOST_DIAGNOSTICS),
        visible=lambda text: visible(str(text), LONGEST),
        plural=plural,
    )
    return disarmed(page)


@cache
def _template() -> Template:
    from jinja2 import Environment, StrictUndefined

    text = files("guard.reports").joinpath("templates/report.html.jinja").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, auto_reload=False
    )
    return environment.from_string(text)


def _cards(report: Report) -> Iterator[Card]:
    findings: dict[tuple[object, ...], list[Finding]] = {}
    for finding in report.findings:
        findings.setdefault((finding.account, finding.user, finding.root), []).append(finding)
    for user in sorted(report.users, key=lambda user: -user.verdict)[:MOST_USERS]:
        yield _card(user, findings.get((user.account, user.label, user.root), []), report)


def _card(user: UserVerdict, findings: list[Finding], report: Report) -> Card:
    keys = shown_keys(user)
    counting = [finding for finding in findings if finding.rule.name == "more-than-one-active-key"]
    return Card(
        verdict=badge(user),
        user=visible(user.label),
        account=account(user),
        origin=_origin(user),
        amount=amount(user.active),
        peak=amount(user.peak) if user.peak and user.peak != user.active else "",
        keys=tuple(
            KeyRow(kind(key), name(key, show_ids=report.show_key_ids), state(key), place(key), history(key))
            for key in keys[:MOST_KEYS]
        ),
        more=plural(len(keys) - MOST_KEYS, "more key") if len(keys) > MOST_KEYS else "",
        why=visible(user.why, LONGEST) if user.why else "",
        witness=_lines(witness_lines(user.witness)) if user.witness else "",
        waiver=visible(waiver(user.waived), LONGEST) if user.waived else "",
        remedy=_lines(counting[0].remedy.split("\n")) if counting else "",
        notes=tuple(_note(finding) for finding in findings if finding not in counting),
    )


def _origin(user: UserVerdict) -> str:
    parts = [f"{user.source.value} {user.root}", user.arn, user.evidence]
    return ", ".join(visible(part) for part in parts if part)


def _note(finding: Finding) -> Note:
    return Note(
        finding.level.value,
        finding.rule.name,
        visible(finding.message, LONGEST),
        _lines(finding.remedy.split("\n")),
    )


def _without_user(report: Report) -> list[Finding]:
    users = {(user.account, user.label, user.root) for user in report.users}
    return [item for item in report.findings if (item.account, item.user, item.root) not in users]


def _lines(lines: list[str]) -> str:
    return "\n".join(visible(line, LONGEST) for line in lines)


def _excerpt(item: Diagnostic) -> str:
    return "\n".join(excerpt(item.subject)) if item.subject else ""
