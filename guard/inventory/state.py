"""States, raw (version 4) or as JSON, to the keys in them: what is active now, as far as they know."""

from __future__ import annotations

from guard.config.relevance import KEY_TYPES
from guard.inventory.contents import Contents, FileReading
from guard.inventory.keys import key_of
from guard.inventory.model import DEFAULT_ACCOUNT, UNKNOWN_ACCOUNT, Account, Source
from guard.inventory.objects import USER_TYPE, RemoteObject
from guard.inventory.plan.accounts import unknown_account
from guard.inventory.recognise import FileKind


def read_state(contents: Contents) -> FileReading:
    """The keys of a state, deposed ones among them."""
    found = [item for item in contents.state if item.at.type in KEY_TYPES]
    accounts = _Accounts(contents, found)
    keys = tuple(
        key_of(item.address, item.attributes, accounts.of(item), contents.name, Source.STATE)
        for item in found
    )
    return FileReading(contents.name, contents.kind, keys, tuple(contents.warnings), complete=True)


class _Accounts:
    """The accounts of a state's keys. It holds no provider configuration, but the ARNs of IAM objects."""

    def __init__(self, contents: Contents, keys: list[RemoteObject]) -> None:
        self._is_raw = contents.kind is FileKind.RAW_STATE
        self._of_provider = contents.accounts
        self._providers = {item.provider for item in keys}
        self._of_user: dict[tuple[str | None, str], set[str]] = {}
        for item in contents.state:
            if item.at.type == USER_TYPE and item.attributes.name and item.attributes.account_id:
                place = (item.provider, item.attributes.name.lower())
                self._of_user.setdefault(place, set()).add(item.attributes.account_id)

    def of(self, key: RemoteObject) -> Account:
        ids = self._of_provider.get(key.provider or "", set())
        if len(ids) > 1:
            ids = self._of_user.get((key.provider, (key.attributes.user or "").lower()), set())
        if len(ids) == 1:
            return Account(next(iter(ids)))
        if not ids and not self._of_provider and len(self._providers) == 1:
            return DEFAULT_ACCOUNT
        return unknown_account(key.provider or "") if self._is_raw else UNKNOWN_ACCOUNT
