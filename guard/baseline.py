"""A baseline: findings that were there when the guard was taken into use, and that do not fail it.

Its entries go by fingerprint, so they survive moved lines and files; one that got worse counts again.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from guard.diagnostics import Diagnostic, UsageError, note
from guard.findings import RULE
from guard.inventory.model import Account, Count
from guard.records import dataclass, replace
from guard.rules import UserVerdict, Verdict, Waived, fingerprint
from guard.suppress import Applied
from guard.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VERSION = "1.0"
LARGEST = 64 * 1024 * 1024
WORDS = {verdict.word: verdict for verdict in Verdict}
REASON = "known when the baseline was written"


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding as it was: whose, and how many active keys there were or might be."""

    rule: str
    account: str
    root: str
    user: str
    verdict: Verdict
    active: Count

    @property
    def fingerprint(self) -> str:
        return fingerprint(RULE, Account(self.account), self.root, self.user)

    @property
    def digest(self) -> str:
        """Ties an entry together, so that a number changed by hand is noticed."""
        parts = (self.rule, self.fingerprint, self.verdict.word, str(self.active.low), str(self.active.high))
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]

    def covers(self, user: UserVerdict) -> bool:
        """Whether the user's finding is no worse than this one was."""
        return self.allows(user.active, user.verdict)

    def allows(self, active: Count, verdict: Verdict) -> bool:
        """Whether this number of keys and this verdict are no worse than they were."""
        high, allowed = active.high, self.active.high
        wider = allowed is not None and (high is None or high > allowed)
        return not wider and active.low <= self.active.low and verdict <= self.verdict


@dataclass(frozen=True, slots=True)
class Baseline:
    """file: as the command line names it."""

    file: str
    entries: tuple[Entry, ...]


def taken(file: str, users: Iterable[UserVerdict]) -> Baseline:
    """The baseline that covers every finding of these users that no waiver covers."""
    failing = (user for user in users if user.verdict is not Verdict.PASS and user.waived is None)
    return Baseline(file, tuple(_entry(user) for user in failing))


def _entry(user: UserVerdict) -> Entry:
    return Entry(RULE.name, user.account.name, user.root, user.label, user.verdict, user.active)


def apply_baseline(users: Sequence[UserVerdict], baseline: Baseline, roots: Collection[str]) -> Applied:
    """Put the entries on the users that they cover, each entry on one user.

    roots: what was read; entries of others are left alone, they are neither in force nor gone.
    """
    waiting: dict[str, list[Entry]] = defaultdict(list)
    for entry in baseline.entries:
        waiting[entry.fingerprint].append(entry)
    result = list(users)
    said: list[Diagnostic] = []
    for number, user in enumerate(users):
        entries = waiting.get(_entry(user).fingerprint)
        if not entries or user.verdict is Verdict.PASS:
            continue
        fitting = next((item for item in entries if item.covers(user)), None)
        entries.remove(fitting or entries[0])
        if user.waived:
            continue  # the waiver counts; its entry is not gone, and is needed when it ends
        if fitting:
            result[number] = replace(user, waived=_waived(baseline, fitting))
        else:
            said.append(_worse(user, baseline))
    left = (entry for entries in waiting.values() for entry in entries)
    return Applied(tuple(result), (*said, *_gone(left, baseline, set(roots))))


def _waived(baseline: Baseline, entry: Entry) -> Waived:
    return Waived(owner=f"baseline {baseline.file}", reason=REASON, until=None, at_most=entry.active.high)


def _worse(user: UserVerdict, baseline: Baseline) -> Diagnostic:
    name = f"{visible(user.label)} (account {user.account.name})"
    text = f"{name} has or may have more keys than {baseline.file} says."
    return note("Worse than the baseline", text)


def _gone(left: Iterable[Entry], baseline: Baseline, roots: set[str]) -> Iterator[Diagnostic]:
    for entry in left:
        if set(entry.root.split(", ")) <= roots:
            name = f"{visible(entry.user)} (account {visible(entry.account)}, root {visible(entry.root)})"
            yield note(
                "Baseline entry gone",
                f"{name} is no finding any more: remove its entry from {baseline.file}.",
            )


def render(baseline: Baseline) -> str:
    """The baseline as the text of its file."""
    entries = sorted(baseline.entries, key=lambda item: (item.root, item.account, item.user.lower()))
    document = {"format_version": VERSION, "findings": [_as_json(entry) for entry in entries]}
    return json.dumps(document, indent=2) + "\n"


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "rule": entry.rule,
        "account": entry.account,
        "root": entry.root,
        "user": entry.user,
        "verdict": entry.verdict.word,
        "active": {"min": entry.active.low, "max": entry.active.high},
        "fingerprint": entry.fingerprint,
        "digest": entry.digest,
    }


def read_baseline(path: Path) -> Baseline:
    """Read a baseline; UsageError for anything but what `--write-baseline` wrote, entries left out."""
    try:
        if path.exists() and (not path.is_file() or path.stat().st_size > LARGEST):
            raise _wrong(path, "it is no regular file, or too large")
        data = path.read_bytes()
    except OSError as problem:
        raise UsageError("Baseline not readable", f"{path}: {problem.strerror}.") from problem
    return baseline_of(path, data)


def baseline_of(path: Path, data: bytes) -> Baseline:
    """The baseline that a file's content is; UsageError for anything else."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise _wrong(path, "it is not JSON") from problem
    if not isinstance(document, dict) or document.get("format_version") != VERSION:
        raise _wrong(path, f"its format_version is not {VERSION}")
    findings = document.get("findings")
    if not isinstance(findings, list):
        raise _wrong(path, "findings is not a list")
    return Baseline(str(path), tuple(_read_entry(path, number, item) for number, item in enumerate(findings)))


def _read_entry(path: Path, number: int, item: Any) -> Entry:
    place = f"findings[{number}]"
    try:
        low, high = item["active"]["min"], item["active"]["max"]
        entry = Entry(
            rule=str(item["rule"]),
            account=str(item["account"]),
            root=str(item["root"]),
            user=str(item["user"]),
            verdict=WORDS[item["verdict"]],
            active=Count(int(low), None if high is None else int(high)),
        )
        untouched = (item["fingerprint"], item["digest"]) == (entry.fingerprint, entry.digest)
    except (KeyError, TypeError, ValueError, OverflowError) as problem:
        raise _wrong(path, f"{place} is no finding") from problem
    if entry.rule != RULE.name or not untouched:
        raise _wrong(path, f"{place} was changed by hand; entries may only be removed")
    return entry


def _wrong(path: Path, why: str) -> UsageError:
    return UsageError("Invalid baseline", f"{path} is not what --write-baseline writes: {why}.")
