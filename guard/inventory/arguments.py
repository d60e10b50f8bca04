"""The arguments of a key resource: what Terraform refuses about them before it evaluates any."""

from __future__ import annotations

from guard.config.model import META_ARGUMENTS, Resource
from guard.config.module import Module
from guard.lang.schema import schema_of
from guard.syntax.nodes import GetAttr, Name
from guard.syntax.references import references
from guard.values.errors import EvaluationError

NOT_RESOURCES = frozenset({"var", "local", "module", "data", "each", "count", "path", "terraform"})
KNOWN_BLOCKS = frozenset({"lifecycle", "provisioner", "connection"})


def check_arguments(module: Module, resource: Resource) -> None:
    """Refuse arguments that the provider does not know, and the lack of one that it needs."""
    schema = schema_of(resource.type)
    for block in resource.body.blocks:
        if schema.closed and block.type not in KNOWN_BLOCKS:
            detail = f'Blocks of type "{block.type}" are not expected here.'
            raise EvaluationError("Unsupported block type", detail, block.header)
    for argument in resource.body.attributes:
        if schema.closed and argument.name not in schema.arguments and argument.name not in META_ARGUMENTS:
            detail = f'An argument named "{argument.name}" is not expected here.'
            raise EvaluationError("Unsupported argument", detail, argument.name_range)
    _check_dependencies(module, resource)
    for name in sorted(schema.required):
        if resource.body.attribute(name) is None:
            detail = f'The argument "{name}" is required, but no definition was found.'
            raise EvaluationError("Missing required argument", detail, resource.range)


def _check_dependencies(module: Module, resource: Resource) -> None:
    """Refuse a `depends_on` that names a resource that is not declared."""
    attribute = resource.body.attribute("depends_on")
    if attribute is None:
        return
    for reference in references(attribute.expr):
        match reference:
            case GetAttr(Name(type), name) if type not in NOT_RESOURCES:
                if (type, name) not in module.names("resource"):
                    detail = f'A resource "{type}" "{name}" has not been declared.'
                    raise EvaluationError("Reference to undeclared resource", detail, reference.range)
