"""What Terraform refuses about a module's blocks as written, before it evaluates anything."""

from __future__ import annotations

from collections.abc import Iterator

from guard.config.constants import plain_text
from guard.config.module import Module
from guard.diagnostics import Diagnostic, GuardError, error
from guard.source import SourceRange
from guard.syntax.nodes import Block, Expr, GetAttr, Index, Name

# Block types and the number of their labels. `action` came with Terraform 1.14.
LABELS = {
    "terraform": 0,
    "locals": 0,
    "moved": 0,
    "removed": 0,
    "import": 0,
    "variable": 1,
    "output": 1,
    "module": 1,
    "provider": 1,
    "check": 1,
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "action": 2,
}
LABEL_NAMES = {1: ("name",), 2: ("type", "name")}


def problems(module: Module) -> Iterator[Diagnostic]:
    """What is wrong with the module: unreadable files, types and labels of blocks, contradictions."""
    yield from module.check()
    for type in module.block_types():
        for block in module.raw_blocks(type):
            if type not in LABELS:
                detail = f'Blocks of type "{type}" are not expected here.'
                yield error("Unsupported block type", detail, block.header)
            elif len(block.labels) != LABELS[type]:
                yield _labels(type, block.labels, block.header)
    yield from _refactoring(module)


def _labels(type: str, labels: tuple[str, ...], at: SourceRange) -> Diagnostic:
    wanted = LABELS[type]
    if len(labels) > wanted:
        return error(f"Extraneous label for {type}", f"A {type} block has {wanted} labels.", at)
    missing = LABEL_NAMES[wanted][len(labels)]
    return error(f"Missing {missing} for {type}", f"A {type} block needs a label for its {missing}.", at)


def _refactoring(module: Module) -> Iterator[Diagnostic]:
    """moved, removed and import blocks that contradict what is declared.

    https://developer.hashicorp.com/terraform/language/moved
    """
    for type, argument, summary, wanted in (
        ("moved", "from", "Moved object still exists", False),
        ("removed", "from", "Removed resource still exists", False),
        ("import", "to", "Configuration for import target does not exist", True),
    ):
        for raw in module.raw_blocks(type):
            try:
                block = module.parse(raw)
            except GuardError as problem:
                yield problem.diagnostic
                continue
            place = _target(block, argument)
            if type == "moved" and _target(block, "to") is None:
                continue  # to one instance: then `from` names the instance without a key, not all of them
            if place is not None and _is_declared(module, place) is not wanted:
                state = "is not declared" if wanted else "is still declared"
                yield error(summary, f"{'.'.join(place)} {state} in this module.", block.range)


def _target(block: Block, argument: str) -> tuple[str, ...] | None:
    """The resource or module call that an address argument names as a whole, or None for an instance or
    something deeper."""
    attribute = block.body.attribute(argument)
    if attribute is None:
        return None
    names = _names(attribute.expr)
    if names is None and (text := plain_text(attribute.expr)):
        names = text.split(".") if "[" not in text else None
    return tuple(names) if names and len(names) == len(("type", "name")) else None


def _names(expr: Expr) -> list[str] | None:
    names: list[str] = []
    while isinstance(expr, GetAttr):
        names.append(expr.name)
        expr = expr.object
    if isinstance(expr, Index) or not isinstance(expr, Name):
        return None
    return [expr.name, *reversed(names)]


def _is_declared(module: Module, place: tuple[str, ...]) -> bool:
    if place[0] == "module":
        return place[1:] in module.names("module")
    return place in module.names("resource")
