"""Which key to keep, why, and the commands: the text of a finding is what people act on."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime, timedelta

import pytest

from guard.audit.advice import Ages, advice, described, ranked
from guard.inventory.model import NONE, ONE, AccessKey, Account, Count, LastUse, Source, Status, User

NOW = datetime(2026, 6, 1, tzinfo=UTC)
AGES = Ages(NOW)
NEVER = LastUse(None, None, None)


def key(name: str, age: float | None, used: float | LastUse | None, active: Count = ONE) -> AccessKey:
    """A key: its age in days, and how many days ago it was used (None: not known)."""
    last = LastUse(NOW - timedelta(days=used), "s3", "eu-west-1") if isinstance(used, int | float) else used
    return AccessKey(
        user=User("ann", "ann"),
        account=Account("1"),
        status=Status.ACTIVE if active.high else Status.INACTIVE,
        active=active,
        exists=ONE,
        root="1",
        source=Source.ACCOUNT,
        key_id=f"AKIA00000000000{name}",
        created=None if age is None else NOW - timedelta(days=age),
        last_used=last,
    )


@pytest.mark.parametrize(
    ("better", "worse", "reason"),
    [
        # CIS: under 90 days old and in use.
        ((10, 1), (10, 2), "it is in use and not older than 90 days"),
        ((80, 50), (400, 0), "it is in use and not older than 90 days"),
        ((10, 5), (10, NEVER), "it is in use and not older than 90 days"),
        # No young key is in use: the one in use stays, though it is old.
        ((400, 1), (10, NEVER), "replace it by a new key soon"),
        ((400, 1), (500, 80), "replace it by a new key soon"),
        ((400, 1), (10, None), "replace it by a new key soon"),
        # Nothing is in use.
        ((400, 100), (400, 200), "it was used last, though long ago"),
        ((400, 100), (10, NEVER), "it was used last, though long ago"),
        ((10, NEVER), (20, NEVER), "no key was ever used"),
        ((10, NEVER), (None, NEVER), "no key was ever used"),
        ((10, None), (20, None), "could not be read"),
    ],
)
def test_which_key_stays(better: tuple, worse: tuple, reason: str) -> None:
    good, bad = key("GOOD0", *better), key("WRONG", *worse)
    for keys in ([good, bad], [bad, good]):
        assert ranked(keys, AGES)[0] is good
        text = advice("ann", keys, 1, AGES, show=True)
        assert text.startswith("Keep AKIA00000000000GOOD0")
        assert reason in text
        [command] = [line for line in text.splitlines() if "update-access-key" in line]
        assert shlex.split(command)[-1] == "AKIA00000000000WRONG"


def test_a_key_in_use_is_moved_from_before_it_goes() -> None:
    text = advice("ann", [key("AAAAA", 10, 0), key("BBBBB", 20, 1)], 1, AGES, show=True)
    assert (
        "First move what uses AKIA00000000000BBBBB (20 days old, last used 2026-05-31 by s3 in eu-west-1)"
        in text
    )


def test_a_new_key_beside_an_old_one_may_be_its_replacement() -> None:
    keys = [key("AAAAA", 400, 1), key("BBBBB", 2, NEVER)]
    assert "if it is there to replace the other" in advice("ann", keys, 1, AGES, show=True)
    keys = [key("AAAAA", 40, 1), key("BBBBB", 2, NEVER)]
    assert "if it is there to replace the other" not in advice("ann", keys, 1, AGES, show=True)


def test_commands_in_full() -> None:
    text = advice("ann", [key("AAAAA", 10, 0), key("BBBBB", 20, NEVER)], 1, AGES, show=True)
    assert text.splitlines()[1:] == [
        "aws iam update-access-key --user-name ann --status Inactive --access-key-id AKIA00000000000BBBBB",
        "aws iam list-access-keys --user-name ann",
        "The last command shows the result; `--status Active` takes a step back. Delete later.",
    ]


def test_a_masked_id_is_looked_up() -> None:
    text = advice("ann", [key("AAAAA", 10, 0), key("BBBBB", 20, NEVER)], 1, AGES, show=False)
    assert "AKIA0000" not in text
    assert "?ends_with(AccessKeyId, 'BBBB')" in text


def test_a_masked_id_that_is_not_unique_is_not_looked_up() -> None:
    """The look-up would find both keys."""
    keys = [key("ABCDE", 10, 0), key("XBCDE", 20, NEVER, NONE), key("YBCDE", 30, NEVER)]
    text = advice("ann", keys, 1, AGES, show=False)
    assert "ends_with" not in text
    assert "--show-key-ids" in text


def test_names_are_quoted() -> None:
    text = advice("ann; rm -rf /", [key("AAAAA", 10, 0), key("BBBBB", 20, 1)], 1, AGES, show=True)
    assert all("--user-name 'ann; rm -rf /'" in line for line in text.splitlines()[1:3])


def test_keys_that_are_not_active_are_left_alone() -> None:
    keys = [key("AAAAA", 10, 0), key("BBBBB", 20, 1), key("CCCCC", 30, 2, NONE)]
    assert "CCCCC" not in advice("ann", keys, 1, AGES, show=True)


@pytest.mark.parametrize(("limit", "going"), [(0, 3), (1, 2), (2, 1)])
def test_as_many_go_as_must(limit: int, going: int) -> None:
    keys = [key("AAAAA", 10, 0), key("BBBBB", 20, 1), key("CCCCC", 30, 2)]
    text = advice("ann", keys, limit, AGES, show=True)
    assert text.count("update-access-key") == going


@pytest.mark.parametrize(
    ("used", "told"),
    [
        (None, "last use not known"),
        (NEVER, "never used"),
        (LastUse(NOW, None, None), "last used 2026-06-01)"),
        (LastUse(NOW, "iam", None), "last used 2026-06-01 by iam)"),
    ],
)
def test_last_use_in_words(used: LastUse | None, told: str) -> None:
    assert told in described(key("AAAAA", 10, used), AGES, show=False)


@pytest.mark.parametrize(
    ("age", "used", "old", "unused"),
    [
        (90, 90, False, False),
        (90.1, 90, True, False),
        (90.1, 90.1, True, True),
        (90, NEVER, False, False),
        (91, NEVER, True, True),
        (91, None, True, False),
        (None, NEVER, False, False),
    ],
)
def test_old_and_unused(age: float | None, used: float | LastUse | None, old: bool, unused: bool) -> None:
    found = key("AAAAA", age, used)
    assert (AGES.is_old(found), AGES.is_unused(found)) == (old, unused)


def test_a_key_that_may_be_in_use_goes_before_one_that_is_not() -> None:
    """Its last use could not be read; the other was certainly not used for long."""
    perhaps, idle = key("AAAAA", 300, None), key("BBBBB", 10, NEVER)
    assert ranked([idle, perhaps], AGES)[0] is perhaps
    text = advice("ann", [key("CCCCC", 10, 1), perhaps], 1, AGES, show=True)
    assert "First find out what uses AKIA00000000000AAAAA" in text


def test_a_key_that_may_not_be_active_does_not_replace_one_that_is() -> None:
    """Else the advice could leave the user without any key that works."""
    strange, working = key("AAAAA", 1, 0, Count(0, 1)), key("BBBBB", 400, NEVER)
    text = advice("ann", [strange, working, key("CCCCC", 500, NEVER)], 1, AGES, show=True)
    assert text.startswith("Keep AKIA00000000000BBBBB")


def test_a_name_that_looks_like_an_option() -> None:
    text = advice("--debug", [key("AAAAA", 10, 0), key("BBBBB", 20, 1)], 1, AGES, show=False)
    assert text.count("--user-name=--debug") == 3
    assert "--user-name --debug" not in text
