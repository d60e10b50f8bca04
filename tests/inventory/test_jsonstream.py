"""Pulling JSON documents apart."""

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard.inventory.document import CHUNK, DocumentError, open_document
from guard.inventory.jsonstream import OMITTED, Json, JsonReader

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


@given(st.lists(st.tuples(st.text(), JSON)), st.sets(st.integers(0, 5)))
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


@pytest.mark.parametrize("value", [b"null", b"1", b'"x"', b"[1, [2]]", b"true"])
def test_what_is_no_object_has_no_members(value: bytes) -> None:
    reader = reader_of(value + b', "after": "here"}')
    found = [(key, list(reader.members()) if key == "values" else reader.text()) for key in reader.members()]
    assert found == [("values", []), ("after", "here")]


@pytest.mark.parametrize("value", [b"null", b'"x"', b'{"a": [1]}'])
def test_what_is_no_array_has_no_items(value: bytes) -> None:
    reader = reader_of(value + b', "after": true}')
    found = [(key, list(reader.items()) if key == "values" else reader.flag()) for key in reader.members()]
    assert found == [("values", []), ("after", True)]


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
        (b'{"values": "CANARY"} {}', "between byte 0 and byte 23"),
        (b'{"values": "CANARY\xff"}', "between byte 0 and byte 21"),
        (b'{"values": ' + b"1" * 5000 + b', "CANARY": 1}', "between byte 0"),
    ],
)
def test_broken_text_from_a_pipe(data: bytes, where: str) -> None:
    detail = broken(data)
    assert where in detail
    assert "CANARY" not in detail


@pytest.mark.parametrize("filler", [0, 3 * CHUNK])
def test_broken_text_in_a_file_is_located_exactly(tmp_path: Path, filler: int) -> None:
    start = b'{"values": "' + b"x" * filler + b'"'
    assert f"at byte {len(start) + 1}." in broken(start + b" CANARY}", tmp_path / "plan.json")


def test_a_file_cut_off_says_how_far_it_goes(tmp_path: Path) -> None:
    assert f"after byte {CHUNK + 7}," in broken(b'{"values"'.ljust(CHUNK + 7), tmp_path / "plan.json")


def test_depth_is_no_danger() -> None:
    reader = reader_of(b"[" * 1_000_000 + b"]" * 1_000_000 + b"}")
    assert list(reader.members()) == ["values"]
