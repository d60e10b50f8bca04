"""The IAM calls of an audit inside one account: typed, paged, with errors of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Generic, TypeVar

from guard.aws.errors import AwsError, Trouble
from guard.aws.model import KeyUse, ListedKey, ListedUser, ReportFile, Summary
from guard.aws.session import Calls
from guard.records import dataclass

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_iam.type_defs import (
        ListAccessKeysResponseTypeDef,
        ListUsersResponseTypeDef,
        UserTypeDef,
    )

PAGE = 1000
NOT_AVAILABLE = "N/A"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. marker: what leads to the next one, if the list goes on."""

    items: list[T]
    goes_on: bool
    marker: str | None


class Iam:
    """One account's IAM. Every method is one call (or one per page) and may raise AwsError.

    Answers are taken apart inside the call, so that one that lacks a field is an AwsError as well.
    """

    def __init__(self, calls: Calls[IAMClient]) -> None:
        self._calls = calls

    def alias(self) -> str | None:
        return self._calls.run(
            "iam:ListAccountAliases",
            lambda iam: next(iter(iam.list_account_aliases()["AccountAliases"]), None),
        )

    def summary(self) -> Summary:
        numbers = self._calls.run(
            "iam:GetAccountSummary", lambda iam: iam.get_account_summary()["SummaryMap"]
        )
        return Summary(numbers.get("Users"), numbers.get("AccountAccessKeysPresent"))

    def users(self) -> Iterator[ListedUser]:
        """All users, each once, page by page: an AwsError may come after the first pages."""
        seen: set[str] = set()
        for user in self._pages("iam:ListUsers", _users_page):
            if user.name not in seen:
                seen.add(user.name)
                yield user

    def user(self, name: str) -> ListedUser:
        return self._calls.run("iam:GetUser", lambda iam: _user(iam.get_user(UserName=name)["User"]))

    def access_keys(self, user: str) -> list[ListedKey]:
        found = self._pages("iam:ListAccessKeys", lambda iam, more: _keys_page(iam, user, more))
        return list({key.id: key for key in found}.values())

    def last_use(self, key_id: str) -> KeyUse:
        use = self._calls.run(
            "iam:GetAccessKeyLastUsed",
            lambda iam: iam.get_access_key_last_used(AccessKeyId=key_id)["AccessKeyLastUsed"],
        )
        return KeyUse(use.get("LastUsedDate"), _told(use.get("ServiceName")), _told(use.get("Region")))

    def start_report(self) -> None:
        """Ask AWS to make a credential report, unless it has one that is young enough."""
        self._calls.run("iam:GenerateCredentialReport", lambda iam: iam.generate_credential_report())

    def report(self) -> ReportFile:
        """The credential report; AwsError NOT_READY while AWS makes it, NO_REPORT when there is none."""
        return self._calls.run("iam:GetCredentialReport", _report_file)

    def _pages(self, action: str, fetch: Callable[[IAMClient, dict[str, str]], Page[T]]) -> Iterator[T]:
        """Items of all pages; a page that does not lead on is an error, not an end."""
        marker: str | None = None
        followed: set[str] = set()
        while True:
            page = self._page(action, fetch, {"Marker": marker} if marker else {})
            yield from page.items
            if not page.goes_on:
                return
            marker = page.marker
            if not marker or marker in followed:
                raise AwsError(Trouble.FAILED, action, "no progress", "a truncated answer leads nowhere")
            followed.add(marker)

    def _page(
        self, action: str, fetch: Callable[[IAMClient, dict[str, str]], Page[T]], more: dict[str, str]
    ) -> Page[T]:
        return self._calls.run(action, lambda iam: fetch(iam, more))


def _users_page(iam: IAMClient, more: dict[str, str]) -> Page[ListedUser]:
    page = iam.list_users(MaxItems=PAGE, **more)
    return _cut([_user(user) for user in page["Users"]], page)


def _cut(items: list[T], page: ListUsersResponseTypeDef | ListAccessKeysResponseTypeDef) -> Page[T]:
    """A page of a list; an answer with a marker that does not say whether it is the last one is not."""
    marker = page.get("Marker")
    return Page(items, page.get("IsTruncated", bool(marker)), marker)


def _user(user: UserTypeDef) -> ListedUser:
    return ListedUser(user["UserName"], user["Arn"], user.get("CreateDate"))


def _keys_page(iam: IAMClient, user: str, more: dict[str, str]) -> Page[ListedKey]:
    page = iam.list_access_keys(UserName=user, MaxItems=PAGE, **more)
    keys = [
        ListedKey(key["AccessKeyId"], key["Status"], key.get("CreateDate"))
        for key in page["AccessKeyMetadata"]
    ]
    return _cut(keys, page)


def _report_file(iam: IAMClient) -> ReportFile:
    answer = iam.get_credential_report()
    return ReportFile(answer["Content"], answer["GeneratedTime"])


def _told(word: str | None) -> str | None:
    return None if word in (None, "", NOT_AVAILABLE) else word
