"""Files become texts whatever their bytes are, and one that cannot be read is a diagnostic."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from guard.diagnostics import GuardError
from guard.syntax.characters import UNDECODABLE
from guard.syntax.load import decode, read_source


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"a\r\nb\n", "a\r\nb\n"),
        (b"\xef\xbb\xbfa", "a"),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa"),
        ("é日".encode(), "é日"),
        (b"# caf\xe9", f"# caf{UNDECODABLE}"),
        (b"\xef\xbb\xbf# \xff\xe9", f"# {UNDECODABLE * 2}"),
        (b"\xed\xa0\x80", UNDECODABLE * 3),
    ],
)
def test_decodes(data: bytes, text: str) -> None:
    assert decode(data) == text
    decode(data).encode()


def test_reads_a_file_under_the_path_that_is_shown(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_bytes(b"a = 1\n")
    source = read_source(tmp_path / "main.tf", "envs/prod/main.tf")
    assert (source.path, source.text) == ("envs/prod/main.tf", "a = 1\n")


def test_what_cannot_be_read_is_a_diagnostic(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.tf")
    (tmp_path / "loop.tf").symlink_to("loop.tf")
    for name in ("absent.tf", ".", "pipe.tf", "loop.tf"):
        with pytest.raises(GuardError) as caught:
            read_source(tmp_path / name, "shown.tf")
        diagnostic = caught.value.diagnostic
        assert (diagnostic.summary, diagnostic.file) == ("Failed to read file", "shown.tf")
