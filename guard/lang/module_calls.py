"""Module calls as values: their instances, and the outputs of each.

https://developer.hashicorp.com/terraform/language/modules/syntax
"""

from __future__ import annotations

from collections.abc import Sequence

from guard.addresses import InstanceKey
from guard.config.constants import plain_text
from guard.config.declarations import is_configured
from guard.config.model import ModuleCall
from guard.config.module import Module
from guard.config.relevance import DEEPEST, MissingCall, Wanted
from guard.config.validity import problems
from guard.diagnostics import error
from guard.lang import variables
from guard.lang.evaluate import evaluate
from guard.lang.expand import Expansion, Instance, collected, plain_key
from guard.lang.scope import AttrStep, IndexStep, Scope, Step
from guard.lang.traversal import OpenAttributes
from guard.records import replace
from guard.source import SourceRange
from guard.syntax.nodes import Expr
from guard.syntax.references import function_calls, references
from guard.values.errors import EvaluationError, NotDeterminedError, final
from guard.values.types import ANY
from guard.values.unknown import Applied, Input, Kind
from guard.values.value import Value, derived, object_of, unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.lang.symbols import ModuleSymbols


# Called modules may call on: so many instances that they do not end must end all the same.
STEPS_OF_A_MODULE = 20


class ModuleCalls:
    """The module calls of one module instance. Called modules are loaded when asked for, and once."""

    def __init__(self, symbols: ModuleSymbols) -> None:
        self._symbols = symbols
        self._path = tuple(name for name, _ in symbols.instance.steps)
        self._children: dict[tuple[str, InstanceKey], ModuleSymbols | None] = {}

    def reference(
        self, call: ModuleCall, steps: Sequence[Step], scope: Scope, at: SourceRange
    ) -> tuple[Value, int]:
        """The value that a reference means, and how many steps after the call's name it took."""
        expansion = self.expansion(call, at)
        if expansion.repeated:
            return self._of_repeated(call, expansion, steps, scope, at)
        if steps and isinstance(steps[0], AttrStep):
            return self._output_of(call, expansion.instances[0], steps[0].name, steps[0].range), 1
        return self._outputs_of(call, expansion.instances[0], at), 0

    def _of_repeated(
        self, call: ModuleCall, expansion: Expansion, steps: Sequence[Step], scope: Scope, at: SourceRange
    ) -> tuple[Value, int]:
        if expansion.open is not None:
            return derived(ANY, Applied(self._call_address(call), (expansion.open,)), (expansion.open,)), 0
        match steps:
            case [IndexStep(key), AttrStep(name, range), *_]:
                instance = expansion.find(plain_key(evaluate(key, scope)))
                if instance is not None:
                    return self._output_of(call, instance, name, range), 2
            case [AttrStep(_, range), *_]:
                detail = f'module.{call.name} has "count" or "for_each": an instance is chosen with an index.'
                raise EvaluationError("Unsupported attribute", detail, range)
        whole = [self._outputs_of(call, item, at) for item in expansion.instances]
        return collected(expansion, whole), 0

    def _call_address(self, call: ModuleCall) -> str:
        return str(self._symbols.instance.child(call.name))

    def expansion(self, call: ModuleCall, at: SourceRange) -> Expansion:
        name = f"module.{call.name} (count or for_each)"
        return self._symbols.once(name, at, lambda: self._symbols.expand(call.repetition))

    def child(self, call: ModuleCall, instance: Instance) -> ModuleSymbols | None:
        """The called module's instance, or None when its code is not on disk."""
        place = (call.name, instance.key)
        if place not in self._children:
            try:
                self._children[place] = self._make_child(call, instance)
            except EvaluationError as problem:
                raise final(problem) from None
        return self._children[place]

    def _make_child(self, call: ModuleCall, instance: Instance) -> ModuleSymbols | None:
        self._symbols.root.budget.spend(STEPS_OF_A_MODULE, call.range)
        module = self.module(call)
        if module is None:
            return None
        self._refuse_circle(module, call)
        self._refuse_depth(call)
        self._refuse_own_providers(module, call)
        for diagnostic in problems(module) if self._symbols.root.leads else ():
            self._symbols.root.report(diagnostic)
        address = self._symbols.instance.child(call.name, instance.key)
        symbols = self._symbols.called(module, address, call, instance.each)
        variables.check_arguments(symbols)
        return symbols

    def module(self, call: ModuleCall) -> Module | None:
        """The called module, or None when its code is not on disk, which is noted."""
        root = self._symbols.root
        path = self.path(call)
        wanted = Wanted(self.source_text(call), self.version_text(call))
        module = root.find_module(self._symbols.module, call, path, wanted)
        if module is None:
            root.key_paths.missing.setdefault(path, MissingCall(call, wanted))
        return module

    def path(self, call: ModuleCall) -> tuple[str, ...]:
        """The names of the calls that lead to it, its own last."""
        return (*self._path, call.name)

    def version_text(self, call: ModuleCall) -> str | None:
        """The version constraint, evaluated as the source is; None if there is none or it is not known."""
        if call.version is None:
            return None
        plain = plain_text(call.version)
        if plain is not None or not self._symbols.module.opentofu:
            return plain
        value = self._symbols.evaluate(call.version)
        return value.data if isinstance(value.data, str) else None

    def source_text(self, call: ModuleCall) -> str | None:
        """The module source, evaluated: OpenTofu lets it refer to variables and locals."""
        if call.source is None:
            raise EvaluationError(
                "Missing required argument", 'A module call needs the argument "source".', call.range
            )
        if not self._symbols.module.opentofu:
            _check_constant(call.source)
        value = self._symbols.evaluate(call.source)
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
        above: ModuleSymbols | None = self._symbols
        while above is not None:
            if above.module is module:
                detail = f"module.{call.name} leads back to {module.shown}, which contains this call."
                raise EvaluationError("Module cycle", detail, call.range)
            above = above.parent

    def _refuse_depth(self, call: ModuleCall) -> None:
        if len(self.path(call)) > DEEPEST:
            detail = f"Module calls are nested over {DEEPEST} levels deep here."
            raise NotDeterminedError(error("Modules nested too deeply", detail, call.range))

    def _output_of(self, call: ModuleCall, instance: Instance, name: str, at: SourceRange) -> Value:
        child = self.child(call, instance)
        if child is None or (
            child.module.stand_in is not None and (name,) not in child.module.names("output")
        ):
            return self._missing(call, instance, name)
        with self._symbols.guarded(f"module.{call.name}.{name}", at):
            return child.output(name, at)

    def _outputs_of(self, call: ModuleCall, instance: Instance, at: SourceRange) -> Value:
        child = self.child(call, instance)
        if child is None:
            return self._missing(call, instance)
        outputs = (labels[0] for labels in child.module.names("output"))
        found = object_of({name: self._tolerant_output(call, instance, name, at) for name in outputs})
        if child.module.stand_in is None:
            return found
        other = OpenAttributes(found.mapping, lambda name: self._missing(call, instance, name))
        return replace(found, data=other)

    def _tolerant_output(self, call: ModuleCall, instance: Instance, name: str, at: SourceRange) -> Value:
        """An output among others: one that cannot be evaluated does not hide the rest."""
        try:
            return self._output_of(call, instance, name, at)
        except NotDeterminedError as problem:
            self._symbols.root.report(problem.diagnostic)
            why = f"{problem.diagnostic.summary.lower()}: {problem.diagnostic.detail}"
            return unknown(ANY, Kind.UNREAD, Input(f"{self._call_address(call)}.{name}"), why, at=at)

    def _missing(self, call: ModuleCall, instance: Instance, output: str = "") -> Value:
        address = str(self._symbols.instance.child(call.name, instance.key))
        why = f"the code of {address} is not on disk (run `terraform init -backend=false` first)"
        term = Input(f"{address}.{output}" if output else address)
        self._symbols.root.unread_outputs[term] = self.path(call)
        return unknown(ANY, Kind.UNREAD, term, why, at=call.range)


def _check_constant(source: Expr) -> None:
    """Refuse a module source that Terraform would have to look something up for."""
    detail = "Terraform takes the source of a module from a constant expression only; OpenTofu evaluates it."
    if next(references(source), None) is not None:
        raise EvaluationError("Variables not allowed", detail, source.range)
    if next(function_calls(source), None) is not None:
        raise EvaluationError("Function calls not allowed", detail, source.range)
