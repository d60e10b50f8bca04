"""A JSON report of `audit` or `merge` back to a Report: the reverse of json_v1, for live accounts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from pathlib import Path

from guard.diagnostics import Diagnostic, Severity, UsageError
from guard.inventory.model import ONE, AccessKey, Account, Count, LastUse, Reading, Source, Status, User
from guard.records import dataclass
from guard.reports.model import AccountCoverage, AccountStatus, Coverage, Report
from guard.rule_table import RULES
from guard.rules import Finding, Level, Standing, UserVerdict, Verdict, Waived

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    T = TypeVar("T")
    E = TypeVar("E", bound=Enum)

LARGEST_FILE = 512 * 1024 * 1024
COMMANDS = frozenset({"audit", "merge"})
EXIT_CODES = frozenset({0, 1, 3})


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON value and where it is; every question about it is answered or is a UsageError."""

    file: str
    place: str
    value: object

    def wrong(self, wanted: str) -> UsageError:
        return UsageError("Not a report", f"{self.file}: {self.place or 'the document'} is not {wanted}.")

    def get(self, name: str) -> Node:
        """A member; absent members are null, since versions only ever add them."""
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return Node(self.file, f"{self.place}.{name}".lstrip("."), self.value.get(name))

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("a string")
        return self.value

    def number(self) -> int:
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 0:
            raise self.wrong("a number")
        return self.value

    def optional(self, read: Callable[[Node], T]) -> T | None:
        return None if self.value is None else read(self)

    def items(self, read: Callable[[Node], T]) -> tuple[T, ...]:
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        return tuple(read(Node(self.file, f"{self.place}[{at}]", item)) for at, item in enumerate(self.value))

    def one_of(self, kind: type[E]) -> E:
        """A member of an enumeration, by its value."""
        for member in kind:
            if member.value == self.value:
                return member
        raise self.wrong("a known word")

    def time(self) -> datetime:
        try:
            return datetime.fromisoformat(self.text())
        except ValueError:
            raise self.wrong("a time") from None


def read_report(path: str) -> Report:
    """The report in a file. UsageError when it is not one of a live audit that this version can read."""
    root = Node(path, "", _load(path))
    version = root.get("format_version").text()
    if version.partition(".")[0] != "1":
        raise UsageError(
            "Not a report", f"{path}: its format version is {version[:20]!r}; this reads version 1."
        )
    if root.get("command").value not in COMMANDS:
        raise UsageError("Not a report", f"{path} is no report of `iam-key-guard audit`.")
    return _report(root)


def _load(path: str) -> object:
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise UsageError("File too large", f"{path} has more than {LARGEST_FILE} bytes.")
        return json.loads(Path(path).read_bytes())
    except OSError as error:
        raise UsageError("File not readable", f"{path}: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise UsageError("Not a report", f"{path} is not JSON: {error}.") from error


def _report(root: Node) -> Report:
    coverage = root.get("coverage")
    code = root.get("exit_code")
    if code.value not in EXIT_CODES:
        raise code.wrong("0, 1 or 3")
    return Report(
        command=root.get("command").text(),
        verdict=_verdict(root.get("verdict")),
        exit_code=code.number(),
        limit=root.get("limit").number(),
        users=root.get("users").items(_user),
        findings=root.get("findings").items(_finding),
        diagnostics=root.get("diagnostics").items(_diagnostic),
        coverage=Coverage(
            accounts=coverage.get("accounts").items(_account_coverage),
            shard=coverage.get("shard").optional(Node.text),
        ),
        # Ids were masked or shown when the report was written: they are passed on as they are.
        show_key_ids=True,
    )


def _verdict(node: Node) -> Verdict:
    for verdict in Verdict:
        if verdict.word == node.value:
            return verdict
    raise node.wrong("a verdict")


def _account(node: Node) -> Account:
    return Account(node.get("account").text(), alias=node.get("account_alias").optional(Node.text))


_READINGS = {Standing.DELETED: Reading.DELETED, Standing.UNREAD: Reading.UNREAD}


def _user(node: Node) -> UserVerdict:
    account = _account(node)
    label, root = node.get("user").text(), node.get("root").text()
    active = _count(node.get("active"))
    keys = node.get("keys").items(lambda key: _key(key, account, label, root))
    standing = node.get("standing").one_of(Standing)
    # A user whose number of keys cannot be decided stands as unread, too, but has keys.
    reading = Reading.READ if keys else _READINGS.get(standing, Reading.READ)
    return UserVerdict(
        account=account,
        label=label,
        root=root,
        source=node.get("source").one_of(Source),
        verdict=_verdict(node.get("verdict")),
        active=active,
        keys=keys,
        why=node.get("why").optional(Node.text),
        arn=node.get("arn").optional(Node.text),
        evidence=node.get("evidence").optional(Node.text),
        waived=node.get("waived").optional(_waived),
        reading=reading,
    )


def _count(node: Node) -> Count:
    return Count(node.get("min").number(), node.get("max").optional(Node.number))


def _key(node: Node, account: Account, user: str, root: str) -> AccessKey:
    return AccessKey(
        user=User(user, user),
        account=account,
        status=node.get("status").one_of(Status),
        active=_count(node.get("active")),
        exists=ONE,
        root=root,
        source=Source.ACCOUNT,
        key_id=node.get("id").optional(Node.text),
        created=node.get("created").optional(Node.time),
        last_used=node.get("last_used").optional(_last_use),
    )


def _last_use(node: Node) -> LastUse:
    return LastUse(
        node.get("at").optional(Node.time),
        node.get("service").optional(Node.text),
        node.get("region").optional(Node.text),
    )


def _waived(node: Node) -> Waived:
    return Waived(
        node.get("owner").text(),
        node.get("reason").text(),
        node.get("until").optional(Node.text),
        node.get("at_most").optional(Node.number),
    )


def _finding(node: Node) -> Finding:
    name = node.get("rule")
    rule = RULES.get(name.text())
    if rule is None:
        raise name.wrong("a rule of this version")
    finding = Finding(
        rule=rule,
        level=node.get("level").one_of(Level),
        verdict=_verdict(node.get("verdict")),
        account=Account(node.get("account").text()),
        user=node.get("user").text(),
        root=node.get("root").text(),
        message=node.get("message").text(),
        remedy=node.get("remedy").text(),
        waived=node.get("waived").optional(_waived),
    )
    stated = node.get("fingerprint")
    if stated.text() != finding.fingerprint:
        raise stated.wrong("that of its rule, account, root and user")
    return finding


def _diagnostic(node: Node) -> Diagnostic:
    return Diagnostic(
        node.get("severity").one_of(Severity),
        node.get("summary").text(),
        node.get("detail").text(),
        file=node.get("file").optional(Node.text),
    )


def _account_coverage(node: Node) -> AccountCoverage:
    users = node.get("users")
    return AccountCoverage(
        account=_account(node),
        status=node.get("status").one_of(AccountStatus),
        name=node.get("name").optional(Node.text),
        evidence=node.get("evidence").text(),
        expected=users.get("expected").optional(Node.number),
        read=users.get("read").number(),
        deleted=users.get("deleted").number(),
        unread=users.get("unread").number(),
        why=node.get("why").optional(Node.text),
    )
