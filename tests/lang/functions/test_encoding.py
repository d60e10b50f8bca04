"""Encoding functions, against what the real Terraform made of recorded calls, and their bounds."""

import base64
import gzip

import pytest

from guard.values.equality import compare
from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.joined import joined
from guard.values.types import ANY, BOOL, NUMBER, STRING
from guard.values.unknown import Input, Joined, Kind, Refinement
from guard.values.value import SENSITIVE, Value, object_of, string, tuple_of, unknown
from tests.lang.functions.calling import answer, call_with, evaluate, recorded_calls

NAMES = "base64decode base64encode base64gzip csvdecode jsondecode jsonencode urlencode"


@pytest.mark.parametrize(("expression", "expected"), recorded_calls(NAMES))
def test_as_terraform(expression, expected):
    assert answer(expression) == expected


X = unknown(STRING, Kind.NOT_GIVEN, Input("var.x"), "var.x is not given")


def test_unknown_parts_of_json_stay_pieces():
    one, other = (
        call_with("jsonencode", object_of({"user": X, "role": string(role)})) for role in ("ro", "rw")
    )
    assert isinstance(one.unknown.term, Joined)
    assert one.unknown.refinement.prefix == '{"role":"ro","user":'
    assert compare(one, other).is_equal is False


@pytest.mark.parametrize(
    ("start", "type"),
    [
        ('"', STRING),
        ("t", BOOL),
        ("-", NUMBER),
        ("7", NUMBER),
        ("{", ANY),
        ("[", ANY),
        ("n", ANY),
        ("  \t[", ANY),
    ],
)
def test_the_beginning_of_a_document_tells_its_type(start, type):
    refined = unknown(
        STRING, Kind.AT_APPLY, Input("x"), "known at apply", refinement=Refinement(prefix=start)
    )
    assert call_with("jsondecode", refined).type == type


def test_a_document_that_cannot_be_json_is_refused_early():
    refined = unknown(STRING, Kind.AT_APPLY, Input("x"), "known at apply", refinement=Refinement(prefix="x"))
    with pytest.raises(EvaluationError, match="cannot begin with the character 'x'"):
        call_with("jsondecode", refined)


def test_compressed_text_is_known_to_terraform_alone():
    result = evaluate('base64gzip("x")')
    assert result.unknown.kind is Kind.UNREAD
    assert compare(result, string("AAAA")).is_equal is False


def zipped(data: bytes) -> Value:
    return string(base64.b64encode(gzip.compress(data, mtime=0)).decode())


def test_gunzip():
    assert call_with("base64gunzip", zipped("é".encode())) == string("é")


def test_a_bomb_is_not_unpacked():
    with pytest.raises(NotDeterminedError, match="Text too large"):
        call_with("base64gunzip", zipped(b"\0" * 100_000_000))


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"no gzip", "failed to gunzip bytestream"),
        (gzip.compress(b"x" * 1000, mtime=0)[:-9], "failed to read gunzip raw data: unexpected EOF"),
        (gzip.compress(b"\xff", mtime=0), "not valid UTF-8"),
    ],
)
def test_what_gunzip_refuses(data, problem):
    with pytest.raises(EvaluationError, match=problem):
        call_with("base64gunzip", string(base64.b64encode(data).decode()))


@pytest.mark.parametrize(
    ("text", "expected"), [("a+b%20c%C3%A9", "a b cé"), ("", ""), ("%2B", "+"), ("é", "é")]
)
def test_urldecode(text, expected):
    assert call_with("urldecode", string(text)) == string(expected)


@pytest.mark.parametrize("text", ["%", "%4", "%zz", "a%2"])
def test_what_urldecode_refuses(text):
    with pytest.raises(EvaluationError, match="failed to decode URL"):
        call_with("urldecode", string(text))


def test_deep_json_is_refused():
    with pytest.raises(NotDeterminedError, match="nested too deeply"):
        call_with("jsondecode", string("[" * 100_000))


def test_values_that_are_written_out_many_times_are_too_expensive():
    value = tuple_of([string("x")])
    for _ in range(40):
        value = tuple_of([value, value])
    with pytest.raises(NotDeterminedError, match="too expensive"):
        call_with("jsonencode", value)


def test_a_sensitive_text_is_not_shown():
    with pytest.raises(EvaluationError, match="sensitive value"):
        call_with("base64decode", string("s3cret!").marked(SENSITIVE))
    with pytest.raises(EvaluationError) as refused:
        call_with("urldecode", string("%s3cret").marked(SENSITIVE))
    assert "s3" not in refused.value.diagnostic.detail


def test_json_of_inputs_is_read_back_with_the_inputs_in_it():
    value = object_of({"users": tuple_of([object_of({"name": X}), string('a"b')])})
    assert call_with("jsondecode", call_with("jsonencode", value)) == value


@pytest.mark.parametrize(
    "document",
    [
        joined(['{"user":"', X, '"}']),
        joined([call_with("jsonencode", X), "x"]),
        joined(["{", call_with("jsonencode", X), ":1}"]),
        joined(['["\\u00001",', call_with("jsonencode", X), "]"]),
        call_with("jsonencode", tuple_of([evaluate("local.unk")])),
        X,
    ],
)
def test_documents_that_take_all_of_the_text_to_tell(document):
    result = call_with("jsondecode", document)
    assert result.is_unknown
    assert result.type is ANY
