"""A plan or state to the parts of it that tell about keys, in one pass and bounded memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from guard.diagnostics import Diagnostic
from guard.inventory.document import Document, DocumentError
from guard.inventory.jsonstream import Json, JsonReader
from guard.inventory.model import AccessKey
from guard.inventory.objects import TYPES, RemoteObject, read_raw_resource, read_values
from guard.inventory.plan.changes import ResourceChange, read_change, read_changes
from guard.inventory.plan.configuration import Configuration, read_configuration
from guard.inventory.recognise import ADVICE, FileKind, kind_of
from guard.records import dataclass, field


@dataclass(slots=True)
class Contents:
    """What was read of a plan or state; what a document does not have stays as it is here.

    version: of the format (plan, state as JSON) or of the raw state.
    has_changes: a plan that only refreshes has none.
    complete: None where the plan does not say (OpenTofu, Terraform before 1.8).
    state: the keys and users of a state, or those that a plan started from.
    planned: the keys and users that a plan expects to be there in the end.
    accounts: for each provider of a state, the accounts that ARNs of IAM objects name.
    """

    name: str
    kind: FileKind = FileKind.JSON
    version: str | None = None
    complete: bool | None = None
    errored: bool = False
    has_changes: bool = False
    changes: list[ResourceChange] = field(default_factory=list)
    deferred: list[tuple[str, ResourceChange]] = field(default_factory=list)
    state: list[RemoteObject] = field(default_factory=list)
    planned: list[RemoteObject] = field(default_factory=list)
    accounts: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    configuration: Configuration = field(default_factory=Configuration)
    variables: dict[str, Json] = field(default_factory=dict)
    warnings: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class FileReading:
    """What a plan or state says: the keys, and what could not be read of it.

    complete: whether the keys are all there will be; if not, a diagnostic tells why.
    variables: of the root module, as planned; they may be secret, and are only for joining the plan
    with its configuration.
    """

    name: str
    kind: FileKind
    keys: tuple[AccessKey, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    complete: bool = False
    variables: Mapping[str, Json] = field(default_factory=dict, repr=False)


def read_contents(document: Document) -> Contents:
    """Read a document to its end. Raises DocumentError if it is no plan or state, or not whole."""
    reader = JsonReader(document)
    contents = Contents(document.name, warnings=document.warnings)
    keys = set()
    for key in reader.members():
        keys.add(key)
        _read_part(reader, key, contents)
    reader.finish()
    contents.kind = kind_of(keys)
    if contents.kind is FileKind.JSON and "format_version" in keys <= _OF_NOTHING:
        contents.kind = FileKind.STATE  # what `terraform show -json` prints where nothing was applied yet
    _check_version(contents)
    return contents


_OF_NOTHING = {"format_version", "terraform_version", "checks"}


def _read_part(reader: JsonReader, key: str, contents: Contents) -> None:
    match key:
        case "format_version" | "version":
            contents.version = str(reader.value())
        case "errored":
            contents.errored = reader.flag() is not False
        case "complete":
            value = reader.value()
            contents.complete = None if value is None else value is True
        case "variables":
            contents.variables = {name: _read_variable(reader) for name in reader.members()}
        case "configuration":
            contents.configuration = read_configuration(reader)
        case "values" | "resources":
            _read_state(reader, key, contents)
        case "planned_values":
            contents.planned.extend(item for item in read_values(reader) if item.at.type in TYPES)
        case "prior_state":
            for name in reader.members():
                _read_state(reader, name, contents)
        case _:
            _read_changes(reader, key, contents)


def _read_state(reader: JsonReader, key: str, contents: Contents) -> None:
    if key == "values":
        _keep(read_values(reader), contents)
    elif key == "resources":
        for _ in reader.items():
            _keep(read_raw_resource(reader), contents)


def _keep(objects: Iterable[RemoteObject], contents: Contents) -> None:
    for item in objects:
        if item.attributes.account_id:
            contents.accounts[item.provider or ""].add(item.attributes.account_id)
        if item.at.type in TYPES:
            contents.state.append(item)


def _read_changes(reader: JsonReader, key: str, contents: Contents) -> None:
    if key == "resource_changes":
        contents.has_changes = True
        contents.changes.extend(read_changes(reader))
    elif key == "deferred_changes":
        for _ in reader.items():
            contents.deferred.extend(_read_deferred(reader))


def _read_deferred(reader: JsonReader) -> list[tuple[str, ResourceChange]]:
    reason, change = "", None
    for name in reader.members():
        if name == "reason":
            reason = reader.text() or ""
        elif name == "resource_change":
            change = read_change(reader)
    return [(reason, change)] if change else []


def _read_variable(reader: JsonReader) -> Json:
    """Values are kept until the provider configurations are known, which come later in the text."""
    result: Json = None
    for name in reader.members():
        if name == "value":
            result = reader.value()
    return result


def _check_version(contents: Contents) -> None:
    """Majors that are known: https://developer.hashicorp.com/terraform/internals/json-format"""
    match contents.kind, (contents.version or "").partition(".")[0]:
        case (FileKind.PLAN | FileKind.STATE, "0" | "1") | (FileKind.RAW_STATE, "4"):
            return
        case ((FileKind.PLAN | FileKind.STATE | FileKind.RAW_STATE), version):
            raise DocumentError(
                contents.name,
                f"Unsupported format of a {contents.kind.value}",
                f"Its format version is {_shown(version)}; known are {_KNOWN[contents.kind]}. "
                f"{_OLD if contents.kind is FileKind.RAW_STATE else _NEW}",
            )
        case kind, _:
            raise DocumentError(
                contents.name, "Neither a plan nor a state", ADVICE.get(kind, ADVICE[FileKind.OTHER])
            )


def _shown(version: str) -> str:
    return version if version.isdecimal() and len(version) <= _LONGEST_VERSION else "missing"


_LONGEST_VERSION = 4
_KNOWN = {FileKind.PLAN: "0 and 1", FileKind.STATE: "0 and 1", FileKind.RAW_STATE: "4"}
_NEW = "Update iam-key-guard."
_OLD = "Show it as JSON with the Terraform that wrote it: `terraform show -json > state.json`."
