"""The IAM calls of an audit inside one account: typed, paged, with errors of our own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from guard.aws.errors import AwsError, Trouble
from guard.aws.model import KeyUse, ListedKey, ListedUser, ReportFile, Summary
from guard.aws.session import Calls

if TYPE_CHECKING:
    from mypy_boto3_iam import IAMClient

PAGE = 1000
NOT_AVAILABLE = "N/A"

P = TypeVar("P", bound=Mapping[str, object])


class Iam:
    """One account's IAM. Every method is one call (or one per page) and may raise AwsError."""

    def __init__(self, calls: Calls[IAMClient]) -> None:
        self._calls = calls

    def alias(self) -> str | None:
        answer = self._calls.run("iam:ListAccountAliases", lambda iam: iam.list_account_aliases())
        return next(iter(answer["AccountAliases"]), None)

    def summary(self) -> Summary:
        answer = self._calls.run("iam:GetAccountSummary", lambda iam: iam.get_account_summary())
        numbers = answer["SummaryMap"]
        return Summary(numbers.get("Users"), numbers.get("AccountAccessKeysPresent"))

    def users(self) -> Iterator[ListedUser]:
        """All users, each once, page by page: an AwsError may come after the first pages."""
        seen: set[str] = set()
        for page in self._pages("iam:ListUsers", lambda iam, more: iam.list_users(MaxItems=PAGE, **more)):
            for user in page["Users"]:
                if user["UserName"] not in seen:
                    seen.add(user["UserName"])
                    yield ListedUser(user["UserName"], user["Arn"])

    def user(self, name: str) -> ListedUser:
        user = self._calls.run("iam:GetUser", lambda iam: iam.get_user(UserName=name))["User"]
        return ListedUser(user["UserName"], user["Arn"])

    def access_keys(self, user: str) -> list[ListedKey]:
        pages = self._pages(
            "iam:ListAccessKeys",
            lambda iam, more: iam.list_access_keys(UserName=user, MaxItems=PAGE, **more),
        )
        keys = (key for page in pages for key in page["AccessKeyMetadata"])
        found = {
            key["AccessKeyId"]: ListedKey(key["AccessKeyId"], key["Status"], key.get("CreateDate"))
            for key in keys
        }
        return list(found.values())

    def last_use(self, key_id: str) -> KeyUse:
        answer = self._calls.run(
            "iam:GetAccessKeyLastUsed", lambda iam: iam.get_access_key_last_used(AccessKeyId=key_id)
        )
        use = answer["AccessKeyLastUsed"]
        return KeyUse(use.get("LastUsedDate"), _told(use.get("ServiceName")), _told(use.get("Region")))

    def start_report(self) -> None:
        """Ask AWS to make a credential report, unless it has one that is young enough."""
        self._calls.run("iam:GenerateCredentialReport", lambda iam: iam.generate_credential_report())

    def report(self) -> ReportFile:
        """The credential report; AwsError NOT_READY while AWS makes it, NO_REPORT when there is none."""
        answer = self._calls.run("iam:GetCredentialReport", lambda iam: iam.get_credential_report())
        return ReportFile(answer["Content"], answer.get("GeneratedTime", datetime.now(UTC)))

    def _pages(self, action: str, call: Callable[[IAMClient, dict[str, str]], P]) -> Iterator[P]:
        """Pages until AWS says that there are no more; one that does not lead on is an error, not an end."""
        marker: str | None = None
        while True:
            page = self._page(action, call, {"Marker": marker} if marker else {})
            yield page
            if not page.get("IsTruncated"):
                return
            following = page.get("Marker")
            if not isinstance(following, str) or following == marker:
                raise AwsError(Trouble.FAILED, action, "no progress", "a truncated answer leads nowhere")
            marker = following

    def _page(self, action: str, call: Callable[[IAMClient, dict[str, str]], P], more: dict[str, str]) -> P:
        return self._calls.run(action, lambda iam: call(iam, more))


def _told(word: str | None) -> str | None:
    return None if word in (None, "", NOT_AVAILABLE) else word
