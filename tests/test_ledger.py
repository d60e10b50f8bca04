"""From keys to users: who has how many, what may be one user, and what is counted once."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guard import ledger
from guard.inventory.model import (
    ANY_NUMBER,
    MAYBE_ONE,
    NONE,
    ONE,
    UNKNOWN_ACCOUNT,
    AccessKey,
    Account,
    Count,
    Source,
    Status,
    User,
)
from guard.ledger import Holding, across_roots, holdings, user_verdicts
from guard.records import replace
from guard.rules import UserVerdict, Verdict
from guard.values.types import STRING
from guard.values.unknown import Input, Kind
from guard.values.value import Value, unknown

DEFAULT = Account("default")
PROD = Account("111111111111")
DEV = Account("222222222222")


def named(name: str, managed_by: str | None = None) -> User:
    return User(name, name, managed_by)


def value(term: str, kind: Kind = Kind.NOT_GIVEN) -> Value:
    return unknown(STRING, kind, Input(term), f"{term} is not given")


def unnamed(term: str, managed_by: str | None = None, kind: Kind = Kind.NOT_GIVEN) -> User:
    return User(None, term, managed_by, value(term, kind))


def key(
    user: User | str = "alice",
    account: Account = DEFAULT,
    active: Count = ONE,
    root: str = "a",
    source: Source = Source.CONFIGURATION,
    **more: object,
) -> AccessKey:
    who = named(user) if isinstance(user, str) else user
    status = {ONE: Status.ACTIVE, NONE: Status.INACTIVE}.get(active, Status.UNKNOWN)
    return AccessKey(who, account, status, active, ONE, root, source, **more)


def result(*keys: AccessKey, limit: int = 1) -> list[tuple[str, Verdict, int, int | None]]:
    return [
        (user.label, user.verdict, user.active.low, user.active.high) for user in user_verdicts(keys, limit)
    ]


PASS, UNDETERMINED, VIOLATION = Verdict.PASS, Verdict.UNDETERMINED, Verdict.VIOLATION

CASES = {
    "one key": ([key()], [("alice", PASS, 1, 1)]),
    "two keys": ([key(), key()], [("alice", VIOLATION, 2, 2)]),
    "one is inactive": ([key(), key(active=NONE)], [("alice", PASS, 1, 1)]),
    "one may be active": ([key(), key(active=MAYBE_ONE)], [("alice", UNDETERMINED, 1, 2)]),
    "any number": ([key(active=ANY_NUMBER)], [("alice", UNDETERMINED, 0, None)]),
    "two and any number": ([key(), key(), key(active=ANY_NUMBER)], [("alice", VIOLATION, 2, None)]),
    "names differ by case": ([key("Alice"), key("aLICE")], [("Alice", VIOLATION, 2, 2)]),
    "two users": ([key("alice"), key("bob")], [("alice", PASS, 1, 1), ("bob", PASS, 1, 1)]),
    "two accounts": ([key(account=PROD), key(account=DEV)], [("alice", PASS, 1, 1)] * 2),
    "one account id in two roots": (
        [key(account=PROD), key(account=PROD, root="b")],
        [("alice", VIOLATION, 2, 2)],
    ),
    "default in two roots": ([key(), key(root="b")], [("alice", PASS, 1, 1)] * 2),
    "one variable": ([key(unnamed("var.u")), key(unnamed("var.u"))], [("var.u", VIOLATION, 2, 2)]),
    "one variable in two roots": (
        [key(unnamed("var.u")), key(unnamed("var.u"), root="b")],
        [("var.u", PASS, 1, 1)] * 2,
    ),
    "two variables": (
        [key(unnamed("var.u")), key(unnamed("var.v"))],
        [("var.u", UNDETERMINED, 1, 2), ("var.v", UNDETERMINED, 1, 2)],
    ),
    "a variable and a name": (
        [key("alice"), key(unnamed("var.v"))],
        [("alice", UNDETERMINED, 1, 2), ("var.v", UNDETERMINED, 1, 2)],
    ),
    "two managed users": (
        [key(unnamed("x.n", "aws_iam_user.x")), key(unnamed("y.n", "aws_iam_user.y"))],
        [("x.n", PASS, 1, 1), ("y.n", PASS, 1, 1)],
    ),
    "one managed user, twice": (
        [key(unnamed("x.n", "aws_iam_user.x")), key(unnamed("x.n", "aws_iam_user.x"))],
        [("x.n", VIOLATION, 2, 2)],
    ),
    "a managed user and the variable it is named by": (
        [key(unnamed("var.u", "aws_iam_user.x")), key(unnamed("var.u"))],
        [("var.u", VIOLATION, 2, 2)],
    ),
    "one thing not read": (
        [key(unnamed("file", kind=Kind.UNREAD)), key(unnamed("file", kind=Kind.UNREAD))],
        [("file", VIOLATION, 2, 2)],
    ),
    "two things not read": (
        [key(unnamed("file", kind=Kind.UNREAD)), key(unnamed("other", kind=Kind.UNREAD))],
        [("file", UNDETERMINED, 1, 2), ("other", UNDETERMINED, 1, 2)],
    ),
    "nothing known of a user": (
        [key(User(None, "somebody")), key("alice")],
        [("alice", UNDETERMINED, 1, 2), ("somebody", UNDETERMINED, 1, 2)],
    ),
    "unknown accounts": (
        [key(account=UNKNOWN_ACCOUNT), key(account=UNKNOWN_ACCOUNT)],
        [("alice", UNDETERMINED, 1, 2)] * 2,
    ),
    "one unknown account": (
        [key(account=Account("unknown", value("var.a"))), key(account=Account("unknown", value("var.a")))],
        [("alice", VIOLATION, 2, 2)],
    ),
    "an unknown account and a known one": (
        [key(account=UNKNOWN_ACCOUNT), key(account=PROD)],
        [("alice", UNDETERMINED, 1, 2)] * 2,
    ),
    "different users in unknown accounts": (
        [key("alice", UNKNOWN_ACCOUNT), key("bob", UNKNOWN_ACCOUNT)],
        [("alice", PASS, 1, 1), ("bob", PASS, 1, 1)],
    ),
    "accounts concluded from signs, equal": (
        [key(account=replace(PROD, certain=False)), key(account=PROD)],
        [("alice", VIOLATION, 2, 2)],
    ),
    "accounts concluded from signs, different": (
        [key(account=replace(PROD, certain=False)), key(account=DEV), key("bob", DEV)],
        [("alice", UNDETERMINED, 1, 2), ("alice", UNDETERMINED, 1, 2), ("bob", PASS, 1, 1)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_users_and_their_counts(name: str) -> None:
    keys, expected = CASES[name]
    assert result(*keys) == expected


def test_the_limit_is_the_callers() -> None:
    assert result(key(), key(), limit=2) == [("alice", PASS, 2, 2)]
    assert result(key(), limit=0) == [("alice", VIOLATION, 1, 1)]


def test_a_key_known_to_two_states_counts_once() -> None:
    gone = key(account=PROD, root="a", source=Source.PLAN, key_id="AKIA1", active=NONE)
    there = key(account=PROD, root="b", source=Source.PLAN, key_id="AKIA1")
    state = key(account=PROD, root="c", source=Source.STATE, key_id="AKIA1")
    other = key(account=PROD, root="d", key_id="AKIA2")
    new = key(account=PROD, root="e")
    assert result(there, state) == [("alice", PASS, 1, 1)]
    assert result(gone, there) == [("alice", PASS, 1, 1)]
    assert result(gone, state) == [("alice", PASS, 0, 0)]
    assert result(there, other) == [("alice", VIOLATION, 2, 2)]
    assert result(new, new) == [("alice", VIOLATION, 2, 2)]


def test_the_peak_is_told_where_it_differs() -> None:
    old, new = key(active=NONE, peak=ONE), key()
    user = user_verdicts([old, new, key(active=NONE)], 1)[0]
    assert (user.verdict, user.active, user.peak) == (PASS, ONE, Count(2, 2))
    assert user_verdicts([new], 1)[0].peak is None


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ([key(active=MAYBE_ONE, why="x is open"), key(why="x is open")], "x is open"),
        (
            [key(unnamed("var.u"), address="k.a"), key(unnamed("var.v"), address="k.b")],
            "it is not known whether k.b belongs to the same user",
        ),
        (
            [key("alice"), key(unnamed("var.u"), address="k.a", why="so"), key(unnamed("var.v"))],
            "so; it is not known whether k.a, var.v belong to the same user",
        ),
        (
            [key(account=UNKNOWN_ACCOUNT, address="k.a"), key(account=PROD, address="k.b")],
            "it is not known whether k.a is in the same account",
        ),
        (
            [
                key(account=replace(PROD, certain=False)),
                key(account=DEV, address="k.b"),
                key(account=DEFAULT, address="k.c"),
            ],
            "it is not known whether k.b, k.c are in the same account",
        ),
        (
            [key("alice"), *(key(unnamed(f"var.u{number}")) for number in range(6))],
            "it is not known whether var.u0, var.u1, var.u2, var.u3, 2 more belong to the same user",
        ),
    ],
)
def test_what_keeps_it_open(keys: Sequence[AccessKey], why: str) -> None:
    assert user_verdicts(keys, 1)[0].why == why


def test_a_verdict_that_is_decided_has_no_reason() -> None:
    assert user_verdicts([key(why="x"), key(why="y")], 1)[0].why is None


@pytest.mark.parametrize("bound", ["MOST_PAIRS", "MOST_COMPARED"])
def test_too_many_to_compare_is_never_a_pass(bound: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, bound, 0)
    keys = [key("alice"), key(unnamed("var.u")), key("bob", active=NONE), key(unnamed("var.v"))]
    assert [user.verdict for user in user_verdicts(keys, 1)] == [UNDETERMINED] * 4
    assert result(key("alice"), key("bob")) == [("alice", PASS, 1, 1), ("bob", PASS, 1, 1)]


def test_too_many_to_compare_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MOST_PAIRS", 1)
    users = user_verdicts([key("alice"), key(unnamed("var.u")), key(unnamed("var.v"), active=ANY_NUMBER)], 1)
    assert [(user.active.low, user.active.high) for user in users] == [(1, None), (1, None), (0, None)]
    assert users[0].why == "there are too many keys whose users are not known to compare them"


def test_many_unknown_users_take_bounded_time() -> None:
    keys = [key(unnamed(f"var.u{number}")) for number in range(3_000)]
    assert {user.verdict for user in user_verdicts(keys, 1)} == {UNDETERMINED}


def test_many_names_in_an_account_that_is_not_certain_are_told_apart() -> None:
    account = replace(PROD, certain=False)
    assert {user.verdict for user in user_verdicts([key(f"u{n}", account) for n in range(3_000)], 1)} == {
        PASS
    }


# --- across roots ------------------------------------------------------------------------------


def verdict(root: str, *keys: AccessKey, account: Account = PROD) -> UserVerdict:
    made = [replace(item, root=root, account=account) for item in keys]
    return user_verdicts(made, 1)[0]


def test_users_of_one_known_account_are_summed_across_roots() -> None:
    (user,) = across_roots([verdict("a", key()), verdict("b", key("ALICE"))], 1)
    assert (user.root, user.verdict, user.active) == ("a, b", VIOLATION, Count(2, 2))
    assert len(user.keys) == 2


@pytest.mark.parametrize("account", [DEFAULT, UNKNOWN_ACCOUNT, Account("profile:x")])
def test_other_accounts_are_not_joined(account: Account) -> None:
    users = across_roots([verdict(root, key(), account=account) for root in "ab"], 1)
    assert [user.verdict for user in users] == [PASS, PASS]


def test_users_without_a_name_are_not_joined() -> None:
    users = across_roots([verdict(root, key(unnamed("var.u"))) for root in "ab"], 1)
    assert [user.root for user in users] == ["a", "b"]


def test_what_is_open_in_one_root_is_open_in_the_sum() -> None:
    (user,) = across_roots([verdict("a", key(active=MAYBE_ONE, why="w")), verdict("b", key())], 1)
    assert (user.verdict, user.active) == (UNDETERMINED, Count(1, 2))
    assert user.why == "its keys in a, b depend on inputs of several roots"
    (user,) = across_roots([verdict("a", key(active=ANY_NUMBER, why="w")), verdict("b", key())], 1)
    assert (user.verdict, user.why) == (UNDETERMINED, "w")


def test_nothing_active_in_all_roots_passes() -> None:
    (user,) = across_roots([verdict("a", key(active=NONE)), verdict("b", key())], 1)
    assert (user.verdict, user.active) == (PASS, ONE)


def test_one_key_in_two_roots_counts_once() -> None:
    (user,) = across_roots([verdict(root, key(key_id="AKIA1")) for root in "ab"], 1)
    assert (user.verdict, user.active, len(user.keys)) == (PASS, ONE, 1)
    many = verdict("b", key(key_id="AKIA1"), key(active=ANY_NUMBER))
    (user,) = across_roots([verdict("a", key(key_id="AKIA1")), many], 1)
    assert (user.verdict, user.active) == (UNDETERMINED, Count(1, None))


def test_the_peak_is_summed_too() -> None:
    rotating = verdict("a", key(), key(active=NONE, peak=ONE))
    (user,) = across_roots([rotating, verdict("b", key(active=NONE))], 1)
    assert (user.active, user.peak) == (ONE, Count(2, 2))
    (user,) = across_roots([verdict("a", key()), verdict("b", key(active=NONE))], 1)
    assert user.peak is None


# --- laws --------------------------------------------------------------------------------------

USERS = st.sampled_from(
    [named("alice"), named("ALICE"), named("bob"), unnamed("var.u"), unnamed("var.v", "aws_iam_user.x")]
)
ACCOUNTS = st.sampled_from(
    [DEFAULT, PROD, DEV, replace(DEV, certain=False), UNKNOWN_ACCOUNT, Account("unknown", value("var.a"))]
)
KEYS = st.lists(
    st.builds(
        key, USERS, ACCOUNTS, st.sampled_from([ONE, NONE, MAYBE_ONE, ANY_NUMBER]), st.sampled_from("ab")
    ),
    max_size=6,
)


@given(KEYS)
def test_no_key_is_lost_or_counted_for_two(keys: list[AccessKey]) -> None:
    held = [id(item) for holding in holdings(keys) for item in holding.keys]
    assert sorted(held) == sorted(map(id, keys))


@given(KEYS, st.randoms())
def test_the_order_of_keys_does_not_matter(keys: list[AccessKey], random: Random) -> None:
    shuffled = list(keys)
    random.shuffle(shuffled)
    assert sorted(_shape(keys)) == sorted(_shape(shuffled))


def _shape(keys: list[AccessKey]) -> list[tuple[int, int, int]]:
    return [
        (user.verdict, user.active.low, -1 if user.active.high is None else user.active.high)
        for user in user_verdicts(keys, 1)
    ]


@given(KEYS)
def test_giving_up_comparing_only_widens(keys: list[AccessKey]) -> None:
    exact = user_verdicts(keys, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "MOST_PAIRS", 0)
        coarse = user_verdicts(keys, 1)
    for one, other in zip(exact, coarse, strict=True):
        assert one.active.low == other.active.low
        assert other.active.high is None or (one.active.high or 0) <= other.active.high


def test_a_holding_without_doubt_has_no_others() -> None:
    (holding,) = holdings([key()])
    assert (holding.perhaps, holding.others) == ([], NONE)
    assert isinstance(holding, Holding)
