"""One JSON document, pulled apart piece by piece: what is not asked for is skipped, not kept.

Nothing of the document's text goes into an error: plans and states hold secrets in clear.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any, TypeAlias

from guard.inventory.document import Document, DocumentError

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Event: TypeAlias = tuple[str, Any]

OMITTED = "\0"
"""Stands for a text or a collection that was too large to keep; no name or number equals it."""

_LONGEST_TEXT = 2048
_LARGEST_VALUE = 1000
_STARTS = frozenset({"start_map", "start_array"})
_ENDS = frozenset({"end_map", "end_array"})
_NESTING = _STARTS | _ENDS


class JsonReader:
    """Reads the values of a document in order. Each method takes the value that comes next, whole."""

    def __init__(self, document: Document) -> None:
        self._events = chain.from_iterable(_batches(document))
        self._peeked: Event | None = None
        self._unread = False

    def members(self) -> Iterator[str]:
        """The keys of an object, each with its value next to be read; a value not read is skipped.

        A value that is not an object has no keys. The iteration must run to its end.
        """
        if not self._begins("start_map"):
            return
        while True:
            event, key = self._take()
            if event == "end_map":
                return
            self._unread = True
            yield key
            if self._unread:
                self.skip()

    def items(self) -> Iterator[None]:
        """Once for each element of an array, with the element next to be read, like `members`."""
        if not self._begins("start_array"):
            return
        while True:
            event = self._take()
            if event[0] == "end_array":
                return
            self._peeked = event
            self._unread = True
            yield None
            if self._unread:
                self.skip()

    def finish(self) -> None:
        """Read to the end of the text, so that nothing wrong with it remains unseen."""
        for _ in self._events:
            pass

    def skip(self) -> None:
        """Leave out the value that comes next."""
        self._leave(self._take()[0])

    def text(self) -> str | None:
        """A string; None for a value that is none."""
        event, value = self._take()
        self._leave(event)
        return value if event == "string" else None

    def flag(self) -> bool | None:
        """A bool; None for a value that is none."""
        event, value = self._take()
        self._leave(event)
        return value if event == "boolean" else None

    def value(self) -> Json:
        """A small value of any type, with OMITTED for what is too large."""
        root: list[Json] = []
        stack: list[list[Json] | dict[str, Json]] = [root]
        key = ""
        for _ in range(_LARGEST_VALUE):
            event, data = self._take()
            if event == "map_key":
                key = data
                continue
            if event in _ENDS:
                stack.pop()
            else:
                part = _part(event, data)
                _add(stack[-1], key, part)
                if event in _STARTS and isinstance(part, list | dict):
                    stack.append(part)
            if len(stack) == 1:
                return root[0]
        self._leave_open(len(stack) - 1)
        return OMITTED

    def _begins(self, start: str) -> bool:
        event = self._take()[0]
        if event != start:
            self._leave(event)
        return event == start

    def _take(self) -> Event:
        self._unread = False
        event, self._peeked = self._peeked, None
        return event or next(self._events)

    def _leave(self, event: str) -> None:
        """Skip the rest of a value whose first event was taken."""
        if event in _STARTS:
            self._leave_open(1)

    def _leave_open(self, depth: int) -> None:
        for event, _ in self._events:
            if event in _NESTING:
                depth += 1 if event in _STARTS else -1
                if not depth:
                    return


def _part(event: str, data: Any) -> Json:
    """The value that an event begins or is. Of numbers that are not integers only the digits are needed."""
    if event in _STARTS:
        return {} if event == "start_map" else []
    if event == "string" and len(data) > _LONGEST_TEXT:
        return OMITTED
    return str(data) if event == "number" and not isinstance(data, int) else data


def _add(parent: list[Json] | dict[str, Json], key: str, part: Json) -> None:
    if isinstance(parent, dict):
        parent[key] = part
    else:
        parent.append(part)


def _batches(document: Document) -> Iterator[list[Event]]:
    """The events of the document, chunk by chunk; a batch is gone when the next one is asked for."""
    from ijson import basic_parse_coro, sendable_list

    found = sendable_list()
    parser = basic_parse_coro(found)
    place = 0
    for chunk in document.chunks():
        if not _accepts(parser, chunk):
            raise _broken(document, place, len(chunk))
        yield found
        found.clear()
        place += len(chunk)
    if not _accepts(parser, None):
        detail = f"The text ends after byte {place}, before its end. {_AGAIN}"
        raise DocumentError(document.name, "Invalid JSON", detail)
    yield found


_AGAIN = "Write the file again: `terraform show -json plan.out > plan.json`."


def _accepts(parser: Any, chunk: bytes | None) -> bool:
    """Give the parser a chunk, or the end. Its errors quote the text, so they are not passed on."""
    from ijson import JSONError

    try:
        if chunk is None:
            parser.close()
        elif chunk:
            parser.send(chunk)
    except (JSONError, ValueError, SystemError):  # SystemError: yajl, for integers of thousands of digits
        return False
    return True


def _broken(document: Document, start: int, length: int) -> DocumentError:
    place = _find_error(document, start)
    where = f"between byte {start} and byte {start + length}" if place is None else f"at byte {place}"
    detail = f"The text breaks the rules of JSON {where}. {_AGAIN}"
    return DocumentError(document.name, "Invalid JSON", detail)


def _find_error(document: Document, start: int) -> int | None:
    """The offset of the byte where parsing fails, by reading once more; None for a pipe."""
    from ijson import basic_parse_coro, sendable_list

    found = sendable_list()
    parser = basic_parse_coro(found)
    place = 0
    for chunk in document.replay() or ():
        step = len(chunk) if place + len(chunk) <= start else 1
        for offset in range(0, len(chunk), step):
            if not _accepts(parser, chunk[offset : offset + step]):
                return place + offset
        found.clear()
        place += len(chunk)
    return None
