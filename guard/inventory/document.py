"""A file or standard input to chunks of UTF-8, whatever encoding and wrapping it came in."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import chain
from pathlib import Path

from guard.diagnostics import Diagnostic, GuardError, Severity
from guard.inventory.recognise import ADVICE, READABLE, FileKind, encoding, recognise, without_wrapper
from guard.records import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

CHUNK = 1 << 16
STANDARD_INPUT = "-"


class DocumentError(GuardError):
    """A plan or state that cannot be read: never a pass."""

    def __init__(self, name: str, summary: str, detail: str) -> None:
        super().__init__(Diagnostic(Severity.ERROR, summary, detail, file=name))


@dataclass(slots=True)
class Document:
    """An open plan or state.

    name: as reports show it. kind: by its beginning. again: opens it once more, where that is possible.
    warnings: what was odd about it, filled while it is read.
    """

    name: str
    kind: FileKind
    source: Iterable[bytes]
    again: Callable[[], Iterator[bytes]] | None = None
    warnings: list[Diagnostic] = field(default_factory=list)

    def chunks(self) -> Iterator[bytes]:
        """The text in UTF-8, without byte order mark and without the wrapper's lines."""
        if self.kind not in READABLE:
            raise DocumentError(self.name, f"Cannot read {_ARTICLES[self.kind]}", ADVICE[self.kind])
        return self._without_wrapper(self._decoded(self.source))

    def replay(self) -> Iterator[bytes] | None:
        """The same chunks once more, from the start; None for a pipe."""
        return None if self.again is None else Document(self.name, self.kind, self.again()).chunks()

    def _decoded(self, source: Iterable[bytes]) -> Iterator[bytes]:
        chunks = iter(source)
        head = next(chunks, b"")
        name, mark = encoding(head)
        if name == "utf-8":
            yield head[mark:]
            yield from chunks
        else:
            yield from self._transcoded(name, head[mark:], chunks)

    def _transcoded(self, name: str, head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(name)()
        try:
            yield decoder.decode(head).encode()
            for chunk in chunks:
                yield decoder.decode(chunk).encode()
            yield decoder.decode(b"", final=True).encode()
        except UnicodeError:
            detail = f"The file begins as {name.upper()} and later breaks its rules."
            raise DocumentError(self.name, "Invalid encoding", detail) from None

    def _without_wrapper(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """Leave out what the wrapper of hashicorp/setup-terraform adds around Terraform's output.

        Its early versions print a line `[command]…` first and workflow commands such as `::debug::…`
        after it. No line of JSON can begin with two colons: inside strings line ends are escaped.
        """
        head = next(chunks, b"")
        before = b"\n"
        for chunk in chain([without_wrapper(head)], chunks):
            end = (before + chunk).find(b"\n::")
            if end >= 0 or head:
                self._warn_of_wrapper(end >= 0 or without_wrapper(head) != head)
            if end >= 0:
                yield chunk[: max(0, end + 1 - len(before))]
                return
            yield chunk
            before, head = chunk[-2:], b""

    def _warn_of_wrapper(self, seen: bool) -> None:
        if seen and not self.warnings:
            self.warnings.append(_wrapper_warning(self.name))


def _wrapper_warning(name: str) -> Diagnostic:
    return Diagnostic(
        Severity.WARNING,
        "Output of a wrapper around Terraform",
        "Lines that hashicorp/setup-terraform added around the JSON were left out. "
        "Set `terraform_wrapper: false` in that step, so that redirected output is Terraform's own.",
        file=name,
    )


_ARTICLES = {
    FileKind.PLAN_LOG: "a plan log",
    FileKind.BINARY_PLAN: "a binary plan",
    FileKind.TEXT_PLAN: "a plan as text",
    FileKind.ENCRYPTED_STATE: "an encrypted state",
    FileKind.EMPTY: "an empty file",
    FileKind.OTHER: "this file",
}


@contextmanager
def open_document(path: str, stdin: BinaryIO | None = None) -> Iterator[Document]:
    """Open a plan or state; `-` is standard input. Raises DocumentError if there is no such file."""
    if path == STANDARD_INPUT:
        yield _document("standard input", stdin or sys.stdin.buffer, None)
        return
    with ExitStack() as stack:
        try:
            file = stack.enter_context(Path(path).open("rb"))
        except OSError as problem:
            raise DocumentError(path, "Cannot open the file", f"{problem.strerror}.") from None
        yield _document(path, file, lambda: _read(file, rewind=True))


def _document(name: str, stream: BinaryIO, again: Callable[[], Iterator[bytes]] | None) -> Document:
    head = _fill(stream)
    seekable = again if stream.seekable() else None
    return Document(name, recognise(head), _with_head(head, stream), seekable)


def _fill(stream: BinaryIO) -> bytes:
    """The first chunk, complete even where a pipe gives less at a time."""
    head = b""
    while len(head) < CHUNK and (more := stream.read(CHUNK - len(head))):
        head += more
    return head


def _with_head(head: bytes, stream: BinaryIO) -> Iterator[bytes]:
    yield head
    yield from _read(stream)


def _read(stream: BinaryIO, *, rewind: bool = False) -> Iterator[bytes]:
    if rewind:
        stream.seek(0)
    while chunk := stream.read(CHUNK):
        yield chunk
