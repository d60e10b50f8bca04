"""A plan to its keys, and to what cannot be concluded from it."""

from __future__ import annotations

from collections.abc import Iterator

from guard.config.relevance import KEY_TYPES
from guard.diagnostics import Diagnostic, Severity
from guard.inventory.contents import Contents, FileReading
from guard.inventory.model import NONE, AccessKey, Count
from guard.inventory.plan.changes import Action
from guard.inventory.plan.configuration import Module
from guard.inventory.plan.keys import plan_keys, unexplained, untouched
from guard.records import replace
from guard.visible import visible


def read_plan(contents: Contents) -> FileReading:
    """The keys after apply, and diagnostics; errors among them mean that the keys may not be all."""
    keys = plan_keys(contents)
    if contents.errored:
        keys = [_undecided(key) for key in keys]
    found = [*contents.warnings, *_diagnostics(contents, keys)]
    complete = not any(item.severity is Severity.ERROR for item in found)
    return FileReading(contents.name, contents.kind, tuple(keys), tuple(found), complete, contents.variables)


def _undecided(key: AccessKey) -> AccessKey:
    """A key of a plan that cannot be applied: nothing is certain but that there is no more of it."""
    if key.active == NONE:
        return key
    return replace(key, active=Count(0, key.active.high), why="Terraform failed while it made the plan")


def _diagnostics(contents: Contents, keys: list[AccessKey]) -> Iterator[Diagnostic]:
    yield from _of_whole(contents, keys)
    for item in contents.changes:
        if item.action is Action.OTHER and item.at.type in KEY_TYPES:
            yield _said(contents, Severity.ERROR, _UNHEARD, item.address)
        elif item.after.makes_keys:
            yield _said(contents, Severity.WARNING, _STACK, item.address)


def _of_whole(contents: Contents, keys: list[AccessKey]) -> Iterator[Diagnostic]:
    """The first thing that keeps a plan from telling everything."""
    if contents.errored:
        yield _said(contents, Severity.ERROR, _ERRORED)
    elif _is_partial(contents):
        concerns = bool(keys) or _makes_keys(contents.configuration.root)
        yield _said(contents, Severity.ERROR if concerns else Severity.WARNING, _PARTIAL)
    elif cut := unexplained(contents):
        yield _said(contents, Severity.ERROR, _CUT, *(item.address for item in cut))
    elif not contents.has_changes and keys:
        yield _said(contents, Severity.NOTE, _REFRESH)
    elif contents.complete is None and (names := _without_change(contents)):
        yield _said(contents, Severity.NOTE, _PERHAPS, *names)


def _said(contents: Contents, severity: Severity, text: tuple[str, str], *addresses: str) -> Diagnostic:
    names = ", ".join(visible(address) for address in addresses[:_SHOWN])
    return Diagnostic(severity, text[0], text[1].format(names), file=contents.name)


_SHOWN = 5
_ERRORED = (
    "Plan with errors",
    "Terraform failed while it made this plan (`errored` is true), so changes are missing from it and it "
    "cannot be applied. Mend what `terraform plan` reports and plan again.",
)
PARTIAL = "Incomplete plan"
_PARTIAL = (
    PARTIAL,
    "This plan leaves changes out (`-target`, `-exclude`, or changes deferred to a later plan), so a later "
    "one may make further keys. Plan without these options, or name the directory that was planned as well.",
)
_PERHAPS = (
    "Perhaps an incomplete plan",
    "This plan does not say whether it is complete, and has no change of {}: they have no instances, or "
    "`-target` or `-exclude` left them out.",
)
_CUT = (
    "Plan without its changes",
    "The planned values hold {}, of which the changes say nothing. Give the plan as it is: "
    "`terraform show -json plan.out > plan.json`.",
)
_REFRESH = (
    "Plan without changes",
    "This plan changes nothing (`-refresh-only`, or nothing to do): the keys counted are those of the state.",
)
_STACK = (
    "Access keys in a CloudFormation stack",
    "The template of {} makes access keys. They are made by CloudFormation and are not counted here: "
    "check the account itself with `iam-key-guard audit`.",
)
_UNHEARD = (
    "Unknown action in a plan",
    "This version does not know what the plan does to {}. Update iam-key-guard.",
)


def _is_partial(contents: Contents) -> bool:
    """Whether the plan leaves something out. Where it does not say, keys without a change tell."""
    if contents.complete is not None:
        return not contents.complete
    return contents.has_changes and bool(untouched(contents))


def _makes_keys(module: Module) -> bool:
    """Whether a module or one that it calls has a resource that is a key."""
    return any(True for _ in _key_blocks(module))


def _without_change(contents: Contents) -> list[str]:
    """The resources that are keys and have no change at all, by their addresses without instance keys."""
    changed = {
        (tuple(name for name, _ in change.at.module.steps), change.at.type, change.at.name)
        for change in contents.changes
    }
    return [
        ".".join((*(f"module.{step}" for step in path), kind, name))
        for path, kind, name in _key_blocks(contents.configuration.root)
        if (path, kind, name) not in changed
    ]


def _key_blocks(root: Module) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """The blocks that are keys: names of the module calls that lead to them, type and name."""
    todo: list[tuple[tuple[str, ...], Module]] = [((), root)]
    while todo:
        path, module = todo.pop()
        yield from ((path, kind, name) for kind, name in module.resources if kind in KEY_TYPES)
        todo.extend(((*path, name), call.module) for name, call in module.calls.items())
