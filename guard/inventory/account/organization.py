"""Which accounts to audit: the organization's or a file's; and which part of them is this job's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

from guard.aws.model import Caller, OrganizationAccount
from guard.diagnostics import UsageError
from guard.inventory.account.model import Target
from guard.records import dataclass
from guard.source import SourceFile, SourceRange

MOST_ACCOUNTS = 100_000
LEFT_OUT = frozenset({"SUSPENDED", "PENDING_CLOSURE", "CLOSED", "PENDING_ACTIVATION"})
ACCOUNT_ID = re.compile(r"[0-9]{12}")


@dataclass(frozen=True, slots=True)
class Shard:
    """One of `count` parts of the accounts, `index` from 1: by a hash of the id, so others do not move it."""

    index: int
    count: int

    def __str__(self) -> str:
        return f"{self.index}/{self.count}"

    def has(self, account: str) -> bool:
        digest = hashlib.sha256(account.encode()).digest()
        return int.from_bytes(digest[:8]) % self.count == self.index - 1


def parse_shard(text: str) -> Shard:
    """`2/5` to a Shard; UsageError for anything else."""
    match = re.fullmatch(r"([0-9]{1,5})/([0-9]{1,5})", text)
    if match and 1 <= int(match[1]) <= int(match[2]):
        return Shard(int(match[1]), int(match[2]))
    raise UsageError("Invalid --shard", f"--shard takes I/N with I from 1 to N, such as 2/5, not {text!r}.")


@dataclass(frozen=True, slots=True)
class Listed:
    """An account to audit or, with a reason, to leave out."""

    id: str
    name: str | None = None
    left_out: str | None = None


def organization_list(accounts: Sequence[OrganizationAccount]) -> list[Listed]:
    """The organization's accounts by id; those that cannot be used are left out, and say why."""
    return [
        Listed(account.id, account.name or None, f"its state is {account.state}" if closed else None)
        for account in sorted(accounts, key=lambda account: account.id)
        for closed in [account.state in LEFT_OUT]
    ]


def file_list(file: SourceFile) -> list[Listed]:
    """Account ids, one on a line, a name after it if liked, `#` starts a comment; else UsageError."""
    found: dict[str, Listed] = {}
    offset = 0
    for line in file.text.splitlines(keepends=True):
        words = line.partition("#")[0].split(maxsplit=1)
        if words:
            if not ACCOUNT_ID.fullmatch(words[0]):
                raise UsageError(
                    "Invalid accounts file",
                    f"An account id has 12 digits, {words[0][:40]!r} is none.",
                    SourceRange(file, offset, offset + len(line.rstrip())),
                )
            found.setdefault(words[0], Listed(words[0], words[1].strip() if words[1:] else None))
        offset += len(line)
    if not found or len(found) > MOST_ACCOUNTS:
        raise UsageError("Invalid accounts file", f"{file.path} names {len(found)} accounts.")
    return list(found.values())


def targets(listed: Iterable[Listed], caller: Caller, role_name: str) -> list[Target]:
    """How to read each account: our own with the credentials at hand, others through the role."""
    return [
        Target(
            account.id,
            account.name,
            None if account.id == caller.account else role_arn(caller, account.id, role_name),
        )
        for account in listed
        if account.left_out is None
    ]


def role_arn(caller: Caller, account: str, role_name: str) -> str:
    return f"arn:{caller.partition}:iam::{account}:role/{role_name.lstrip('/')}"
