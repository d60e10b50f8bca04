"""What each change leaves behind: after apply, during it, and of what existed before."""

from typing import Any

import pytest

from guard.inventory.model import MAYBE_ONE, ONE, Change, Status
from guard.ledger import user_verdicts
from tests.inventory.writing import change, key, plan, read, resource, stored, users

K, L = "aws_iam_access_key.k", "aws_iam_access_key.l"
OLD, OTHER = "AKIAOLDOLDOLDOLDOLD1", "AKIAOTHEROTHEROTHER2"
BLOCKS = [resource(K, user="u"), resource(L, user="u")]
BEFORE, INACTIVE = key("u", key_id=OLD), key("u", "Inactive", OLD)
KEPT = change(L, ["no-op"], key("u", key_id=OTHER), key("u", key_id=OTHER))

CREATE, DELETE, FORGET = "create", "delete", "forget"

# name: (changes, (low, high) of active keys of u after apply)
AFTER: dict[str, tuple[list[dict[str, Any]], tuple[int, int]]] = {
    "create": ([change(K, [CREATE], None, key("u"))], (1, 1)),
    "create inactive": ([change(K, [CREATE], None, key("u", "Inactive"))], (0, 0)),
    "create, expired becomes active": ([change(K, [CREATE], None, key("u", "Expired"))], (1, 1)),
    "create, a status nobody knows": ([change(K, [CREATE], None, key("u", "Paused"))], (0, 1)),
    "create, no status": ([change(K, [CREATE], None, key("u", None))], (1, 1)),
    "create, status unknown though not set": (
        [change(K, [CREATE], None, key("u", None), ("status",))],
        (1, 1),
    ),
    "no-op": ([KEPT], (1, 1)),
    "no-op, expired": ([change(K, ["no-op"], key("u", "Expired", OLD), key("u", "Expired", OLD))], (0, 0)),
    "no-op, a status nobody knows": (
        [change(K, ["no-op"], key("u", "Paused", OLD), key("u", "Paused", OLD))],
        (0, 1),
    ),
    "update to inactive": ([change(K, ["update"], BEFORE, INACTIVE)], (0, 0)),
    "update to active": ([change(K, ["update"], INACTIVE, BEFORE)], (1, 1)),
    "update to expired": ([change(K, ["update"], BEFORE, key("u", "Expired", OLD))], (0, 1)),
    "update to unknown": ([change(K, ["update"], BEFORE, key("u", None, OLD), ("status",))], (0, 1)),
    "delete": ([change(K, [DELETE], BEFORE)], (0, 0)),
    "replace": ([change(K, [DELETE, CREATE], BEFORE, key("u"))], (1, 1)),
    "replace, create first": ([change(K, [CREATE, DELETE], BEFORE, key("u"))], (1, 1)),
    "forget": ([change(K, [FORGET], BEFORE)], (1, 1)),
    "forget an inactive key": ([change(K, [FORGET], INACTIVE)], (0, 0)),
    "create and forget": ([change(K, [CREATE, FORGET], BEFORE, key("u"))], (2, 2)),
    "forget and create": ([change(K, [FORGET, CREATE], BEFORE, key("u"))], (2, 2)),
    "forget and create, old one inactive": ([change(K, [FORGET, CREATE], INACTIVE, key("u"))], (1, 1)),
    "deposed, deleted": ([change(K, [DELETE], BEFORE, deposed="a1b2c3d4"), KEPT], (1, 1)),
    "deposed, forgotten": ([change(K, [FORGET], BEFORE, deposed="a1b2c3d4"), KEPT], (2, 2)),
    "deposed, kept": ([change(K, ["no-op"], BEFORE, BEFORE, deposed="a1b2c3d4"), KEPT], (2, 2)),
    "imported": ([change(K, ["no-op"], BEFORE, BEFORE, change_importing={"id": OLD})], (1, 1)),
    "imported and made active": (
        [change(K, ["update"], INACTIVE, BEFORE, change_importing={"id": OLD})],
        (1, 1),
    ),
    "moved": ([change(K, ["no-op"], BEFORE, BEFORE, previous_address="aws_iam_access_key.old")], (1, 1)),
    "an action nobody knows": ([change(K, ["rotate"], BEFORE, key("u"))], (0, 2)),
    "no actions": ([change(K, [], BEFORE, BEFORE)], (0, 1)),
    "a data source of that name": ([change("data.aws_iam_access_keys.k", ["read"], None, key("u"))], (0, 0)),
    "another type": ([change("aws_iam_user_policy.k", [CREATE], None, key("u"))], (0, 0)),
    "an expiring key": ([change("awsutils_expiring_iam_access_key.k", [CREATE], None, key("u"))], (1, 1)),
}


@pytest.mark.parametrize("name", AFTER)
def test_active_after_apply(name: str) -> None:
    changes, expected = AFTER[name]
    reading = read(plan(changes, BLOCKS))
    active = [(low, high) for _, low, high in users(reading).values()]
    assert (sum(low for low, _ in active), sum(high or 0 for _, high in active)) == expected


@pytest.mark.parametrize(
    ("status", "masked", "set_to", "shown"),
    [
        (None, False, None, Status.ACTIVE),
        (None, False, ["local.status"], Status.UNKNOWN),
        ("***", True, ["local.status"], Status.UNKNOWN),
        ("Expired", True, None, Status.UNKNOWN),
        ("Expired", False, None, Status.ACTIVE),
    ],
)
def test_status_of_a_new_key(
    status: str | None, masked: bool, set_to: list[str] | None, shown: Status
) -> None:
    block = resource(K, user="u", **({"status": set_to} if set_to else {}))
    made = change(K, [CREATE], None, key("u", status), ("status",) if status is None else ())
    if masked:
        made["change"]["after_sensitive"] = {"status": True}
    (found,) = read(plan([made], [block])).keys
    assert found.status is shown
    assert (found.why is None) is (shown is not Status.UNKNOWN)


def test_an_unknown_status_of_a_key_without_configuration_may_be_anything() -> None:
    (found,) = read(plan([change(K, [CREATE], None, key("u", None), ("status",))])).keys
    assert found.status is Status.UNKNOWN


PEAKS = {
    "create first": ([change(K, [CREATE, DELETE], BEFORE, key("u"))], 2),
    "delete first": ([change(K, [DELETE, CREATE], BEFORE, key("u"))], None),
    "delete first, the name spelt otherwise": (
        [change(K, [DELETE, CREATE], BEFORE, key("U"))],
        None,
    ),
    "delete first, the new one inactive": ([change(K, [DELETE, CREATE], BEFORE, key("u", "Inactive"))], 1),
    "create first, the old one inactive": ([change(K, [CREATE, DELETE], INACTIVE, key("u"))], None),
    "one goes, another comes": ([change(K, [DELETE], BEFORE), change(L, [CREATE], None, key("u"))], 2),
    "one is deactivated": ([change(K, ["update"], BEFORE, INACTIVE)], 1),
    "one is deactivated, another comes": (
        [change(K, ["update"], BEFORE, INACTIVE), change(L, [CREATE], None, key("u"))],
        2,
    ),
    "create and forget": ([change(K, [CREATE, FORGET], BEFORE, key("u"))], None),
    "nothing happens": ([KEPT], None),
}


@pytest.mark.parametrize("name", PEAKS)
def test_active_during_apply(name: str) -> None:
    changes, peak = PEAKS[name]
    (user,) = user_verdicts(read(plan(changes, BLOCKS)).keys, 1)
    assert (user.peak.high if user.peak else None) == peak


def test_the_user_of_a_key_that_moves_on_is_followed() -> None:
    reading = read(plan([change(K, [DELETE, CREATE], BEFORE, key("v"))], BLOCKS))
    assert users(reading) == {"default/v": ("pass", 1, 1), "default/u": ("pass", 0, 0)}
    old = reading.keys[1]
    assert (old.change, old.peak, old.crowd) == (Change.DELETED, ONE, MAYBE_ONE)


def test_what_is_read_of_a_key() -> None:
    (found,) = read(plan([change(K, ["update"], INACTIVE, key("u", key_id=OLD))], BLOCKS)).keys
    assert (found.key_id, found.was, found.change) == (OLD, Status.INACTIVE, Change.UPDATED)
    assert found.created is not None
    assert found.created.isoformat() == "2026-01-02T03:04:05+00:00"
    assert (found.address, found.root, found.source.value) == (K, "standard input", "plan")


def test_a_new_key_has_no_id() -> None:
    (new, old) = read(plan([change(K, [CREATE, DELETE], BEFORE, key("u"))], BLOCKS)).keys
    assert (new.key_id, new.was, new.change) == (None, None, Change.REPLACED)
    assert (old.key_id, old.was, old.change) == (OLD, Status.ACTIVE, Change.DELETED)


# --- what a plan leaves alone ------------------------------------------------------------------

PRIOR = [stored(K, BEFORE), stored(L, key("u", key_id=OTHER))]


def test_keys_that_a_targeted_plan_leaves_out_count() -> None:
    reading = read(plan([change(K, ["no-op"], BEFORE, BEFORE)], BLOCKS, prior=PRIOR, complete=False))
    assert users(reading) == {"default/u": ("violation", 2, 2)}
    assert [item.summary for item in reading.diagnostics] == ["Incomplete plan"]
    assert not reading.complete


def test_a_moved_or_deposed_key_is_counted_once() -> None:
    moved = change("aws_iam_access_key.new", ["no-op"], BEFORE, BEFORE, previous_address=K)
    assert users(read(plan([moved], BLOCKS, prior=[stored(K, BEFORE)]))) == {"default/u": ("pass", 1, 1)}
    deposed = [
        change(K, [DELETE], BEFORE, deposed="d1"),
        change(K, ["no-op"], key("u", key_id=OTHER), key("u", key_id=OTHER)),
    ]
    prior = [stored(K, BEFORE, deposed_key="d1"), stored(K, key("u", key_id=OTHER))]
    assert users(read(plan(deposed, BLOCKS, prior=prior))) == {"default/u": ("pass", 1, 1)}


def test_a_plan_that_only_refreshes_counts_the_prior_state() -> None:
    reading = read(plan(None, BLOCKS, prior=PRIOR))
    assert users(reading) == {"default/u": ("violation", 2, 2)}
    assert reading.complete


def test_nested_modules_of_the_prior_state() -> None:
    address = 'module.a.module.b["x"].aws_iam_access_key.k[0]'
    inner = {"resources": [stored(address, BEFORE, index=0)], "address": 'module.a.module.b["x"]'}
    outer = {"child_modules": [inner], "address": "module.a"}
    document = plan(None, BLOCKS)
    document["prior_state"] = {"values": {"root_module": {"child_modules": [outer]}}}
    (found,) = read(document).keys
    assert (found.address, found.user.name) == (address, "u")


# --- deferred ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "high"), [("instance_count_unknown", None), ("provider_config_unknown", 1)]
)
def test_deferred_creation(reason: str, high: int | None) -> None:
    deferred = [{"reason": reason, "resource_change": change(f"{K}[*]", [CREATE], None, key("u"))}]
    reading = read(plan([KEPT], BLOCKS, deferred_changes=deferred, complete=False))
    found = reading.keys[1]
    assert (found.active.low, found.active.high) == (0, high)
    assert found.why == "the plan defers aws_iam_access_key.k[*]"
    assert users(reading)["default/u"][0] == "undetermined"


def test_a_deferred_change_leaves_a_key_as_it_is() -> None:
    deferred = [{"reason": "deferred_prereq", "resource_change": change(K, [DELETE], BEFORE)}]
    reading = read(plan([KEPT], BLOCKS, prior=PRIOR, deferred_changes=deferred, complete=False))
    assert users(reading) == {"default/u": ("violation", 2, 2)}


# --- renamed users -----------------------------------------------------------------------------

USER_BLOCK = resource("aws_iam_user.x", name="new")
RENAMED = change("aws_iam_user.x", ["update"], {"name": "old", "id": "old"}, {"name": "new", "id": "old"})


def test_keys_stay_with_a_user_that_is_renamed() -> None:
    blocks = [USER_BLOCK, resource(K, user=["aws_iam_user.x.id", "aws_iam_user.x"]), resource(L, user="new")]
    by_id = change(K, ["no-op"], key("old", key_id=OLD), key("old", key_id=OLD))
    by_name = change(L, [DELETE, CREATE], key("old", key_id=OTHER), key("new"))
    assert users(read(plan([by_id, by_name, RENAMED], blocks))) == {
        "default/new": ("violation", 2, 2),
        "default/old": ("pass", 0, 0),
    }


def test_a_renamed_user_is_called_as_the_plan_calls_it_where_nothing_else_does() -> None:
    by_id = change(K, ["no-op"], key("old", key_id=OLD), key("old", key_id=OLD))
    assert users(read(plan([by_id, RENAMED], BLOCKS))) == {"default/old": ("pass", 1, 1)}


def test_users_that_pass_a_name_on_keep_their_keys_apart() -> None:
    """The third user takes the name that the first one gives up; each key stays with its own."""
    blocks = [USER_BLOCK, resource("aws_iam_user.y", name="old"), *BLOCKS]
    taking = change("aws_iam_user.y", ["update"], {"name": "third", "id": "3"}, {"name": "old", "id": "3"})
    first = change(K, ["no-op"], key("old", key_id=OLD), key("old", key_id=OLD))
    other = change(L, ["no-op"], key("third", key_id=OTHER), key("third", key_id=OTHER))
    assert users(read(plan([first, other, RENAMED, taking], blocks))) == {
        "default/new": ("pass", 1, 1),
        "default/old": ("pass", 1, 1),
    }
