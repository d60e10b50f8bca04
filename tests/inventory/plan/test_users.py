"""Whose key it is where the plan does not know the name."""

from typing import Any

import pytest

from tests.inventory.writing import call, change, key, plan, provider, read, resource, stored, users

K, L, X, Y = "aws_iam_access_key.k", "aws_iam_access_key.l", "aws_iam_user.x", "aws_iam_user.y"
X_ID, Y_ID = [f"{X}.id", X], [f"{Y}.id", Y]


def new_key(address: str) -> dict[str, Any]:
    return change(address, ["create"], None, key(None), ("user",))


def new_user(address: str, name: str | None = None) -> dict[str, Any]:
    return change(address, ["create"], None, {"name": name} if name else {}, () if name else ("name",))


def verdicts(
    changes: list[dict[str, Any]], blocks: list[dict[str, Any]], **more: Any
) -> dict[str, tuple[str, int, int | None]]:
    return {
        name.removeprefix("default/"): value
        for name, value in users(read(plan(changes, blocks, **more))).items()
    }


PASS, TWICE, OPEN = ("pass", 1, 1), ("violation", 2, 2), ("undetermined", 1, 2)


# name: (user of k, user of l, what is found); x is named `ex`, the name of y is known after apply
PAIRS: dict[str, tuple[list[str], list[str], dict[str, tuple[str, int, int | None]]]] = {
    "one id": (X_ID, X_ID, {"ex": TWICE}),
    "an id and a name": (X_ID, [f"{X}.name", X], {"ex": TWICE}),
    "two users": (X_ID, Y_ID, {"ex": PASS, Y: PASS}),
    "one user whose name is not known": (Y_ID, [f"{Y}.name", Y], {Y: TWICE}),
    "another attribute": (Y_ID, [f"{Y}.unique_id", Y], {Y: OPEN, f"{Y}.unique_id": OPEN}),
    "two references": (Y_ID, [*Y_ID, *X_ID], {Y: OPEN, f"{Y}.id": OPEN}),
    "a user and something else": (Y_ID, [*Y_ID, "var.suffix"], {Y: OPEN, f"{Y}.id": OPEN}),
    "the whole user": (Y_ID, [Y], {Y: TWICE}),
    "a local value, twice": (["local.u"], ["local.u"], {"local.u": OPEN}),
    "a data source": (Y_ID, ["data.aws_iam_user.d.user_name", "data.aws_iam_user.d"], {}),
    "a user that is not there": (Y_ID, ["aws_iam_user.gone.id", "aws_iam_user.gone"], {}),
    "functions of constants": (Y_ID, [], {}),
    "not spelled as a reference": (Y_ID, ["!"], {}),
    "a variable of the root module": (Y_ID, ["var.u"], {}),
    "an output that is not there": (Y_ID, ["module.m.id", "module.m"], {}),
    "a whole module": (Y_ID, ["module.m"], {}),
    "each.value without for_each": (Y_ID, ["each.value.id", "each.value"], {}),
}


@pytest.mark.parametrize("name", PAIRS)
def test_two_keys(name: str) -> None:
    one, other, expected = PAIRS[name]
    blocks = [
        resource(K, user=one),
        resource(L, user=other),
        resource(X, name="ex"),
        resource(Y, name=["r.n"]),
    ]
    found = verdicts([new_key(K), new_key(L), new_user(X, "ex"), new_user(Y)], blocks)
    assert found == (expected or {Y: OPEN, other[0] if other else f"{L}.user": OPEN})


def test_two_managed_users_without_names_are_two() -> None:
    blocks = [
        resource(K, user=X_ID),
        resource(L, user=Y_ID),
        resource(X, name=["r.n"]),
        resource(Y, name=["r.n"]),
    ]
    assert verdicts([new_key(K), new_key(L), new_user(X), new_user(Y)], blocks) == {X: PASS, Y: PASS}


def test_a_name_that_is_known_tells_the_users_apart_too() -> None:
    """The key of `ex` is by reference; so the user whose name is not known is another one."""
    blocks = [resource(K, user=[f"{X}.name", X]), resource(L, user=Y_ID)]
    known = change(K, ["create"], None, key("ex"))
    assert verdicts([known, new_key(L), new_user(X, "ex"), new_user(Y)], blocks) == {"ex": PASS, Y: PASS}


def test_a_literal_name_may_be_that_of_any_user() -> None:
    blocks = [resource(K, user="ex"), resource(L, user=Y_ID)]
    known = change(K, ["create"], None, key("ex"))
    assert verdicts([known, new_key(L), new_user(Y)], blocks) == {"ex": OPEN, Y: OPEN}


# --- instances ---------------------------------------------------------------------------------


def instances(address: str, *keys: int | str) -> list[str]:
    return [f"{address}[{item}]" if isinstance(item, int) else f'{address}["{item}"]' for item in keys]


BY_COUNT, BY_KEY = ["aws_iam_user.x", "count.index"], ["aws_iam_user.x", "each.key"]

# name: (reference, for_each of the key, instances of the key, instances of the user, users found)
REPEATED: dict[
    str, tuple[list[str], list[str] | None, tuple[int | str, ...], tuple[int | str, ...], dict[str, Any]]
] = {
    "by count.index, perhaps computed": (BY_COUNT, None, (0, 1), (0, 1), {"aws_iam_user.x": OPEN}),
    "by count.index, of one user": (BY_COUNT, None, (0, 1), (0,), {"x0": TWICE}),
    "by each.key, perhaps computed": (BY_KEY, None, ("a", "b"), ("a", "b"), {"aws_iam_user.x": OPEN}),
    "by each.key, of one user": (BY_KEY, None, ("a", "b"), ("a",), {"xa": TWICE}),
    "by each.key, computed": (BY_KEY, None, ("a-1", "a-2"), ("a", "b"), {"aws_iam_user.x": OPEN}),
    "each.value of users": (
        ["each.value.id", "each.value"],
        [X],
        ("a", "b"),
        ("a", "b"),
        {"xa": PASS, "xb": PASS},
    ),
    "each.value of other keys": (
        ["each.value.id", "each.value"],
        [X],
        ("p", "q"),
        ("a", "b"),
        {"each.value.id": OPEN},
    ),
    "each.value of a local value": (
        ["each.value"],
        ["local.m"],
        ("a", "b"),
        ("a", "b"),
        {"each.value": OPEN},
    ),
    "each.value.arn": (
        ["each.value.arn", "each.value"],
        [X],
        ("a", "b"),
        ("a", "b"),
        {"each.value.arn": OPEN},
    ),
    "one instance": (
        ['aws_iam_user.x["a"].id', 'aws_iam_user.x["a"]', X],
        None,
        ("a", "b"),
        ("a", "b"),
        {"xa": TWICE},
    ),
    "a whole resource of one": ([X], None, (0, 1), (0,), {"x0": TWICE}),
    "a whole resource of two": ([X], None, (0, 1), (0, 1), {"aws_iam_user.x": OPEN}),
    "a nested index": (
        ["aws_iam_user.x[0].tags[1]", X],
        None,
        (0, 1),
        (0,),
        {"aws_iam_user.x[0].tags[1]": OPEN},
    ),
}


@pytest.mark.parametrize("name", REPEATED)
def test_repeated_keys(name: str) -> None:
    reference, for_each, keys, of_user, expected = REPEATED[name]
    changes = [new_key(address) for address in instances(K, *keys)]
    changes += [
        new_user(address, f"x{item}") for address, item in zip(instances(X, *of_user), of_user, strict=True)
    ]
    block = resource(K, user=reference, **({"for_each": for_each} if for_each else {}))
    assert verdicts(changes, [block, resource(X, name=["each.key"])]) == expected


def test_users_that_go_away_are_nobodys() -> None:
    gone = change(X, ["delete"], {"name": "ex"}, None)
    assert verdicts([new_key(K), gone], [resource(K, user=X_ID)]) == {f"{X}.id": PASS}
    deposed = change(X, ["no-op"], {"name": "ex"}, {"name": "ex"}, deposed="d")
    assert verdicts([new_key(K), deposed], [resource(K, user=X_ID)]) == {f"{X}.id": PASS}


# --- modules -----------------------------------------------------------------------------------

MODULE = {
    "resources": [resource(K, user=["var.who"])],
    "outputs": {"id": {"expression": {"references": ["var.who"]}}},
}


def test_arguments_of_modules() -> None:
    calls = {"m": call(MODULE, who=X_ID), "n": call(MODULE, who=X_ID)}
    changes = [new_key(f"module.m.{K}"), new_key(f"module.n.{K}"), new_user(X)]
    assert verdicts(changes, [resource(X, name=["r.n"])], calls=calls) == {X: TWICE}


@pytest.mark.parametrize(
    ("argument", "for_each", "expected"),
    [
        (["each.value.id", "each.value"], [X], {"xa": PASS, "xb": PASS}),
        ([X, "each.key"], ["local.names"], {"var.who": OPEN}),
    ],
)
def test_modules_for_each_user(argument: list[str], for_each: list[str], expected: dict[str, Any]) -> None:
    calls = {"m": call(MODULE, who=argument, for_each=for_each)}
    changes = [new_key(f'module.m["{name}"].{K}') for name in "ab"]
    changes += [new_user(f'{X}["{name}"]', f"x{name}") for name in "ab"]
    assert verdicts(changes, [], calls=calls) == expected


def test_modules_by_count() -> None:
    calls = {"m": call(MODULE, who=[X, "count.index"], count=2)}
    changes = [new_key(f"module.m[{number}].{K}") for number in range(2)]
    both = [new_user(f"{X}[{number}]", f"x{number}") for number in range(2)]
    assert verdicts(changes + both, [], calls=calls) == {"var.who": OPEN}
    assert verdicts(changes + both[:1], [], calls=calls) == {"x0": TWICE}


@pytest.mark.parametrize(
    ("reference", "module_key"),
    [(["module.m.id", "module.m"], ""), (['module.m["a"].id', 'module.m["a"]'], '["a"]')],
)
def test_outputs_of_modules(reference: list[str], module_key: str) -> None:
    calls = {"m": call(MODULE, who=X_ID)}
    changes = [new_key(K), new_key(f"module.m{module_key}.{K}"), new_user(X)]
    assert verdicts(changes, [resource(K, user=reference)], calls=calls) == {X: TWICE}


def test_a_user_inside_a_module() -> None:
    inner = {
        "resources": [resource(K, user=X_ID), resource(X, name=["var.n"])],
        "outputs": {"id": {"expression": {"references": X_ID}}},
    }
    changes = [new_key(f"module.m.{K}"), new_key(K), new_user(f"module.m.{X}")]
    blocks = [resource(K, user=["module.m.id", "module.m"])]
    assert verdicts(changes, blocks, calls={"m": call(inner)}) == {f"module.m.{X}": TWICE}


def test_an_argument_that_is_not_given_leads_nowhere() -> None:
    assert set(verdicts([new_key(f"module.m.{K}")], [], calls={"m": call(MODULE)})) == {"var.who"}


def test_a_module_that_is_not_configured_leads_nowhere() -> None:
    assert set(verdicts([new_key(f"module.m.{K}")], [])) == {f"module.m.{K}.user"}


def test_references_in_circles_end() -> None:
    module = {
        "resources": [resource(K, user=["module.n.out", "module.n"])],
        "module_calls": {
            "n": call(
                {"outputs": {"out": {"expression": {"references": ["var.v"]}}}},
                v=["module.n.out", "module.n"],
            )
        },
    }
    document = plan([new_key(K)])
    document["configuration"]["root_module"] = module
    assert set(users(read(document))) == {"default/module.n.out"}


# --- masked and missing names ------------------------------------------------------------------


@pytest.mark.parametrize("mask", ["***", "(sensitive value)", ""])
@pytest.mark.parametrize("is_marked", [True, False])
def test_a_masked_name_is_no_name(mask: str, is_marked: bool) -> None:
    made = [
        change(K, ["create"], None, key(mask), change_after_sensitive={"user": is_marked}),
        change(L, ["create"], None, key("ann")),
    ]
    found = verdicts(made, [resource(K, user=["var.u"]), resource(L, user="ann")])
    assert found == {"var.u": OPEN, "ann": OPEN}


def test_a_masked_name_of_the_prior_state_is_no_name() -> None:
    kept = [stored(K, key("***", key_id="AKIAEXAMPLEONE")), stored(L, key("ann", key_id="AKIAEXAMPLETWO"))]
    found = users(read({"format_version": "1.0", "values": {"root_module": {"resources": kept}}}))
    assert found == {f"default/{K}.user": OPEN, "default/ann": OPEN}


def test_a_sensitive_name_that_is_shown_is_known() -> None:
    shown = [
        change(address, ["create"], None, key("ann"), change_after_sensitive={"user": True})
        for address in (K, L)
    ]
    assert verdicts(shown, []) == {"ann": TWICE}


def test_a_key_without_any_user() -> None:
    gone = change(K, ["forget"], {"status": "Active"})
    found = verdicts([gone], [resource(K, user="u")])
    assert found == {f"{K}.user": PASS}


def test_what_is_not_known_is_said() -> None:
    reading = read(plan([new_key(K)], [resource(K, user=["local.u"])], providers={"aws": provider()}))
    assert reading.keys[0].user.value is not None
    assert (
        reading.keys[0].user.value.unknown.why
        == f"{K}.user is known after apply only (it depends on local.u)"
    )
