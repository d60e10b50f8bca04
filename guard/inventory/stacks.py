"""CloudFormation stacks in a configuration whose template makes access keys: said, not counted."""

from __future__ import annotations

from guard.config.relevance import KEY_IN_TEMPLATE as MADE
from guard.diagnostics import GuardError, warning
from guard.lang.symbols import ModuleSymbols


def warn_of_stack(symbols: ModuleSymbols, type: str, name: str) -> None:
    """Tell the root of a stack resource whose template, as far as it is known, names an access key."""
    try:
        if not _makes_keys(symbols, type, name):
            return
    except GuardError:
        return  # what cannot be read of a stack is no statement about keys
    detail = (
        f"The template of {type}.{name} holds {MADE}. Its keys are made by CloudFormation and are not "
        "counted here: check the account itself with `iam-key-guard audit`."
    )
    at = symbols.module.where("resource", (type, name))
    symbols.root.report(warning("Access keys in a CloudFormation stack", detail, at))


def _makes_keys(symbols: ModuleSymbols, type: str, name: str) -> bool:
    resource = symbols.module.resource("managed", type, name)
    template = resource.body.attribute("template_body") if resource else None
    if template is None:
        return False
    if MADE in template.expr.range.text:
        return True
    value = symbols.evaluate(template.expr)
    return isinstance(value.data, str) and MADE in value.data
