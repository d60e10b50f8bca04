"""What a plan does to keys: the findings that warn, over recorded and written plans."""

from pathlib import Path

import pytest

from guard.inventory.document import open_document
from guard.inventory.files import read_file
from guard.inventory.model import (
    MAYBE_ONE,
    NONE,
    ONE,
    AccessKey,
    Account,
    Change,
    Count,
    Source,
    Status,
    User,
)
from guard.ledger import user_verdicts
from guard.plan_findings import plan_findings
from guard.rule_table import RULES
from guard.rules import Level, Verdict

PLANS = Path(__file__).parent / "data" / "plans"
ALICE, DEFAULT = User("alice", "alice"), Account("default")
ACTIVE, INACTIVE = Status.ACTIVE, Status.INACTIVE

EXPECTED = {
    "cbd-propagates": ["keys-overlap-during-apply"],
    "delete-and-create": ["keys-overlap-during-apply"],
    "drift-status-changed-outside": ["key-reactivated"],
    "import-inactive": ["key-reactivated"],
    "removed-forget": ["key-forgotten"],
    "replace-create-before-destroy": ["keys-overlap-during-apply"],
    "update-status-attribute-removed": ["key-reactivated"],
    "create-for-each-map-same-user": ["key-quota-exceeded"],
    "users-by-reference": ["key-quota-exceeded"] * 2,
}


@pytest.mark.parametrize("path", sorted(PLANS.glob("*-*.json")), ids=lambda path: path.stem)
def test_findings_of_recorded_files(path: Path) -> None:
    with open_document(str(path)) as document:
        users = user_verdicts(read_file(document).keys, 1)
    found = plan_findings(users, 1)
    assert [finding.rule.name for finding in found] == EXPECTED.get(path.stem, [])
    assert all(finding.level is Level.WARNING and finding.verdict is Verdict.PASS for finding in found)
    assert all(finding.addresses and finding.remedy and finding.fingerprint for finding in found)


def key(
    change: Change | None, status: Status = ACTIVE, was: Status | None = None, **more: object
) -> AccessKey:
    values: dict[str, object] = {
        "active": {ACTIVE: ONE, INACTIVE: NONE}.get(status, MAYBE_ONE),
        "exists": ONE,
        "root": "plan.json",
        "source": Source.PLAN,
        "address": f"aws_iam_access_key.{change.value if change else 'x'}",
        "change": change,
        "was": was,
    } | more
    return AccessKey(ALICE, DEFAULT, status, **values)


KEPT = key(Change.KEPT, ACTIVE, ACTIVE)
SPARE = key(Change.KEPT, INACTIVE, INACTIVE)
CREATED = key(Change.CREATED)
DELETED = key(Change.DELETED, ACTIVE, ACTIVE, active=NONE, exists=NONE, peak=ONE, crowd=MAYBE_ONE)
DEACTIVATED = key(Change.UPDATED, INACTIVE, ACTIVE, peak=ONE)

CASES: dict[str, tuple[list[AccessKey], dict[str, str]]] = {
    "an active key stays active": ([key(Change.UPDATED, ACTIVE, ACTIVE)], {}),
    "reactivated": (
        [key(Change.UPDATED, ACTIVE, INACTIVE)],
        {"key-reactivated": "The key aws_iam_access_key.updated of IAM user alice (account default) is"},
    ),
    "an expired key reactivated": (
        [key(Change.UPDATED, ACTIVE, Status.EXPIRED)],
        {"key-reactivated": "is made"},
    ),
    "perhaps reactivated": (
        [key(Change.UPDATED, Status.UNKNOWN, INACTIVE)],
        {"key-reactivated": "may be made"},
    ),
    "an inactive key is forgotten": ([key(Change.FORGOTTEN, INACTIVE, INACTIVE)], {}),
    "forgotten": ([key(Change.FORGOTTEN, ACTIVE, ACTIVE)], {"key-forgotten": "stays active in AWS"}),
    "perhaps active, and forgotten": ([key(Change.FORGOTTEN, Status.UNKNOWN)], {"key-forgotten": "stays"}),
    "one of two active keys goes": ([KEPT, DELETED], {}),
    "one of two active keys is deactivated": ([KEPT, DEACTIVATED], {}),
    "one goes and one comes": (
        [CREATED, DELETED],
        {"keys-overlap-during-apply": "While the plan is applied, IAM user alice (account default) may"},
    ),
    "a new one for one that is deactivated": (
        [CREATED, DEACTIVATED],
        {"keys-overlap-during-apply": "may have 2"},
    ),
    "any number of keys": ([key(None, Status.UNKNOWN, active=Count(0, None), peak=Count(1, None))], {}),
    "a third key": (
        [KEPT, SPARE, key(Change.CREATED, INACTIVE)],
        {"key-quota-exceeded": "alice (account default) would have 3 access keys, inactive ones included"},
    ),
    "a third key while one goes": (
        [
            KEPT,
            key(Change.DELETED, INACTIVE, INACTIVE, exists=NONE, crowd=MAYBE_ONE),
            key(Change.CREATED, INACTIVE),
        ],
        {"key-quota-exceeded": "may have 3 access keys at once"},
    ),
    "two keys": ([KEPT, key(Change.CREATED, INACTIVE)], {}),
    "three keys that are there already": ([KEPT, SPARE, SPARE], {}),
    "a third key in a configuration": (
        [key(None, status, source=Source.CONFIGURATION) for status in (ACTIVE, INACTIVE, INACTIVE)],
        {"key-quota-exceeded": "would have 3"},
    ),
    "perhaps a third key in a configuration": (
        [key(None, Status.UNKNOWN, source=Source.CONFIGURATION, exists=Count(0, 5))],
        {},
    ),
    "three keys in a state": (
        [key(None, status, source=Source.STATE) for status in (ACTIVE, INACTIVE, INACTIVE)],
        {},
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_findings_of_a_user(name: str) -> None:
    keys, expected = CASES[name]
    found = {item.rule.name: item.message for item in plan_findings(user_verdicts(keys, 1), 1)}
    assert found.keys() == expected.keys()
    for rule, text in expected.items():
        assert text in found[rule]


def test_the_limit_raises_the_overlap() -> None:
    assert plan_findings(user_verdicts([CREATED, DELETED], 2), 2) == ()


def test_an_address_is_named_once() -> None:
    replaced = [
        key(Change.REPLACED, address="k"),
        key(Change.DELETED, ACTIVE, ACTIVE, active=NONE, peak=ONE, address="k"),
    ]
    (finding,) = plan_findings(user_verdicts(replaced, 1), 1)
    assert finding.addresses == ("k",)


def test_every_rule_about_plans_has_a_case() -> None:
    covered = {rule for _, rules in CASES.values() for rule in rules}
    assert covered == {name for name in RULES if name.startswith("key")}
