"""No secret of a plan or state reaches an output, a log, an error or a temporary file."""

import json
import tempfile
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
    }
    found |= {f"cut at {place}": whole[:place] for place in range(200, len(whole), len(whole) // 8)}
    return found


DOCUMENTS = documents()


@pytest.mark.parametrize("name", DOCUMENTS)
def test_secrets_stay_where_they_are(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "plan.json"
    path.write_bytes(DOCUMENTS[name])
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("RUNNER_DEBUG", "1")
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    formats = [word for item in FORMATS for word in ("--format", f"{item}={tmp_path / 'out' / item}")]
    code = main(["check", str(path), *formats, "--format", "text"])
    assert code in (1, 2, 3)
    shown_texts = [*capfd.readouterr(), *(file.read_text() for file in tmp_path.glob("out/*"))]
    assert not [text for text in shown_texts if CANARY in text]
    assert list(scratch.iterdir()) == []
    assert list(path.parent.iterdir()) == [path]


def test_the_plan_of_these_tests_is_read_to_its_end() -> None:
    """So that what is shown above is not just an early refusal."""
    reading = read(full_plan())
    assert {item.summary for item in reading.diagnostics} == {"Incomplete plan", "Unknown action in a plan"}
    assert len(reading.keys) == 7
