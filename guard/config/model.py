"""The configuration as written: what blocks declare, with overrides merged, nothing evaluated.

https://developer.hashicorp.com/terraform/language
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.diagnostics import Diagnostic
from guard.records import dataclass
from guard.source import SourceRange
from guard.syntax.nodes import Body, Expr
from guard.values.defaults import Defaults
from guard.values.types import Type


@dataclass(frozen=True, slots=True)
class Validation:
    condition: Expr
    error_message: Expr | None
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Variable:
    """An input variable. type is ANY without a constraint; default is None when there is none.

    problem: what Terraform refuses in the block although we can tell what is meant.
    """

    name: str
    type: Type
    defaults: Defaults | None
    default: Expr | None
    nullable: bool
    sensitive: bool
    ephemeral: bool
    typed: bool
    validations: tuple[Validation, ...]
    range: SourceRange
    problem: Diagnostic | None = None


@dataclass(frozen=True, slots=True)
class Output:
    name: str
    value: Expr | None
    sensitive: bool
    ephemeral: bool
    range: SourceRange


@dataclass(frozen=True, slots=True)
class ProviderRef:
    """A provider configuration as a module names it: `aws`, or `aws.alias`."""

    local_name: str
    alias: str | None = None

    def __str__(self) -> str:
        return f"{self.local_name}.{self.alias}" if self.alias else self.local_name


@dataclass(frozen=True, slots=True)
class ProviderBlock:
    ref: ProviderRef
    body: Body
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Repetition:
    """The meta-arguments that multiply a resource or module call."""

    count: Expr | None
    for_each: Expr | None


@dataclass(frozen=True, slots=True)
class ModuleCall:
    """A `module` block. providers maps the child's reference to the caller's."""

    name: str
    source: Expr | None
    version: Expr | None
    body: Body
    repetition: Repetition
    providers: Mapping[ProviderRef, ProviderRef]
    depends_on: bool
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Resource:
    """A `resource` (mode managed) or `data` block. ignore_changes holds argument names, or "all"."""

    mode: str
    type: str
    name: str
    body: Body
    repetition: Repetition
    provider: ProviderRef
    ignore_changes: frozenset[str]
    preconditions: tuple[Validation, ...]
    depends_on: bool
    range: SourceRange

    @property
    def key(self) -> tuple[str, str, str]:
        return self.mode, self.type, self.name

    @property
    def shown(self) -> str:
        """The block as references name it: `aws_iam_user.x`, `data.aws_iam_user.x`."""
        mode = "" if self.mode == "managed" else f"{self.mode}."
        return f"{mode}{self.type}.{self.name}"


META_ARGUMENTS = frozenset(
    {"count", "for_each", "provider", "providers", "depends_on", "lifecycle", "connection", "provisioner"}
)
MODULE_ARGUMENTS = META_ARGUMENTS | {"source", "version"}
