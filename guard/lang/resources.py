"""Resources and data sources as values: what the plan of a new resource would know of them."""

from __future__ import annotations

from collections.abc import Sequence

from guard.addresses import NO_KEY, SOME_INSTANCE, ResourceInstance
from guard.config.model import META_ARGUMENTS, Resource
from guard.lang.evaluate import evaluate
from guard.lang.expand import Expansion, Instance, collected, plain_key
from guard.lang.local_data import ANSWERS
from guard.lang.schema import DATA, SENSITIVE, Schema, schema_of
from guard.lang.scope import AttrStep, IndexStep, Scope, Step
from guard.lang.static import refuse_attribute
from guard.lang.traversal import OpenAttributes, input_value
from guard.records import replace
from guard.source import SourceRange
from guard.syntax.nodes import Block
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError, NotDeterminedError
from guard.values.types import ANY, STRING, ObjectOf
from guard.values.unknown import Applied, Input, Kind, Refinement
from guard.values.value import SENSITIVE as SENSITIVE_MARK
from guard.values.value import Mark, Value, derived, null, string, tuple_of, unknown, unknowns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.lang.symbols import ModuleSymbols

USER = "aws_iam_user"
NAMES_OF_A_USER = frozenset({"name", "id"})


class ResourceValues:
    """The resources of one module instance. Attributes are evaluated when asked for, and once."""

    def __init__(self, symbols: ModuleSymbols) -> None:
        self._symbols = symbols

    def reference(
        self, resource: Resource, steps: Sequence[Step], scope: Scope, at: SourceRange
    ) -> tuple[Value, int]:
        """The value that a reference means, and how many steps after the resource's name it took."""
        # The whole resource, all of its instances, is what must not depend on itself.
        with self._symbols.guarded(resource.shown, at):
            pass
        expansion = self._symbols.expansion(resource, at)
        if not expansion.repeated:
            if steps and isinstance(steps[0], AttrStep):
                return self.attribute(resource, expansion.instances[0], steps[0].name, steps[0].range), 1
            return self._whole(resource, expansion.instances[0], at), 0
        if expansion.open is not None:
            return self._of_open(resource, expansion, steps, scope)
        return self._of_repeated(resource, expansion, steps, scope, at)

    def _of_repeated(
        self, resource: Resource, expansion: Expansion, steps: Sequence[Step], scope: Scope, at: SourceRange
    ) -> tuple[Value, int]:
        if len(steps) > 1 and isinstance(steps[0], IndexStep) and isinstance(steps[1], AttrStep):
            instance = expansion.find(plain_key(evaluate(steps[0].key, scope)))
            if instance is not None:
                return self.attribute(resource, instance, steps[1].name, steps[1].range), 2
        return collected(expansion, [self._whole(resource, item, at) for item in expansion.instances]), 0

    def _of_open(
        self, resource: Resource, expansion: Expansion, steps: Sequence[Step], scope: Scope
    ) -> tuple[Value, int]:
        """How many instances there are is not known, so whether the one named is there depends on it."""
        assert expansion.open is not None
        whole = string(str(self._address(resource, Instance(NO_KEY))))
        if len(steps) > 1 and isinstance(steps[0], IndexStep) and isinstance(steps[1], AttrStep):
            key = evaluate(steps[0].key, scope)
            term = Applied("[]", (expansion.open, whole, key, string(steps[1].name)))
            if resource.type == USER and resource.mode == "managed" and steps[1].name in NAMES_OF_A_USER:
                value = derived(STRING, term, (expansion.open,))
                return replace(value, origin=whole.text + SOME_INSTANCE), 2
            return derived(ANY, term, (expansion.open,)), 2
        return derived(ANY, Applied(whole.text, (expansion.open,)), (expansion.open,)), 0

    # --- instances -----------------------------------------------------------------------------

    def _address(self, resource: Resource, instance: Instance) -> ResourceInstance:
        return ResourceInstance(
            self._symbols.instance, resource.type, resource.name, instance.key, resource.mode
        )

    def attribute(self, resource: Resource, instance: Instance, name: str, at: SourceRange) -> Value:
        """An attribute of a resource instance."""
        address = str(self._address(resource, instance))
        refuse_attribute(resource, address, name, at)
        value = self._symbols.once(
            f"{address}.{name}", at, lambda: self._attribute(resource, instance, address, name, at)
        )
        if resource.type == USER and resource.mode == "managed" and name in NAMES_OF_A_USER:
            if address not in self._symbols.root.user_names:
                self._remember_user(resource, instance, address, at)
            return replace(value, origin=address)
        return value

    def _remember_user(self, resource: Resource, instance: Instance, address: str, at: SourceRange) -> None:
        names = self._symbols.root.user_names
        names[address] = unknown(ANY, Kind.UNREAD, Input(address), "its name could not be evaluated")
        names[address] = self._symbols.once(
            f"{address}.name", at, lambda: self._attribute(resource, instance, address, "name", at)
        )

    def _attribute(
        self, resource: Resource, instance: Instance, address: str, name: str, at: SourceRange
    ) -> Value:
        schema = schema_of(resource.type) if resource.mode == "managed" else Schema({}, {})
        argument = resource.body.attribute(name)
        if argument is not None and name not in META_ARGUMENTS:
            value = self._configured(resource, instance, name, schema)
            if not value.is_null or name in schema.arguments:
                return value
        if name in schema.arguments:
            return schema.arguments[name][1]
        blocks = [block for block in resource.body.blocks if name in (block.type, *block.labels[:1])]
        if blocks:
            return self._nested(instance, blocks, f"{address}.{name}", at)
        return self._not_configured(resource, instance, name, schema, at)

    def _nested(self, instance: Instance, blocks: Sequence[Block], shown: str, at: SourceRange) -> Value:
        """Nested blocks of one type: a tuple of objects, one for each. Dynamic ones are not expanded."""
        if any(block.type == "dynamic" for block in blocks):
            why = f"{shown} is made of dynamic blocks, which are not expanded"
            return unknown(ANY, Kind.UNREAD, Input(shown), why, at=at)
        return tuple_of(
            self._object(instance, block, f"{shown}[{place}]") for place, block in enumerate(blocks)
        )

    def _object(self, instance: Instance, block: Block, shown: str) -> Value:
        def other(name: str) -> Value:
            why = f"{shown}.{name} is known only at apply"
            return unknown(ANY, Kind.AT_APPLY, Input(f"{shown}.{name}"), why, at=block.range)

        known = {
            item.name: self._symbols.evaluate(item.expr, instance.each) for item in block.body.attributes
        }
        attributes = OpenAttributes(known, other)
        return Value(ObjectOf({name: value.type for name, value in attributes.items()}), attributes)

    def _configured(self, resource: Resource, instance: Instance, name: str, schema: Schema) -> Value:
        argument = resource.body.attribute(name)
        assert argument is not None
        with self._symbols.guarded(resource.shown, argument.expr.range):
            value = self._symbols.evaluate(argument.expr, instance.each)
        try:
            converted = convert(value, schema.argument_type(name))
        except ConversionError as problem:
            detail = f'Inappropriate value for attribute "{name}": {problem}.'
            raise EvaluationError("Incorrect attribute value type", detail, argument.expr.range) from None
        return schema.arguments[name][1] if converted.is_null and name in schema.arguments else converted

    def _not_configured(
        self, resource: Resource, instance: Instance, name: str, schema: Schema, at: SourceRange
    ) -> Value:
        address = str(self._address(resource, instance))
        if resource.mode == "data" and (resource.type, name) in ANSWERS:
            return self._local_answer(resource, instance, name, at)
        if resource.mode == "data":
            return self._answer(resource, address, name, at)
        type = schema.computed.get(name, ANY)
        why = f"{address}.{name} is known only at apply"
        mark = SENSITIVE_MARK if name in SENSITIVE.get(resource.type, ()) else frozenset[Mark]()
        if resource.mode == "ephemeral":
            mark = frozenset({Mark.EPHEMERAL})
        refinement = Refinement(not_null=name in schema.never_null)
        term = Input(f"{address}.{name}")
        return unknown(type, Kind.AT_APPLY, term, why, refinement=refinement, at=at).marked(mark)

    def _local_answer(self, resource: Resource, instance: Instance, name: str, at: SourceRange) -> Value:
        scope = self._symbols.scope(instance.each)

        def argument(wanted: str) -> Value:
            attribute = resource.body.attribute(wanted)
            return self._symbols.evaluate(attribute.expr, instance.each) if attribute else null()

        return ANSWERS[resource.type, name](argument, scope.context, at)

    def _answer(self, resource: Resource, address: str, name: str, at: SourceRange) -> Value:
        """What a data source answers: not given, unless Terraform itself must wait for the apply to ask."""
        type = DATA.get(resource.type, {}).get(name, ANY)
        term = Input(f"{address}.{name}")
        if resource.depends_on or self._waits_for_apply(resource):
            return unknown(type, Kind.AT_APPLY, term, f"{address}.{name} may be read only at apply", at=at)
        why = f"{address}.{name} is what the data source will answer"
        value = input_value(term, type, why, at)
        refined = replace(value.unknown, refinement=Refinement(not_null=type is not ANY))
        return self._symbols.settle(replace(value, data=refined))

    def _waits_for_apply(self, resource: Resource) -> bool:
        scope = self._symbols.scope()
        for argument in resource.body.attributes:
            if argument.name in META_ARGUMENTS:
                continue
            try:
                value = evaluate(argument.expr, scope)
            except (EvaluationError, NotDeterminedError):
                continue
            if any(item.kind is Kind.AT_APPLY for item in unknowns(value)):
                return True
        return False

    def _whole(self, resource: Resource, instance: Instance, at: SourceRange) -> Value:
        """An instance as an object; what is neither configured nor listed is found when asked for."""
        schema = schema_of(resource.type) if resource.mode == "managed" else Schema({}, {})
        names = {item.name for item in resource.body.attributes} - META_ARGUMENTS
        names |= set(schema.arguments) | set(schema.computed)
        if resource.mode == "data":
            names |= set(DATA.get(resource.type, ()))
        attributes = OpenAttributes(
            {name: self.attribute(resource, instance, name, at) for name in sorted(names)},
            lambda name: self.attribute(resource, instance, name, at),
        )
        return Value(ObjectOf({name: value.type for name, value in attributes.items()}), attributes)
