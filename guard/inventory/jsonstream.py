"""One JSON document, pulled apart piece by piece: what is not asked for is skipped, not kept.

Nothing of the document's text goes into an error: plans and states hold secrets in clear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
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
_FORMS = {"start_map": "an object", "start_array": "a list"}
_PLAIN_KEY = re.compile(r"[a-z_]{1,40}")


class JsonReader:
    """Reads the values of a document in order. Each method takes the value that comes next, whole.

    What is not as Terraform writes it raises DocumentError: what lies in it would not be seen.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._key = ""
        self._events = chain.from_iterable(_batches(document))
        self._peeked: Event | None = None
        self._unread = False

    def members(self) -> Iterator[str]:
        """The keys of an object, each with its value next to be read; a value not read is skipped.

        null has no keys; no key may be there twice. The iteration must run to its end.
        """
        if not self._begins("start_map"):
            return
        seen: set[str] = set()
        while True:
            event, key = self._take()
            if event == "end_map":
                return
            if key in seen:
                raise self.refusal(f"An object has {_member(key)} twice.")
            seen.add(key)
            self._key = key
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

    def flags(self, names: frozenset[str]) -> frozenset[str]:
        """Which of these members of an object are true; where `true` stands for the object, all of them."""
        event, value = self._take()
        if event == "boolean":
            return names if value else frozenset()
        self._peeked = (event, value)
        return frozenset({key for key in self.members() if key in names and self.flag()})

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

    def refusal(self, detail: str) -> DocumentError:
        """The error for a document that says what no plan or state says."""
        return DocumentError(self._document.name, "Not as Terraform writes it", f"{detail} {_AGAIN}")

    def _begins(self, start: str) -> bool:
        event = self._take()[0]
        if event not in (start, "null"):
            raise self.refusal(f"The value of {_member(self._key)} should be {_FORMS[start]}.")
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


def _member(key: str) -> str:
    """A member for a message; keys that are none of Terraform's names are not shown."""
    return f'"{key}"' if _PLAIN_KEY.fullmatch(key) else "a member"


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
    """The events of the document, part by part; a batch is gone when the next one is asked for."""
    from ijson import basic_parse_coro, sendable_list

    found = sendable_list()
    parser = basic_parse_coro(found)
    place = 0
    for part in parts(document.chunks(), found):
        if advice := _refused(parser, part):
            raise _broken(document, place, len(part), advice)
        yield found
        place += len(part)
    if _refused(parser, None):
        detail = f"The text ends after byte {place}, before its end. {_AGAIN}"
        raise DocumentError(document.name, "Invalid JSON", detail)
    yield found


def parts(chunks: Iterator[bytes], found: list[Event]) -> Iterator[bytes]:
    """The chunks; twice as many at once while nothing is found in them, because the parser reads a long
    text from its beginning again with each part of it.
    """
    number = 1
    while part := b"".join(islice(chunks, number)):
        found.clear()
        yield part
        number = 1 if found else 2 * number
    found.clear()


_AGAIN = "Write the file again: `terraform show -json plan.out > plan.json`."
_ONE_EACH = "More text follows after the end of the JSON: give each plan a file of its own."
_AFTER_THE_END = ("parse error: trailing garbage", "Additional data found")


def _refused(parser: Any, part: bytes | None) -> str | None:
    """Give the parser a part, or the end; what to do if it does not take it.

    Its errors quote the text, so they are not passed on.
    """
    from ijson import JSONError

    try:
        if part is None:
            parser.close()
        elif part:
            parser.send(part)
    except (JSONError, ValueError, SystemError) as error:  # SystemError: yajl, for very long integers
        return _ONE_EACH if str(error).startswith(_AFTER_THE_END) else _AGAIN
    return None


def _broken(document: Document, start: int, length: int, advice: str) -> DocumentError:
    place = _find_error(document, start, length)
    where = f"between byte {start} and byte {start + length}" if place is None else f"at byte {place}"
    return DocumentError(
        document.name, "Invalid JSON", f"The text breaks the rules of JSON {where}. {advice}"
    )


def _find_error(document: Document, start: int, length: int) -> int | None:
    """The offset of the byte where parsing fails, by reading again in ever smaller steps; None for a pipe."""
    while length > 1:
        chunks = document.replay()
        if chunks is None:
            return None
        step = -(-length // _STEPS)
        start, length = _first_refused(chunks, start, step), step
    return start


_STEPS = 256


def _first_refused(chunks: Iterator[bytes], start: int, step: int) -> int:
    """Where the step from `start` on begins that the parser does not take."""
    from ijson import basic_parse_coro, sendable_list

    found = sendable_list()
    parser = basic_parse_coro(found)
    place = 0
    for chunk in chunks:
        for piece in _pieces(chunk, max(0, start - place), step):
            if _refused(parser, piece):
                return place
            found.clear()
            place += len(piece)
    return place


def _pieces(chunk: bytes, whole: int, step: int) -> Iterator[bytes]:
    """The beginning of a chunk as it is, and the rest in steps."""
    yield chunk[:whole]
    for offset in range(whole, len(chunk), step):
        yield chunk[offset : offset + step]
