"""What Terraform refuses about a root module as a whole, before it looks at any resource."""

from __future__ import annotations

from guard.diagnostics import GuardError
from guard.lang.symbols import ModuleSymbols
from guard.syntax.nodes import Expr
from guard.syntax.references import first_name, references
from guard.values.errors import EvaluationError
from guard.values.value import Mark, all_marks

PLAIN = frozenset({"var", "local", "aws_iam_access_key", "awsutils_expiring_iam_access_key"})


def check_root(symbols: ModuleSymbols) -> None:
    """Tell the root of variables that are refused, and of outputs that would disclose a secret."""
    for (name,) in symbols.module.names("variable"):
        try:
            symbols.variable(name, symbols.module.where("variable", (name,)))
        except GuardError as problem:
            symbols.root.refuse(problem)
    for (name,) in symbols.module.names("output"):
        try:
            _check_output(symbols, name)
        except GuardError as problem:
            symbols.root.refuse(problem)


def _check_output(symbols: ModuleSymbols, name: str) -> None:
    """Refuse a root output that shows a sensitive value without saying so.

    Only outputs made of keys, variables and locals are looked at: others have nothing to do with keys.
    """
    output = symbols.module.output(name)
    if output is None or output.value is None or output.sensitive or not _is_plain(output.value):
        return
    if Mark.SENSITIVE in all_marks(symbols.output(name, output.range)):
        detail = f'Output "{name}" shows a sensitive value. Add `sensitive = true` to it.'
        raise EvaluationError("Output refers to sensitive values", detail, output.range)


def _is_plain(expr: Expr) -> bool:
    return all(first_name(item) in PLAIN for item in references(expr))
