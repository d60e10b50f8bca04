"""Blocks to what they declare: variables, outputs, module calls, resources, providers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guard.config.constants import flag, plain_text
from guard.config.merge import merged, native, nested_blocks
from guard.config.model import (
    ModuleCall,
    Output,
    ProviderBlock,
    ProviderRef,
    Repetition,
    Resource,
    Validation,
    Variable,
)
from guard.config.type_constraint import quoted_type, type_constraint
from guard.diagnostics import Diagnostic, error
from guard.syntax.nodes import Attribute, Block, Body, Expr, GetAttr, Index, Name, ObjectExpr, TupleExpr
from guard.syntax.references import references
from guard.syntax.split import RawBlock
from guard.values.errors import EvaluationError
from guard.values.types import ANY

ALL = "all"


def variable(block: Block) -> Variable:
    body = block.body
    type_attribute = body.attribute("type")
    quoted = quoted_type(type_attribute.expr) if type_attribute else None
    if quoted is not None:
        type, defaults = quoted[0], None
    else:
        type, defaults = type_constraint(type_attribute.expr) if type_attribute else (ANY, None)
    return Variable(
        name=block.labels[0],
        type=type,
        defaults=defaults,
        default=_expr(body, "default"),
        nullable=flag(body, "nullable", default=True),
        sensitive=flag(body, "sensitive"),
        ephemeral=flag(body, "ephemeral"),
        typed=type_attribute is not None,
        validations=tuple(map(_validation, nested_blocks(body, "validation"))),
        range=block.header,
        problem=quoted[1] if quoted else None,
    )


def _validation(block: Block) -> Validation:
    condition = block.body.attribute("condition")
    if condition is None:
        detail = 'A validation block needs the argument "condition".'
        raise EvaluationError("Missing required argument", detail, block.header)
    return Validation(condition.expr, _expr(block.body, "error_message"), condition.expr.range)


def _expr(body: Body, name: str) -> Expr | None:
    attribute = body.attribute(name)
    return attribute.expr if attribute else None


def output(block: Block) -> Output:
    body = block.body
    return Output(
        block.labels[0], _expr(body, "value"), flag(body, "sensitive"), flag(body, "ephemeral"), block.header
    )


def module_call(block: Block) -> ModuleCall:
    body = block.body
    return ModuleCall(
        name=block.labels[0],
        source=_expr(body, "source"),
        version=_expr(body, "version"),
        body=body,
        repetition=_repetition(body),
        providers=_providers_map(body.attribute("providers")),
        depends_on=body.attribute("depends_on") is not None,
        range=block.header,
    )


def _repetition(body: Body) -> Repetition:
    count, for_each = _expr(body, "count"), _expr(body, "for_each")
    if count and for_each:
        detail = 'The "count" and "for_each" meta-arguments are mutually exclusive: use one of them.'
        # An override that adds the other one is not refused: count wins then.
        if count.range.source is for_each.range.source:
            raise EvaluationError('Invalid combination of "count" and "for_each"', detail, for_each.range)
        for_each = None
    return Repetition(count, for_each)


def _providers_map(attribute: Attribute | None) -> Mapping[ProviderRef, ProviderRef]:
    if attribute is None:
        return {}
    if not isinstance(attribute.expr, ObjectExpr):
        detail = "The providers argument is a map from the module's provider names to the caller's."
        raise EvaluationError("Invalid providers argument", detail, attribute.expr.range)
    return {provider_ref(item.key): provider_ref(item.value) for item in attribute.expr.items}


def provider_ref(expr: Expr) -> ProviderRef:
    """`aws`, `aws.alias`, and the quoted form of either."""
    match expr:
        case Name(name):
            return ProviderRef(name)
        case GetAttr(Name(name), alias):
            return ProviderRef(name, alias)
    text = plain_text(expr)
    if text is None or not text or text.count(".") > 1:
        detail = 'A provider is named as "aws" or "aws.alias".'
        raise EvaluationError("Invalid provider configuration reference", detail, expr.range)
    name, _, alias = text.partition(".")
    return ProviderRef(name, alias or None)


def resource(block: Block) -> Resource:
    body = native(block.body)
    _check_lifecycle(body)
    type, name = block.labels
    provider = body.attribute("provider")
    return Resource(
        mode={"resource": "managed"}.get(block.type, block.type),
        type=type,
        name=name,
        body=body,
        repetition=_repetition(body),
        provider=provider_ref(provider.expr) if provider else ProviderRef(type.split("_")[0]),
        ignore_changes=_ignore_changes(body),
        depends_on=body.attribute("depends_on") is not None,
        preconditions=tuple(_preconditions(body)),
        range=block.header,
    )


def _preconditions(body: Body) -> Iterable[Validation]:
    for block in body.blocks_of("lifecycle"):
        yield from map(_validation, nested_blocks(block.body, "precondition"))


def _check_lifecycle(body: Body) -> None:
    """Refuse lifecycle arguments that are not literal: Terraform needs them before it evaluates anything."""
    for block in body.blocks_of("lifecycle"):
        for name in ("create_before_destroy", "prevent_destroy"):
            attribute = block.body.attribute(name)
            if attribute is not None and next(references(attribute.expr), None) is not None:
                detail = f"{name} must be a literal true or false."
                raise EvaluationError("Variables not allowed", detail, attribute.expr.range)


def _ignore_changes(body: Body) -> frozenset[str]:
    attributes = (block.body.attribute("ignore_changes") for block in body.blocks_of("lifecycle"))
    return frozenset(name for item in attributes if item for name in _ignored(item.expr))


def _ignored(expr: Expr) -> Iterable[str]:
    if isinstance(expr, TupleExpr):
        return (name for item in expr.items for name in _ignored(item))
    match expr:
        case Name(name):
            return (name,)
        case GetAttr(inner) | Index(inner):
            return _ignored(inner)
    text = plain_text(expr)
    return (ALL if text == "*" else text,) if text else ()


def provider_blocks(base: Iterable[Block], overrides: Iterable[Block]) -> Mapping[ProviderRef, ProviderBlock]:
    found: dict[ProviderRef, Block] = {}
    for block in base:
        ref = _ref_of(block)
        if ref in found:
            first = found[ref].header
            detail = f'A provider configuration "{ref}" was already given at {first}. Give one an alias.'
            raise EvaluationError("Duplicate provider configuration", detail, block.header)
        found[ref] = block
    for block in overrides:
        ref = _ref_of(block)
        found[ref] = merged(found[ref], [block]) if ref in found else block
    return {ref: ProviderBlock(ref, block.body, block.header) for ref, block in found.items()}


def is_configured(block: ProviderBlock) -> bool:
    """Whether a provider block says more than its alias (an empty one only announces the alias)."""
    return bool(block.body.blocks) or any(item.name != "alias" for item in block.body.attributes)


def _ref_of(block: Block) -> ProviderRef:
    alias = block.body.attribute("alias")
    return ProviderRef(block.labels[0], plain_text(alias.expr) if alias else None)


def provider_sources(blocks: Iterable[Block]) -> Mapping[str, str]:
    """Source addresses by local name. The old form `aws = "~> 5.0"` gives no source."""
    found: dict[str, str] = {}
    for block in blocks:
        for required in nested_blocks(block.body, "required_providers"):
            for item in required.body.attributes:
                source = _source_of(item.expr)
                if source:
                    found[item.name] = source
    return found


def _source_of(expr: Expr) -> str | None:
    if not isinstance(expr, ObjectExpr):
        return None
    named = {_key_text(item.key): item.value for item in expr.items}
    return plain_text(named["source"]) if "source" in named else None


def _key_text(key: Expr) -> str | None:
    return key.name if isinstance(key, Name) else plain_text(key)


# --- what is wrong with declarations -----------------------------------------------------------


def duplicate(block: RawBlock, first: RawBlock) -> Diagnostic:
    what = " ".join((block.type, *(f'"{label}"' for label in block.labels)))
    detail = f"{what} was already declared at {first.header}. Names must be unique in a module."
    return error(f"Duplicate {block.type} declaration", detail, block.header)


def duplicate_local(item: Attribute) -> EvaluationError:
    detail = f'A local value named "{item.name}" was already defined in this module.'
    return EvaluationError("Duplicate local value definition", detail, item.name_range)


def stray_override(block: RawBlock) -> Diagnostic:
    detail = "An override file changes what another file declares, and nothing of this name is declared."
    return error(f"Missing {block.type} to override", detail, block.header)
