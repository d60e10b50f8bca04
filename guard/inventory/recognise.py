"""The first bytes of a file to what kind of file it is, and to the command that makes the right one."""

from __future__ import annotations

import re
from enum import Enum

BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
WRAPPER_MARK = b"[command]"
_ZIP_MARK = b"PK\x03\x04"
_COLOUR = re.compile(rb"\x1b\[[0-9;]*m")
_FIRST_KEY = re.compile(rb'\{\s*(?:"([^"\\]{0,200})"|\})')
_MEMBER = re.compile(rb'"([^"\\]{0,200})"\s*:\s*(?:"[^"\\]{0,200}"|[0-9.]{1,30}|true|false|null)\s*,\s*')
_LAST_KEY = re.compile(rb'"([^"\\]{0,200})"\s*:')
_TEXT_PLAN = re.compile(
    rb"will perform the following actions|used the selected providers to generate|"
    rb"No changes\. Your infrastructure matches"
)


class FileKind(Enum):
    """What a file is, as far as its beginning tells.

    PLAN, STATE: from `terraform show -json`. RAW_STATE: a state file as Terraform stores it.
    ENCRYPTED_STATE: the same, encrypted by OpenTofu. JSON: an object whose beginning does not tell.
    PLAN_LOG: from `terraform plan -json`. BINARY_PLAN: from `terraform plan -out`.
    TEXT_PLAN: what `terraform plan` or `terraform show` print for people.
    """

    PLAN = "plan"
    STATE = "state"
    RAW_STATE = "raw state"
    ENCRYPTED_STATE = "encrypted state"
    JSON = "JSON"
    PLAN_LOG = "plan log"
    BINARY_PLAN = "binary plan"
    TEXT_PLAN = "plan text"
    EMPTY = "empty"
    OTHER = "other"


READABLE = frozenset({FileKind.PLAN, FileKind.STATE, FileKind.RAW_STATE, FileKind.JSON})

_SHOW_PLAN = (
    "Write the plan to a file and show that file as JSON:\n"
    "  terraform plan -out=plan.out\n"
    "  terraform show -json plan.out > plan.json"
)
ADVICE = {
    FileKind.PLAN_LOG: (
        f"This is the log of `terraform plan -json`, which leaves out the values planned. {_SHOW_PLAN}"
    ),
    FileKind.BINARY_PLAN: (
        "This is a plan file as `terraform plan -out` writes it, which only Terraform itself can read. "
        "Show it as JSON, where it was made:\n  terraform show -json plan.out > plan.json"
    ),
    FileKind.TEXT_PLAN: f"This is a plan as text for people. {_SHOW_PLAN}",
    FileKind.ENCRYPTED_STATE: (
        "This state is encrypted. Show it as JSON where its key is:\n  tofu show -json > state.json"
    ),
    FileKind.EMPTY: f"There is nothing in it; perhaps the command before it failed. {_SHOW_PLAN}",
    FileKind.OTHER: (
        "This is neither Terraform code nor a plan or state as JSON, or other text comes before the JSON. "
        "`terraform show -json plan.out > plan.json` makes a plan as JSON."
    ),
}

_PLAN_KEYS = frozenset(
    {"applyable", "complete", "errored", "configuration", "variables", "planned_values", "prior_state"}
    | {"resource_changes", "resource_drift", "output_changes", "relevant_attributes", "deferred_changes"}
)


def recognise(head: bytes) -> FileKind:
    """What the file is that begins so; a few hundred bytes usually tell."""
    if head.startswith(_ZIP_MARK):
        return FileKind.BINARY_PLAN
    text = without_wrapper(utf8(head)).lstrip()
    if not text:
        return FileKind.EMPTY
    if not text.startswith(b"{"):
        return FileKind.TEXT_PLAN if _TEXT_PLAN.search(_COLOUR.sub(b"", text)) else FileKind.OTHER
    return _recognise_object(text)


def encoding(head: bytes) -> tuple[str, int]:
    """The encoding of a text by its first bytes, and the length of its byte order mark.

    Windows PowerShell 5 writes UTF-16 with a mark when output is redirected.
    """
    for mark, name in BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return name, len(mark)
    if head[:1] == b"\0" and len(head) > 1:
        return "utf-16-be", 0
    return ("utf-16-le", 0) if head[1:2] == b"\0" else ("utf-8", 0)


def utf8(head: bytes) -> bytes:
    """The beginning of a text in UTF-8 without a byte order mark, whatever it came in."""
    name, mark = encoding(head)
    if name == "utf-8":
        return head[mark:]
    return head[mark:].decode(name, "replace").encode("utf-8", "replace")


def without_wrapper(text: bytes) -> bytes:
    """The text without the line `[command]…` that the wrapper of hashicorp/setup-terraform wrote first."""
    begin = text.lstrip()
    return begin.partition(b"\n")[2] if begin.startswith(WRAPPER_MARK) else text


def _recognise_object(text: bytes) -> FileKind:
    for key in _leading_keys(text):
        if key == "@level":
            return FileKind.PLAN_LOG
        kind = kind_of({key})
        if kind is not FileKind.JSON:
            return kind
    return FileKind.JSON


def _leading_keys(text: bytes) -> list[str]:
    """The keys of an object, up to and with the first one whose value is not a short scalar."""
    first = _FIRST_KEY.match(text)
    if first is None or first[1] is None:
        return []
    place = first.start(1) - 1
    keys = []
    while member := _MEMBER.match(text, place):
        keys.append(member[1])
        place = member.end()
    last = _LAST_KEY.match(text, place)
    return [key.decode("utf-8", "replace") for key in (*keys, *([last[1]] if last else []))]


def kind_of(keys: frozenset[str] | set[str]) -> FileKind:
    """What a JSON object with these keys at its top is.

    A plan without any change and a state without any resource may both consist of the version alone;
    then it is a state: `terraform show -json` prints that where nothing has been applied yet.
    """
    if keys & _PLAN_KEYS:
        return FileKind.PLAN
    if keys & {"encrypted_data", "encryption_version"}:
        return FileKind.ENCRYPTED_STATE
    if "values" in keys:
        return FileKind.STATE
    if keys & {"lineage", "serial"} or {"version", "resources"} <= keys:
        return FileKind.RAW_STATE
    return FileKind.JSON
