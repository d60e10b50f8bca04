"""Many accounts to readings: in waves, all reports of a wave started before the first one is collected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from datetime import datetime

from guard.aws.pace import Pace
from guard.inventory.account.model import AccountReading, Options, Target
from guard.inventory.account.opening import Opened, open_account
from guard.inventory.account.strategy import AccountReader
from guard.records import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.aws.session import Aws

WAVE = 48


@dataclass(frozen=True, slots=True)
class Fleet:
    """How to read accounts.

    accounts: how many at a time. threads: how many calls at a time, all accounts together.
    now: the time against which ages are told.
    """

    aws: Aws
    options: Options
    pace: Pace
    now: Callable[[], datetime]
    accounts: int = 8
    threads: int = 16

    def read(self, targets: Sequence[Target]) -> Iterator[AccountReading]:
        """A reading of every target, in their order; a failed account is a reading, too."""
        with ThreadPoolExecutor(self.accounts) as accounts, ThreadPoolExecutor(self.threads) as calls:
            try:
                for start in range(0, len(targets), WAVE):
                    yield from self._wave(targets[start : start + WAVE], accounts, calls)
            except (KeyboardInterrupt, GeneratorExit):
                self.pace.stop()
                raise

    def _wave(
        self, targets: Sequence[Target], accounts: Executor, calls: Executor
    ) -> Iterator[AccountReading]:
        """Small enough that the clients of its accounts fit into memory together."""
        opened = list(accounts.map(lambda target: open_account(self.aws, target, self.options), targets))
        yield from accounts.map(lambda one: self._read(one, calls), opened)

    def _read(self, opened: Opened, calls: Executor) -> AccountReading:
        if opened.failure is not None:
            account = opened.account
            who = f"Account {account.name} not audited"
            diagnostic = opened.failure.explained(who)
            return AccountReading(
                account, opened.target.name, failed=opened.failure.text, diagnostics=(diagnostic,)
            )
        return AccountReader(opened, self.options, self.pace, calls, self.now).read()
