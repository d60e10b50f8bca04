"""Plans and states from files and pipes, in whatever wrapping."""

from collections.abc import Iterator
from io import BytesIO, RawIOBase
from pathlib import Path

import pytest

from guard.inventory.document import CHUNK, DocumentError, open_document
from guard.inventory.recognise import FileKind

PLAN = b'{"format_version":"1.2","planned_values":{}}'


class Pipe(RawIOBase):
    """A stream that cannot seek and gives little at a time."""

    def __init__(self, data: bytes, at_once: int) -> None:
        self.rest, self.at_once = data, at_once

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)
        part = self.rest[: min(len(view), self.at_once)]
        self.rest = self.rest[len(part) :]
        view[: len(part)] = part
        return len(part)


def text_of(data: bytes) -> tuple[bytes, int]:
    with open_document("-", BytesIO(data)) as document:
        return b"".join(document.chunks()), len(document.warnings)


@pytest.mark.parametrize(
    ("data", "text", "warnings"),
    [
        (PLAN, PLAN, 0),
        (b"\xef\xbb\xbf" + PLAN, PLAN, 0),
        (PLAN.decode().encode("utf-16"), PLAN, 0),
        (PLAN.decode().encode("utf-16-be"), PLAN, 0),
        (b"[command]/opt/terraform-bin show -json plan.out\n" + PLAN, PLAN, 1),
        (b"\n[command]/opt/terraform-bin show -json plan.out\r\n" + PLAN, PLAN, 1),
        (PLAN + b"\n\n::debug::Terraform exited with code 0.\n::set-output name=x::y", PLAN + b"\n\n", 1),
        (b"[command]x\n" + PLAN + b"\n::debug::x", PLAN + b"\n", 1),
        (
            b'{"values":"::debug::", "b": "arn:aws:iam::1:x"}',
            b'{"values":"::debug::", "b": "arn:aws:iam::1:x"}',
            0,
        ),
    ],
)
def test_only_the_document_is_left(data: bytes, text: bytes, warnings: int) -> None:
    assert text_of(data) == (text, warnings)


def test_the_warning_says_how_to_mend_it() -> None:
    with open_document("-", BytesIO(b"[command]x\n" + PLAN)) as document:
        list(document.chunks())
    assert "terraform_wrapper: false" in document.warnings[0].detail
    assert document.warnings[0].file == "standard input"


@pytest.mark.parametrize("at_once", [1, 7, CHUNK])
def test_a_pipe_may_give_any_amount_at_a_time(at_once: int) -> None:
    text = '{"values": "' + "é" * CHUNK + '"}'
    with open_document("-", Pipe(text.encode("utf-16"), at_once)) as document:
        assert document.kind is FileKind.STATE
        assert b"".join(document.chunks()) == text.encode()
        assert document.replay() is None


def test_commands_after_the_document_across_chunks() -> None:
    filler = b" " * (CHUNK - len(PLAN) - 1)
    assert text_of(PLAN + filler + b"\n" + b"::debug::x") == (PLAN + filler + b"\n", 1)


def test_a_file_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(b"\xef\xbb\xbf" + PLAN * 10_000)
    with open_document(str(path)) as document:
        first = b"".join(document.chunks())
        again: Iterator[bytes] = document.replay() or iter(())
        assert b"".join(again) == first == PLAN * 10_000


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with (
        pytest.raises(DocumentError, match="Cannot open the file: No such file"),
        open_document(str(tmp_path / "plan.json")),
    ):
        pass


def test_a_directory_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="Cannot open the file"), open_document(str(tmp_path)):
        pass


def test_broken_utf16_is_an_error_without_its_text() -> None:
    data = '{"values": "CANARY'.encode("utf-16") + b"\x00\xd8\x00"
    with open_document("-", BytesIO(data)) as document, pytest.raises(DocumentError) as caught:
        list(document.chunks())
    assert caught.value.diagnostic.summary == "Invalid encoding"
    assert "CANARY" not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "summary"),
    [
        (b"", "Cannot read an empty file"),
        (b"PK\x03\x04rest", "Cannot read a binary plan"),
        (b'{"@level":"info"}', "Cannot read a plan log"),
        (b"Terraform will perform the following actions", "Cannot read a plan as text"),
        (b'{"encrypted_data":"x"}', "Cannot read an encrypted state"),
        (b"hello", "Cannot read this file"),
    ],
)
def test_what_is_not_readable_is_refused(data: bytes, summary: str) -> None:
    with open_document("-", BytesIO(data)) as document, pytest.raises(DocumentError) as caught:
        list(document.chunks())
    assert caught.value.diagnostic.summary == summary
