"""The outputs of a step, read as the runner reads them."""

import json
import re

import pytest
from hypothesis import given

from guard.inventory.model import Count
from guard.records import replace
from guard.reports import outputs
from guard.rules import Verdict
from tests.reports.hostile import TEXTS, carrying
from tests.reports.samples import SAMPLES, holder, key, report
from tests.reports.viewers import step_outputs


def test_values():
    values = step_outputs(outputs.render(SAMPLES["mixed"], {"sarif": "a.sarif", "html": "x"}))
    users = json.loads(values.pop("users"))
    assert values == {
        "verdict": "violation",
        "exit-code": "1",
        "findings-count": "3",
        "sarif-file": "a.sarif",
        "json-file": "",
    }
    assert [user["user"] for user in users] == ["alice", "bob", "each.value"]
    assert users[0] == {
        "account": "default", "user": "alice", "root": "envs/prod", "verdict": "violation",
        "active": {"min": 2, "max": 2},
    }  # fmt: skip


def test_what_a_waiver_covers_is_left_out_and_a_name_without_end_hides_no_other():
    waiver = SAMPLES["waiver"].users[0].waived
    endless, waived, other = (
        holder(Verdict.VIOLATION, Count(2, 2), key(name, None)) for name in ("y" * 60_000, "eve", "bob")
    )
    text = outputs.users(report(endless, replace(waived, waived=waiver), other))
    assert [user["user"] for user in json.loads(text)] == ["bob"]


def test_delimiters_are_fresh():
    delimiters = re.findall(
        "<<(.*)", outputs.render(SAMPLES["mixed"], {}) + outputs.render(SAMPLES["mixed"], {})
    )
    assert len(set(delimiters)) == len(delimiters) == 12


@given(TEXTS)
def test_text_adds_no_output_and_nothing_for_a_shell(text):
    values = step_outputs(outputs.render(carrying(text), {"json": "a.json"}))
    assert set(values) == {"verdict", "exit-code", "findings-count", "users", "sarif-file", "json-file"}
    assert json.loads(values["users"])[0]["user"] == text
    assert not re.search(r"[`$'<>&;|\n\r]", values["users"])


@pytest.mark.parametrize("number", [2_000])
def test_users_are_bounded_and_still_json(number):
    users = [holder(Verdict.VIOLATION, Count(2, 2), key(f"user{n}", f"a.k[{n}]")) for n in range(number)]
    text = outputs.users(report(*users))
    assert 40_000 < len(text) <= 50_000
    assert 200 < len(json.loads(text)) < number
