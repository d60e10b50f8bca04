"""Which AWS account a resource goes to: from its provider configuration, evaluated.

https://developer.hashicorp.com/terraform/language/modules/develop/providers
https://registry.terraform.io/providers/hashicorp/aws/latest/docs#authentication-and-configuration
"""

from __future__ import annotations

import re

from guard.config.merge import nested_blocks
from guard.config.model import ProviderBlock, ProviderRef
from guard.inventory.model import DEFAULT_ACCOUNT, Account, masked_id
from guard.lang.comprehension import elements
from guard.lang.evaluate import evaluate
from guard.lang.scope import Scope
from guard.lang.symbols import ModuleSymbols
from guard.source import SourceRange
from guard.syntax.nodes import Block, Body, Name
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError
from guard.values.joined import joined
from guard.values.pieces import pieces
from guard.values.types import STRING, ListOf
from guard.values.unknown import Applied, Ask, Joined, Kind, Question
from guard.values.value import Value, derived, object_of, string

ROLE_ARN = re.compile(r"arn:[\w-]+:iam::(\d{12}):")
BEFORE_ACCOUNT = ":iam::"


def account_of(symbols: ModuleSymbols, ref: ProviderRef, at: SourceRange) -> Account:
    """The account that a module's provider configuration leads to.

    Raises EvaluationError for a configuration that does not exist or is refused.
    """
    found = provider_block(symbols, ref, at)
    if found is None:
        return _stated(symbols, DEFAULT_ACCOUNT, None)
    owner, block = found
    account: Account = owner.once(f"provider.{block.ref} (account)", at, lambda: _account(owner, block))
    return _stated(symbols, account, block.ref if owner.parent is None else None)


def _stated(symbols: ModuleSymbols, account: Account, ref: ProviderRef | None) -> Account:
    """The account, by the id that the user states for it.

    One that is known by name goes by its name, so that configurations which share it stay one account.
    """
    name = str(ref) if account.name == "unknown" and ref else account.name
    number = symbols.root.accounts.get(name)
    return Account(number) if number else account


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
    for type in ("assume_role", "assume_role_with_web_identity"):
        arns = _role_arns(symbols, block.body, type)
        if arns:
            return _of_role(arns[-1])
    allowed = _argument(symbols, block.body, "allowed_account_ids")
    if allowed is not None and not allowed.is_null:
        account = _of_allowed(allowed, block.range)
        if account is not None:
            return account
    return _of_credentials(symbols, block.body)


def _role_arns(symbols: ModuleSymbols, body: Body, type: str) -> list[Value]:
    """The role_arn of every nested block of a type that has one, blocks made by `dynamic` included."""
    found = [_argument(symbols, block.body, "role_arn") for block in nested_blocks(body, type)]
    for block in nested_blocks(body, "dynamic"):
        if block.labels == (type,):
            found += _dynamic_arns(symbols, block)
    return [arn for arn in found if arn is not None and not arn.is_null and arn.data != ""]


def _dynamic_arns(symbols: ModuleSymbols, block: Block) -> list[Value | None]:
    """https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks"""
    for_each, content = block.body.attribute("for_each"), block.body.blocks_of("content")
    if for_each is None or not content:
        detail = 'A dynamic block needs "for_each" and "content".'
        raise EvaluationError("Missing required argument", detail, block.header)
    collection = symbols.evaluate(for_each.expr)
    found = elements(collection, for_each.expr.range)
    if found is None:
        term = Applied("dynamic", (collection,))
        return [derived(STRING, term, (collection,), questions=_of_collection(collection))]
    iterator = block.body.attribute("iterator")
    name = iterator.expr.name if iterator and isinstance(iterator.expr, Name) else block.labels[0]
    scopes = (
        symbols.scope().bind(**{name: object_of({"key": key, "value": value})}) for key, value in found.pairs
    )
    return [_argument(symbols, content[0].body, "role_arn", scope) for scope in scopes]


def _of_role(arn: Value) -> Account:
    if not arn.is_unknown:
        match = ROLE_ARN.match(arn.text)
        return Account(match[1] if match else f"role:{arn.text}")
    return _of_pieces(arn) or Account("unknown", arn, asks=_whether_given(arn), by_role=True)


def _of_pieces(arn: Value) -> Account | None:
    """The account of an ARN some of whose text is known, as far as that tells where its account id stands."""
    texts = [piece if isinstance(piece, str) else piece.unknown.refinement.prefix for piece in pieces(arn)]
    place = next((place for place, text in enumerate(texts) if BEFORE_ACCOUNT in text), None)
    if place is None:
        return None
    account: list[str | Value] = []
    rest = (texts[place].partition(BEFORE_ACCOUNT)[2], *list(pieces(arn))[place + 1 :])
    for piece in rest:
        before, colon, _ = piece.partition(":") if isinstance(piece, str) else (piece, "", "")
        account.append(before)
        if colon:
            return _of_id(joined(account))
    return None


def _of_id(number: Value) -> Account:
    return Account("unknown", number) if number.is_unknown else Account(number.text)


def _of_allowed(allowed: Value, at: SourceRange) -> Account | None:
    if allowed.is_unknown:
        return Account("unknown", asks=_of_collection(allowed))
    if any(item.is_null for item in allowed.elements):
        raise EvaluationError("Null value found in list", "allowed_account_ids holds null.", at)
    if len(allowed.elements) != 1:
        return None
    return _of_id(allowed.elements[0])


def _of_collection(value: Value) -> tuple[Question, ...]:
    """What decides which elements a collection that is not known has."""
    if value.unknown.kind is not Kind.NOT_GIVEN:
        return ()
    return value.unknown.questions or (Question(Ask.SIZE, value),)


def _of_credentials(symbols: ModuleSymbols, body: Body) -> Account:
    for name in ("profile", "access_key"):
        value = _argument(symbols, body, name)
        if value is None or value.is_null or value.data == "":
            continue
        whole = joined([f"{name}:", value])
        if value.is_unknown:
            return Account("unknown", whole, asks=_whether_given(value))
        return Account(whole.text) if name == "profile" else Account(f"{name}:{masked_id(value.text)}", whole)
    return DEFAULT_ACCOUNT


def _whether_given(argument: Value) -> tuple[Question, ...]:
    """What is asked of an argument that names no account if it is null or empty, so that another one does."""
    hidden = argument.unknown
    if hidden.kind is not Kind.NOT_GIVEN:
        return ()
    if not hidden.refinement.not_null:
        return (Question(Ask.NULL, argument),)
    has_text = isinstance(hidden.term, Joined) and any(isinstance(part, str) for part in hidden.term.parts)
    if has_text or "" in hidden.refinement.excluded:
        return ()
    return (Question(Ask.EQUAL, argument, string("")),)


def _argument(symbols: ModuleSymbols, body: Body, name: str, scope: Scope | None = None) -> Value | None:
    """A provider argument as the text, or list of texts, that it is."""
    attribute = body.attribute(name)
    if attribute is None:
        return None
    value = evaluate(attribute.expr, scope or symbols.scope())
    wanted = ListOf(STRING) if name == "allowed_account_ids" else STRING
    try:
        return convert(value, wanted)
    except ConversionError as problem:
        detail = f'Inappropriate value for attribute "{name}": {problem}.'
        raise EvaluationError("Incorrect attribute value type", detail, attribute.expr.range) from None
