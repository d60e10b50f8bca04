"""Which calls Terraform refuses in and around templates, before it looks at any value.

https://github.com/hashicorp/terraform/blob/v1.11.4/internal/lang/funcs/string.go
"""

from __future__ import annotations

from guard.syntax.nodes import Expr, GetAttr, Index, Interpolation, Name, Splat, Template, Text

_TEMPLATE_FUNCTIONS = frozenset({"templatefile", "templatestring"})
_FILE_FUNCTIONS = frozenset(
    {
        "file",
        "fileexists",
        "fileset",
        "filebase64",
        "filebase64sha256",
        "filebase64sha512",
        "filemd5",
        "filesha1",
        "filesha256",
        "filesha512",
        "templatefile",
    }
)


def refusal_in_template(name: str, template_function: str) -> str | None:
    """Why a function may not be called in a template that is rendered for another function."""
    if name in _TEMPLATE_FUNCTIONS:
        return f"cannot recursively call {name} from inside another template function"
    if template_function == "templatestring" and name in _FILE_FUNCTIONS:
        return (
            f"cannot use filesystem access functions like {name} in templatestring templates; "
            "consider passing the function result as a template variable instead"
        )
    return None


_ELSEWHERE = (
    "invalid template expression: templatestring is only for rendering templates retrieved dynamically "
    "from elsewhere"
)


def refusal_of_template(expr: Expr) -> str | None:
    """Why Terraform refuses an expression as the first argument of templatestring(), if it does."""
    match expr:
        case Template(parts=[Interpolation()]):
            return (
                f"{_ELSEWHERE}; to treat the inner expression as template syntax, write the reference "
                "expression directly without any template interpolation syntax"
            )
        case Template(parts=parts) if all(isinstance(part, Text) for part in parts):
            return (
                f"{_ELSEWHERE}, and so does not support providing a literal template; consider using a "
                "template string expression instead"
            )
        case Template():
            return (
                f"{_ELSEWHERE}; to render an inline template, consider using a plain template string "
                "expression"
            )
    if _is_reference(expr):
        return None
    return (
        "invalid template expression: must be a direct reference to a single string from elsewhere, "
        "containing valid Terraform template syntax"
    )


def _is_reference(expr: Expr) -> bool:
    while isinstance(expr, GetAttr | Index | Splat):
        expr = expr.object
    return isinstance(expr, Name)
