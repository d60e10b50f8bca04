"""IP network functions, against what the real Terraform made of recorded calls."""

import pytest

from tests.lang.functions.calling import answer, recorded_calls


@pytest.mark.parametrize(
    ("expression", "expected"), recorded_calls("cidrhost cidrnetmask cidrsubnet cidrsubnets")
)
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


@pytest.mark.parametrize(
    ("block", "address", "expected"),
    [
        ("192.168.2.0/20", "192.168.2.1", True),
        ("192.168.2.0/20", "192.126.2.1", False),
        ("192.168.2.0/20", "192.168.0.0/24", True),
        ("192.168.2.0/20", "192.168.0.0/16", False),
        ("fe80::/48", "fe80::1", True),
        ("fe80::/48", "fe81::1", False),
        ("fe80::/48", "fe80::/49", True),
    ],
)
def test_cidrcontains_as_opentofu(block, address, expected):
    """The examples of OpenTofu's own tests of the function."""
    assert answer(f'cidrcontains("{block}", "{address}")') == {"v": expected}


@pytest.mark.parametrize(
    ("block", "address", "problem"),
    [
        ("not-a-cidr", "192.168.2.1", "invalid CIDR address: not-a-cidr"),
        ("192.168.2.0/20", "not-an-address", "invalid IP address or prefix: not-an-address"),
        ("fe80::/48", "192.168.2.1", "address family mismatch: fe80::/48 vs. 192.168.2.1"),
    ],
)
def test_cidrcontains_refuses(block, address, problem):
    assert problem in answer(f'cidrcontains("{block}", "{address}")')["error"]
