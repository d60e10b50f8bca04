"""Readings of live accounts to verdicts and findings: too many keys, the root user's, stale, unused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from guard.audit.advice import Ages, advice, deactivation, described
from guard.audit.waivers import Waivers
from guard.diagnostics import Diagnostic
from guard.findings import amount
from guard.inventory.account.model import LIVE, AccountReading, UserReading
from guard.inventory.model import ANY_NUMBER, NONE, AccessKey, Account, Reading, Source, User
from guard.ledger import Holding, user_verdict
from guard.records import dataclass, replace
from guard.rule_table import RULES
from guard.rules import Finding, Rule, UserVerdict, Verdict
from guard.suppress import Applied, expiring

TOO_MANY = RULES["more-than-one-active-key"]
ROOT_KEY = RULES["root-access-key"]
STALE = RULES["stale-key"]
UNUSED = RULES["unused-key"]

ROOT_REMEDY = (
    "Sign in as the root user, deactivate and then delete its access keys under `Security credentials`, "
    "and use roles instead. In an organization, centralized root access can remove them for member accounts."
)
REMEDIES = {
    STALE.name: "Use temporary credentials of a role; or make a new key, move to it, then deactivate this:",
    UNUSED.name: "Make sure that nothing needs it, then deactivate it:",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One account: its users, what is said of them, and what is said of waivers."""

    users: tuple[UserVerdict, ...]
    findings: tuple[Finding, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Judge:
    """What is allowed. show_key_ids: whether messages name access key ids in full."""

    ages: Ages
    limit: int = 1
    show_key_ids: bool = False
    waivers: Waivers | None = None

    def judge(self, reading: AccountReading) -> Judged:
        """The verdict of every user of an account, waivers applied, and what is to be said of them."""
        users = [self.verdict(reading.account, user) for user in reading.users]
        applied = self.waivers.applied(reading, users) if self.waivers else Applied(tuple(users))
        findings = [
            finding
            for user, verdict in zip(reading.users, applied.users, strict=True)
            if user.reading is Reading.READ
            for finding in self._findings(user, verdict)
        ]
        soon = expiring(applied.users, self.ages.now.date())
        return Judged(applied.users, (*findings, *soon), applied.diagnostics)

    def verdict(self, account: Account, user: UserReading) -> UserVerdict:
        """The root user may have no active key at all; whoever was not read is undetermined, never a pass."""
        if user.reading is Reading.READ and user.keys:
            holding = Holding(User(user.name, user.name), account, account.name, list(user.keys))
            verdict = user_verdict(holding, 0 if user.is_root else self.limit)
            return replace(verdict, arn=user.arn, evidence=user.evidence)
        lost = user.reading is Reading.UNREAD
        return UserVerdict(
            account=account,
            label=user.name,
            root=account.name,
            source=Source.ACCOUNT,
            verdict=Verdict.UNDETERMINED if lost else Verdict.PASS,
            active=ANY_NUMBER if lost else NONE,
            keys=(),
            why=user.why,
            arn=user.arn,
            evidence=None if lost else user.evidence,
            reading=user.reading,
        )

    def _findings(self, user: UserReading, verdict: UserVerdict) -> Iterator[Finding]:
        if user.is_root:
            if verdict.verdict is not Verdict.PASS:
                yield self._root(verdict)
            return
        if verdict.verdict is not Verdict.PASS:
            yield self._too_many(verdict)
        yield from self._aged(verdict, STALE, self.ages.is_old, f"older than {self.ages.max_age.days} days")
        yield from self._aged(
            verdict, UNUSED, self.ages.is_unused, f"unused for {self.ages.unused.days} days"
        )

    def _root(self, user: UserVerdict) -> Finding:
        where = f"account {user.account.name}"
        if user.verdict is Verdict.VIOLATION:
            return self._finding(
                ROOT_KEY, user, f"The root user of {where} has an active access key.", ROOT_REMEDY
            )
        text = f"The root user of {where} may have an active access key: {user.why}."
        return self._finding(ROOT_KEY, user, text, ROOT_REMEDY)

    def _too_many(self, user: UserVerdict) -> Finding:
        told = ", ".join(self._described(key) for key in user.keys if key.active.high != 0)
        if user.verdict is Verdict.VIOLATION:
            text = f"{who(user)} has {amount(user.active)}; at most {self.limit} may be active: {told}."
            remedy = advice(user.label, user.keys, self.limit, self.ages, show=self.show_key_ids)
        else:
            text = f"{who(user)} may have {amount(user.active)}: {told}. It is not known, because {user.why}."
            remedy = "Look at the user's keys in the IAM console, and update iam-key-guard."
        return self._finding(TOO_MANY, user, text, remedy)

    def _described(self, key: AccessKey) -> str:
        return described(key, self.ages, show=self.show_key_ids)

    def _aged(
        self, user: UserVerdict, rule: Rule, applies: Callable[[AccessKey], bool], what: str
    ) -> Iterator[Finding]:
        """One warning per user and rule, whatever the number of keys."""
        keys = [key for key in user.keys if key.active.low and applies(key)]
        if not keys:
            return
        told = ", ".join(map(self._described, keys))
        source = f" ({user.evidence})" if user.evidence != LIVE else ""
        text = f"{who(user)} has an active key {what}: {told}{source}."
        commands = [deactivation(user.label, key, user.keys, show=self.show_key_ids) for key in keys]
        yield self._finding(rule, user, text, "\n".join([REMEDIES[rule.name], *dict.fromkeys(commands)]))

    def _finding(self, rule: Rule, user: UserVerdict, text: str, remedy: str) -> Finding:
        return Finding(
            rule=rule,
            level=rule.level,
            verdict=user.verdict if rule in (TOO_MANY, ROOT_KEY) else Verdict.PASS,
            account=user.account,
            user=user.label,
            root=user.root,
            message=text,
            remedy=remedy,
            waived=user.waived if rule is TOO_MANY else None,
        )


def who(user: UserVerdict) -> str:
    """`IAM user alice (account 123456789012 prod, arn:aws:iam::…)`."""
    alias = f" {user.account.alias}" if user.account.alias else ""
    arn = f", {user.arn}" if user.arn else ""
    return f"IAM user {user.label} (account {user.account.name}{alias}{arn})"
