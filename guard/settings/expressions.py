"""What the expressions of a module that the settings describe may refer to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from guard.diagnostics import UsageError
from guard.lang.functions import FUNCTIONS
from guard.settings.document import SUMMARY, Data
from guard.syntax.nodes import Expr, GetAttr, Index
from guard.syntax.references import first_name, function_calls, references
from guard.visible import visible

PARTS = {"var": "inputs", "local": "locals", "aws_iam_user": "users"}
REPEATED = {"each": "for-each", "count": "count"}
RESOURCES = ("users", "keys")
SPECIAL = ("can", "try")


def check_names(expr: Expr, module: Mapping[str, Data], path: tuple[str, ...]) -> None:
    """UsageError for a reference to what the module, as described, does not have, and for a function that
    does not exist. path: where the expression stands in the module."""
    for reference in references(expr):
        first = first_name(reference)
        if first in PARTS:
            _check_declared(reference, first, module.get(PARTS[first], {}))
        elif first in REPEATED:
            _check_repeated(reference, first, module, path)
        elif first != "terraform":
            detail = (
                f"{visible(reference.range.text)} is no reference; a text needs quotes of its own: '\"…\"'."
            )
            raise UsageError(SUMMARY, detail, reference.range)
    for call in function_calls(expr):
        if call.name.removeprefix("core::") not in (*FUNCTIONS, *SPECIAL):
            detail = f"There is no function {visible(call.name)}.{_near(call.name, FUNCTIONS)}"
            raise UsageError(SUMMARY, detail, call.range)


def _check_declared(reference: Expr, first: str, declared: Mapping[str, Data]) -> None:
    name = _second(reference)
    if name not in declared:
        shown = visible(f"{first}.{name}" if name else first)
        detail = f"There is no {shown}: {PARTS[first]} does not have it.{_near(name or '', declared)}"
        raise UsageError(SUMMARY, detail, reference.range)


def _check_repeated(reference: Expr, first: str, module: Mapping[str, Data], path: tuple[str, ...]) -> None:
    beside = module[path[0]][path[1]] if path[0] in RESOURCES else {}
    if REPEATED[first] not in beside or path[-1] == REPEATED[first]:
        detail = f"{first} can be used only beside {REPEATED[first]}."
        raise UsageError(SUMMARY, detail, reference.range)


def _second(reference: Expr) -> str | None:
    """The name after the first one: `name` of `var.name.x`."""
    name = None
    while isinstance(reference, GetAttr | Index):
        name = reference.name if isinstance(reference, GetAttr) else None
        reference = reference.object
    return name


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""
