"""The credential report's CSV: what AWS was seen to send, and what it might."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.inventory.account.report import CredentialReport, UnreadableReportError, parse_report, row_reading
from guard.inventory.model import Account, LastUse
from tests.audit.fake_accounts import HEADER, NOW
from tests.audit.fake_accounts import Account as FakeAccount

HEAD = HEADER
DAY = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def row(name: str, first: str = "", second: str = "", arn: str | None = None) -> str:
    """A line; a slot is `active,rotated,used,region,service`."""
    empty = "false,N/A,N/A,N/A,N/A"
    arn = f"arn:aws:iam::111111111111:user/{name}" if arn is None else arn
    start = f"{name},{arn},2020-01-01T00:00:00Z,false,N/A,N/A,N/A,false"
    return f"{start},{first or empty},{second or empty},false,N/A,false,N/A"


def parse(*lines: str, head: str = HEAD) -> CredentialReport:
    return parse_report("\n".join([head, *lines]).encode(), NOW)


USED = "true,2026-01-02T03:04:05Z,2026-01-02T03:04:05+00:00,eu-west-1,s3"
OFF = "false,2026-01-02T03:04:05Z,N/A,N/A,N/A"


def test_keys_of_a_row() -> None:
    report = parse(row("ann", USED, OFF))
    used, off = row_reading(Account("1"), report.rows[0], report, report.generated).keys
    assert used.created == DAY
    assert used.last_used == LastUse(DAY, "s3", "eu-west-1")
    assert off.active.high == 0
    assert off.last_used == LastUse(None, None, None)
    assert used.key_id is None


@pytest.mark.parametrize("word", ["no_information", "not_supported", "", "soon"])
def test_a_last_use_that_nobody_knows_is_not_never(word: str) -> None:
    report = parse(row("ann", f"true,2026-01-02T03:04:05Z,{word},N/A,N/A"))
    assert report.rows[0].slots[0].last_used is None


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        (row("ann", "maybe,2026-01-02T03:04:05Z,N/A,N/A,N/A"), "whether a key"),
        (row("ann", ",N/A,N/A,N/A,N/A"), "whether a key"),
        (row("ann", "no_information,N/A,N/A,N/A,N/A"), "whether a key"),
        (row("ann", "true,N/A,N/A,N/A,N/A"), "how old"),
        (row("ann", "true,yesterday,N/A,N/A,N/A"), "how old"),
        (row("ann", arn="arn:aws:iam::1:user/bob"), "disagree"),
        (row("ann", arn=""), "disagree"),
        (row("ann") + ",more", "wrong length"),
        (row("ann").rpartition(",")[0], "wrong length"),
        (row("ann,b"), "wrong length"),
    ],
)
def test_what_looks_odd_is_doubted(line: str, doubt: str) -> None:
    [found] = parse(line).rows
    assert doubt in (found.doubt or "")


def test_not_supported_is_no_key() -> None:
    [found] = parse(row("ann", "not_supported,not_supported,N/A,N/A,N/A")).rows
    assert (found.doubt, found.slots) == (None, ())


def test_a_name_with_a_comma_is_whole() -> None:
    """How AWS quotes it is not known: unquoted, the ARN shows where the name ends; quoted, it is a cell."""
    assert [found.name for found in parse(row("ann,b")).rows] == ["ann,b"]
    quoted = (
        row("ann,b")
        .replace("ann,b", '"ann,b"', 1)
        .replace("arn:aws:iam::111111111111:user/ann,b", '"arn:aws:iam::111111111111:user/ann,b"')
    )
    [found] = parse(quoted).rows
    assert (found.name, found.doubt) == ("ann,b", None)


def test_lines_that_name_nobody_are_counted() -> None:
    assert parse("x", row(""), row("ann")).unclear == 2


def test_both_slots_taken_may_hide_a_third_key() -> None:
    assert parse(row("ann", USED, OFF)).rows[0].full
    assert not parse(row("ann", USED)).rows[0].full


@pytest.mark.parametrize(("word", "doubted"), [("N/A", False), ("", False), ("3 keys", True)])
def test_the_column_for_more_keys(word: str, doubted: bool) -> None:
    head = f"{HEAD},additional_credentials_info"
    [found] = parse(f"{row('ann', USED, OFF)},{word}", head=head).rows
    assert bool(found.doubt) is doubted
    assert not found.full


def test_more_columns_and_another_order() -> None:
    head = ",".join(["extra", *reversed(HEAD.split(","))])
    line = ",".join(["x", *reversed(row("ann", USED).split(","))])
    [found] = parse(line, head=head).rows
    assert (found.name, found.active, found.doubt) == ("ann", 1, None)


def test_a_user_that_is_there_twice_is_doubted() -> None:
    [found] = parse(row("ann"), row("ann", USED)).rows
    assert found.doubt


def test_root_is_apart() -> None:
    report = parse(row("<root_account>", USED, arn="arn:aws:iam::111111111111:root"), row("ann"))
    assert report.root is not None
    assert report.root.active == 1
    assert len(report.rows) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\n",
        b"user,arn\nx,y",
        b"user,access_key_1_active\n",
        b"\xff\xff",
        b'user,arn,access_key_1_active\n"x',
        (HEAD + ",user").encode(),
    ],
)
def test_no_report(content: bytes) -> None:
    with pytest.raises(UnreadableReportError):
        parse_report(content, NOW)


def test_what_the_fake_makes_is_read_back() -> None:
    account = FakeAccount("111111111111")
    account.add("Zoe", "Active")
    account.add("ann", "Active", "Inactive")
    report = parse_report(account.make_report(), NOW)
    assert [(found.name, found.active, found.doubt) for found in report.rows] == [
        ("ann", 1, None),
        ("Zoe", 1, None),
    ]


@given(st.lists(st.text(alphabet='ab,"\n\r truefalse:/N/A', max_size=40), max_size=8))
def test_garbage_never_settles_a_user(lines: list[str]) -> None:
    """Whatever follows the header, a row is settled only if its ARN is that of its name."""
    try:
        report = parse(*lines)
    except UnreadableReportError:
        return
    assert all(found.doubt for found in report.rows)
