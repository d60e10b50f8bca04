"""The changes of a plan to the access keys that are there after it is applied, and while it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from guard.config.relevance import KEY_TYPES
from guard.inventory.contents import Contents
from guard.inventory.identity import same_user
from guard.inventory.keys import count_of, key_of, with_status
from guard.inventory.model import (
    MAYBE_ONE,
    NONE,
    ONE,
    AccessKey,
    Account,
    Change,
    Count,
    Source,
    Status,
    User,
)
from guard.inventory.objects import (
    NO_ATTRIBUTES,
    USER_TYPE,
    Attributes,
    RemoteObject,
    is_user_name,
    status_of,
)
from guard.inventory.plan.accounts import Accounts
from guard.inventory.plan.changes import Action, ResourceChange
from guard.inventory.plan.users import Users
from guard.records import dataclass, replace


def plan_keys(contents: Contents) -> list[AccessKey]:
    """Every key that the plan makes, changes, deletes, forgets, or leaves as it is."""
    accounts = Accounts(contents.configuration, contents.variables)
    changes = [*contents.changes, *(change for _, change in contents.deferred)]
    users = Users(contents.configuration, changes)
    return follow_renames(list(_Reader(contents, accounts, users).keys()), contents.changes, accounts)


def untouched(contents: Contents) -> list[RemoteObject]:
    """The keys of the prior state that no change mentions: all in a plan that only refreshes; in
    others, those that `-target` or a deferred change leaves out.
    """
    places = {(change.at, change.deposed) for change in contents.changes}
    ids = {side.id for change in contents.changes for side in (change.before, change.after) if side.id}
    return [
        item
        for item in contents.state
        if item.at.type in KEY_TYPES
        and (item.at, item.deposed) not in places
        and item.attributes.id not in ids
    ]


def unexplained(contents: Contents) -> list[RemoteObject]:
    """The keys that are planned though neither a change nor the prior state has them."""
    known = {change.at for change in contents.changes} | {item.at for item in contents.state}
    return [item for item in contents.planned if item.at.type in KEY_TYPES and item.at not in known]


def follow_renames(
    keys: list[AccessKey], changes: Iterable[ResourceChange], accounts: Accounts
) -> list[AccessKey]:
    """Give keys that stay with renamed users the new names, where other keys have one of those.

    A user is renamed in place and keeps its keys; a key by `aws_iam_user.x.id` shows that in the plan
    after this one only.
    """
    used = {(key.account, key.user.name.lower()) for key in keys if key.user.name and key.active.high}
    renamed: dict[tuple[Account, str], User] = {}
    for change in changes:
        old, new = change.before.name, change.after.name
        if change.at.type == USER_TYPE and change.action is Action.UPDATE and old and new and old != new:
            account = accounts.of_resource(change.at.module, change.at.type, change.at.name)
            renamed[account, old.lower()] = User(new, new, managed_by=str(change.at))
    news = {(account, user.label.lower()) for (account, _), user in renamed.items()}
    return [_renamed(key, renamed) for key in keys] if news & used else keys


def _renamed(key: AccessKey, renamed: Mapping[tuple[Account, str], User]) -> AccessKey:
    if key.change not in _STAYING or key.user.name is None:
        return key
    user = renamed.get((key.account, key.user.name.lower()))
    return replace(key, user=user) if user else key


_STAYING = frozenset({Change.KEPT, Change.UPDATED, Change.FORGOTTEN})


@dataclass(frozen=True, slots=True)
class _Reader:
    """What is needed to make access keys of changes."""

    contents: Contents
    accounts: Accounts
    users: Users

    def keys(self) -> Iterator[AccessKey]:
        for change in self.contents.changes:
            if change.at.type in KEY_TYPES:
                yield from self._of_change(change)
        for reason, change in self.contents.deferred:
            if change.at.type in KEY_TYPES and change.before == NO_ATTRIBUTES:
                yield self._of_deferred(change, reason)
        for item in untouched(self.contents):
            yield self._key(item, item.attributes, Change.KEPT)

    def _of_change(self, change: ResourceChange) -> Iterator[AccessKey]:
        match change.action:
            case Action.NO_OP | Action.READ:
                yield self._remaining(change, Change.KEPT)
            case Action.UPDATE:
                yield self._remaining(change, Change.UPDATED)
            case Action.CREATE:
                yield self._new(change, Change.CREATED)
            case Action.DELETE:
                yield self._deleted(change)
            case Action.DELETE_CREATE | Action.CREATE_DELETE:
                new = self._new(change, Change.REPLACED)
                yield new
                yield self._replaced(change, new)
            case Action.FORGET:
                yield self._old(change, Change.FORGOTTEN)
            case Action.CREATE_FORGET | Action.FORGET_CREATE:
                yield self._new(change, Change.REPLACED)
                yield self._old(change, Change.FORGOTTEN)
            case Action.OTHER:
                yield from self._of_unheard(change)

    def _remaining(self, change: ResourceChange, what: Change) -> AccessKey:
        """A key that is there before and after."""
        was = status_of(change.before.status)
        key = self._key(change, change.after, what, self._user(change))
        status = key.status
        if "status" in change.unknown or (status is Status.EXPIRED and was is not status):
            key = with_status(key, Status.UNKNOWN)
        peak = ONE if count_of(was) == ONE and key.active != ONE else None
        return replace(key, key_id=change.after.id or change.before.id, was=was, peak=peak)

    def _new(self, change: ResourceChange, what: Change) -> AccessKey:
        """A key that is made. The provider asks for an active one and then sets Inactive, if it is that."""
        status = status_of(change.after.status)
        if "status" in change.unknown:
            status = Status.UNKNOWN if self._sets_status(change) else Status.ACTIVE
        elif status is Status.EXPIRED:
            status = Status.UNKNOWN if "status" in change.masked else Status.ACTIVE
        key = self._key(change, change.after, what, self._user(change))
        return replace(with_status(key, status), key_id=None, was=None)

    def _sets_status(self, change: ResourceChange) -> bool:
        """Whether the configuration sets `status`: provider 3.39 plans it as unknown where it does not."""
        code = self.contents.configuration.module(change.at.module)
        block = code.resources.get((change.at.type, change.at.name)) if code else None
        return block is None or "status" in block.arguments

    def _old(self, change: ResourceChange, what: Change) -> AccessKey:
        """The key that was there before, as it was."""
        return self._key(change, change.before, what)

    def _deleted(self, change: ResourceChange) -> AccessKey:
        """A key that goes. Nothing orders this before or after what happens to other resources."""
        old = self._old(change, Change.DELETED)
        return replace(old, active=NONE, exists=NONE, peak=_or_none(old.active), crowd=MAYBE_ONE, why=None)

    def _replaced(self, change: ResourceChange, new: AccessKey) -> AccessKey:
        """The old key of a pair; deleted before its successor is made, it does not add to it."""
        old = self._deleted(change)
        if change.action is Action.CREATE_DELETE:
            return replace(old, crowd=ONE)
        if not same_user(old.user, new.user):
            return old
        return replace(old, crowd=None, peak=None if new.active.high else old.peak)

    def _of_unheard(self, change: ResourceChange) -> Iterator[AccessKey]:
        """Actions that Terraform does not have today: any of the keys before and after may be there."""
        why = f"this version does not know what the plan does to {change.address}"
        sides = [side for side in (change.before, change.after) if side.user is not None]
        for side in sides or [change.after]:
            key = self._key(change, side, Change.UPDATED)
            yield replace(key, active=MAYBE_ONE, exists=MAYBE_ONE, status=Status.UNKNOWN, why=why)

    def _of_deferred(self, change: ResourceChange, reason: str) -> AccessKey:
        """A key that a later plan makes; those that are there already are in the prior state."""
        many = reason == "instance_count_unknown"
        key = self._key(change, change.after, Change.KEPT, self._user(change))
        number = Count(0, None) if many else MAYBE_ONE
        why = f"the plan defers {change.address}"
        return replace(key, active=number, exists=number, status=Status.UNKNOWN, why=why)

    def _key(
        self, item: ResourceChange | RemoteObject, side: Attributes, change: Change, user: User | None = None
    ) -> AccessKey:
        at = item.at
        account = self.accounts.of_resource(at.module, at.type, at.name)
        key = key_of(item.address, side, account, self.contents.name, Source.PLAN, user)
        return replace(key, change=change, was=key.status)

    def _user(self, change: ResourceChange) -> User:
        """The user of the key after the change."""
        name = None if "user" in change.unknown else change.after.user
        return self.users.of_key(change, name if is_user_name(name or "") else None)


def _or_none(count: Count) -> Count | None:
    return None if count == NONE else count
