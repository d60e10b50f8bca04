"""Rules: what is said about users and their keys, and how bad it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, IntEnum

from guard.inventory.model import Reading
from guard.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.diagnostics import Diagnostic
    from guard.inventory.model import AccessKey, Account, Count, Source
    from guard.source import SourceRange


class Verdict(IntEnum):
    """Per user, per root and for the whole run: the worst one counts."""

    PASS = 0
    UNDETERMINED = 1
    POSSIBLE = 2
    VIOLATION = 3

    @property
    def word(self) -> str:
        return self.name.lower()


class Level(Enum):
    """Only errors affect verdict and exit code."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, by the name people read. title: one line. help: what it means and what to do."""

    name: str
    level: Level
    title: str
    help: str


@dataclass(frozen=True, slots=True)
class Witness:
    """Inputs under which a user has too many active keys.

    inputs: in order, `var.second_key`, `terraform.workspace`, `data.x.y.z` or `module.x version` to a
        JSON value.
    tfvars: the lines of a variable file that gives the variables (may be empty).
    var_files: variable files of the root that give it by themselves.
    workspace: the workspace to select, if it matters.
    """

    inputs: Mapping[str, object]
    tfvars: str = ""
    var_files: tuple[str, ...] = ()
    workspace: str | None = None

    def __str__(self) -> str:
        parts = [f"-var-file={name}" for name in self.var_files]
        parts += self.tfvars.splitlines()
        if self.workspace is not None:
            parts.append(f"workspace {self.workspace}")
        return ", ".join((*parts, *self.others))

    @property
    def others(self) -> list[str]:
        """What neither a variable file nor a workspace gives: results of data sources, module versions."""
        elsewhere = ("var.", "-var-file", "terraform.workspace")
        return [
            f"{name} = {value!r}" for name, value in self.inputs.items() if not name.startswith(elsewhere)
        ]


class Standing(Enum):
    """Where a user of a live account ends; each one ends in exactly one of these."""

    COMPLIANT = "compliant"
    VIOLATING = "violating"
    WAIVED = "waived"
    DELETED = "deleted"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class UserVerdict:
    """A user of an account in one root, with what was decided.

    label: what to call the user. name: its name, if it is known.
    peak: how many keys are active at once during apply, when that is more than after it.
    witness: for POSSIBLE. why: for UNDETERMINED, what blocks the answer and what would settle it.
    evidence: for live accounts, `live` or `report, age N min`.
    reading: for live accounts, whether the user could be read; UNREAD goes with UNDETERMINED.
    """

    account: Account
    label: str
    root: str
    source: Source
    verdict: Verdict
    active: Count
    keys: tuple[AccessKey, ...]
    name: str | None = None
    peak: Count | None = None
    witness: Witness | None = None
    why: str | None = None
    arn: str | None = None
    evidence: str | None = None
    waived: Waived | None = None
    reading: Reading = Reading.READ

    @property
    def standing(self) -> Standing:
        """Where the user ends; what cannot be decided (a status never heard of) counts as unread."""
        if self.reading is Reading.DELETED:
            return Standing.DELETED
        if self.waived is not None:
            return Standing.WAIVED
        if self.reading is Reading.READ and self.verdict is Verdict.PASS:
            return Standing.COMPLIANT
        return Standing.VIOLATING if self.verdict is Verdict.VIOLATION else Standing.UNREAD


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver in force on a user's finding: who owns it, why, and until when (inclusive, UTC).

    An entry of a baseline has no end; at_most is None where the number was open when it was written.
    inline: it is a comment in the code; owner says where.
    """

    owner: str
    reason: str
    until: str | None
    at_most: int | None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement about a user's keys.

    verdict: for errors, the verdict that the finding amounts to.
    remedy: what to do, in imperative sentences; commands on lines of their own.
    """

    rule: Rule
    level: Level
    verdict: Verdict
    account: Account
    user: str
    root: str
    message: str
    remedy: str
    locations: tuple[SourceRange, ...] = ()
    addresses: tuple[str, ...] = ()
    waived: Waived | None = None

    @property
    def fingerprint(self) -> str:
        """A name for the finding that survives moved lines and files."""
        return fingerprint(self.rule, self.account, self.root, self.user)


@dataclass(frozen=True, slots=True)
class Judged:
    """Users with what covers them, the findings about them, and what is to be said of waivers and ignores."""

    users: tuple[UserVerdict, ...] = ()
    findings: tuple[Finding, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def fingerprint(rule: Rule, account: Account, root: str, user: str) -> str:
    """A name for a finding that survives moved lines and files: 32 hex digits."""
    import hashlib

    text = "\0".join((rule.name, account.name, root, user.lower()))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
