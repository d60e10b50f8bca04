"""How fast the run may call AWS, and until when: one object for all accounts and threads."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Lock

from guard.aws.errors import OutOfTimeError


class Pace:
    """Grants calls at an even rate until the deadline; every HTTP request, retries too, takes one.

    rate: calls per second. seconds: the time that the whole run may take.
    clock, sleep: for tests; by default real time, and a sleep that `stop` ends.
    """

    def __init__(
        self,
        *,
        rate: float,
        seconds: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        self._interval = 1 / rate
        self._clock = clock
        self._stopped = Event()
        self._sleep = sleep or self._stopped.wait
        self._seconds = seconds
        self._deadline = clock() + seconds
        self._next = clock()
        self._lock = Lock()
        self.calls = 0

    def take(self) -> None:
        """Wait for the next slot; raises OutOfTimeError when it would lie past the deadline."""
        with self._lock:
            slot = max(self._clock(), self._next)
            self._check(slot)
            self._next = slot + self._interval
            self.calls += 1
        self._wait_until(slot)

    def pause(self, seconds: float) -> None:
        """Wait without calling; raises OutOfTimeError when that would pass the deadline."""
        until = self._clock() + seconds
        self._check(until)
        self._wait_until(until)

    def now(self) -> float:
        return self._clock()

    def stop(self) -> None:
        """End every wait, and refuse every call from now on."""
        self._stopped.set()

    def _check(self, moment: float) -> None:
        if self._stopped.is_set():
            raise OutOfTimeError("the run was stopped")
        if moment > self._deadline:
            raise OutOfTimeError(f"the run's time limit of {self._seconds:g} seconds was reached")

    def _wait_until(self, moment: float) -> None:
        remaining = moment - self._clock()
        if remaining > 0:
            self._sleep(remaining)
        if self._stopped.is_set():
            raise OutOfTimeError("the run was stopped")
