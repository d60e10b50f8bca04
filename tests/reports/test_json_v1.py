"""The JSON report: its schema, its golden files, and that it keeps what must stay hidden hidden."""

import json

import pytest
from jsonschema import Draft202012Validator

from guard.reports import json_v1
from tests.reports.golden import check
from tests.reports.samples import AUDIT, LIVE_USER, SAMPLES, VIOLATION, hostile, report
from tests.reports.schemas import report_schema, valid_report
from tests.reports.viewers import runner_commands


@pytest.mark.parametrize("name", sorted(SAMPLES.keys() - {"many"}))
def test_golden(name):
    check(f"{name}.json", json_v1.render(SAMPLES[name]))


@pytest.mark.parametrize("name", SAMPLES)
def test_valid(name):
    valid_report(json_v1.render(SAMPLES[name]))


def test_hostile_text_stays_as_it_is_but_cannot_act():
    shown = json_v1.render(hostile())
    assert [user["user"] for user in valid_report(shown)["users"]] == [user.label for user in hostile().users]
    assert runner_commands(shown) == []
    assert shown.isascii()


def test_schema_is_closed_and_complete():
    schema = report_schema()
    Draft202012Validator.check_schema(schema)
    objects = [schema, *_objects(schema["$defs"])]
    assert len(objects) > 12
    for item in objects:
        assert set(item["required"]) == set(item["properties"])
        assert item["additionalProperties"] is False


def _objects(node):
    if isinstance(node, dict):
        if "properties" in node:
            yield node
        for child in node.values():
            yield from _objects(child)
    elif isinstance(node, list):
        for child in node:
            yield from _objects(child)


def test_an_unknown_member_is_refused():
    document = json.loads(json_v1.render(VIOLATION))
    document["users"][0]["secret"] = "x"
    assert not Draft202012Validator(report_schema()).is_valid(document)


def test_key_ids_are_masked_unless_asked_for():
    assert "AKIAIOSFODNN7" not in json_v1.render(AUDIT)
    assert '"****MPLE"' in json_v1.render(AUDIT)
    assert '"AKIAIOSFODNN7EXAMPLE"' in json_v1.render(report(LIVE_USER, show_key_ids=True))


def test_times_are_utc():
    user = valid_report(json_v1.render(AUDIT))["users"][0]
    assert {key["created"] for key in user["keys"]} == {"2024-01-02T03:04:05Z", "2025-06-01T00:00:00Z"}
