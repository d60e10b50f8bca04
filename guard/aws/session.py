"""Credentials to clients: one boto3 session, a client per account, roles assumed and renewed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ProfileNotFound
from botocore.parsers import ResponseParserError

from guard import __version__
from guard.aws.errors import AwsError, OutOfTimeError, Trouble, aws_error
from guard.aws.model import Caller, Connection, OrganizationAccount, RoleCredentials
from guard.aws.pace import Pace
from guard.diagnostics import UsageError

if TYPE_CHECKING:
    from botocore.client import BaseClient
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_organizations import OrganizationsClient
    from mypy_boto3_sts import STSClient
    from mypy_boto3_sts.type_defs import AssumeRoleRequestTypeDef

FALLBACK_REGION = "us-east-1"
CONNECT_TIMEOUT = 10
SESSION_NAME = "iam-key-guard"
PATIENCE = (5.0, 10.0, 20.0)

# What botocore raises for an answer that it or we cannot take apart is no error of its own family.
NO_ANSWER = (
    ClientError,
    BotoCoreError,
    ResponseParserError,
    OutOfTimeError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
)

C = TypeVar("C", bound="BaseClient")
T = TypeVar("T")


class Calls(Generic[C]):
    """Makes calls with one client, and with a new one when its credentials have run out.

    make: builds a client with fresh credentials (may raise AwsError).

    An action that AWS throttled for all of one call's patience, while nobody else got an answer to it, is
    given up: one such account must not take the time of all others.
    """

    def __init__(self, make: Callable[[], C], pace: Pace) -> None:
        self._make = make
        self._pace = pace
        self._lock = Lock()
        self._client = make()
        self._proven = False
        self._refused: AwsError | None = None
        self._answers: Counter[str] = Counter()
        self._given_up: dict[str, AwsError] = {}

    def run(self, action: str, call: Callable[[C], T]) -> T:
        """The call's answer. AwsError when there is none, after every retry that makes sense."""
        pauses = iter(PATIENCE)
        before = self._answers[action]
        while True:
            if refused := self._refused or self._given_up.get(action):
                raise refused
            client = self._client
            try:
                answer = call(client)
            except NO_ANSWER as caught:
                error = aws_error(action, caught)
                if not self._try_again(error, client, pauses):
                    if error.trouble is Trouble.THROTTLED and self._answers[action] == before:
                        self._given_up[action] = error
                    raise error from caught
            else:
                self._proven = True
                self._answers[action] += 1
                return answer

    def _try_again(self, error: AwsError, client: C, pauses: Iterator[float]) -> bool:
        if error.trouble in (Trouble.CREDENTIALS, Trouble.NO_CREDENTIALS):
            return self._renew(error, client)
        if error.trouble is not Trouble.THROTTLED:
            return False
        seconds = next(pauses, None)
        if seconds is None:
            return False
        with suppress(OutOfTimeError):
            self._pace.pause(seconds)
        return True

    def _renew(self, error: AwsError, client: C) -> bool:
        """Replace a client whose credentials worked until now; others stay refused, at no further call."""
        with self._lock:
            if self._client is not client:
                return True
            if not self._proven:
                self._refused = error
                return False
            self._proven = False
            try:
                self._client = self._make()
            except AwsError as refused:
                self._refused = refused
                return False
            return True


class Aws:
    """Everything that audits ask AWS for, apart from the calls inside one account."""

    def __init__(self, connection: Connection, pace: Pace) -> None:
        self._connection = connection
        self._pace = pace
        self._lock = Lock()
        try:
            self._session = boto3.Session(profile_name=connection.profile, region_name=connection.region)
            self._region = self._session.region_name or FALLBACK_REGION
            self._base_sts = Calls(lambda: self._client_sts(None), pace)
        except ProfileNotFound as caught:
            raise UsageError("Profile not found", f"{caught}.") from caught
        except BotoCoreError as caught:
            raise UsageError("AWS configuration not usable", f"{caught}.") from caught
        self._sts = self._base_sts
        if connection.role_arn:
            self._sts = Calls(lambda: self._client_sts(self._first_role()), pace)

    def caller(self) -> Caller:
        """Whose credentials these are (after --role-arn); needs no permission."""

        def call(sts: STSClient) -> Caller:
            answer = sts.get_caller_identity()
            return Caller(answer["Account"], answer["Arn"], answer["Arn"].split(":")[1])

        return self._sts.run("sts:GetCallerIdentity", call)

    def own_account(self) -> Calls[IAMClient]:
        """Calls to IAM with the credentials at hand, those of --role-arn if given."""
        if self._connection.role_arn:
            return Calls(lambda: self._client_iam(self._first_role()), self._pace)
        return Calls(lambda: self._client_iam(None), self._pace)

    def other_account(self, role_arn: str) -> Calls[IAMClient]:
        """Calls to IAM of the account of a role, assumed now and again when its session has ended."""
        return Calls(lambda: self._client_iam(self._assume(self._sts, role_arn)), self._pace)

    def organization_accounts(self) -> list[OrganizationAccount]:
        """All accounts of the organization, whatever their state."""
        calls = self._organizations()
        found: dict[str, OrganizationAccount] = {}
        token: str | None = None
        followed: set[str] = set()
        while True:
            accounts, following = calls.run(
                "organizations:ListAccounts", partial(_accounts_page, token=token)
            )
            found.update((account.id, account) for account in accounts)
            if not following:
                return list(found.values())
            if following in followed:
                raise AwsError(
                    Trouble.FAILED, "organizations:ListAccounts", "no progress", "AWS sent one page twice"
                )
            followed.add(following)
            token = following

    def _organizations(self) -> Calls[OrganizationsClient]:
        def make() -> OrganizationsClient:
            credentials = self._first_role() if self._connection.role_arn else None
            client: OrganizationsClient = self._client("organizations", credentials)
            return client

        return Calls(make, self._pace)

    def _first_role(self) -> RoleCredentials:
        assert self._connection.role_arn is not None
        return self._assume(self._base_sts, self._connection.role_arn)

    def _assume(self, calls: Calls[STSClient], role_arn: str) -> RoleCredentials:
        """Credentials of a role for an hour, the most that a chained role gets."""
        request: AssumeRoleRequestTypeDef = {"RoleArn": role_arn, "RoleSessionName": SESSION_NAME}
        if self._connection.external_id:
            request["ExternalId"] = self._connection.external_id

        def call(sts: STSClient) -> RoleCredentials:
            answer = sts.assume_role(**request)
            if (got := _account_of(answer["AssumedRoleUser"]["Arn"])) != _account_of(role_arn):
                raise ValueError(f"the credentials are of account {got}")
            given = answer["Credentials"]
            return RoleCredentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])

        return calls.run(f"sts:AssumeRole {role_arn}", call)

    def _client(self, service: str, credentials: RoleCredentials | None) -> Any:
        """A client whose every request takes a slot of the pace; made one at a time, as boto3 wants it."""
        create: Callable[..., Any] = self._session.client
        with self._lock:
            client = create(service, region_name=self._region, config=self._config(), **_keys(credentials))
        client.meta.events.register("before-send", lambda **_: self._pace.take())
        return client

    def _client_sts(self, credentials: RoleCredentials | None) -> STSClient:
        client: STSClient = self._client("sts", credentials)
        return client

    def _client_iam(self, credentials: RoleCredentials | None) -> IAMClient:
        client: IAMClient = self._client("iam", credentials)
        return client

    def _config(self) -> Config:
        """Adaptive, because `standard` gives up on hundreds of users when AWS throttles."""
        return Config(
            retries={"mode": "adaptive", "total_max_attempts": self._connection.attempts},
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=self._connection.call_timeout,
            max_pool_connections=self._connection.threads,
            user_agent_extra=f"iam-key-guard/{__version__}",
        )


def _account_of(arn: str) -> str:
    return arn.split(":")[4]


def _keys(credentials: RoleCredentials | None) -> dict[str, str]:
    if credentials is None:
        return {}
    return {
        "aws_access_key_id": credentials.access_key_id,
        "aws_secret_access_key": credentials.secret_access_key,
        "aws_session_token": credentials.session_token,
    }


def _accounts_page(
    organizations: OrganizationsClient, *, token: str | None
) -> tuple[list[OrganizationAccount], str | None]:
    page = organizations.list_accounts(NextToken=token) if token else organizations.list_accounts()
    accounts = [
        # State replaces Status, which AWS retires; older endpoints answer Status only.
        OrganizationAccount(one["Id"], one.get("Name", ""), str(one.get("State") or one.get("Status") or ""))
        for one in page["Accounts"]
    ]
    return accounts, page.get("NextToken")
