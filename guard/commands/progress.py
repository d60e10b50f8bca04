"""A sign of life on a terminal while something takes long; nothing elsewhere, nothing when it is quick."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from threading import Event

FIRST = 1.0
EVERY = 0.5
CLEAR = "\r\x1b[K"


@contextmanager
def sign_of_life(what: str) -> Iterator[None]:
    """While the block runs for more than a second, say so on standard error, and wipe it out afterwards."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    from threading import Event, Thread

    done = Event()
    teller = Thread(target=_tell, args=(what, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(what: str, done: Event) -> None:
    start = monotonic()
    said = False
    while not done.wait(EVERY if said else FIRST):
        said = True
        sys.stderr.write(f"{CLEAR}iam-key-guard: {what} ({monotonic() - start:.0f} s)")
        sys.stderr.flush()
    if said:
        sys.stderr.write(CLEAR)
        sys.stderr.flush()
