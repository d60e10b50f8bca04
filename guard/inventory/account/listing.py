"""Users to their keys, asked for now: ListAccessKeys, and GetAccessKeyLastUsed where a rule wants it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from datetime import datetime

from guard.aws.errors import AwsError, Trouble
from guard.aws.iam import Iam
from guard.inventory.account.model import LIVE, Options, UserReading, live_key, total, unread
from guard.inventory.model import AccessKey, Account, LastUse, Reading
from guard.records import dataclass, replace


@dataclass(frozen=True, slots=True)
class Lister:
    """Lists the keys of users of one account.

    pool: where the calls of many users run at once. use_errors: collects why last uses were not read.
    """

    iam: Iam
    account: Account
    options: Options
    now: Callable[[], datetime]
    pool: Executor
    use_errors: list[AwsError]

    def read(self, users: Iterable[UserReading]) -> list[UserReading]:
        """The same users, each READ with its keys, DELETED, or UNREAD with the reason."""
        return list(self.pool.map(self._read_one, users))

    def _read_one(self, user: UserReading) -> UserReading:
        try:
            listed = self.iam.access_keys(user.name)
        except AwsError as error:
            if error.trouble is Trouble.GONE:
                return replace(user, keys=(), reading=Reading.DELETED, evidence=LIVE)
            return unread(user, error.text, error.trouble)
        keys = tuple(live_key(self.account, user.name, key) for key in listed)
        wanted = self._use_wanted(keys)
        keys = tuple(self._with_use(key) if key in wanted else key for key in keys)
        return replace(user, keys=keys, reading=Reading.READ, evidence=LIVE)

    def _use_wanted(self, keys: tuple[AccessKey, ...]) -> Sequence[AccessKey]:
        """The keys whose last use matters: all that count when they are too many, else the old ones."""
        usable = [key for key in keys if key.active.high != 0]
        if total(keys).within(self.options.limit) is not True:
            return usable
        oldest = self.now() - self.options.old_after
        return [key for key in usable if key.created is None or key.created <= oldest]

    def _with_use(self, key: AccessKey) -> AccessKey:
        assert key.key_id is not None
        try:
            use = self.iam.last_use(key.key_id)
        except AwsError as error:
            self.use_errors.append(error)
            return key
        return replace(key, last_used=LastUse(use.at, use.service, use.region))
