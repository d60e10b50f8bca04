"""The pace: an even rate for all threads, and an end."""

from __future__ import annotations

import pytest

from guard.aws.errors import OutOfTimeError
from guard.aws.pace import Pace


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.time = 100.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds


def test_calls_are_spread_evenly() -> None:
    clock = Clock()
    pace = Pace(rate=4, seconds=60, clock=clock.now, sleep=clock.sleep)
    for _ in range(9):
        pace.take()
    assert clock.time == pytest.approx(102)
    assert pace.calls == 9


def test_nothing_is_slept_when_calls_are_slow() -> None:
    clock = Clock()
    pace = Pace(rate=4, seconds=60, clock=clock.now, sleep=clock.sleep)
    for _ in range(3):
        pace.take()
        clock.time += 1
    assert clock.slept == []


def test_no_call_after_the_deadline() -> None:
    clock = Clock()
    pace = Pace(rate=1, seconds=2, clock=clock.now, sleep=clock.sleep)
    for _ in range(3):
        pace.take()
    with pytest.raises(OutOfTimeError, match="2 seconds"):
        pace.take()
    assert pace.calls == 3


def test_no_pause_past_the_deadline() -> None:
    clock = Clock()
    pace = Pace(rate=1, seconds=10, clock=clock.now, sleep=clock.sleep)
    pace.pause(6)
    with pytest.raises(OutOfTimeError):
        pace.pause(6)
    assert clock.slept == [6]


def test_a_stopped_pace_grants_nothing() -> None:
    pace = Pace(rate=0.001, seconds=10_000)
    pace.take()
    pace.stop()
    with pytest.raises(OutOfTimeError, match="stopped"):
        pace.take()
    with pytest.raises(OutOfTimeError, match="stopped"):
        pace.pause(1)
