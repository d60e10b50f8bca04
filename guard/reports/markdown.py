"""A report to GitHub-flavoured Markdown: the job summary, or a comment.

Text from outside stands in code spans and fenced blocks whose delimiters are longer than any in it, or,
inside HTML, with entities: it cannot become markup, a link or a mention.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from textwrap import wrap

from guard.diagnostics import Diagnostic, Severity
from guard.findings import amount
from guard.inventory.model import AccessKey
from guard.reports.model import Report, holder, shown_keys, worst_first
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
from guard.visible import disarmed, visible

MOST_BYTES = 900_000  # GitHub drops a summary of more than 1 MiB as a whole
MOST_KEYS = 20
MOST_DIAGNOSTICS = 50
LONGEST = 200
WIDTH = 100

SIGNS = {
    Verdict.VIOLATION: "🔴",
    Verdict.POSSIBLE: "🟠",
    Verdict.UNDETERMINED: "🟣",
    Verdict.PASS: "🟢",
}


def render(report: Report) -> str:
    """The report as Markdown of at most MOST_BYTES bytes; what does not fit is counted."""
    ending = _ending(report)
    others = [item for item in report.diagnostics if item not in report.changes]
    blocks = [
        *_diagnostics("What this change allows itself", report.changes),
        *_users(report),
        *_diagnostics("Not read, or read with a warning", others),
    ]
    kept, left_out = _fitting(blocks, ending)
    more = f"\n_{left_out} more left out: the summary would be too long. A JSON report has them all._\n"
    return disarmed("".join([_heading(report), *kept, more if left_out else "", ending]))


def _fitting(blocks: list[str], ending: str) -> tuple[list[str], int]:
    room = MOST_BYTES - len(ending.encode()) - 2_000
    for number, block in enumerate(blocks):
        room -= len(disarmed(block).encode())
        if room < 0:
            return blocks[:number], len(blocks) - number
    return blocks, 0


def _heading(report: Report) -> str:
    number = errors(report)
    incomplete = f"Incomplete: {plural(number, 'error')} while reading. In what was read: " if number else ""
    said = f"{incomplete}{conclusion(report)}."
    return f"## {SIGNS[report.verdict]} iam-key-guard: {report.verdict.word}\n\n{said[0].upper()}{said[1:]}\n"


# --- users ---------------------------------------------------------------------------------------


def _users(report: Report) -> Iterator[str]:
    by_account: defaultdict[str, list[UserVerdict]] = defaultdict(list)
    for user in worst_first(report.users):
        by_account[account(user)].append(user)
    for title, users in by_account.items():
        telling = [user for user in users if user.verdict is not Verdict.PASS or user.waived]
        quiet = len(users) - len(telling)
        yield f"\n### Account {code(title)}\n\n"
        if telling:
            yield "| IAM user | verdict | active keys | keys |\n|---|---|---|---|\n"
            yield from (_row(user, report) for user in telling)
        if quiet:
            yield f"\n{plural(quiet, 'user')} with at most {report.limit} active.\n"
    known = {holder(user): user for user in report.users}
    for finding in worst_first(report.findings):
        yield _finding(finding, known.get(holder(finding)) if finding.rule.name == COUNTED else None)


def _row(user: UserVerdict, report: Report) -> str:
    verdict = "🔵 waived" if user.waived else f"{SIGNS[user.verdict]} {user.verdict.word}"
    number = amount(user.active).partition(" active")[0].removesuffix(" of")
    keys = shown_keys(user)
    cells = [_key(key, report) for key in keys[:MOST_KEYS]]
    if len(keys) > MOST_KEYS:
        cells.append(f"and {plural(len(keys) - MOST_KEYS, 'more key')}")
    return f"| {cell(user.label)} | {verdict} | {number} | {'<br>'.join(cells)} |\n"


def _key(key: AccessKey, report: Report) -> str:
    past, where = history(key), place(key)
    parts = [f"{cell(name(key, show_ids=report.show_key_ids))} {state(key)}"]
    parts += [cell(text) for text in (where, past) if text]
    return ", ".join(parts)


def _finding(finding: Finding, user: UserVerdict | None) -> str:
    """user: whose verdict the finding repeats; None for a finding with a message of its own."""
    word = finding.verdict.word if finding.level is Level.ERROR else finding.level.value
    opened = " open" if finding.verdict is Verdict.VIOLATION and not finding.waived else ""
    title = amount(user.active) if user else finding.rule.title
    lines = [
        f"\n<details{opened}>",
        f"<summary><b>{'waived' if finding.waived else word}</b> "
        f"<code>{html.escape(visible(finding.user, LONGEST))}</code> {html.escape(title)}</summary>\n",
        *(_cause(user) if user else [f"{code(finding.message, 2_000)}\n"]),
    ]
    if finding.waived:
        lines.append(f"Waived: {code(waiver(finding.waived), 1_000)}\n")
    sentence, *commands = finding.remedy.split("\n")
    return "\n".join([*lines, "What to do:\n", block([*wrap(sentence, WIDTH), *commands]), "</details>\n"])


def _cause(user: UserVerdict) -> Iterator[str]:
    if user.peak and user.peak != user.active:
        yield f"During apply {amount(user.peak)} at once.\n"
    if user.why:
        yield f"Why: {code(user.why, 1_000)}\n"
    if user.witness:
        yield "With these inputs:\n"
        yield block(_tfvars(user.witness), "hcl")


def _tfvars(witness: Witness) -> list[str]:
    """The witness as a variable file; what a variable file cannot say stands in its comments."""
    given = witness.tfvars.rstrip("\n").split("\n") if witness.tfvars else []
    return [line if line in given else f"# {line}" for line in witness_lines(witness)]


# --- what was not read ---------------------------------------------------------------------------


def _diagnostics(title: str, diagnostics: Iterable[Diagnostic]) -> Iterator[str]:
    shown = [item for item in dict.fromkeys(diagnostics) if item.severity is not Severity.NOTE]
    if shown:
        yield f"\n### {title}\n\n"
    for item in shown[:MOST_DIAGNOSTICS]:
        where = str(item.subject) if item.subject else item.file
        tail = f" at {code(where)}" if where else ""
        detail = "".join(f"<br>{code(line, 2_000)}" for line in item.detail.split("\n"))
        yield f"- **{item.severity.value}**: {code(item.summary)}{tail}{detail}\n"
    if len(shown) > MOST_DIAGNOSTICS:
        yield f"- and {plural(len(shown) - MOST_DIAGNOSTICS, 'more message')}\n"


def _ending(report: Report) -> str:
    coverage = report.coverage
    lines = []
    if coverage.modules_not_analysed:
        calls = ", ".join(code(call) for call in coverage.modules_not_analysed[:MOST_KEYS])
        more = len(coverage.modules_not_analysed) - MOST_KEYS
        tail = f" and {more} more" if more > 0 else ""
        lines.append(f"\nNot analysed, because the module is not on disk: {calls}{tail}.")
    lines += [
        f"\n{code(item.account.name)} {item.status.value}" + (f": {code(item.why, 500)}" if item.why else "")
        for item in coverage.accounts[:MOST_KEYS]
        if item.status.value != "audited"
    ]
    if report.since:
        since = report.since
        counts = f"{len(since.new)} new, {len(since.unchanged)} unchanged, {len(since.gone)} gone"
        waived = f", {len(since.waived)} waived" if since.waived else ""
        lines.append(f"\nSince {code(since.file)}: {counts}, {len(since.unread)} not read this time{waived}.")
    return "".join(f"{line}\n" for line in lines)


# --- text from outside ---------------------------------------------------------------------------


def code(text: str, longest: int = LONGEST) -> str:
    """Text as a code span (https://github.github.com/gfm/#code-spans): nothing in it is markup."""
    text = visible(text, longest)
    tick = _longer_than_any_in(text, 1)
    pad = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) or not text else ""
    return f"{tick}{pad}{text}{pad}{tick}"


def cell(text: str) -> str:
    """A code span in a table: a pipe ends a cell even in code, so it is spelled out."""
    return code(text.replace("|", "\\x7c"))


def block(lines: Iterable[str], language: str = "") -> str:
    """Lines in a fenced block that no line can end."""
    text = "\n".join(visible(line, 2_000) for line in lines)
    fence = _longer_than_any_in(text, 3)
    return f"{fence}{language}\n{text}\n{fence}\n"


def _longer_than_any_in(text: str, least: int) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    return "`" * max(least, longest + 1)
