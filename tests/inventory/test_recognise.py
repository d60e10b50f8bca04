"""What files are, by their first bytes."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from guard.inventory.recognise import ADVICE, READABLE, FileKind, encoding, recognise, utf8

PLANS = Path(__file__).parent.parent / "data" / "plans"


def zipped() -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("tfplan", b"x")
    return stream.getvalue()


CASES = {
    "plan as terraform writes it": (
        b'{"format_version":"1.2","terraform_version":"1.11.4","planned_values":{',
        "PLAN",
    ),
    "plan with variables first": (
        b'{"format_version":"1.2","terraform_version":"1.9.0","variables":{"a":',
        "PLAN",
    ),
    "plan sorted by jq": (b'{\n  "applyable": true,\n  "complete": true,\n  "configuration": {', "PLAN"),
    "plan after a byte order mark": (b'\xef\xbb\xbf{"format_version":"1.2","planned_values":{}}', "PLAN"),
    "plan after the line of a wrapper": (
        b'[command]/bin/terraform show -json x\n{"planned_values":{}',
        "PLAN",
    ),
    "state": (b'{"format_version":"1.0","terraform_version":"1.11.4","values":{"root_module":{', "STATE"),
    "raw state": (b'{\n  "version": 4,\n  "terraform_version": "1.11.4",\n  "serial": 4,', "RAW_STATE"),
    "state of OpenTofu, encrypted": (b'{"encrypted_data":"x","encryption_version":"v0"}', "ENCRYPTED_STATE"),
    "log": (b'{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}', "PLAN_LOG"),
    "binary plan": (zipped(), "BINARY_PLAN"),
    "text for people": (b"\x1b[1mTerraform will perform\x1b[0m the following actions:\n", "TEXT_PLAN"),
    "nothing": (b"", "EMPTY"),
    "blanks": (b" \n\t", "EMPTY"),
    "configuration": (b'resource "aws_iam_access_key" "a" {', "OTHER"),
    "array": (b"[1, 2]", "OTHER"),
    "some other object": (b'{"name": "x", "private": true}', "JSON"),
    "empty object": (b"{}", "JSON"),
    "an object that begins with a large value": (b'{"checks": [' + b"{}, " * 100, "JSON"),
}


@pytest.mark.parametrize("name", CASES)
def test_kind_by_the_first_bytes(name: str) -> None:
    head, kind = CASES[name]
    assert recognise(head) is FileKind[kind]


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_every_encoding_that_shells_write(codec: str) -> None:
    text = '{"format_version":"1.2","planned_values":{"é":1}}'
    head = text.encode(codec)
    assert recognise(head) is FileKind.PLAN
    assert utf8(head) == text.encode()


def test_encodings_are_told_by_mark_or_by_zero_bytes() -> None:
    assert encoding(b"\xff\xfe{\0") == ("utf-16-le", 2)
    assert encoding(b"\xfe\xff\0{") == ("utf-16-be", 2)
    assert encoding(b"\xef\xbb\xbf{") == ("utf-8", 3)
    assert encoding(b'{\0"\0') == ("utf-16-le", 0)
    assert encoding(b'\0{\0"') == ("utf-16-be", 0)
    assert encoding(b"") == encoding(b"{") == encoding(b'{"') == ("utf-8", 0)


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.json*")), ids=lambda path: path.name)
def test_recorded_files(path: Path) -> None:
    expected = FileKind.PLAN
    if path.name == "index.json":
        expected = FileKind.JSON
    if path.suffix == ".jsonl":
        expected = FileKind.PLAN_LOG
    if path.name.startswith("state-"):
        expected = FileKind.STATE if "show" in path.name else FileKind.RAW_STATE
    assert recognise(path.read_bytes()[:4096]) is expected


def test_what_cannot_be_read_comes_with_the_way_to_the_right_file() -> None:
    assert set(ADVICE) == set(FileKind) - READABLE
    for kind in (FileKind.PLAN_LOG, FileKind.BINARY_PLAN, FileKind.TEXT_PLAN, FileKind.EMPTY):
        assert "terraform show -json plan.out > plan.json" in ADVICE[kind]


def test_a_plan_sorted_by_key_is_recognised() -> None:
    plan = json.loads((PLANS / "create-one-key.json").read_text())
    plan["checks"] = []
    assert recognise(json.dumps(plan, sort_keys=True).encode()) is FileKind.PLAN
