"""A small stateful IAM, STS and Organizations, with the manners of AWS and faults on demand.

It does what moto does not: pages, cached and slow credential reports, throttling, denied calls, expired
tokens, accounts without the role, users that vanish between two calls.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from threading import Lock

from tests.audit.fake_accounts import HOME, Account, AwsFailureError, Key
from tests.audit.fake_answers import ANSWERS


@dataclass
class Call:
    """A request as it arrived. caller: the account of its credentials."""

    action: str
    account: str
    params: dict[str, str]
    resource: str


@dataclass
class Fault:
    """Answers some calls with an error, a delay, other text or a changed world; `times` times."""

    match: Callable[[Call], bool]
    code: str | None = None
    status: int = 400
    times: int | None = None
    delay: float = 0
    effect: Callable[[], object] | None = None
    raw: str | None = None
    message: str = "because the test says so"


class RawAnswerError(Exception):
    """An answer to be sent as it is."""


class World:
    """All accounts, who may do what, and every call that was made."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {HOME: Account(HOME, "home", "home-alias")}
        self.tokens: dict[str, str] = {}
        self.expired: set[str] = set()
        self.calls: list[Call] = []
        self.faults: list[Fault] = []
        self.page = 1000
        self.stuck = False
        self.circling = False  # markers that lead from page to page for ever
        self.unsaid = False  # answers that do not say whether they are cut
        self.elsewhere: str | None = None  # the account that every assumed role leads to
        self.policy: dict[str, object] | None = None
        self.buckets: dict[str, tuple[float, float]] = {}
        self.throttle: tuple[float, float] | None = None
        self.rejected = 0
        self.lock = Lock()

    @property
    def home(self) -> Account:
        return self.accounts[HOME]

    def account(self, number: int, **fields: object) -> Account:
        account = Account(f"{number:012d}", f"account-{number}", **fields)
        self.accounts[account.id] = account
        return account

    def fault(self, action: str, code: str | None = None, **options: object) -> None:
        """A fault for an action, optionally only for an account=, a user= or a role's account."""
        account, user = options.pop("account", None), options.pop("user", None)

        def match(call: Call) -> bool:
            return (
                call.action.endswith(f":{action}")
                and account in (None, call.account)
                and user in (None, call.params.get("UserName"))
            )

        self.faults.append(Fault(match, code, **options))

    def made(self, action: str) -> int:
        return sum(call.action.endswith(f":{action}") for call in self.calls)

    def counts(self) -> Counter[str]:
        return Counter(call.action for call in self.calls)

    # --- one request -----------------------------------------------------------------------------

    def answer(self, action: str, params: dict[str, str], key_id: str) -> object:
        with self.lock:
            account = self.accounts[self.tokens.get(key_id, HOME)]
            call = Call(action, account.id, params, self._resource(action, params, account))
            self.calls.append(call)
            fault = self._fault(call)
        if fault and fault.delay:
            time.sleep(fault.delay)
        with self.lock:
            if fault and fault.effect:
                fault.effect()
            if fault and fault.raw is not None:
                raise RawAnswerError(fault.raw)
            if fault and fault.code:
                raise AwsFailureError(fault.code, fault.status, fault.message)
            if key_id in self.expired:
                raise AwsFailureError(
                    "ExpiredToken", 403, "The security token included in the request is expired"
                )
            self._take_token(f"{account.id} {action}")
            if not self._allowed(call):
                raise AwsFailureError(
                    "AccessDenied", 403, f"not authorized to perform: {action} on {call.resource}"
                )
            return ANSWERS[action.split(":")[1]](self, account, params)

    def _fault(self, call: Call) -> Fault | None:
        for fault in self.faults:
            if fault.times != 0 and fault.match(call):
                if fault.times:
                    fault.times -= 1
                return fault
        return None

    def _take_token(self, bucket: str) -> None:
        if self.throttle is None:
            return
        rate, burst = self.throttle
        now = time.monotonic()
        level, before = self.buckets.get(bucket, (burst, now))
        level = min(burst, level + (now - before) * rate)
        self.buckets[bucket] = (max(level - 1, 0), now)
        if level < 1:
            self.rejected += 1
            raise AwsFailureError("Throttling", 400, "Rate exceeded")

    def _resource(self, action: str, params: dict[str, str], account: Account) -> str:
        if action == "sts:AssumeRole":
            return params["RoleArn"]
        if action == "iam:GetAccessKeyLastUsed":
            owner = next(
                (name for name, keys in account.users.items() if _has(keys, params["AccessKeyId"])), "?"
            )
            return account.arn(owner)
        return account.arn(params["UserName"]) if "UserName" in params else "*"

    def _allowed(self, call: Call) -> bool:
        if self.policy is None or call.action == "sts:GetCallerIdentity":
            return True
        statements = self.policy["Statement"]
        assert isinstance(statements, list)
        return any(
            call.action in statement["Action"] and fnmatchcase(call.resource, statement["Resource"])
            for statement in statements
        )


def _has(keys: list[Key], key_id: str) -> bool:
    return any(key.id == key_id for key in keys)
