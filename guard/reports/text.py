"""A report to text for people: verdict first, then each user who needs attention, then what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import chain

from guard.diagnostics import Diagnostic, Severity
from guard.findings import amount
from guard.inventory.model import Source
from guard.records import dataclass
from guard.reports.model import (
    AccountCoverage,
    AccountStatus,
    Report,
    Since,
    by_holder,
    holder,
    shown_keys,
    worst_first,
)
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
from guard.rules import Finding, Level, UserVerdict, Verdict, Witness
from guard.visible import disarmed, visible, visible_lines

COLUMNS = 110
INDENT = 8
MOST_KEYS = 20
MOST_DIAGNOSTICS = 50
LONG_OUTPUT = 30
NARROWEST = 40
MARGIN = 14  # beside an excerpt: its line number, and that something is left out
LONGEST_SENTENCE = 2_000

_STYLES = {
    "bold": "1",
    "dim": "2",
    "violation": "1;31",
    "possible": "1;33",
    "undetermined": "1;35",
    "pass": "1;32",
    "waived": "1;36",
    "error": "1;31",
    "warning": "1;33",
    "note": "1;34",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours, if they are wanted, and how wide running text may be."""

    colour: bool
    columns: int

    def __call__(self, style: str, text: str) -> str:
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self.colour else text


def render(report: Report, *, colour: bool = False, columns: int = COLUMNS) -> str:
    """The report as text; colour adds terminal escape sequences. columns: of the terminal."""
    paint = Paint(colour, max(NARROWEST, min(columns, COLUMNS)))
    verdict = _verdict_line(report, paint)
    body = [*_users(report, paint), *_diagnostics(report.diagnostics, paint), *_coverage(report, paint)]
    ending = ["", verdict] if len(body) > LONG_OUTPUT else []
    return disarmed("\n".join([verdict, *body, *ending])) + "\n"


def _verdict_line(report: Report, paint: Paint) -> str:
    word = report.verdict.word
    number = errors(report)
    missing = report.coverage.modules_not_analysed
    incomplete = f"incomplete, {plural(number, 'error')} while reading; in what was read: " if number else ""
    if (
        missing
        and not number
        and report.verdict > max((user.verdict for user in report.users), default=Verdict.PASS)
    ):
        incomplete = f"incomplete, {plural(len(missing), 'module call')} not analysed; in what was read: "
    return f"iam-key-guard: {paint(word, word)}: {incomplete}{conclusion(report)}"


# --- users and their findings --------------------------------------------------------------------


def _users(report: Report, paint: Paint) -> Iterator[str]:
    findings = by_holder(report.findings)
    for user in worst_first(report.users):
        mine = findings.pop(holder(user), [])
        if mine or user.waived or user.verdict is not Verdict.PASS:
            yield ""
            yield from _user(user, mine, report, paint)
    for finding in chain.from_iterable(findings.values()):
        yield ""
        title = f"{visible(finding.user)}  account {visible(finding.account.name)}"
        yield f"{paint(finding.level.value, finding.level.value)}  {paint('bold', title)}"
        yield from _finding(finding, paint)


def _user(user: UserVerdict, findings: list[Finding], report: Report, paint: Paint) -> Iterator[str]:
    verdict = "waived" if user.waived else user.verdict.word
    number = f"{amount(user.active)}, at most {report.limit} allowed"
    yield f"{paint(verdict, verdict)}  {paint('bold', visible(user.label))}  {number}"
    yield paint("dim", f"  account {account(user)}{_origin(user)}")
    if user.peak and user.peak != user.active:
        yield f"  during apply {amount(user.peak)} at once"
    yield from _keys(user, report, paint)
    if user.witness:
        yield from _witness(user.witness, paint)
    if user.why:
        yield from _labelled("why", user.why, paint)
    if user.waived:
        yield from _labelled("waiver", waiver(user.waived), paint)
    for finding in findings:
        if finding.rule.name == COUNTED:
            yield from _remedy(finding, paint)
        else:
            yield from _finding(finding, paint)


def _origin(user: UserVerdict) -> str:
    evidence = f", {visible(user.evidence)}" if user.evidence else ""
    if user.source is Source.ACCOUNT:
        return evidence
    kind = "root" if user.source is Source.CONFIGURATION else user.source.value
    return f", {kind} {visible(user.root)}{evidence}"


def _keys(user: UserVerdict, report: Report, paint: Paint) -> Iterator[str]:
    keys = shown_keys(user)
    rows = [
        (place(key), state(key), name(key, show_ids=report.show_key_ids), history(key))
        for key in keys[:MOST_KEYS]
    ]
    widths = [min(max((len(row[column]) for row in rows), default=0), 60) for column in (0, 1, 2)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False) if width]
        cells.append(paint("dim", row[3]) if row[3] else "")
        yield f"    {'  '.join(cells)}".rstrip()
    if len(keys) > MOST_KEYS:
        yield f"    … and {plural(len(keys) - MOST_KEYS, 'more key')}"


def _witness(witness: Witness, paint: Paint) -> Iterator[str]:
    for number, line in enumerate(witness_lines(witness)):
        head = paint("bold", "with") + " " * (INDENT - 4) if number == 0 else " " * INDENT
        yield f"  {head}{visible(line)}"


def _finding(finding: Finding, paint: Paint) -> Iterator[str]:
    level, rule = finding.level.value, f"[{finding.rule.name}]"
    head = f"  {level} {rule}  "
    first, *more = wrapped(finding.message, paint.columns, head, " " * 4)
    yield f"  {paint(level, level)} {paint('dim', rule)}  {first.removeprefix(head)}"
    yield from more
    yield from _remedy(finding, paint)


def _remedy(finding: Finding, paint: Paint) -> Iterator[str]:
    if finding.waived and finding.level is not Level.ERROR:
        yield from _labelled("waiver", waiver(finding.waived), paint)
    sentence, *commands = finding.remedy.split("\n")
    yield from _labelled("fix", sentence, paint)
    yield from (f"{' ' * INDENT}  {visible(line, LONGEST_SENTENCE)}" for line in commands if line)


def _labelled(label: str, text: str, paint: Paint) -> Iterator[str]:
    head = f"  {label.ljust(INDENT)}"
    first, *more = wrapped(text, paint.columns, head, " " * len(head))
    yield f"  {paint('bold', label)}{first[2 + len(label) :]}"
    yield from more


def wrapped(text: str, columns: int, first: str, others: str) -> list[str]:
    """The text in lines of so many columns, each with its beginning; at least one."""
    from textwrap import wrap

    shown = visible(text, LONGEST_SENTENCE)
    lines = wrap(
        shown,
        columns,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines or [first]


# --- what was not read ---------------------------------------------------------------------------

_ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)


def _diagnostics(diagnostics: tuple[Diagnostic, ...], paint: Paint) -> Iterator[str]:
    ordered = sorted(dict.fromkeys(diagnostics), key=lambda item: _ORDER.index(item.severity))
    for diagnostic in ordered[:MOST_DIAGNOSTICS]:
        if diagnostic.severity is Severity.NOTE:
            first, *more = wrapped(str(diagnostic), paint.columns, "note  ", " " * 6)
            yield f"{paint('note', 'note')}{first.removeprefix('note')}"
            yield from more
            continue
        yield ""
        word = diagnostic.severity.value
        yield f"{paint(word, word)}  {paint('bold', visible(diagnostic.summary))}"
        if diagnostic.subject:
            yield f"  {visible(str(diagnostic.subject))}"
            from guard.reports.excerpt import excerpt

            yield from (
                f"  {paint('dim', line)}" for line in excerpt(diagnostic.subject, paint.columns - MARGIN)
            )
        elif diagnostic.file:
            yield f"  {visible(diagnostic.file)}"
        for part in visible_lines(diagnostic.detail, LONGEST_SENTENCE):
            yield from wrapped(part, paint.columns, "  ", "  ")
    if len(ordered) > MOST_DIAGNOSTICS:
        yield ""
        yield f"… and {plural(len(ordered) - MOST_DIAGNOSTICS, 'more message')} (all of them: --format json)"


def _coverage(report: Report, paint: Paint) -> Iterator[str]:
    if report.coverage.modules_not_analysed:
        yield ""
        yield from _not_analysed(report.coverage.modules_not_analysed, paint)
    if report.coverage.accounts:
        yield ""
        yield from _accounts(report.coverage.accounts)
    if report.since:
        yield ""
        yield from _since(report.since)


def _not_analysed(missing: tuple[str, ...], paint: Paint) -> Iterator[str]:
    title = f"{plural(len(missing), 'module call')} not analysed, because the module is not on disk"
    yield f"{paint('note', 'note')}  {paint('bold', title)}"
    yield from (f"    {visible(call)}" for call in missing[:MOST_KEYS])
    if len(missing) > MOST_KEYS:
        yield f"    … and {len(missing) - MOST_KEYS} more"
    text = "To have them read: `terraform init -backend=false`. --require-complete makes this fail."
    yield from wrapped(text, paint.columns, "  ", "  ")


def _accounts(accounts: tuple[AccountCoverage, ...]) -> Iterator[str]:
    """How many accounts were read, and each one that was not read in full, with the reason."""
    statuses = Counter(item.status for item in accounts)
    counts = ", ".join(f"{statuses[status]} {status.value}" for status in AccountStatus if statuses[status])
    yield f"{plural(len(accounts), 'account')}: {counts}"
    for item in accounts:
        if item.status is AccountStatus.AUDITED:
            continue
        number = f", {plural(item.unread, 'user')} not read" if item.unread else ""
        why = f": {visible(item.why, LONGEST_SENTENCE)}" if item.why else ""
        yield f"  {visible(item.account.name)}  {item.status.value}{number}{why}"


def _since(since: Since) -> Iterator[str]:
    counts = (
        f"{len(since.new)} new, {len(since.unchanged)} unchanged, {len(since.gone)} gone, "
        f"{len(since.unread)} not read this time"
    )
    waived = f", {len(since.waived)} waived" if since.waived else ""
    yield f"since {visible(since.file)}: {counts}{waived}"
    yield from (f"  gone      {visible(line)}" for line in since.gone.values())
    yield from (f"  not read  {visible(line)}" for line in since.unread.values())
