"""Comma-separated values, read with the rules of Go's encoding/csv: https://pkg.go.dev/encoding/csv"""

from __future__ import annotations

from collections.abc import Iterator

from guard.lang.functions.common import result
from guard.lang.functions.table import FunctionContext, FunctionError
from guard.values.text import go_quoted, nfc
from guard.values.types import STRING, ObjectOf
from guard.values.value import Value, list_of, object_of


def csvdecode(context: FunctionContext, value: Value) -> Value:
    records = _Lines(value.text).records()
    headers = next(records, None)
    if headers is None:
        raise FunctionError("missing header line")
    for index, name in enumerate(headers):
        if name in headers[:index]:
            raise FunctionError(f"duplicate column name {go_quoted(name)}")
    names = [nfc(name) for name in headers]
    rows = []
    for record in records:
        context.budget.spend(1 + len(record))
        rows.append(object_of(dict(zip(names, map(result, record), strict=True))))
    element = ObjectOf(dict.fromkeys(sorted(names, key=str.encode), STRING))
    return list_of(element, rows)


class _Lines:
    """Reads records from lines; a record may span several."""

    def __init__(self, text: str) -> None:
        self._lines = self._normalized(text)
        self._number = 0
        self._fields = 0

    @staticmethod
    def _normalized(text: str) -> Iterator[str]:
        r"""The lines, each with its end, which is `\n`; a last `\r` is dropped."""
        lines = text.split("\n")
        for line in lines[:-1]:
            yield line.removesuffix("\r") + "\n"
        if lines[-1]:
            yield lines[-1].removesuffix("\r")

    def _read(self) -> str | None:
        line = next(self._lines, None)
        self._number += line is not None
        return line

    def records(self) -> Iterator[list[str]]:
        """The records; all have as many fields as the first. Raises FunctionError."""
        while (line := self._read()) is not None:
            if not line.rstrip("\n"):
                continue
            start = self._number
            record = self._record(line)
            self._fields = self._fields or len(record)
            if len(record) != self._fields:
                raise _problem(start, "wrong number of fields")
            yield record

    def _record(self, line: str) -> list[str]:
        record = []
        rest: str | None = line
        while rest is not None:
            field, rest = self._quoted(rest[1:]) if rest.startswith('"') else self._plain(rest)
            record.append(field)
        return record

    def _plain(self, line: str) -> tuple[str, str | None]:
        """A field without quotes, and what follows its comma (None: nothing does)."""
        field, comma, rest = line.partition(",")
        field = field if comma else field.removesuffix("\n")
        if '"' in field:
            raise _problem(self._number, 'bare " in non-quoted-field')
        return field, rest if comma else None

    def _quoted(self, line: str) -> tuple[str, str | None]:
        pieces = []
        while True:
            piece, quote, line = line.partition('"')
            pieces.append(piece)
            if not quote:
                following = self._read()
                if following is None:
                    raise _problem(self._number, 'extraneous or missing " in quoted-field')
                line = following
            elif line.startswith('"'):
                pieces.append('"')
                line = line[1:]
            elif line.startswith(","):
                return "".join(pieces), line[1:]
            elif line in ("", "\n"):
                return "".join(pieces), None
            else:
                raise _problem(self._number, 'extraneous or missing " in quoted-field')


def _problem(line: int, what: str) -> FunctionError:
    return FunctionError(f"CSV parse error on line {line}: {what}")
