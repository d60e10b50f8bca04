"""Which AWS account a resource goes to: from its provider configuration, evaluated.

https://developer.hashicorp.com/terraform/language/modules/develop/providers
https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration
"""

from __future__ import annotations

import re

from guard.config.merge import nested_blocks
from guard.config.model import ProviderBlock, ProviderRef
from guard.inventory.model import DEFAULT_ACCOUNT, Account
from guard.lang.evaluate import evaluate
from guard.lang.symbols import ModuleSymbols
from guard.source import SourceRange
from guard.syntax.nodes import Block, Body
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError
from guard.values.types import STRING, ListOf
from guard.values.value import Value

ROLE_ARN = re.compile(r"arn:[\w-]+:iam::(\d{12}):")


def account_of(symbols: ModuleSymbols, ref: ProviderRef, at: SourceRange) -> Account:
    """The account that a module's provider configuration leads to.

    Raises EvaluationError for a configuration that does not exist or is refused.
    """
    found = provider_block(symbols, ref, at)
    if found is None:
        return DEFAULT_ACCOUNT
    owner, block = found
    account: Account = owner.once(f"provider.{block.ref} (account)", at, lambda: _account(owner, block))
    return account


def provider_block(
    symbols: ModuleSymbols, ref: ProviderRef, at: SourceRange
) -> tuple[ModuleSymbols, ProviderBlock] | None:
    """The provider block that serves a reference, and the module instance that it stands in.

    The call's `providers` map comes first, then the module's own blocks, then, for default
    configurations only, the caller's. Configurations are told apart by source address, not by name.
    """
    source = source_of(symbols, ref.local_name)
    passed = _passed(symbols, ref, source)
    if passed is not None:
        assert symbols.parent is not None
        return provider_block(symbols.parent, passed, at)
    own = _own(symbols, ref, source)
    if own is not None:
        return symbols, own
    if ref.alias is not None:
        detail = f'No provider configuration "{ref}" exists here, and the module call passes none.'
        raise EvaluationError("Provider configuration not present", detail, at)
    if symbols.parent is None:
        return None
    return provider_block(symbols.parent, ProviderRef(_name_for(symbols.parent, source)), at)


def source_of(symbols: ModuleSymbols, local_name: str) -> str:
    """The full source address of a local provider name."""
    source = symbols.module.provider_sources.get(local_name, f"hashicorp/{local_name}")
    return source if source.count("/") == 2 else f"registry.terraform.io/{source}"  # noqa: PLR2004


def _name_for(symbols: ModuleSymbols, source: str) -> str:
    """The local name that a module gives to a provider source."""
    for name in symbols.module.provider_sources:
        if source_of(symbols, name) == source:
            return name
    return source.rsplit("/", 1)[1]


def _passed(symbols: ModuleSymbols, ref: ProviderRef, source: str) -> ProviderRef | None:
    if symbols.call is None:
        return None
    for child, parent in symbols.call.providers.items():
        if child.alias == ref.alias and source_of(symbols, child.local_name) == source:
            return parent
    return None


def _own(symbols: ModuleSymbols, ref: ProviderRef, source: str) -> ProviderBlock | None:
    for candidate, block in symbols.module.providers.items():
        if candidate.alias == ref.alias and source_of(symbols, candidate.local_name) == source:
            return block
    return None


# --- a provider block to an account ------------------------------------------------------------


def _account(symbols: ModuleSymbols, block: ProviderBlock) -> Account:
    """The last role assumed, a web identity's role, the only allowed account, a profile, a key, or none."""
    roles = [*nested_blocks(block.body, "assume_role"), *_dynamic(block.body)]
    for role in (*roles[-1:], *nested_blocks(block.body, "assume_role_with_web_identity")):
        account = _of_role(symbols, role)
        if account is not None:
            return account
    allowed = _argument(symbols, block.body, "allowed_account_ids")
    if allowed is not None and not allowed.is_null:
        account = _of_allowed(allowed)
        if account is not None:
            return account
    return _of_credentials(symbols, block.body)


def _dynamic(body: Body) -> tuple[Block, ...]:
    return tuple(block for block in body.blocks_of("dynamic") if block.labels[:1] == ("assume_role",))


def _of_role(symbols: ModuleSymbols, role: Block) -> Account | None:
    if role.type == "dynamic":
        return Account("unknown")
    arn = _argument(symbols, role.body, "role_arn")
    if arn is None or arn.is_null or arn.data == "":
        return None
    if arn.is_unknown:
        return _unknown(arn)
    match = ROLE_ARN.match(arn.text)
    return Account(match[1] if match else f"role:{arn.text}")


def _unknown(arn: Value) -> Account:
    """The account of a role name that is not known: the account id may be known all the same."""
    match = ROLE_ARN.match(arn.unknown.refinement.prefix)
    return Account(match[1]) if match else Account("unknown", arn)


def _of_allowed(allowed: Value) -> Account | None:
    if allowed.is_unknown:
        return Account("unknown", allowed)
    if len(allowed.elements) != 1:
        return None
    only = allowed.elements[0]
    return Account("unknown", only) if only.is_unknown else Account(only.text)


def _of_credentials(symbols: ModuleSymbols, body: Body) -> Account:
    for name, prefix in (("profile", "profile:"), ("access_key", "access_key:")):
        value = _argument(symbols, body, name)
        if value is None or value.is_null or value.data == "":
            continue
        if value.is_unknown:
            return Account("unknown", value)
        return Account(prefix + value.text)
    return DEFAULT_ACCOUNT


def _argument(symbols: ModuleSymbols, body: Body, name: str) -> Value | None:
    """A provider argument as the text, or list of texts, that it is."""
    attribute = body.attribute(name)
    if attribute is None:
        return None
    value = evaluate(attribute.expr, symbols.scope())
    wanted = ListOf(STRING) if name == "allowed_account_ids" else STRING
    try:
        return convert(value, wanted)
    except ConversionError as problem:
        detail = f'Inappropriate value for attribute "{name}": {problem}.'
        raise EvaluationError("Incorrect attribute value type", detail, attribute.expr.range) from None
