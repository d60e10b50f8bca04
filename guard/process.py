"""The command as a process of its own: it collects little garbage, and ends without tidying up.

A check makes few objects that only a collection would free, and what is left when it ends the system takes
back at once: both together take a fifth of a small check.
"""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

_NEW_OBJECTS = 50_000  # between two collections; Python's own number is 700


def program() -> NoReturn:
    """Run the command line of this process, and end it with the exit code."""
    gc.set_threshold(_NEW_OBJECTS)
    from guard.cli import main

    leave(main())


def leave(code: int) -> NoReturn:
    """End the process with this exit code, all that was said being written."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        sys.exit(code)  # Python tells what could not be written, and ends with 120
    os._exit(code)
