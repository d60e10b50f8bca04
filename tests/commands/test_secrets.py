"""No secret of a plan or state reaches an output, a log, an error or a temporary file."""

import json
import tempfile
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from guard.cli import main
from guard.reports import FORMATS
from tests.inventory.test_state import entry, raw, shown
from tests.inventory.writing import call, change, key, plan, provider, read, resource, stored

CANARY = "CANARY"
KEY_ID = "AKIACANARYCANARY2222"
SECRETS = {"secret": f"{CANARY}1", "ses_smtp_password_v4": f"{CANARY}2", "encrypted_secret": f"{CANARY}3"}
K, L, M = (f"aws_iam_access_key.{name}" for name in "klm")


def secret_key(user: str, status: str = "Active") -> dict[str, Any]:
    return key(user, status, KEY_ID) | SECRETS


def full_plan() -> dict[str, Any]:
    """A plan with a secret in every place that may hold one, findings of every kind, and diagnostics."""
    changes = [
        change(K, ["update"], secret_key("ann", "Inactive"), secret_key("ann")),
        change(L, ["forget"], secret_key("ann") | {"id": f"{KEY_ID}L"}),
        change(M, ["create", "delete"], secret_key("bob") | {"id": f"{KEY_ID}M"}, key("bob")),
        change("aws_iam_access_key.n", ["create"], None, key(None), ("user",)),
        change("aws_iam_access_key.o", ["rotate"], secret_key("carl"), key("carl")),
        change(
            "aws_db_instance.d",
            ["update"],
            {"password": CANARY, "user": CANARY, "status": CANARY, "name": CANARY},
        ),
        change("aws_iam_user_login_profile.p", ["no-op"], {"password": CANARY, "user": "ann"}),
    ]
    blocks = [resource(address, user=["var.u"], pgp_key=CANARY) for address in (K, L, M)]
    blocks.append(resource("aws_iam_access_key.n", user=["local.u"]))
    document = plan(
        changes,
        [*blocks, resource("aws_db_instance.d", password=CANARY)],
        providers={"aws": provider(access_key=KEY_ID, secret_key=CANARY, token=CANARY)},
        calls={"m": call({"variables": {"p": {"default": CANARY}}}, password=CANARY)},
        variables={"password": CANARY, "u": "ann", "list": [CANARY], "map": {"x": CANARY}},
        prior=[stored("aws_db_instance.d", {"password": CANARY}), stored(K, secret_key("ann"))],
        complete=False,
        timestamp=CANARY,
        output_changes={"o": {"after": CANARY}},
        resource_drift=[change(K, ["update"], secret_key("ann"), secret_key("ann"))],
        checks=[{"instances": [{"problems": [{"message": CANARY}]}]}],
        terraform_version=CANARY,
    )
    document["planned_values"] = {
        "outputs": {"o": {"value": CANARY}},
        "root_module": {"resources": [stored(K, SECRETS)]},
    }
    return document


def documents() -> dict[str, bytes]:
    whole = json.dumps(full_plan()).encode()
    state = json.dumps(
        shown(stored(K, secret_key("ann")), stored(L, secret_key("ann") | {"id": "AKIAOTHER"}))
    ).encode()
    stored_state = json.dumps(
        raw(entry(K, secret_key("ann"), SECRETS), outputs={"o": {"value": CANARY}})
    ).encode()
    found = {
        "plan": whole,
        "plan in UTF-16": whole.decode().encode("utf-16"),
        "plan in a wrapper": b"[command]/CANARY\n" + whole + b"\n::debug::CANARY",
        "state": state,
        "raw state": stored_state,
        "old state": json.dumps(raw(version=3, modules=[CANARY])).encode(),
        "format of the future": json.dumps(full_plan() | {"format_version": f"2.{CANARY}"}).encode(),
        "log": json.dumps({"@level": "info", "@message": CANARY}).encode(),
        "something else": f'{{"password": "{CANARY}"}}'.encode(),
        "broken in UTF-16": whole.decode().encode("utf-16")[:-1] + b"\xd8\x00\xd8",
        "not UTF-8": whole.replace(b'"CANARY1"', b'"CANARY\xff"'),
        "a control character": whole.replace(b"CANARY1", b"CANARY\n1"),
        "a second secret without comma": whole.replace(b'"CANARY1"', b'"CANARY1" "CANARY"'),
        "a huge number": whole.replace(b'"CANARY1"', b"1" * 5000 + b', "x": "CANARY"'),
        "text after it": whole + b"CANARY",
        "another plan after it": whole + whole,
        "a member twice": whole.replace(b'"secret": "CANARY1"', b'"CANARY": 1, "CANARY": 2'),
        "a member of Terraform's twice": whole.replace(b'"user": "bob"', b'"user": "bob", "user": "CANARY"'),
    }
    found |= {f"{part} of another form": json.dumps(full_plan() | {part: CANARY}).encode() for part in PARTS}
    found |= {f"{part} with its name": json.dumps({part: {CANARY: CANARY}}).encode() for part in PARTS}
    found |= {
        f"{part} of a change": json.dumps(full_plan() | {"resource_changes": [broken]}).encode()
        for part, broken in broken_changes().items()
    }
    found |= {f"cut at {place}": whole[:place] for place in range(200, len(whole), len(whole) // 8)}
    return found


PARTS = (
    "format_version",
    "resource_changes",
    "deferred_changes",
    "prior_state",
    "planned_values",
    "configuration",
    "variables",
    "values",
    "resources",
)


def broken_changes() -> dict[str, dict[str, Any]]:
    whole = change(K, ["create"], None, key("ann"))
    outer = {part: whole | {part: {CANARY: [CANARY]}} for part in ("address", "type", "deposed", "change")}
    parts = ("actions", "before", "after", "after_unknown", "after_sensitive")
    inner = {part: whole | {"change": whole["change"] | {part: [CANARY]}} for part in parts}
    return outer | inner | {"odd address": whole | {"address": f"aws_iam_access_key {CANARY}"}}


DOCUMENTS = documents()


class Run:
    """Runs the command with every format, where nothing of it is to hold a secret."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capfd = folder, capfd
        self.scratch, self.inputs = folder / "scratch", folder / "in"
        self.scratch.mkdir()
        self.inputs.mkdir()

    def __call__(self, *paths: Path) -> int:
        reports = self.folder / "out"
        formats = [word for item in FORMATS for word in ("--format", f"{item}={reports / item}")]
        given = sorted(self.inputs.rglob("*"))
        code = main(["check", *map(str, paths), *formats, "--format", "text"])
        texts = [*self._capfd.readouterr(), *(file.read_text() for file in reports.glob("*"))]
        assert not [text for text in texts if CANARY in text]
        assert list(self.scratch.iterdir()) == []
        assert sorted(self.inputs.rglob("*")) == given
        return code


@pytest.fixture
def run(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    result = Run(tmp_path, capfd)
    monkeypatch.setenv("RUNNER_DEBUG", "1")
    monkeypatch.setattr(tempfile, "tempdir", str(result.scratch))
    return result


@pytest.mark.parametrize("name", DOCUMENTS)
def test_secrets_stay_where_they_are(name: str, run: Run) -> None:
    path = run.inputs / "plan.json"
    path.write_bytes(DOCUMENTS[name])
    assert run(path) in (1, 2, 3)


@pytest.mark.parametrize("name", ["plan", "cut at 200", "something else", "a member twice"])
def test_secrets_of_standard_input(name: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(DOCUMENTS[name])))
    assert run(Path("-")) in (1, 2, 3)


# What a configuration does with the secret that the plan gives it: it is evaluated with the plan's variables.
CONFIGURATIONS = {
    "fits": "",
    "refused by a validation": 'variable "v" {\n  default = ""\n  validation {\n    condition = var.password == "x"\n'
    '    error_message = "not ${nonsensitive(var.password)}"\n  }\n}\nlocals {\n  n = var.v\n}\n',
    "refused by a conversion": "locals {\n  n = tonumber(nonsensitive(var.password))\n}\n",
    "refused by a file": "locals {\n  n = file(nonsensitive(var.password))\n}\n",
    "refused by a function": 'locals {\n  n = regex("x", nonsensitive(var.password))\n}\n',
    "as it is": "locals {\n  n = nonsensitive(var.password)\n}\n",
    "its length": "locals {\n  n = length(var.password)\n}\n",
}


@pytest.mark.parametrize("use", ["status = local.n", "count = local.n", "for_each = toset([local.n])"])
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_secrets_that_a_configuration_is_evaluated_with(name: str, use: str, run: Run) -> None:
    changes = [change(address, ["create"], None, key(None), ("user", "status")) for address in (K, L)]
    blocks = [resource(address, user=["local.u"]) for address in (K, L)]
    document = plan(changes, blocks, variables={"password": CANARY, "u": "ann"})
    path = run.inputs / "plan.json"
    path.write_text(json.dumps(document))
    code = CONFIGURATIONS[name]
    used = use if code else ""
    (run.inputs / "main.tf").write_text(
        'variable "password" {\n  sensitive = true\n}\nvariable "u" {\n}\nlocals {\n  u = var.u\n}\n'
        f'resource "aws_iam_access_key" "k" {{\n  user = local.u\n  {used}\n}}\n'
        'resource "aws_iam_access_key" "l" {\n  user = local.u\n}\n' + code
    )
    assert run(path, run.inputs) in (1, 3)


def test_the_plan_of_these_tests_is_read_to_its_end() -> None:
    """So that what is shown above is not just an early refusal."""
    reading = read(full_plan())
    assert {item.summary for item in reading.diagnostics} == {"Incomplete plan", "Unknown action in a plan"}
    assert len(reading.keys) == 7
