"""boto3's many errors to one, by what it means for an audit."""

from __future__ import annotations

import re
from enum import Enum

from guard.diagnostics import Diagnostic, GuardError, error

LONGEST_MESSAGE = 600
_KEY_ID = re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{8,124}([A-Z0-9]{4})(?![A-Za-z0-9])")


class Trouble(Enum):
    """What went wrong with a call. The value is the diagnostic's summary."""

    DENIED = "Access denied"
    NO_CREDENTIALS = "No credentials found"
    CREDENTIALS = "Credentials expired or refused"
    GONE = "No such user"
    THROTTLED = "Throttled by AWS"
    NOT_READY = "Credential report not ready"
    NO_REPORT = "No credential report"
    LIMIT = "Limit exceeded"
    UNREACHABLE = "AWS not reachable"
    OUT_OF_TIME = "Out of time"
    FAILED = "AWS call failed"


_CODES = {
    Trouble.DENIED: (
        "AccessDenied",
        "AccessDeniedException",
        "UnauthorizedOperation",
        "OptInRequired",
        "RegionDisabledException",
    ),
    Trouble.CREDENTIALS: (
        "ExpiredToken",
        "ExpiredTokenException",
        "IncompleteSignature",
        "InvalidClientTokenId",
        "NotAuthorized",
        "RequestExpired",
        "SignatureDoesNotMatch",
        "UnrecognizedClientException",
    ),
    Trouble.GONE: ("NoSuchEntity", "NoSuchEntityException"),
    Trouble.NOT_READY: ("ReportInProgress",),
    Trouble.NO_REPORT: ("ReportNotPresent", "ReportExpired"),
    Trouble.LIMIT: ("LimitExceeded",),
    Trouble.THROTTLED: (
        "LimitExceededException",
        "PriorRequestNotComplete",
        "RequestLimitExceeded",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    ),
}
TROUBLE_OF_CODE = {code: trouble for trouble, codes in _CODES.items() for code in codes}

_ADVICE = {
    Trouble.DENIED: "`iam-key-guard audit --print-policy` prints the permissions that are needed; "
    "a service control policy or a permissions boundary may also forbid the call.",
    Trouble.NO_CREDENTIALS: "Sign in (`aws sso login`), set AWS_PROFILE or the AWS_* variables, or give "
    "--profile; in CI, let the job assume a role.",
    Trouble.CREDENTIALS: "Sign in again or renew the credentials; a role's session may be too short "
    "(chained roles last one hour at most).",
    Trouble.THROTTLED: "Try again, later or with a smaller --max-rate.",
    Trouble.NOT_READY: "Try again later, or allow more time with --report-wait.",
    Trouble.UNREACHABLE: "Check the network, the proxy and the endpoint.",
    Trouble.OUT_OF_TIME: "Allow more time with --timeout, or split the accounts with --shard.",
}


class OutOfTimeError(Exception):
    """The run's deadline has passed, or the run was stopped: no more calls."""


class AwsError(GuardError):
    """A call that gave no answer.

    trouble: what that means. action: as policies name it, `iam:ListUsers`. code: AWS's own, or the
    name of boto3's error.
    """

    def __init__(self, trouble: Trouble, action: str, code: str, message: str) -> None:
        self.trouble = trouble
        self.action = action
        self.code = code
        self.text = f"{action}: {code}: {_clean(message)}" if message else f"{action}: {code}"
        super().__init__(self.explained())

    def explained(self, who: str = "") -> Diagnostic:
        """The diagnostic; who: what could not be read because of it, as the start of the sentence."""
        parts = (f"{who}: {self.text}" if who else self.text, _ADVICE.get(self.trouble, ""))
        return error(self.trouble.value, ". ".join(part.rstrip(".") for part in parts if part) + ".")


def _clean(message: str) -> str:
    """One line, cut, without access key ids."""
    return _KEY_ID.sub(r"****\1", " ".join(message.split()))[:LONGEST_MESSAGE]


def aws_error(action: str, caught: Exception) -> AwsError:
    """The AwsError that a botocore exception (or OutOfTimeError) amounts to."""
    from botocore import exceptions as botocore

    name = type(caught).__name__
    match caught:
        case botocore.ClientError():
            code = str(caught.response.get("Error", {}).get("Code") or "Unknown")
            message = str(caught.response.get("Error", {}).get("Message") or "")
            return AwsError(TROUBLE_OF_CODE.get(code, Trouble.FAILED), action, code, message)
        case OutOfTimeError():
            return AwsError(Trouble.OUT_OF_TIME, action, "not called", str(caught))
        case botocore.HTTPClientError() | botocore.ConnectionError() | botocore.IncompleteReadError():
            return AwsError(Trouble.UNREACHABLE, action, name, str(caught))
        case botocore.NoCredentialsError():
            return AwsError(Trouble.NO_CREDENTIALS, action, name, str(caught))
        case (
            botocore.PartialCredentialsError()
            | botocore.CredentialRetrievalError()
            | botocore.SSOError()
            | botocore.TokenRetrievalError()
            | botocore.LoginError()
        ):
            return AwsError(Trouble.CREDENTIALS, action, name, str(caught))
        case _:
            return AwsError(Trouble.FAILED, action, name, str(caught))
