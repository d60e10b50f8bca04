"""Keys and numbers to the words that all reports use for them."""

from __future__ import annotations

from collections.abc import Sequence

from guard.diagnostics import Severity
from guard.inventory.model import ROOT_USER, AccessKey, Change, Count, Source, Status
from guard.reports.model import Report, masked
from guard.rules import Finding, Level, UserVerdict, Verdict, Waived, Witness
from guard.visible import visible

COUNTED = "more-than-one-active-key"  # the rule whose findings say no more than the user's own verdict


def plural(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def place(key: AccessKey) -> str:
    """Where a key is: `file:line`, or nothing for a key that no file names."""
    return f"{visible(key.at.file)}:{key.at.line}" if key.at else ""


def name(key: AccessKey, *, show_ids: bool = False) -> str:
    """What a key is called: its address, its id (masked unless shown), or both."""
    parts = [visible(key.address)] if key.address else []
    if key.key_id:
        parts.append(visible(masked(key.key_id, show=show_ids)))
    return " ".join(parts) or "an access key"


def state(key: AccessKey) -> str:
    """The key's status, what a plan does to it, and how many keys it stands for where that is not one."""
    word = "status not known" if key.status is Status.UNKNOWN else key.status.value
    if key.change is Change.DELETED:
        return f"deleted, was {word}"
    if key.change not in (None, Change.KEPT):
        word += f", {key.change.value}"
    if key.exists == Count(1, 1):
        return word
    low, high = key.exists.low, key.exists.high
    if high is None:
        number = f"{low} or more keys" if low else "any number of keys"
    else:
        number = plural(high, "key") if low == high else f"{low} to {high} keys"
    return f"{word}, {number}"


def history(key: AccessKey) -> str:
    """When a key of an account was made and last used, as far as that is known."""
    parts = [f"created {key.created:%Y-%m-%d}"] if key.created else []
    if key.last_used and key.last_used.at:
        detail = ", ".join(visible(word) for word in (key.last_used.service, key.last_used.region) if word)
        parts.append(f"last used {key.last_used.at:%Y-%m-%d}" + (f" ({detail})" if detail else ""))
    elif key.last_used:
        parts.append("never used")
    return ", ".join(parts)


def account(user: UserVerdict) -> str:
    """The account as reports name it, with its alias where that is known."""
    alias = f" ({visible(user.account.alias)})" if user.account.alias else ""
    return visible(user.account.name) + alias


def waiver(waived: Waived) -> str:
    """A waiver in one clause."""
    most = "any number of keys" if waived.at_most is None else f"at most {plural(waived.at_most, 'key')}"
    until = f" until {waived.until}" if waived.until else ""
    return f"{most}{until}, {waived.owner}: {waived.reason}"


def witness_lines(witness: Witness) -> list[str]:
    """A witness as lines: variable files, lines of a tfvars file, the workspace, and what else it names."""
    lines = [f"-var-file={file}" for file in witness.var_files]
    lines += witness.tfvars.rstrip("\n").split("\n") if witness.tfvars else []
    if witness.workspace is not None:
        lines.append(f"workspace {witness.workspace}")
    return [*lines, *witness.others]


def headline(finding: Finding) -> str:
    """The title of the finding's rule, with the verdict before it where that says less."""
    title = finding.rule.title
    if finding.level is not Level.ERROR or (finding.verdict is Verdict.VIOLATION and not finding.waived):
        return title
    word = "Waived" if finding.waived else finding.verdict.word.capitalize()
    return f"{word}: {title[0].lower()}{title[1:]}"


def conclusion(report: Report) -> str:
    """The whole run in one sentence, without its verdict."""
    people = [user for user in report.users if not is_root_user(user)]
    told = [_of_people(report, people)] if people else []
    told += _of_root_users([user.verdict for user in report.users if is_root_user(user)])
    if told:
        return "; ".join(told)
    return "no IAM users found" if report.users else "no access keys found"


def is_root_user(user: UserVerdict) -> bool:
    """Whether this is the root user of a live account, who is no IAM user and may have no key at all."""
    return user.source is Source.ACCOUNT and user.label == ROOT_USER


def _of_root_users(verdicts: Sequence[Verdict]) -> list[str]:
    number = verdicts.count(Verdict.VIOLATION)
    if not number:
        return []
    return [
        "the root user has an active access key"
        if number == 1
        else f"{number} root users have active access keys"
    ]


def _of_people(report: Report, people: Sequence[UserVerdict]) -> str:
    total = len(people)
    counting = [user.verdict for user in people if user.waived is None]
    worst = max(counting, default=Verdict.PASS)
    number = counting.count(worst)
    keys = f"more than {plural(report.limit, 'active access key')}"
    who = f"{number} of {plural(total, 'IAM user')}"
    match worst:
        case Verdict.VIOLATION:
            return f"{who} {'has' if number == 1 else 'have'} {keys}{_waivers(report, ', besides')}"
        case Verdict.POSSIBLE:
            return f"{who} can get {keys}, depending on inputs that are not given"
        case Verdict.UNDETERMINED:
            be = "is" if report.limit == 1 else "are"
            return f"for {who} it cannot be determined whether there {be} {keys}"
        case _:
            return f"{plural(total, 'IAM user')}, none with {keys}{_waivers(report, ' except')}"


def _waivers(report: Report, besides: str) -> str:
    ends = [user.waived.until for user in report.users if user.waived]
    known = ends.count(None)
    parts = [f"{len(ends) - known} with a waiver"] if len(ends) > known else []
    parts += [f"{known} in the baseline"] if known else []
    return f"{besides} {' and '.join(parts)}" if parts else ""


def errors(report: Report) -> int:
    """How many things could not be read."""
    return sum(diagnostic.severity is Severity.ERROR for diagnostic in report.diagnostics)
