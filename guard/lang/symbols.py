"""The names of one module instance: variables, locals, resources, data sources, module calls.

https://developer.hashicorp.com/terraform/language/expressions/references
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from guard.addresses import ROOT_MODULE, ModuleInstance
from guard.config.model import ModuleCall, Repetition, Resource
from guard.config.module import Module
from guard.diagnostics import GuardError
from guard.lang import variables
from guard.lang.evaluate import evaluate
from guard.lang.expand import Expansion, expand
from guard.lang.functions.context import Files
from guard.lang.module_calls import ModuleCalls
from guard.lang.reference_names import name_at, repetition_value, undeclared
from guard.lang.resources import ResourceValues
from guard.lang.root import Root
from guard.lang.scope import AttrStep, Scope, Step
from guard.lang.static import check_references, refuse_key
from guard.lang.traversal import input_value
from guard.records import replace
from guard.source import SourceRange, SummaryFile
from guard.syntax.nodes import Expr
from guard.values.errors import EvaluationError, FinalError, final
from guard.values.types import ANY, STRING
from guard.values.unknown import WORKSPACE, Input, Kind
from guard.values.value import Mark, Value, string, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

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
        self.calls = ModuleCalls(self)
        self._known: dict[Hashable, Value | Expansion | GuardError] = {}
        self._under_way: list[Hashable] = []
        self._checked: set[int] = set()

    def called(
        self, module: Module, address: ModuleInstance, call: ModuleCall, each: Mapping[str, Value]
    ) -> ModuleSymbols:
        """The names of a module instance that this one calls."""
        return ModuleSymbols(self.root, module, address, self, call, each)

    def place(self, at: SourceRange) -> SourceRange:
        """A place in the user's own files: for one in a summary, the module call that it stands for."""
        symbols = self
        while symbols.module.stand_in and symbols.parent and symbols.call:
            at = symbols.call.range
            symbols = symbols.parent
        return at

    def called_at(self) -> Iterator[SourceRange]:
        """The module calls that lead here, in the user's own files, the nearest first."""
        symbols = self
        while symbols.parent and symbols.call:
            if symbols.parent.module.stand_in is None:
                yield symbols.call.range
            symbols = symbols.parent

    def refuse(self, problem: GuardError, *, certain: bool = True) -> None:
        """Tell the root what stopped an evaluation here, placed in the user's own files.

        certain: it was one of something that exists for certain.
        """
        found = problem.diagnostic
        if found.subject is not None and isinstance(found.subject.source, SummaryFile):
            problem.diagnostic = replace(found, subject=self.place(found.subject))
        self.root.refuse(problem, certain=certain)

    # --- evaluation ----------------------------------------------------------------------------

    def evaluate(self, expr: Expr, each: Mapping[str, Value] | None = None) -> Value:
        """The value of an expression that stands in this module, as a whole."""
        scope = self.scope(each)
        self.check(expr, scope)
        return evaluate(expr, scope)

    def check(self, expr: Expr, scope: Scope) -> None:
        """Refuse references to nothing, once for each expression."""
        if id(expr) not in self._checked:
            with self.root.budget.entered(expr.range):
                check_references(expr, self, scope)
            self._checked.add(id(expr))

    def scope(self, each: Mapping[str, Value] | None = None) -> Scope:
        """Where this module's expressions are evaluated."""
        files = Files(self.root.budget, self.root.module.directory, self.root.boundary, self.root.numbers)
        return Scope(self, files, {}, each or {})

    def check_provider(self, local_name: str, at: SourceRange) -> None:
        if local_name not in self.module.provider_sources:
            detail = (
                f'There is no provider "{local_name}" in required_providers, so it has no functions here.'
            )
            raise FinalError("Unknown provider function", detail, at)

    def settle(self, value: Value) -> Value:
        return self.root.world.settle(value)

    def once(self, name: Hashable, at: SourceRange, compute: Callable[[], T]) -> T:
        """Compute a named thing once; refuse to compute it while it is being computed."""
        if name not in self._known:
            with self.guarded(name, at):
                try:
                    self._known[name] = compute()  # type: ignore[assignment]  # T is what is stored
                except EvaluationError as problem:
                    self._known[name] = final(problem)
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
            raise FinalError("Cycle", f"These depend on each other in a circle: {shown}.", at)
        self._under_way.append(name)
        try:
            yield
        finally:
            self._under_way.pop()

    # --- references ----------------------------------------------------------------------------

    def resolve(self, name: str, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        match name:
            case "var":
                return self.variable(name_at(steps, 0, name, at), at), 1
            case "local":
                return self.local(name_at(steps, 0, name, at), at), 1
            case "each" | "count":
                return repetition_value(name, name_at(steps, 0, name, at), scope, at), 1
            case "path":
                return self._path(name_at(steps, 0, name, at), at), 1
            case "terraform" | "tofu":
                return self._terraform(name_at(steps, 0, name, at), at), 1
            case "module":
                return self._module(steps, scope, at)
            case "data":
                return self._resource("data", 0, steps, scope, at)
            case "ephemeral":
                return self._resource("ephemeral", 0, steps, scope, at)
            case "resource":
                return self._resource("managed", 0, steps, scope, at)
            case "self":
                raise FinalError(
                    "Invalid reference", '"self" stands only in provisioners and conditions.', at
                )
            case _:
                return self._managed(name, steps, scope, at)

    def variable(self, name: str, at: SourceRange) -> Value:
        return self.once(f"var.{name}", at, lambda: variables.value(self, name, at))

    def local(self, name: str, at: SourceRange) -> Value:
        expr = self.module.locals.get(name)
        if expr is None:
            raise undeclared(
                "local value", f'A local value with the name "{name}" has not been declared.', at
            )
        return self.once(f"local.{name}", at, lambda: self.evaluate(expr))

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
        result = self.once(f"output.{name}", at, lambda: self.evaluate(value))
        return result.marked(frozenset({Mark.SENSITIVE})) if output.sensitive else result

    def _path(self, name: str, at: SourceRange) -> Value:
        match name:
            case "module":
                return string(_relative(self.module.directory, self.root.module.directory))
            case "root":
                return string(".")
            case "cwd":
                return string(self.root.module.directory.as_posix())
        raise FinalError('Invalid "path" attribute', f'The "path" object has no attribute "{name}".', at)

    def _terraform(self, name: str, at: SourceRange) -> Value:
        if name == "applying":
            return unknown(
                ANY, Kind.AT_APPLY, Input("terraform.applying"), "terraform.applying is known only at apply"
            )
        if name != "workspace":
            detail = f'The "terraform" object has no attribute "{name}".'
            raise FinalError('Invalid "terraform" attribute', detail, at)
        if self.root.inputs.workspace is not None:
            return string(self.root.inputs.workspace)
        why = "the workspace is not stated (--workspace)"
        return self.settle(input_value(WORKSPACE, STRING, why, at))

    # --- resources -----------------------------------------------------------------------------

    def _managed(self, type: str, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        if not steps or not isinstance(steps[0], AttrStep):
            detail = f'"{type}" is not known here. A reference to a resource has a type and a name.'
            raise FinalError("Invalid reference", detail, at)
        value, taken = self._resource("managed", -1, (AttrStep(type, at), *steps), scope, at)
        return value, taken

    def _resource(
        self, mode: str, offset: int, steps: Sequence[Step], scope: Scope, at: SourceRange
    ) -> tuple[Value, int]:
        """A resource, one of its instances, or an attribute of one: as much as the steps name."""
        resource = self.declared_resource(mode, steps, at)
        refuse_key(resource, steps[2:])
        value, taken = self.resources.reference(resource, steps[2:], scope, at)
        return value, taken + 2 + offset

    def declared_resource(self, mode: str, steps: Sequence[Step], at: SourceRange) -> Resource:
        """The resource that a reference names first; steps start with its type."""
        type, name = name_at(steps, 0, mode, at), name_at(steps, 1, mode, at)
        resource = self.module.resource(mode, type, name)
        if resource is None:
            kind = {"managed": "resource", "data": "data resource", "ephemeral": "ephemeral resource"}[mode]
            where = str(self.instance) or "the root module"
            raise undeclared(kind, f'A {kind} "{type}" "{name}" has not been declared in {where}.', at)
        return resource

    def _module(self, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        """A module call, one of its instances, or an output of one: as much as the steps name."""
        call = self.declared_call(steps, at)
        value, taken = self.calls.reference(call, steps[1:], scope, at)
        return value, taken + 1

    def declared_call(self, steps: Sequence[Step], at: SourceRange) -> ModuleCall:
        """The module call that a reference names first."""
        name = name_at(steps, 0, "module", at)
        call = self.module.call(name)
        if call is None:
            raise undeclared("module", f'No module call named "{name}" is declared.', at)
        return call

    def expansion(self, resource: Resource, at: SourceRange) -> Expansion:
        name = f"{resource.shown} (count or for_each)"
        return self.once(name, at, lambda: self.expand(resource.repetition))

    def expand(self, repetition: Repetition) -> Expansion:
        scope = self.scope()
        for expr in [item for item in (repetition.count, repetition.for_each) if item is not None]:
            self.check(expr, scope)
        return expand(repetition, scope)


def _relative(directory: Path, start: Path) -> str:
    return Path(os.path.relpath(directory, start)).as_posix()
