"""The names of one module instance: variables, locals, resources, data sources, module calls.

https://developer.hashicorp.com/terraform/language/expressions/references
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from guard.addresses import ROOT_MODULE, InstanceKey, ModuleInstance
from guard.config.constants import plain_text
from guard.config.declarations import is_configured
from guard.config.model import ModuleCall, Resource
from guard.config.module import Module
from guard.config.validity import problems
from guard.diagnostics import GuardError
from guard.lang import variables
from guard.lang.evaluate import evaluate
from guard.lang.expand import Expansion, Instance, expand
from guard.lang.functions.context import Files
from guard.lang.resources import ResourceValues
from guard.lang.root import Root
from guard.lang.scope import AttrStep, IndexStep, Scope, Step
from guard.lang.traversal import input_value
from guard.source import SourceRange
from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.types import ANY, STRING
from guard.values.value import (
    Applied,
    Input,
    Kind,
    Mark,
    Value,
    derived,
    object_of,
    string,
    tuple_of,
    unknown,
)

T = TypeVar("T")


class ModuleSymbols:
    """A module instance under evaluation: everything is evaluated when asked for, and once.

    parent and call: where it is called from; each: the call's `each` and `count` values.
    """

    def __init__(
        self,
        root: Root,
        module: Module,
        instance: ModuleInstance = ROOT_MODULE,
        parent: ModuleSymbols | None = None,
        call: ModuleCall | None = None,
        each: Mapping[str, Value] | None = None,
    ) -> None:
        self.root = root
        self.module = module
        self.instance = instance
        self.parent = parent
        self.call = call
        self.call_each = each or {}
        self.resources = ResourceValues(self)
        self._known: dict[Hashable, Value | Expansion | GuardError] = {}
        self._under_way: list[Hashable] = []
        self._children: dict[tuple[str, InstanceKey], ModuleSymbols | None] = {}

    # --- evaluation ----------------------------------------------------------------------------

    def scope(self, each: Mapping[str, Value] | None = None) -> Scope:
        """Where this module's expressions are evaluated."""
        files = Files(self.root.budget, self.root.module.directory, self.root.boundary, self.root.numbers)
        return Scope(self, files, {}, each or {})

    def settle(self, value: Value) -> Value:
        return self.root.world.settle(value)

    def once(self, name: Hashable, at: SourceRange, compute: Callable[[], T]) -> T:
        """Compute a named thing once; refuse to compute it while it is being computed."""
        if name not in self._known:
            with self.guarded(name, at):
                try:
                    self._known[name] = compute()  # type: ignore[assignment]  # T is what is stored
                except GuardError as problem:
                    self._known[name] = problem
        known = self._known[name]
        if isinstance(known, GuardError):
            raise known
        return known  # type: ignore[return-value]  # one name always holds one type

    @contextmanager
    def guarded(self, name: Hashable, at: SourceRange) -> Iterator[None]:
        """Refuse to begin what is under way already: Terraform orders whole resources, locals and outputs."""
        if name in self._under_way:
            circle = [*self._under_way[self._under_way.index(name) :], name]
            shown = ", ".join(str(item) for item in circle)
            raise EvaluationError("Cycle", f"These depend on each other in a circle: {shown}.", at)
        self._under_way.append(name)
        try:
            yield
        finally:
            self._under_way.pop()

    # --- references ----------------------------------------------------------------------------

    def resolve(self, name: str, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        match name:
            case "var":
                return self.variable(_attribute(steps, 0, name, at), at), 1
            case "local":
                return self.local(_attribute(steps, 0, name, at), at), 1
            case "each" | "count":
                return _repetition_value(name, _attribute(steps, 0, name, at), scope, at), 1
            case "path":
                return self._path(_attribute(steps, 0, name, at), at), 1
            case "terraform" | "tofu":
                return self._terraform(_attribute(steps, 0, name, at), at), 1
            case "module":
                return self._module(steps, scope, at)
            case "data":
                return self._resource("data", 0, steps, scope, at)
            case "ephemeral":
                return self._resource("ephemeral", 0, steps, scope, at)
            case "resource":
                return self._resource("managed", 0, steps, scope, at)
            case "self":
                raise EvaluationError(
                    "Invalid reference", '"self" stands only in provisioners and conditions.', at
                )
            case _:
                return self._managed(name, steps, scope, at)

    def variable(self, name: str, at: SourceRange) -> Value:
        return self.once(f"var.{name}", at, lambda: variables.value(self, name, at))

    def local(self, name: str, at: SourceRange) -> Value:
        expr = self.module.locals.get(name)
        if expr is None:
            raise _undeclared(
                "local value", f'A local value with the name "{name}" has not been declared.', at
            )
        return self.once(f"local.{name}", at, lambda: evaluate(expr, self.scope()))

    def output(self, name: str, at: SourceRange) -> Value:
        output = self.module.output(name)
        if output is None:
            detail = f'The module at {self.module.shown} does not declare an output named "{name}".'
            raise EvaluationError("Unsupported attribute", detail, at)
        value = output.value
        if value is None:
            raise EvaluationError(
                "Missing required argument", 'An output needs the argument "value".', output.range
            )
        result = self.once(f"output.{name}", at, lambda: evaluate(value, self.scope()))
        return result.marked(frozenset({Mark.SENSITIVE})) if output.sensitive else result

    def _path(self, name: str, at: SourceRange) -> Value:
        match name:
            case "module":
                return string(_relative(self.module.directory, self.root.module.directory))
            case "root":
                return string(".")
            case "cwd":
                return input_value(Input("path.cwd"), STRING, "path.cwd is where Terraform will run", at)
        raise EvaluationError('Invalid "path" attribute', f'The "path" object has no attribute "{name}".', at)

    def _terraform(self, name: str, at: SourceRange) -> Value:
        if name == "applying":
            return unknown(
                ANY, Kind.AT_APPLY, Input("terraform.applying"), "terraform.applying is known only at apply"
            )
        if name != "workspace":
            detail = f'The "terraform" object has no attribute "{name}".'
            raise EvaluationError('Invalid "terraform" attribute', detail, at)
        if self.root.inputs.workspace is not None:
            return string(self.root.inputs.workspace)
        why = "the workspace is not stated (--workspace)"
        return self.settle(input_value(Input("terraform.workspace"), STRING, why, at))

    # --- resources -----------------------------------------------------------------------------

    def _managed(self, type: str, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        if not steps or not isinstance(steps[0], AttrStep):
            detail = f'"{type}" is not known here. A reference to a resource has a type and a name.'
            raise EvaluationError("Invalid reference", detail, at)
        value, taken = self._resource("managed", -1, (AttrStep(type, at), *steps), scope, at)
        return value, taken

    def _resource(
        self, mode: str, offset: int, steps: Sequence[Step], scope: Scope, at: SourceRange
    ) -> tuple[Value, int]:
        """A resource, one of its instances, or an attribute of one: as much as the steps name."""
        type, name = _attribute(steps, 0, mode, at), _attribute(steps, 1, mode, at)
        resource = self.module.resource(mode, type, name)
        if resource is None:
            kind = {"managed": "resource", "data": "data resource", "ephemeral": "ephemeral resource"}[mode]
            where = str(self.instance) or "the root module"
            raise _undeclared(kind, f'A {kind} "{type}" "{name}" has not been declared in {where}.', at)
        value, taken = self.resources.reference(resource, steps[2:], scope, at)
        return value, taken + 2 + offset

    def expansion(self, resource: Resource, at: SourceRange) -> Expansion:
        name = f"{resource.type}.{resource.name} (count or for_each)"
        return self.once(name, at, lambda: expand(resource.repetition, self.scope()))

    # --- module calls --------------------------------------------------------------------------

    def _module(self, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        """A module call, one of its instances, or an output of one: as much as the steps name."""
        name = _attribute(steps, 0, "module", at)
        call = self.module.call(name)
        if call is None:
            raise _undeclared("module", f'No module call named "{name}" is declared.', at)
        expansion = self.call_expansion(call, at)
        if not expansion.repeated:
            if len(steps) > 1 and isinstance(steps[1], AttrStep):
                return self._output_of(call, expansion.instances[0], steps[1].name, steps[1].range), 2
            return self._outputs_of(call, expansion.instances[0], at), 1
        return self._of_repeated(call, expansion, steps, scope, at)

    def _of_repeated(
        self, call: ModuleCall, expansion: Expansion, steps: Sequence[Step], scope: Scope, at: SourceRange
    ) -> tuple[Value, int]:
        if expansion.open is not None:
            return derived(ANY, Applied(self._call_address(call), (expansion.open,)), (expansion.open,)), 1
        match steps[1:]:
            case [IndexStep(key), AttrStep(name, range), *_]:
                instance = expansion.find(plain_key(evaluate(key, scope)))
                if instance is not None:
                    return self._output_of(call, instance, name, range), 3
            case [AttrStep(_, range), *_]:
                detail = f'module.{call.name} has "count" or "for_each": an instance is chosen with an index.'
                raise EvaluationError("Unsupported attribute", detail, range)
        whole = [self._outputs_of(call, item, at) for item in expansion.instances]
        return collected(expansion, whole), 1

    def _call_address(self, call: ModuleCall) -> str:
        return str(self.instance.child(call.name))

    def call_expansion(self, call: ModuleCall, at: SourceRange) -> Expansion:
        name = f"module.{call.name} (count or for_each)"
        return self.once(name, at, lambda: expand(call.repetition, self.scope()))

    def child(self, call: ModuleCall, instance: Instance) -> ModuleSymbols | None:
        """The called module's instance, or None when its code is not on disk."""
        place = (call.name, instance.key)
        if place not in self._children:
            self._children[place] = self._make_child(call, instance)
        return self._children[place]

    def _make_child(self, call: ModuleCall, instance: Instance) -> ModuleSymbols | None:
        names = tuple(name for name, _ in self.instance.steps)
        source = self.source_text(call)
        module = self.root.find_module(self.module, call, (*names, call.name), source)
        if module is None:
            return None
        self._refuse_circle(module, call)
        self._refuse_own_providers(module, call)
        for diagnostic in problems(module):
            self.root.report(diagnostic)
        address = self.instance.child(call.name, instance.key)
        symbols = ModuleSymbols(self.root, module, address, self, call, instance.each)
        variables.check_arguments(symbols)
        return symbols

    def source_text(self, call: ModuleCall) -> str | None:
        """The module source, evaluated: OpenTofu lets it refer to variables and locals."""
        if call.source is None:
            raise EvaluationError(
                "Missing required argument", 'A module call needs the argument "source".', call.range
            )
        if not self.module.opentofu and plain_text(call.source) is None:
            detail = "Terraform takes the source of a module from a plain text only; OpenTofu evaluates it."
            raise EvaluationError("Variables not allowed", detail, call.source.range)
        value = evaluate(call.source, self.scope())
        return None if value.is_unknown or not isinstance(value.data, str) else value.text

    def _refuse_own_providers(self, module: Module, call: ModuleCall) -> None:
        """Refuse to multiply a module that configures providers itself.

        https://developer.hashicorp.com/terraform/language/modules/develop/providers#legacy-shared-modules-with-provider-configurations
        """
        repeated = call.repetition.count or call.repetition.for_each or call.depends_on
        own = next((block for block in module.providers.values() if is_configured(block)), None)
        if repeated and own is not None:
            detail = f'{module.shown} configures provider "{own.ref}" itself, so it can be called only once.'
            summary = "Module is incompatible with count, for_each, and depends_on"
            raise EvaluationError(summary, detail, call.range)

    def _refuse_circle(self, module: Module, call: ModuleCall) -> None:
        above: ModuleSymbols | None = self
        while above is not None:
            if above.module.directory == module.directory:
                detail = f"module.{call.name} leads back to {module.shown}, which contains this call."
                raise EvaluationError("Module cycle", detail, call.range)
            above = above.parent

    def _output_of(self, call: ModuleCall, instance: Instance, name: str, at: SourceRange) -> Value:
        child = self.child(call, instance)
        if child is None:
            return self._missing(call, instance, name)
        with self.guarded(f"module.{call.name}.{name}", at):
            return child.output(name, at)

    def _outputs_of(self, call: ModuleCall, instance: Instance, at: SourceRange) -> Value:
        child = self.child(call, instance)
        if child is None:
            return self._missing(call, instance)
        outputs = (labels[0] for labels in child.module.names("output"))
        return object_of({name: self._tolerant_output(call, instance, name, at) for name in outputs})

    def _tolerant_output(self, call: ModuleCall, instance: Instance, name: str, at: SourceRange) -> Value:
        """An output among others: one that cannot be evaluated does not hide the rest."""
        try:
            return self._output_of(call, instance, name, at)
        except NotDeterminedError as problem:
            self.root.report(problem.diagnostic)
            why = f"{problem.diagnostic.summary.lower()}: {problem.diagnostic.detail}"
            return unknown(ANY, Kind.UNREAD, Input(f"{self._call_address(call)}.{name}"), why, at=at)

    def _missing(self, call: ModuleCall, instance: Instance, output: str = "") -> Value:
        address = str(self.instance.child(call.name, instance.key))
        why = f"the code of {address} is not on disk (run `terraform init -backend=false` first)"
        term = Input(f"{address}.{output}" if output else address)
        return unknown(ANY, Kind.UNREAD, term, why, at=call.range)


def _relative(directory: Path, start: Path) -> str:
    return Path(os.path.relpath(directory, start)).as_posix()


def plain_key(value: Value) -> InstanceKey:
    """An index value as an instance key; a key that is not known finds nothing."""
    if isinstance(value.data, str | int) and not isinstance(value.data, bool):
        return value.data
    return str(value.data)


def collected(expansion: Expansion, instances: Sequence[Value]) -> Value:
    """All instances as one value: a tuple for count, an object for for_each."""
    if expansion.by_number:
        return tuple_of(instances)
    return object_of(
        {
            str(item.key) if not isinstance(item.key, str) else item.key: value
            for item, value in zip(expansion.instances, instances, strict=True)
        }
    )


def _attribute(steps: Sequence[Step], position: int, name: str, at: SourceRange) -> str:
    """The name at a position of a reference that must have one there."""
    if position < len(steps):
        step = steps[position]
        if isinstance(step, AttrStep):
            return step.name
    detail = f'The "{name}" object must be followed by a name: {name}.NAME.'
    raise EvaluationError("Invalid reference", detail, at)


def _repetition_value(object: str, name: str, scope: Scope, at: SourceRange) -> Value:
    value = scope.each.get(f"{object}.{name}")
    if value is not None:
        return value
    argument = "for_each" if object == "each" else "count"
    detail = f'"{object}.{name}" can be used only where "{argument}" is set.'
    raise EvaluationError(f'Reference to "{object}" in context without {argument}', detail, at)


def _undeclared(what: str, detail: str, at: SourceRange) -> EvaluationError:
    return EvaluationError(f"Reference to undeclared {what}", detail, at)
