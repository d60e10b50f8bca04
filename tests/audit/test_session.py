"""Calls that go on in spite of throttling and of credentials that run out, and that know when to stop."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from botocore.exceptions import ClientError

from guard.aws.errors import AwsError, Trouble
from guard.aws.model import Connection, RoleCredentials
from guard.aws.pace import Pace
from guard.aws.session import PATIENCE, Aws, Calls
from guard.diagnostics import UsageError
from tests.audit.test_pace import Clock


class Maker:
    """Makes clients (here: numbers), some of which AWS refuses."""

    def __init__(self, refused: tuple[int, ...] = ()) -> None:
        self.made = 0
        self.refused = refused

    def __call__(self) -> int:
        self.made += 1
        if self.made in self.refused:
            raise AwsError(Trouble.CREDENTIALS, "sts:AssumeRole", "ExpiredToken", "no")
        return self.made


def failing(code: str, *clients: int, times: int = 99) -> Callable[[int], int]:
    """A call that fails with a code, `times` times, for some clients (for all if none are named)."""
    left = [times]

    def call(client: int) -> int:
        if left[0] and (not clients or client in clients):
            left[0] -= 1
            raise ClientError({"Error": {"Code": code, "Message": "no"}}, "ListUsers")
        return client

    return call


@pytest.fixture
def clock() -> Clock:
    return Clock()


def calls(maker: Maker, clock: Clock, seconds: float = 600) -> Calls:
    return Calls(maker, Pace(rate=1000, seconds=seconds, clock=clock.now, sleep=clock.sleep))


def test_throttled_calls_are_tried_again_later_and_later(clock: Clock) -> None:
    assert calls(Maker(), clock).run("x", failing("Throttling", times=3)) == 1
    assert tuple(clock.slept) == PATIENCE


def test_patience_ends(clock: Clock) -> None:
    with pytest.raises(AwsError) as caught:
        calls(Maker(), clock).run("x", failing("Throttling"))
    assert caught.value.trouble is Trouble.THROTTLED


def test_no_pause_past_the_end(clock: Clock) -> None:
    assert calls(Maker(), clock, seconds=7).run("x", failing("Throttling", times=2)) == 1
    assert clock.slept == [5.0]


def test_other_errors_are_not_tried_again(clock: Clock) -> None:
    for code in ("AccessDenied", "NoSuchEntity", "ServiceFailure", "Anything"):
        with pytest.raises(AwsError):
            calls(Maker(), clock).run("x", failing(code, times=1))


def test_credentials_that_worked_are_renewed(clock: Clock) -> None:
    maker = Maker()
    mine = calls(maker, clock)
    assert mine.run("x", lambda client: client) == 1
    assert mine.run("x", failing("ExpiredToken", 1)) == 2
    assert maker.made == 2


def test_credentials_that_never_worked_are_given_up(clock: Clock) -> None:
    maker = Maker()
    mine = calls(maker, clock)
    for _ in range(3):
        with pytest.raises(AwsError) as caught:
            mine.run("x", failing("InvalidClientTokenId", times=1))
        assert caught.value.trouble is Trouble.CREDENTIALS
    assert maker.made == 1


def test_new_credentials_that_do_not_work_either_are_given_up(clock: Clock) -> None:
    maker = Maker()
    mine = calls(maker, clock)
    mine.run("x", lambda client: client)
    with pytest.raises(AwsError):
        mine.run("x", failing("ExpiredToken"))
    assert maker.made == 2


def test_a_role_that_cannot_be_assumed_again(clock: Clock) -> None:
    mine = calls(Maker(refused=(2,)), clock)
    mine.run("x", lambda client: client)
    for _ in range(2):
        with pytest.raises(AwsError, match="ExpiredToken"):
            mine.run("x", failing("ExpiredToken", 1))


def test_another_thread_may_have_renewed_first(clock: Clock) -> None:
    """The client was replaced while our call was on its way: ours is simply tried again with the new one."""
    maker = Maker()
    mine = calls(maker, clock)
    mine.run("x", lambda client: client)

    def call(client: int) -> int:
        if client == 1:
            mine.run("y", failing("ExpiredToken", 1))
        return failing("ExpiredToken", 1)(client)

    assert mine.run("x", call) == 2
    assert maker.made == 2


def test_secrets_are_not_shown() -> None:
    assert "very" not in repr(RoleCredentials("very", "very secret", "very"))


def test_configuration_that_cannot_be_used(aws_environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "not a url")
    with pytest.raises((UsageError, AwsError)):
        Aws(Connection(region="no such region!"), Pace(rate=1, seconds=1)).caller()


def test_an_action_throttled_for_ever_is_given_up(clock: Clock) -> None:
    """Else every user of one such account would take a minute of all the others' time."""
    mine = calls(Maker(), clock)
    for _ in range(3):
        with pytest.raises(AwsError):
            mine.run("x", failing("Throttling"))
    assert tuple(clock.slept) == PATIENCE
    assert mine.run("y", lambda client: client) == 1


def test_an_action_that_is_answered_meanwhile_is_not_given_up(clock: Clock) -> None:
    mine = calls(Maker(), clock)

    def unlucky(client: int) -> int:
        mine.run("x", lambda other: other)
        return failing("Throttling")(client)

    with pytest.raises(AwsError):
        mine.run("x", unlucky)
    assert mine.run("x", lambda client: client) == 1
