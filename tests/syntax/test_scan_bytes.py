"""The bytes of a file give away what Terraform would read in it."""

from __future__ import annotations

import pytest

from guard.syntax.scan_bytes import Traces, examine, unescaped


@pytest.mark.parametrize(
    ("data", "plain"),
    [
        (b"a", b"a"),
        (rb"aws_iam\u005Faccess_key", b"aws_iam_access_key"),
        (rb"\U0000005f\u00e9\/", b"_\xc3\xa9/"),
        (rb"\u005 \U0000005 \n \x5f", rb"\u005 \U0000005 \n \x5f"),
        (rb"\U00110000\uD800", b"\\U00110000\xed\xa0\x80"),
    ],
)
def test_escapes_are_decoded_wherever_they_stand(data: bytes, plain: bytes) -> None:
    assert unescaped(data) == plain


def test_the_rest_of_the_buffer_is_not_looked_at() -> None:
    traces = Traces()
    data = bytearray(b'locals {}\nmodule "m" { source = "./a" }\n# iam_access_key "./b"')
    examine(data, 9, "main.tf", traces)
    assert traces == Traces()
    examine(data, data.index(b"#"), "main.tf", traces)
    assert traces == Traces(sources={"./a"})
    examine(data, len(data), "main.tf", traces)
    assert traces == Traces(key=True, sources={"./a"})


@pytest.mark.parametrize(
    ("source", "traces"),
    [
        (' = "./a"', Traces(sources={"./a"})),
        (' /* here */ = "./a"', Traces(sources={"./a"})),
        (' = /* here */ "./a" # there', Traces(sources={"./a"})),
        (' = "./a/$${b}"', Traces(sources={"./a/${b}"})),
        (' = "a/b/c"', Traces(remote=True)),
        (' = /* here */ "a/b/c"', Traces(remote=True)),
        (' = "git::https://example.com/a"', Traces(remote=True)),
        (' = "/modules"', Traces(remote=True)),
        (' = "bucket.s3.amazonaws.com/a.zip"', Traces(remote=True)),
        (' = "hashicorp/aws"', Traces()),
        (r' = ".\\a"', Traces(sources={r".\a"})),
        (r' = "./a\u0022 }"', Traces(sources={'./a" }'})),
        (" = local.a", Traces(doubtful=True)),
        (' = "./${local.a}"', Traces(doubtful=True)),
        (' = "./a', Traces(doubtful=True)),
    ],
)
def test_the_source_of_a_module(source: str, traces: Traces) -> None:
    data = f'locals {{\n  a = "./b"\n}}\nmodule "m" {{\n  source{source}\n}}\n'.encode()
    found = Traces()
    examine(data, len(data), "main.tf", found)
    assert found == traces
