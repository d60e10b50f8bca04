"""Plans joined with the configuration beside them: what a plan does not show is evaluated there.

The configuration is evaluated with the plan's own variables. It counts only where it is certainly the
one that was planned: the same keys at the same addresses, for the same users as far as both know them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from guard.addresses import WILDCARD
from guard.diagnostics import Diagnostic, Severity
from guard.inventory.contents import FileReading
from guard.inventory.jsonstream import OMITTED, Json
from guard.inventory.keys import with_status
from guard.inventory.model import AccessKey, Account, Change, Status, User
from guard.inventory.plan.reading import PARTIAL
from guard.inventory.recognise import FileKind
from guard.inventory.roots import RootModule
from guard.inventory.traversal import resource_instance
from guard.lang.budget import Budget
from guard.lang.functions.json_reader import read_json
from guard.records import dataclass, field, replace
from guard.values.value import Value

_THERE = frozenset({Change.KEPT, Change.CREATED, Change.UPDATED, Change.REPLACED})
_MADE = frozenset({Change.CREATED, Change.REPLACED})

Block = tuple[tuple[str, ...], str, str]
"""A resource block that makes keys: the names of the calls that lead to it, its type and name."""


@dataclass(slots=True)
class Joined:
    """Readings completed by their configurations.

    told: the roots that a plan tells about.
    apart: readings of a root that is told about by its configuration as well, at another time: the state
    before it is applied, or a plan of some of it. Their keys are never added to the root's.
    """

    readings: list[FileReading] = field(default_factory=list)
    told: list[RootModule] = field(default_factory=list)
    apart: list[FileReading] = field(default_factory=list)


def join(readings: Iterable[FileReading], roots: Sequence[RootModule]) -> Joined:
    """Complete each plan by the one root that it was made from, if that is among the roots."""
    result = Joined()
    for reading in readings:
        fitting = [found for root in roots if (found := _fit(reading, root)) is not None]
        chosen = _nearest(reading, fitting)
        known = chosen.completed(reading) if chosen else _unjoined(reading, len(fitting))
        if chosen and known.complete:
            result.readings.append(known)
            result.told.append(chosen.root)
        elif chosen or any(_is_of(reading, root) for root in roots):
            result.apart.append(_settled(known))
        else:
            result.readings.append(known)
    return result


@dataclass(frozen=True, slots=True)
class _Fit:
    """A root that a plan was made from.

    keys: its own, by address. open_blocks: those of which not all instances are known.
    """

    root: RootModule
    keys: Mapping[str, AccessKey]
    open_blocks: Mapping[Block, AccessKey]

    def completed(self, reading: FileReading) -> FileReading:
        keys = tuple(self._completed(key) for key in reading.keys)
        return replace(reading, keys=keys)

    def _completed(self, key: AccessKey) -> AccessKey:
        exact = self.keys.get(key.address or "")
        known = exact or self.open_blocks.get(_block(key.address or ""))
        if known is None:
            return key
        result = replace(
            key, at=known.at, through=known.through, account=_account(key.account, known.account)
        )
        if key.change not in _THERE or exact is None:
            return result
        if key.status is Status.UNKNOWN and known.status is not Status.UNKNOWN:
            result = with_status(result, known.status)
        return replace(result, user=_user(key.user, known.user))


def _account(planned: Account, configured: Account) -> Account:
    """The plan's account, unless only the configuration knows it."""
    if planned.name != "unknown" and planned.certain:
        return planned
    return configured if configured.name != "unknown" or planned.name == "unknown" else planned


def _user(planned: User, configured: User) -> User:
    if planned.name is not None:
        return replace(planned, managed_by=configured.managed_by or planned.managed_by)
    return configured if configured.name is not None or configured.value is not None else planned


# --- whether a plan was made from a root -------------------------------------------------------


def _fit(reading: FileReading, root: RootModule) -> _Fit | None:
    if not _can_join(reading):
        return None
    evaluation = root.evaluate(variables=_values(reading.variables))
    if evaluation.refusals or any(item.severity is Severity.ERROR for item in evaluation.diagnostics):
        return None
    configured = {item.key.address or "": item.key for item in evaluation.found}
    planned = {key.address or "": key for key in reading.keys if key.change in _THERE}
    open_blocks = _open_blocks(configured)
    missing = set(root.origin.key_paths.missing)
    like = {address for address in planned if address in configured or _block(address) in open_blocks}
    if not like or not all(_is_below(_block(address)[0], missing) for address in planned.keys() - like):
        return None
    if not _same_users(planned, configured) or (
        reading.complete and not _certain(configured) <= planned.keys()
    ):
        return None
    return _Fit(root, configured, open_blocks)


def _can_join(reading: FileReading) -> bool:
    return reading.kind is FileKind.PLAN and bool(reading.keys)


def _values(variables: Mapping[str, Json]) -> dict[str, Value]:
    """The variables of a plan as values; one that was too large to keep stays open."""
    return {
        name: read_json(json.dumps(value), Budget())
        for name, value in variables.items()
        if not _lacks_something(value)
    }


def _lacks_something(value: Json) -> bool:
    if isinstance(value, dict):
        return any(map(_lacks_something, value.values()))
    return any(map(_lacks_something, value)) if isinstance(value, list) else value == OMITTED


def _open_blocks(keys: Mapping[str, AccessKey]) -> dict[Block, AccessKey]:
    return {_block(address): key for address, key in keys.items() if WILDCARD.value in address}


def _is_below(path: tuple[str, ...], missing: set[tuple[str, ...]]) -> bool:
    return any(path[: len(call)] == call for call in missing)


def _block(address: str) -> Block:
    at = resource_instance(address)
    return (tuple(name for name, _ in at.module.steps), at.type, at.name) if at else ((), "", "")


def _certain(keys: Mapping[str, AccessKey]) -> set[str]:
    """The addresses that a complete plan must have."""
    return {address for address, key in keys.items() if key.exists.low and WILDCARD.value not in address}


def _same_users(planned: Mapping[str, AccessKey], configured: Mapping[str, AccessKey]) -> bool:
    """Whether new keys are for the users that the configuration names; old ones may have other users yet."""
    for address, key in planned.items():
        known = configured.get(address)
        if known is None or key.change not in _MADE or key.user.name is None or known.user.name is None:
            continue
        if key.user.name != known.user.name:
            return False
    return True


def _nearest(reading: FileReading, fitting: Sequence[_Fit]) -> _Fit | None:
    """The only root that fits, or the one in whose directory the plan lies."""
    if len(fitting) > 1:
        folder = Path(reading.name).resolve().parent
        fitting = [item for item in fitting if item.root.origin.module.directory.resolve() == folder]
    return fitting[0] if len(fitting) == 1 else None


def _is_of(reading: FileReading, root: RootModule) -> bool:
    """Whether a plan or state is a root's: it lies there, or has one of its keys for the same user."""
    file = Path(reading.name)
    if file.exists() and file.resolve().parent == root.origin.module.directory.resolve():
        return True
    configured = {_place(item.key) for item in root.evaluate().found if item.key.user.name}
    return any(_place(key) in configured for key in reading.keys)


def _place(key: AccessKey) -> tuple[str | None, str]:
    return key.address, (key.user.name or "").lower()


def _settled(reading: FileReading) -> FileReading:
    """A plan that leaves something out, where the configuration tells of the rest."""
    rest = Diagnostic(Severity.NOTE, PARTIAL, _REST, file=reading.name)
    said = tuple(rest if item.summary == PARTIAL else item for item in reading.diagnostics)
    return replace(reading, diagnostics=said)


_REST = "This plan leaves changes out; what a later one makes of them is told by the configuration beside it."


def _unjoined(reading: FileReading, fitting: int) -> FileReading:
    """The plan alone; where it leaves something open, that the configuration was no help is a warning."""
    if not _can_join(reading):
        return reading
    if fitting:
        detail = f"{fitting} of the root modules given fit the plan. Name the one that it was made from."
    else:
        detail = "None of the root modules given has the same keys when it is given the plan's variables."
    is_open = any(key.user.name is None or key.status is Status.UNKNOWN for key in reading.keys)
    accounts = {key.account for key in reading.keys}
    is_open |= len(accounts) > 1 or any(item.name == "unknown" for item in accounts)
    severity = Severity.WARNING if is_open else Severity.NOTE
    said = Diagnostic(severity, "Plan not joined with a configuration", detail, file=reading.name)
    return replace(reading, diagnostics=(*reading.diagnostics, said))
