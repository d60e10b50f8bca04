"""The tree that both readers produce: a closed union of frozen nodes with source ranges.

Native syntax (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md) and JSON syntax
(https://developer.hashicorp.com/terraform/language/syntax/json) end in the same nodes.
"""

from __future__ import annotations

from fractions import Fraction

from guard.diagnostics import Diagnostic
from guard.records import dataclass
from guard.source import SourceRange

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a bool or null. Text is a `Template`."""

    value: int | Fraction | bool | None
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Template:
    """A quoted string or heredoc: pieces of text, interpolations and directives.

    parts is empty for "". A literal string has one text part. `"${x}"` has one interpolation and
    yields x itself. Whitespace markers `~` and `<<-` indentation are already applied to the texts.
    Escapes are already decoded.
    """

    parts: tuple[TemplatePart, ...]
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Text:
    value: str
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Interpolation:
    expr: Expr
    range: SourceRange


@dataclass(frozen=True, slots=True)
class TemplateIf:
    """`%{ if c }…%{ else }…%{ endif }`; otherwise is empty without an else."""

    condition: Expr
    then: tuple[TemplatePart, ...]
    otherwise: tuple[TemplatePart, ...]
    range: SourceRange


@dataclass(frozen=True, slots=True)
class TemplateFor:
    """`%{ for k, v in c }…%{ endfor }`; key is None when only the value is named."""

    key: str | None
    value: str
    collection: Expr
    body: tuple[TemplatePart, ...]
    range: SourceRange


TemplatePart: TypeAlias = Text | Interpolation | TemplateIf | TemplateFor


@dataclass(frozen=True, slots=True)
class Name:
    """The first name of a reference (`var`, `aws_iam_user`, a `for` variable), or a bare keyword."""

    name: str
    range: SourceRange


@dataclass(frozen=True, slots=True)
class GetAttr:
    """`object.name`"""

    object: Expr
    name: str
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Index:
    """`object[key]`, and the legacy `object.0` (its key is a number literal)."""

    object: Expr
    key: Expr
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Splat:
    """`object[*]…` (full) or `object.*…`.

    each is the traversal applied to every element: an expression over `SplatItem`. The full splat
    takes all attribute and index steps that follow; the attribute splat takes attributes and legacy
    indexes only, so that `a.*.b[0]` is `Index(Splat(…))`.
    """

    object: Expr
    each: Expr
    full: bool
    range: SourceRange


@dataclass(frozen=True, slots=True)
class SplatItem:
    """The element that the innermost enclosing splat is at."""

    range: SourceRange


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments…)`; expand_final for a trailing `...`. Namespaces stay in the name (`core::max`)."""

    name: str
    arguments: tuple[Expr, ...]
    expand_final: bool
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Unary:
    """operator is `-` or `!`."""

    operator: str
    operand: Expr
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Binary:
    """operator is one of `|| && == != < <= > >= + - * / %`."""

    operator: str
    left: Expr
    right: Expr
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Conditional:
    """`condition ? then : otherwise`"""

    condition: Expr
    then: Expr
    otherwise: Expr
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Parentheses:
    """`( expr )`: kept because `(key) = value` in an object evaluates the key."""

    expr: Expr
    range: SourceRange


@dataclass(frozen=True, slots=True)
class TupleExpr:
    items: tuple[Expr, ...]
    range: SourceRange


@dataclass(frozen=True, slots=True)
class ObjectItem:
    """`key = value`. A bare name as key (a `Name` not in parentheses) stands for its own text."""

    key: Expr
    value: Expr


@dataclass(frozen=True, slots=True)
class ObjectExpr:
    items: tuple[ObjectItem, ...]
    range: SourceRange


@dataclass(frozen=True, slots=True)
class ForTuple:
    """`[for key, value in collection : result if condition]`"""

    key: str | None
    value: str
    collection: Expr
    result: Expr
    condition: Expr | None
    range: SourceRange


@dataclass(frozen=True, slots=True)
class ForObject:
    """`{for key, value in collection : result_key => result_value... if condition}`; group for `...`"""

    key: str | None
    value: str
    collection: Expr
    result_key: Expr
    result_value: Expr
    group: bool
    condition: Expr | None
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Refused:
    """A JSON value that Terraform refuses when it is evaluated: a string that is no valid template, or
    an object in which a key comes twice. Where Terraform takes it literally or as blocks, it is fine.
    """

    problem: Diagnostic
    range: SourceRange


Expr: TypeAlias = (
    Literal
    | Template
    | Name
    | GetAttr
    | Index
    | Splat
    | SplatItem
    | Call
    | Unary
    | Binary
    | Conditional
    | Parentheses
    | TupleExpr
    | ObjectExpr
    | ForTuple
    | ForObject
    | Refused
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """`name = expr` in a body (an argument, in Terraform's words)."""

    name: str
    expr: Expr
    range: SourceRange
    name_range: SourceRange


@dataclass(frozen=True, slots=True)
class Block:
    """`type "label" … { body }`; header is the range from the type to the last label."""

    type: str
    labels: tuple[str, ...]
    body: Body
    header: SourceRange
    range: SourceRange


@dataclass(frozen=True, slots=True)
class Body:
    """The content of a file or block. Attribute names are unique; blocks keep their order.

    json is true when the body came from JSON, where a nested block and an argument with an object
    value look alike: an item that Terraform itself does not know is an `Attribute`, and who knows the
    schema calls `guard.syntax.tfjson.blocks` to read it as blocks. Such an item may come twice.
    """

    attributes: tuple[Attribute, ...]
    blocks: tuple[Block, ...]
    range: SourceRange
    json: bool = False

    def attribute(self, name: str) -> Attribute | None:
        return next((item for item in self.attributes if item.name == name), None)

    def blocks_of(self, type: str) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.type == type)
