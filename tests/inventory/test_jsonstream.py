"""Pulling JSON documents apart."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.inventory.document import CHUNK, DocumentError, open_document
from guard.inventory.jsonstream import OMITTED, Json, JsonReader, parts

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=30,
)


def reader_of(data: bytes) -> JsonReader:
    with open_document("-", io.BytesIO(b'{"values":' + data)) as document:
        return JsonReader(document)


def first_value(data: bytes) -> Json:
    reader = reader_of(data)
    values = [reader.value() for _ in reader.members()]
    reader.finish()
    return values[0]


@given(JSON)
def test_value_reads_what_json_reads(value: Json) -> None:
    text = json.dumps(value).encode("utf-8", "surrogatepass")
    assert first_value(text + b"}") == json.loads(text)


@given(st.lists(st.tuples(st.text(), JSON), unique_by=lambda member: member[0]), st.sets(st.integers(0, 5)))
def test_what_is_not_read_is_skipped(members: list[tuple[str, Json]], wanted: set[int]) -> None:
    text = "{" + ",".join(f"{json.dumps(key)}:{json.dumps(value)}" for key, value in members) + "}"
    reader = reader_of(text.encode() + b"}")
    found = []
    for _ in reader.members():
        for place, key in enumerate(reader.members()):
            if place in wanted:
                found.append((place, key, reader.value()))
    reader.finish()
    assert found == [(place, key, value) for place, (key, value) in enumerate(members) if place in wanted]


def test_items_members_texts_and_flags() -> None:
    reader = reader_of(b'{"a": [1, "two", [3], {"x": 4}, true, null], "b": "text", "c": true, "d": 5}}')
    found: dict[str, object] = {}
    for _ in reader.members():
        for key in reader.members():
            match key:
                case "a":
                    found[key] = [reader.text() for _ in reader.items()]
                case "b":
                    found[key] = reader.text()
                case "c":
                    found[key] = reader.flag()
    assert found == {"a": [None, "two", None, None, None, None], "b": "text", "c": True}


def test_null_has_no_members_and_no_items() -> None:
    reader = reader_of(b'null, "items": null, "after": "here"}')
    parts = {"values": reader.members, "items": reader.items}
    found = [(key, list(parts[key]()) if key in parts else reader.text()) for key in reader.members()]
    assert found == [("values", []), ("items", []), ("after", "here")]


@pytest.mark.parametrize("value", [b"1", b'"CANARY"', b'["CANARY", [2]]', b"true"])
def test_what_is_no_object_is_refused(value: bytes) -> None:
    reader = reader_of(value + b"}")
    with pytest.raises(DocumentError) as caught:
        [list(reader.members()) for _ in reader.members()]
    assert 'value of "values" should be an object' in caught.value.diagnostic.detail
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize("value", [b'"CANARY"', b'{"CANARY": [1]}', b"0"])
def test_what_is_no_list_is_refused(value: bytes) -> None:
    reader = reader_of(value + b"}")
    with pytest.raises(DocumentError) as caught:
        [list(reader.items()) for _ in reader.members()]
    assert 'value of "values" should be a list' in caught.value.diagnostic.detail
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(("key", "shown"), [("values", '"values"'), ("CANARY", "a member")])
def test_a_member_that_is_there_twice_is_refused(key: str, shown: str) -> None:
    reader = reader_of(f'1, "{key}": 2, "{key}": 3}}'.encode())
    with pytest.raises(DocumentError) as caught:
        list(reader.members())
    assert f"has {shown} twice" in caught.value.diagnostic.detail


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (b'{"a": true, "b": false, "c": true, "d": {"x": true}}', {"a"}),
        (b"true", {"a", "b", "d"}),
        (b"false", set()),
        (b"null", set()),
    ],
)
def test_flags(value: bytes, expected: set[str]) -> None:
    reader = reader_of(value + b"}")
    assert [reader.flags(frozenset({"a", "b", "d"})) for _ in reader.members()] == [expected]


def test_what_is_too_large_is_left_out() -> None:
    reader = reader_of(
        json.dumps(["x" * 3000, 1.5]).encode() + b', "b": ' + b"[" * 5000 + b"]" * 5000 + b', "c": 1}'
    )
    assert [reader.value() for _ in reader.members()] == [[OMITTED, "1.5"], OMITTED, 1]


def broken(data: bytes, path: Path | None = None) -> str:
    if path is None:
        with open_document("-", io.BytesIO(data)) as document, pytest.raises(DocumentError) as caught:
            _drain(JsonReader(document))
    else:
        path.write_bytes(data)
        with open_document(str(path)) as document, pytest.raises(DocumentError) as caught:
            _drain(JsonReader(document))
    assert caught.value.diagnostic.summary == "Invalid JSON"
    return caught.value.diagnostic.detail


def _drain(reader: JsonReader) -> None:
    for _ in reader.members():
        pass
    reader.finish()


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b'{"values": {"secret": "CANARY"', "ends after byte 30"),
        (b'{"values": {"secret": "CANARY', "ends after byte 29"),
        (b'{"values": "CANARY" x}', "between byte 0 and byte 22"),
        (b'{"values": "CANARY"} {}', "between byte 0 and byte 23. More text follows after the end"),
        (b'{"values": "CANARY\xff"}', "between byte 0 and byte 21"),
        (b'{"values": ' + b"1" * 5000 + b', "CANARY": 1}', "between byte 0"),
    ],
)
def test_broken_text_from_a_pipe(data: bytes, where: str) -> None:
    detail = broken(data)
    assert where in detail
    assert "CANARY" not in detail


@pytest.mark.parametrize("filler", [b"", b"x" * 3 * CHUNK, b'", "' * 3 * CHUNK])
def test_broken_text_in_a_file_is_located_exactly(tmp_path: Path, filler: bytes) -> None:
    start = b'{"values": ["' + filler + b'"'
    assert f"at byte {len(start) + 1}." in broken(start + b" CANARY}", tmp_path / "plan.json")


def test_a_file_cut_off_says_how_far_it_goes(tmp_path: Path) -> None:
    assert f"after byte {CHUNK + 7}," in broken(b'{"values"'.ljust(CHUNK + 7), tmp_path / "plan.json")


def test_depth_is_no_danger() -> None:
    reader = reader_of(b"[" * 1_000_000 + b"]" * 1_000_000 + b"}")
    assert list(reader.members()) == ["values"]


def test_a_long_text_is_given_to_the_parser_in_ever_larger_parts() -> None:
    """It reads the text anew with each part: as many small parts as a text has would take a time of n²."""
    found: list[tuple[str, object]] = []
    given = []
    for part in parts(iter([b"x"] * 40), found):
        given.append(len(part))
        if sum(given) in (15, 16, 17):
            found.append(("string", "x"))
    assert given == [1, 2, 4, 8, 1, 1, 1, 2, 4, 8, 8]
