"""What Terraform refuses about an expression before it evaluates it: references, wherever they stand in it.

A reference is looked at also where it is never evaluated: in a branch that is not taken, in a later
argument of `try`, in a `for` over nothing. The values that it names are evaluated in any case.
https://github.com/hashicorp/terraform/blob/v1.11.4/internal/terraform/evaluate_valid.go
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from guard.config.model import Resource
from guard.lang.schema import schema_of
from guard.lang.scope import AttrStep, IndexStep, Scope, Step, unfold
from guard.source import SourceRange
from guard.syntax.nodes import Expr, Name
from guard.syntax.references import references
from guard.values.errors import EvaluationError, FinalError, NotDeterminedError, final

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.lang.symbols import ModuleSymbols

_RESOURCE_MODES = {"resource": "managed", "data": "data", "ephemeral": "ephemeral"}
_EVALUATED = frozenset({"var", "local", "each", "count", "path", "terraform", "tofu", "self"})


def check_references(expr: Expr, symbols: ModuleSymbols, scope: Scope) -> None:
    """Raises FinalError for a reference to nothing, or to a variable or local value that is refused."""
    for reference in references(expr):
        root, steps = unfold(reference)
        assert isinstance(root, Name)
        try:
            _check(root, steps, symbols, scope)
        except EvaluationError as problem:
            raise final(problem) from None


def _check(root: Name, steps: Sequence[Step], symbols: ModuleSymbols, scope: Scope) -> None:
    if root.name in _EVALUATED:
        with suppress(NotDeterminedError):
            symbols.resolve(root.name, steps, scope, root.range)
    elif root.name == "module":
        symbols.declared_call(steps, root.range)
    else:
        _check_resource(root, steps, symbols)


def _check_resource(root: Name, steps: Sequence[Step], symbols: ModuleSymbols) -> None:
    mode = _RESOURCE_MODES.get(root.name)
    named = steps if mode else (AttrStep(root.name, root.range), *steps)
    resource = symbols.declared_resource(mode or "managed", named, root.range)
    rest = named[2:]
    refuse_key(resource, rest)
    attribute = next((step for step in rest[:2] if isinstance(step, AttrStep)), None)
    if attribute is not None:
        refuse_attribute(resource, resource.shown, attribute.name, attribute.range)


def refuse_key(resource: Resource, steps: Sequence[Step]) -> None:
    """Refuse the lack of an instance key, and one that is too many."""
    repetition = resource.repetition
    name = resource.shown
    match steps:
        case [AttrStep(range=at), *_] if repetition.count or repetition.for_each:
            argument, key = ("count", "count.index") if repetition.count else ("for_each", "each.key")
            detail = (
                f'Because {name} has "{argument}" set, its attributes must be accessed on '
                f"specific instances. For example: {name}[{key}]"
            )
            raise FinalError("Missing resource instance key", detail, at)
        case [IndexStep(range=at), *_] if not (repetition.count or repetition.for_each):
            detail = f'Because {name} does not have "count" or "for_each" set, it has no instance keys.'
            raise FinalError("Unexpected resource instance key", detail, at)


def refuse_attribute(resource: Resource, shown: str, name: str, at: SourceRange) -> None:
    """Refuse an attribute that resources of the type certainly do not have."""
    schema = schema_of(resource.type)
    known = schema.arguments.keys() | schema.computed.keys() | {block.type for block in resource.body.blocks}
    if resource.mode == "managed" and schema.closed and name not in known:
        detail = f'{shown} does not have an attribute named "{name}".'
        raise EvaluationError("Unsupported attribute", detail, at)
