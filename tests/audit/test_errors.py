"""What AWS and boto3 raise to what it means."""

from __future__ import annotations

import pytest
from botocore import exceptions as botocore
from botocore.parsers import ResponseParserError
from botocore.session import get_session

from guard.aws.errors import TROUBLE_OF_CODE, OutOfTimeError, Trouble, aws_error


def client_error(code: str, message: str = "no") -> botocore.ClientError:
    return botocore.ClientError({"Error": {"Code": code, "Message": message}}, "ListUsers")


@pytest.mark.parametrize(
    ("caught", "trouble"),
    [
        (client_error("AccessDenied"), Trouble.DENIED),
        (client_error("RegionDisabledException"), Trouble.DENIED),
        (client_error("ExpiredToken"), Trouble.CREDENTIALS),
        (client_error("Throttling"), Trouble.THROTTLED),
        (client_error("TooManyRequestsException"), Trouble.THROTTLED),
        (client_error("NoSuchEntity"), Trouble.GONE),
        (client_error("ReportInProgress"), Trouble.NOT_READY),
        (client_error("ReportNotPresent"), Trouble.NO_REPORT),
        (client_error("ReportExpired"), Trouble.NO_REPORT),
        (client_error("LimitExceeded"), Trouble.LIMIT),
        (client_error("SomethingNew"), Trouble.FAILED),
        (botocore.ClientError({}, "ListUsers"), Trouble.FAILED),
        (botocore.NoCredentialsError(), Trouble.NO_CREDENTIALS),
        (botocore.UnauthorizedSSOTokenError(), Trouble.CREDENTIALS),
        (botocore.CredentialRetrievalError(provider="x", error_msg="y"), Trouble.CREDENTIALS),
        (botocore.EndpointConnectionError(endpoint_url="x"), Trouble.UNREACHABLE),
        (botocore.ReadTimeoutError(endpoint_url="x"), Trouble.UNREACHABLE),
        (botocore.IncompleteReadError(actual_bytes=1, expected_bytes=2), Trouble.UNREACHABLE),
        (ResponseParserError(), Trouble.FAILED),
        (OutOfTimeError("over"), Trouble.OUT_OF_TIME),
        (ValueError("no date"), Trouble.FAILED),
        (KeyError("Users"), Trouble.FAILED),
    ],
)
def test_trouble(caught: Exception, trouble: Trouble) -> None:
    assert aws_error("iam:ListUsers", caught).trouble is trouble


def test_every_report_error_is_known() -> None:
    """As botocore's own model of IAM names them."""
    iam = get_session().get_service_model("iam")
    for action in ("GetCredentialReport", "GenerateCredentialReport", "ListAccessKeys", "ListUsers"):
        for shape in iam.operation_model(action).error_shapes:
            code = shape.metadata["error"]["code"]
            assert code in TROUBLE_OF_CODE or code == "ServiceFailure", code


def test_text_is_one_short_line_without_key_ids() -> None:
    error = aws_error(
        "iam:ListUsers", client_error("AccessDenied", "ASIAABCDEFGHIJKL1234 \n may not\t" + "x" * 9999)
    )
    assert error.text.startswith("iam:ListUsers: AccessDenied: ****1234 may not x")
    assert len(error.text) < 700
    assert "ASIA" not in str(error)


def test_explained_says_who_and_what_to_do() -> None:
    told = aws_error("iam:ListUsers", client_error("AccessDenied", "no.")).explained("Account 1 not audited")
    assert told.summary == "Access denied"
    assert told.detail.startswith(
        "Account 1 not audited: iam:ListUsers: AccessDenied: no. `iam-key-guard audit --print-policy`"
    )


def test_a_key_id_beside_an_underscore_is_masked() -> None:
    error = aws_error("iam:ListUsers", client_error("AccessDenied", "key_AKIAIOSFODNN7EXAMPLE_is no good"))
    assert "AKIAIOSF" not in error.text
