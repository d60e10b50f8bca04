"""Provider configurations of a plan to the AWS accounts that they work in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from guard.addresses import ModuleInstance
from guard.inventory.jsonstream import OMITTED, Json
from guard.inventory.model import UNKNOWN_ACCOUNT, Account, masked_id
from guard.inventory.objects import account_of_arn, is_account_id
from guard.inventory.plan.configuration import Configuration, Expression, ProviderBlock
from guard.inventory.traversal import Index, Step, heads
from guard.records import dataclass, field, replace
from guard.values.types import STRING
from guard.values.unknown import Input, Kind
from guard.values.value import unknown

DEEPEST_REFERENCE = 50

# A plan shows no `dynamic "assume_role"` blocks: where it shows no role there may be one all the same.
DEFAULT_ACCOUNT = Account("default", certain=False)


@dataclass(slots=True)
class Accounts:
    """The accounts of a plan's provider configurations. variables: of the root module, as planned."""

    configuration: Configuration
    variables: Mapping[str, Json]
    _known: dict[str, Account] = field(default_factory=dict)

    def of_resource(self, module: ModuleInstance, kind: str, name: str) -> Account:
        """The account of a resource. One that is no longer configured: that of every configuration left."""
        block = None
        code = self.configuration.module(module)
        if code is not None:
            block = code.resources.get((kind, name))
        if block is None or block.provider is None:
            return self._of_removed(kind)
        return self.of_provider(block.provider)

    def of_provider(self, key: str) -> Account:
        """The account of a provider configuration, by its key in the plan."""
        if key not in self._known:
            self._known[key] = self._resolve(key)
        return self._known[key]

    def _of_removed(self, kind: str) -> Account:
        """A plan does not show the provider configuration of what is no longer in the configuration."""
        name = kind.partition("_")[0]
        keys = [key for key, block in self.configuration.providers.items() if block.type == name]
        accounts = {self.of_provider(key) for key in keys}
        return replace(accounts.pop(), certain=False) if len(accounts) == 1 else UNKNOWN_ACCOUNT

    def _resolve(self, key: str) -> Account:
        block = self.configuration.providers.get(key)
        if block is None:
            return self._resolve_unlisted(key)
        if block.module and not block.is_set:
            return self._resolve_empty(key, block)
        return self._of_block(key, block)

    def _resolve_unlisted(self, key: str) -> Account:
        """A key without an entry: Terraform before 1.1 does not lead it to the configuration inherited."""
        path, _, name = key.rpartition(":")
        if "." in name:
            return unknown_account(key)
        if not path:
            return DEFAULT_ACCOUNT
        above = [step for step in path.split(".") if step != "module"][:-1]
        return replace(self.of_provider(_nearest(self.configuration, above, name)), certain=False)

    def _resolve_empty(self, key: str, block: ProviderBlock) -> Account:
        """A module's entry without arguments: an empty block of its own, or inherited through a module
        that has no use for the provider itself. They are told apart only where the module above is the
        root, or uses the provider: then Terraform would have led the key on to what is inherited.
        """
        if "." in key.rpartition(":")[2]:
            return unknown_account(key)
        above = _module_names(block.module)[:-1]
        code = self.configuration.module_at(above)
        if not above or (code is not None and any(_uses(used, block.name) for used in code.providers)):
            return DEFAULT_ACCOUNT
        inherited = self.of_provider(_nearest(self.configuration, above, block.name))
        return inherited if inherited == DEFAULT_ACCOUNT else replace(inherited, certain=False)

    def _of_block(self, key: str, block: ProviderBlock) -> Account:
        """The account that the arguments lead to: https://registry.terraform.io/providers/hashicorp/aws"""
        look = _Lookup(self.configuration, self.variables, _module_names(block.module))
        roles = [role for role in (*block.web_identity[-1:], *block.roles) if not _is_empty(role)]
        if _is_repeated([*roles, *block.arguments.values()]):
            return UNKNOWN_ACCOUNT
        if roles:
            return _of_role(look, roles[-1]) or unknown_account(key)
        allowed = block.arguments.get("allowed_account_ids")
        if allowed is not None and not _is_no_single(allowed):
            return _of_allowed(look, allowed) or unknown_account(key)
        for argument, show in (("profile", str), ("access_key", masked_id)):
            given = block.arguments.get(argument)
            if given is not None and not _is_empty(given):
                text = look.value(given)
                known = isinstance(text, str) and text != OMITTED
                return (
                    Account(f"{argument}:{show(str(text))}", certain=False) if known else unknown_account(key)
                )
        return DEFAULT_ACCOUNT


def _is_repeated(arguments: Iterable[Expression]) -> bool:
    """Whether a configuration differs by instance: OpenTofu has `for_each` for providers."""
    return any(head[:1] == ("each",) for item in arguments for head in heads(item.references))


def _is_empty(argument: Expression) -> bool:
    """Whether an argument is as if it were not there."""
    return argument.is_constant and argument.constant in (None, "")


def _is_no_single(allowed: Expression) -> bool:
    """Whether a list of allowed accounts is known not to name just one."""
    return allowed.is_constant and not (isinstance(allowed.constant, list) and len(allowed.constant) == 1)


def unknown_account(key: str) -> Account:
    """An account that is not known but is the same for everything under this key."""
    name = Input(f"the account of provider {key}")
    return Account("unknown", unknown(STRING, Kind.AT_APPLY, name, f"the plan does not show {name}"))


def _module_names(address: str) -> list[str]:
    """The names in the address of a module (not an instance): `module.a.module.b`."""
    return address.split(".")[1::2]


def _uses(key: str, name: str) -> bool:
    """Whether a provider key stands for a configuration of this local name."""
    return key.rpartition(":")[2].partition(".")[0] == name


def _nearest(configuration: Configuration, path: list[str], name: str) -> str:
    """The key of the nearest default configuration above."""
    for length in range(len(path), 0, -1):
        key = ".".join(f"module.{step}" for step in path[:length]) + f":{name}"
        if key in configuration.providers:
            return key
    return name


def _of_role(look: _Lookup, role: Expression) -> Account | None:
    """The account of a role's ARN. Where only an account id is behind the reference, the ARN is most
    likely `arn:aws:iam::${var.account}:role/…`; but what is constant in a template is not in the plan.
    """
    values = look.values(role)
    if len(values) == 1 and isinstance(values[0], str) and (found := account_of_arn(values[0])):
        return Account(found)
    ids = {str(value) for value in values if is_account_id(str(value))}
    is_likely = len(ids) == 1 and None not in values and not role.is_constant
    return Account(ids.pop(), certain=False) if is_likely else None


def _of_allowed(look: _Lookup, allowed: Expression) -> Account | None:
    """The only account allowed. Around one id from a variable, the list may have others, not shown."""
    found = look.value(allowed)
    ids = found if isinstance(found, list) else [found]
    if len(ids) != 1 or not is_account_id(str(ids[0])):
        return None
    return Account(str(ids[0]), certain=isinstance(found, list))


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Values of expressions in a module, through variables and the calls that give them."""

    configuration: Configuration
    variables: Mapping[str, Json]
    path: Sequence[str]

    def value(self, expression: Expression) -> Json:
        """The value of an expression that is a constant or one variable (part); None if not known."""
        values = self.values(expression)
        return values[0] if len(values) == 1 else None

    def values(self, expression: Expression, depth: int = 0) -> list[Json]:
        """The constant, or the values of all that is referred to; None for those not known."""
        if expression.is_constant:
            return [expression.constant]
        if depth > DEEPEST_REFERENCE:
            return []
        return [value for head in heads(expression.references) for value in self._of_head(head, depth)]

    def _of_head(self, head: tuple[Step, ...], depth: int) -> list[Json]:
        match head:
            case ("var", str(name), *rest):
                return [_part(value, rest) for value in self._of_variable(name, depth)]
        return [None]

    def _of_variable(self, name: str, depth: int) -> list[Json]:
        if not self.path:
            return [self.variables.get(name, self.configuration.root.defaults.get(name))]
        outer = _Lookup(self.configuration, self.variables, self.path[:-1])
        above = self.configuration.module_at(list(outer.path))
        call = above.calls.get(self.path[-1]) if above else None
        if call is None:
            return [None]
        if name in call.arguments:
            return outer.values(call.arguments[name], depth + 1)
        return [call.module.defaults.get(name)]


def _part(value: Json, rest: Sequence[Step]) -> Json:
    """The part of a value that the steps lead to; None if there is none."""
    for step in rest:
        key = step.key if isinstance(step, Index) else step
        if isinstance(value, dict) and isinstance(key, str):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            return None
    return value
