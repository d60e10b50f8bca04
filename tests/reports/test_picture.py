"""The picture of users and places: where everything lies."""

from guard.inventory.model import Count
from guard.reports.picture import MOST_USERS, picture
from guard.rules import Verdict
from tests.reports.samples import SAMPLES, at, holder, key, report


def test_no_users_no_picture():
    assert picture(SAMPLES["empty"]) is None


def test_worst_users_first_and_a_line_for_each_place():
    drawn = picture(SAMPLES["mixed"])
    assert drawn is not None
    assert [(row.text, row.verdict, len(row.squares)) for row in drawn.users] == [
        ("alice", "violation", 3),
        ("bob", "possible", 2),
        ("each.value", "undetermined", 1),
        ("eve", "waived", 2),
        ("dave", "pass", 1),
    ]
    assert [row.text for row in drawn.places] == ["modules/ci/main.tf", "envs/prod", "envs/prod/main.tf"]
    heights = {row.y for row in drawn.places}
    assert {edge.from_y for edge in drawn.edges} == heights
    assert all(0 < row.y < drawn.height for row in (*drawn.users, *drawn.places))


def test_many_users_and_many_keys():
    keys = [key("zoe", f"module.m.aws_iam_access_key.k[{n}]", at("aws_iam_access_key")) for n in range(30)]
    users = [holder(Verdict.PASS, Count(1, 1), key(f"u{n}", f"a.k[{n}]")) for n in range(100)]
    drawn = picture(report(*users, holder(Verdict.VIOLATION, Count(30, 30), *keys)))
    assert drawn is not None
    assert len(drawn.users) == MOST_USERS
    assert drawn.left_out == 61
    assert (drawn.users[0].text, drawn.users[0].more) == ("zoe", "+24")


def test_long_names_keep_their_end():
    drawn = picture(report(holder(Verdict.PASS, Count(1, 1), key("a" * 60 + "-prod", "a.k"))))
    assert drawn is not None
    assert drawn.users[0].text.endswith("-prod")
    assert len(drawn.users[0].text) == 36
