"""Reports as runs make them, built by hand: each kind of thing that a report can say."""

from __future__ import annotations

from datetime import UTC, datetime

from guard.diagnostics import error, note, warning
from guard.findings import findings_of
from guard.inventory.model import (
    ANY_NUMBER,
    MAYBE_ONE,
    NONE,
    ONE,
    AccessKey,
    Account,
    Count,
    LastUse,
    Source,
    Status,
    User,
)
from guard.records import replace
from guard.reports.model import (
    AccountCoverage,
    AccountStatus,
    Coverage,
    Report,
    Since,
)
from guard.rule_table import RULES
from guard.rules import Finding, Reading, UserVerdict, Verdict, Waived, Witness
from guard.source import SourceFile, SourceRange

MAIN = SourceFile(
    "envs/prod/main.tf",
    'resource "aws_iam_access_key" "first" {\n  user = "alice"\n}\n\n'
    'resource "aws_iam_access_key" "second" {\n  user = "alice"\n}\n\n'
    'resource "aws_iam_access_key" "spare" {\n  count = var.second_key ? 1 : 0\n  user  = "bob"\n}\n\n'
    'resource "aws_iam_access_key" "many" {\n  for_each = var.people\n  user     = each.value\n}\n',
)
MODULE = SourceFile(
    "modules/ci/main.tf", '\n\n\nresource "aws_iam_access_key" "this" {\n  user = var.user\n}\n'
)

HOSTILE = (
    "x\n::error file=a::b",
    "::set-output name=verdict::pass",
    "  ::stop-commands::t",
    "a ##[error]b\r::debug::c",
    "</td><script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) `code` | pipe | **bold** <!-- c --> @team #1 ```\n# head",
    "\x1b[31mred\x1b[0m\x07\u202egnp.exe\u2066",
    "\ud800 lone",
    "a,b:c%0Ad%25",
    "]]><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "${{ github.token }} $(id) `id`",
    "y" * 5000,
)


def at(text: str, source: SourceFile = MAIN, nth: int = 0) -> SourceRange:
    """The range of a text in a source."""
    start = -1
    for _ in range(nth + 1):
        start = source.text.index(text, start + 1)
    return SourceRange(source, start, start + len(text))


def key(user: str, address: str | None, place: SourceRange | None = None, **more: object) -> AccessKey:
    plain = AccessKey(
        user=User(user, user),
        account=Account("default"),
        status=Status.ACTIVE,
        active=ONE,
        exists=ONE,
        root="envs/prod",
        source=Source.CONFIGURATION,
        address=address,
        at=place,
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # the fields of AccessKey, by name


def holder(verdict: Verdict, active: Count, *keys: AccessKey, **more: object) -> UserVerdict:
    first = keys[0]
    plain = UserVerdict(first.account, first.user.label, first.root, first.source, verdict, active, keys)
    return replace(plain, **more)  # type: ignore[arg-type]  # the fields of UserVerdict, by name


def report(*users: UserVerdict, **more: object) -> Report:
    verdict = max((user.verdict for user in users), default=Verdict.PASS)
    plain = Report(
        command="check",
        verdict=verdict,
        exit_code=0 if verdict is Verdict.PASS else 1,
        limit=1,
        users=users,
        findings=findings_of(users, 1),
        diagnostics=(),
        coverage=Coverage(("envs/prod",), 60, 14),
    )
    return replace(plain, **more)  # type: ignore[arg-type]  # the fields of Report, by name


ALICE = holder(
    Verdict.VIOLATION,
    Count(2, 2),
    key("alice", "aws_iam_access_key.second", at('resource "aws_iam_access_key" "second"')),
    key("alice", "module.ci.aws_iam_access_key.this[0]", at('resource "aws_iam_access_key" "this"', MODULE)),
    key(
        "alice",
        "aws_iam_access_key.first",
        at('resource "aws_iam_access_key" "first"'),
        status=Status.INACTIVE,
        active=NONE,
    ),
)
BOB = holder(
    Verdict.POSSIBLE,
    Count(1, 2),
    key("bob", "aws_iam_access_key.base"),
    key(
        "bob",
        "aws_iam_access_key.spare[*]",
        at('resource "aws_iam_access_key" "spare"'),
        active=MAYBE_ONE,
        exists=MAYBE_ONE,
        why="var.second_key is not given",
    ),
    witness=Witness(
        {"var.second_key": True, "terraform.workspace": "prod"}, "second_key = true\n", (), "prod"
    ),
)
CAROL = holder(
    Verdict.UNDETERMINED,
    ANY_NUMBER,
    key(
        "each.value",
        "aws_iam_access_key.many[*]",
        at('resource "aws_iam_access_key" "many"'),
        active=ANY_NUMBER,
        exists=ANY_NUMBER,
        status=Status.UNKNOWN,
    ),
    why="for_each comes from module.people, which is not on disk",
)
DAVE = holder(Verdict.PASS, ONE, key("dave", "aws_iam_access_key.dave", at("aws_iam_access_key")))
WAIVED = holder(
    Verdict.PASS,
    Count(2, 2),
    key("eve", 'aws_iam_access_key.slots["a"]', at("aws_iam_access_key")),
    key("eve", 'aws_iam_access_key.slots["b"]', at("aws_iam_access_key")),
    waived=Waived("platform team", "rotation of the deploy key", "2026-12-31", 2),
)
WAIVED_FINDING = Finding(
    RULES["more-than-one-active-key"],
    RULES["more-than-one-active-key"].level,
    Verdict.PASS,
    WAIVED.account,
    "eve",
    WAIVED.root,
    "IAM user eve (account default) has 2 active access keys; at most 1 may be active.",
    "Finish the rotation before 2026-12-31.",
    (at("aws_iam_access_key"),),
    waived=WAIVED.waived,
)
IGNORED = replace(
    ALICE, waived=Waived("inline ignore at envs/prod/main.tf:1:1", "rotation", "2026-12-31", 2, inline=True)
)
ALLOWED = warning("Ignore added by this change", "at most 2 active keys; not at main.", at("resource"))
CHANGE = report(
    IGNORED,
    verdict=Verdict.PASS,
    exit_code=0,
    diagnostics=(ALLOWED, warning("Not counted", "A stack makes keys.", at("resource", MODULE))),
    changes=(ALLOWED,),
)
PLANNED = holder(
    Verdict.PASS,
    ONE,
    key(
        "frank",
        "aws_iam_access_key.frank",
        source=Source.PLAN,
        root="plan.json",
        key_id="AKIAIOSFODNN7EXAMPLE",
    ),
    peak=Count(2, 2),
)
OVERLAP = RULES["keys-overlap-during-apply"]
PLANNED_FINDING = Finding(
    OVERLAP,
    OVERLAP.level,
    Verdict.PASS,
    PLANNED.account,
    "frank",
    "plan.json",
    "IAM user frank has 2 active access keys while the plan is applied.",
    "Make sure that the apply ends.",
    addresses=("aws_iam_access_key.frank",),
)

PASS = report(DAVE)
EMPTY = report()
VIOLATION = report(DAVE, ALICE)
POSSIBLE = report(BOB, DAVE)
UNDETERMINED = report(
    CAROL,
    DAVE,
    diagnostics=(
        note("Variable file tried", "dev.tfvars alone gives no user more than one key."),
        warning("Not counted", "A CloudFormation stack makes keys.", at("aws_iam_access_key", MODULE)),
        error(
            "Invalid for_each argument",
            "for_each takes a map or a set of strings, and var.people is a list. toset(var.people)?",
            at("var.people"),
        ),
    ),
    coverage=Coverage(("envs/prod",), 60, 14, ("module.people (git::https://example.com/people.git)",)),
)
INCOMPLETE = report(
    DAVE, exit_code=3, diagnostics=(error("Unclosed block", "The block has no end.", at("{")),)
)
WITH_WAIVER = report(WAIVED, findings=(WAIVED_FINDING,))
PLAN = report(PLANNED, findings=(PLANNED_FINDING,), coverage=Coverage(("plan.json",)))
MANY = report(
    *(
        holder(
            Verdict.VIOLATION,
            Count(2, 2),
            *(
                key(f"user{n:03}", f"aws_iam_access_key.k{n}[{i}]", at("aws_iam_access_key"))
                for i in range(2)
            ),
        )
        for n in range(40)
    )
)

LIVE = Account("123456789012", alias="acme-prod")
LIVE_USER = holder(
    Verdict.VIOLATION,
    Count(2, 2),
    key(
        "grace",
        None,
        account=LIVE,
        root="123456789012",
        source=Source.ACCOUNT,
        key_id="AKIAIOSFODNN7EXAMPLE",
        created=datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
        last_used=LastUse(datetime(2026, 1, 1, tzinfo=UTC), "s3", "eu-west-1"),
    ),
    key(
        "grace",
        None,
        account=LIVE,
        root="123456789012",
        source=Source.ACCOUNT,
        key_id="AKIAI44QH8DHBEXAMPLF",
        created=datetime(2025, 6, 1, tzinfo=UTC),
        last_used=LastUse(None, None, None),
    ),
    arn="arn:aws:iam::123456789012:user/ops/grace",
    evidence="live",
)
UNREAD_USER = UserVerdict(
    LIVE,
    "heidi",
    "123456789012",
    Source.ACCOUNT,
    Verdict.UNDETERMINED,
    ANY_NUMBER,
    (),
    why="ListAccessKeys was refused (AccessDenied)",
    reading=Reading.UNREAD,
)
AUDIT = report(
    LIVE_USER,
    UNREAD_USER,
    command="audit",
    coverage=Coverage(
        accounts=(
            AccountCoverage(LIVE, AccountStatus.INCOMPLETE, "prod", "live", 2, 1, 0, 1, "1 user was refused"),
            AccountCoverage(
                Account("210987654321"), AccountStatus.FAILED, "dev", why="sts:AssumeRole was denied"
            ),
            AccountCoverage(Account("333333333333"), AccountStatus.AUDITED, "test", "live", 0),
        ),
        shard="1/2",
    ),
    since=Since(
        "last-night.json",
        (findings_of([LIVE_USER], 1)[0].fingerprint,),
        (),
        {"0" * 32: "ivan (123456789012) had 2 active access keys"},
        {"1" * 32: "judy (210987654321) had 2 active access keys"},
    ),
)


def hostile() -> Report:
    """A report in which every text that comes from outside tries to be something else."""
    users = []
    for text in HOSTILE:
        source = SourceFile(f"dir/{text[:80]}.tf", f'x = "{text}"\n')
        where = SourceRange(source, 0, 5)
        account = Account(f"profile:{text}", alias=text)
        keys = [key(text, f'aws_iam_access_key.k["{text}"]', where, account=account, root=text)] * 2
        witness = Witness({"var.name": text}, f'name = "{text}"\n', (text,), text)
        users.append(holder(Verdict.POSSIBLE, Count(1, 2), *keys, witness=witness, why=text))
    texts = [holder_.label for holder_ in users]
    places = [holder_.keys[0].at for holder_ in users]
    return report(
        *users,
        diagnostics=tuple(error("Hostile", text, place) for text, place in zip(texts, places, strict=True)),
        coverage=Coverage(tuple(texts), 1, 1, tuple(texts)),
    )


SAMPLES = {
    "pass": PASS,
    "empty": EMPTY,
    "violation": VIOLATION,
    "possible": POSSIBLE,
    "undetermined": UNDETERMINED,
    "incomplete": INCOMPLETE,
    "waiver": WITH_WAIVER,
    "change": CHANGE,
    "plan": PLAN,
    "audit": AUDIT,
    "mixed": report(
        DAVE, ALICE, BOB, CAROL, WAIVED, findings=(*findings_of((ALICE, BOB, CAROL), 1), WAIVED_FINDING)
    ),
    "many": MANY,
}
