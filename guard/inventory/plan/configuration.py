"""The `configuration` of a plan to the few expressions that tell whose key it is and in which account.

https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation
Values of locals are not in it, and of an expression only a constant or the references are.
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.addresses import ModuleInstance
from guard.inventory.jsonstream import OMITTED, Json, JsonReader
from guard.inventory.objects import DEEPEST_MODULE, TYPES
from guard.records import dataclass, field

_ARGUMENTS = frozenset({"user", "status"})
_PROVIDER_ARGUMENTS = frozenset({"allowed_account_ids", "profile", "access_key"})
_RELEVANT = TYPES | {None}
_ROLE_BLOCKS = frozenset({"assume_role", "assume_role_with_web_identity"})


@dataclass(frozen=True, slots=True)
class Expression:
    """A constant, or what an expression refers to; neither, if it is a call of functions on constants.

    references: as the plan lists them. constant is None for null and where there is none.
    """

    constant: Json = None
    references: tuple[str, ...] = ()
    is_constant: bool = False


@dataclass(slots=True)
class ResourceBlock:
    """A resource block of a key or a user: `user` and `status` where they are set."""

    arguments: dict[str, Expression] = field(default_factory=dict)
    provider: str | None = None
    for_each: Expression | None = None


@dataclass(slots=True)
class ModuleCall:
    module: Module
    arguments: dict[str, Expression] = field(default_factory=dict)
    for_each: Expression | None = None


@dataclass(slots=True)
class Module:
    """A module as written. providers: the keys of the provider configurations that its resources use."""

    resources: dict[tuple[str, str], ResourceBlock] = field(default_factory=dict)
    calls: dict[str, ModuleCall] = field(default_factory=dict)
    outputs: dict[str, Expression] = field(default_factory=dict)
    defaults: dict[str, Json] = field(default_factory=dict)
    providers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class ProviderBlock:
    """A provider configuration.

    roles, web_identity: the `role_arn` of each such block, in order.
    is_set: whether the plan shows any argument of it.
    """

    name: str = ""
    full_name: str = ""
    alias: str | None = None
    module: str = ""
    arguments: dict[str, Expression] = field(default_factory=dict)
    roles: list[Expression] = field(default_factory=list)
    web_identity: list[Expression] = field(default_factory=list)
    is_set: bool = False

    @property
    def type(self) -> str:
        """The provider's type, the beginning of its resource types' names: `aws`."""
        return (self.full_name or self.name.partition(".")[0]).rpartition("/")[2]


@dataclass(slots=True)
class Configuration:
    """The configuration of a plan, as far as it matters; `providers` by the plan's own key."""

    root: Module = field(default_factory=Module)
    providers: dict[str, ProviderBlock] = field(default_factory=dict)

    def module(self, instance: ModuleInstance) -> Module | None:
        """The module that an instance is made of; None if it is no longer called."""
        return self.module_at([name for name, _ in instance.steps])

    def module_at(self, path: list[str]) -> Module | None:
        module = self.root
        for name in path:
            call = module.calls.get(name)
            if call is None:
                return None
            module = call.module
        return module


def read_configuration(reader: JsonReader) -> Configuration:
    """The configuration that comes next."""
    result = Configuration()
    for key in reader.members():
        if key == "provider_config":
            result.providers = {part: _read_provider(reader) for part in reader.members()}
        elif key == "root_module":
            result.root = _read_module(reader, 0)
    return result


def _read_module(reader: JsonReader, depth: int) -> Module:
    if depth > DEEPEST_MODULE:
        raise reader.refusal(f"More than {DEEPEST_MODULE} module calls lead into each other.")
    module = Module()
    for key in reader.members():
        match key:
            case "resources":
                _read_resources(reader, module)
            case "module_calls":
                module.calls = {call: _read_call(reader, depth) for call in reader.members()}
            case "outputs":
                module.outputs = {output: _read_output(reader) for output in reader.members()}
            case "variables":
                module.defaults = {variable: _read_default(reader) for variable in reader.members()}
    return module


def _read_call(reader: JsonReader, depth: int) -> ModuleCall:
    call = ModuleCall(Module())
    for key in reader.members():
        match key:
            case "module":
                call.module = _read_module(reader, depth + 1)
            case "expressions":
                call.arguments = {argument: read_expression(reader) for argument in reader.members()}
            case "for_each_expression":
                call.for_each = read_expression(reader)
    return call


def _read_resources(reader: JsonReader, module: Module) -> None:
    for _ in reader.items():
        texts: dict[str, str | None] = {}
        block = ResourceBlock()
        for key in reader.members():
            match key:
                case "type" | "name" | "mode" | "provider_config_key":
                    texts[key] = reader.text()
                case "expressions" if texts.get("type") in _RELEVANT:
                    block.arguments = _read_some(reader, _ARGUMENTS)
                case "for_each_expression":
                    block.for_each = read_expression(reader)
        block.provider = texts.get("provider_config_key")
        module.providers.add(block.provider or "")
        if texts.get("type") in TYPES and texts.get("mode") == "managed":
            module.resources[texts["type"] or "", texts.get("name") or ""] = block


def _read_some(reader: JsonReader, names: frozenset[str]) -> dict[str, Expression]:
    found = {}
    for argument in reader.members():
        if argument in names:
            found[argument] = read_expression(reader)
    return found


def _read_output(reader: JsonReader) -> Expression:
    result = Expression()
    for key in reader.members():
        if key == "expression":
            result = read_expression(reader)
    return result


def _read_default(reader: JsonReader) -> Json:
    result: Json = None
    for key in reader.members():
        if key == "default":
            result = reader.value()
    return result


def _read_provider(reader: JsonReader) -> ProviderBlock:
    block = ProviderBlock()
    for key in reader.members():
        match key:
            case "name":
                block.name = reader.text() or ""
            case "full_name":
                block.full_name = reader.text() or ""
            case "alias":
                block.alias = reader.text()
            case "module_address":
                block.module = reader.text() or ""
            case "expressions":
                block.is_set = True
                _read_provider_arguments(reader, block)
    return block


def _read_provider_arguments(reader: JsonReader, block: ProviderBlock) -> None:
    for argument in reader.members():
        if argument in _PROVIDER_ARGUMENTS:
            block.arguments[argument] = read_expression(reader)
        elif argument in _ROLE_BLOCKS:
            roles = block.roles if argument == "assume_role" else block.web_identity
            roles.extend(_read_roles(reader))


def _read_roles(reader: JsonReader) -> list[Expression]:
    """The `role_arn` of one block or a list of blocks."""
    value = reader.value()
    blocks = value if isinstance(value, list) else [value]
    return [expression_of(block.get("role_arn") if isinstance(block, Mapping) else block) for block in blocks]


def read_expression(reader: JsonReader) -> Expression:
    return expression_of(reader.value())


def expression_of(value: Json) -> Expression:
    """An expression as a plan shows it; OMITTED and what is shown otherwise (nested blocks) say nothing."""
    if not isinstance(value, dict):
        return Expression()
    references = value.get("references")
    if isinstance(references, list):
        return Expression(references=tuple(item for item in references if isinstance(item, str)))
    if "constant_value" in value and value["constant_value"] != OMITTED:
        return Expression(value["constant_value"], is_constant=True)
    return Expression()
