"""A report to one HTML page that works offline: no script, nothing loaded, every text escaped by Jinja2."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from guard import __version__
from guard.diagnostics import Diagnostic
from guard.findings import amount
from guard.inventory.model import Source
from guard.records import dataclass
from guard.reports.excerpt import excerpt
from guard.reports.model import Report, by_holder, holder, shown_keys, worst_first
from guard.reports.picture import RIGHT, SQUARE, badge, kind, picture
from guard.reports.words import (
    COUNTED,
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
from guard.visible import disarmed, visible, visible_lines

TYPE_CHECKING = False
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
class Remedy:
    """What to do: a sentence, and commands to copy."""

    sentence: str
    commands: str


@dataclass(frozen=True, slots=True)
class Note:
    """A finding besides the number of keys."""

    level: str
    rule: str
    message: str
    remedy: Remedy


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
    remedy: Remedy | None
    notes: tuple[Note, ...]


def render(report: Report) -> str:
    """The report as an HTML page."""
    cards, said = list(_cards(report)), conclusion(report)
    diagnostics = list(dict.fromkeys(report.diagnostics))
    page = _template().render(
        report=report,
        version=__version__,
        verdict=report.verdict.word,
        conclusion=said[0].upper() + said[1:],
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
        visible=lambda text: "\n".join(visible_lines(str(text), LONGEST)),
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
    findings = by_holder(report.findings)
    for user in worst_first(report.users)[:MOST_USERS]:
        yield _card(user, findings.get(holder(user), []), report)


def _card(user: UserVerdict, findings: list[Finding], report: Report) -> Card:
    keys = shown_keys(user)
    counting = [finding for finding in findings if finding.rule.name == COUNTED]
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
        remedy=_remedy(counting[0].remedy) if counting else None,
        notes=tuple(_note(finding) for finding in findings if finding not in counting),
    )


def _origin(user: UserVerdict) -> str:
    root = None if user.source is Source.ACCOUNT else f"{user.source.value} {user.root}"
    return " · ".join(visible(part) for part in (root, user.arn, user.evidence) if part)


def _note(finding: Finding) -> Note:
    return Note(
        finding.level.value,
        finding.rule.name,
        visible(finding.message, LONGEST),
        _remedy(finding.remedy),
    )


def _remedy(text: str) -> Remedy:
    sentence, *commands = text.split("\n")
    return Remedy(visible(sentence, LONGEST), _lines(commands))


def _without_user(report: Report) -> list[Finding]:
    users = set(map(holder, report.users))
    return [finding for finding in report.findings if holder(finding) not in users]


def _lines(lines: list[str]) -> str:
    return "\n".join(visible(line, LONGEST) for line in lines)


def _excerpt(item: Diagnostic) -> str:
    return "\n".join(excerpt(item.subject)) if item.subject else ""
