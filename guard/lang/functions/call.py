"""Calls a built-in function: here conversion, null, not knowing, marks and errors are settled.

The order of the checks is HCL's and go-cty's: https://github.com/hashicorp/hcl (FunctionCallExpr) and
https://github.com/zclconf/go-cty/blob/main/cty/function/function.go
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guard.lang.functions import FUNCTIONS
from guard.lang.functions.names import refuse_name
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.lang.functions.template_rules import refusal_in_template
from guard.records import dataclass, replace
from guard.source import SourceRange
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError, NotDeterminedError
from guard.values.marks import without_marks
from guard.values.questions import questions_about, untyped_inputs
from guard.values.shuffled import is_shuffled, shuffled, unordered_elements
from guard.values.types import ANY, ListOf, SetOf, Type
from guard.values.unknown import NOTHING_MORE, Applied, Kind, Refinement
from guard.values.value import NO_MARKS, Mark, Value, all_marks, derived, tuple_of, unknown, wholly_known

_CORE = "core::"
_PARTS_A_STEP = 4
_PROVIDER = "provider::"
_NOT_SHOWN = "an argument is sensitive, so the reason is not shown"


def call(name: str, arguments: Sequence[Value], context: FunctionContext, at: SourceRange) -> Value:
    """The result of a call. Raises EvaluationError for what Terraform refuses."""
    if name.startswith(_PROVIDER):
        return _provider_result(name, arguments, at)
    plain_name = name.removeprefix(_CORE)
    if plain_name not in FUNCTIONS:
        refuse_name(name, FUNCTIONS, at)
    context.budget.spend(len(arguments) + 1, at)
    function = FUNCTIONS[plain_name]
    _check_count(name, function, len(arguments), at)
    call = _Call(name, function, context, at)
    try:
        return call.result([call.converted(index, value) for index, value in enumerate(arguments)])
    except FunctionError as refused:
        if inputs := untyped_inputs(*arguments):
            return derived(ANY, Applied(plain_name, tuple(arguments)), inputs).marked(all_marks(*arguments))
        raise call.refusal(refused) from refused
    except NotDeterminedError as found:
        raise _placed(found, at) from found


def _provider_result(name: str, arguments: Sequence[Value], at: SourceRange) -> Value:
    why = f"{name} is a function of a provider, which is not run"
    term = Applied(name, tuple(arguments))
    return unknown(ANY, Kind.UNREAD, term, why, at=at).marked(all_marks(*arguments))


def _placed(found: NotDeterminedError, at: SourceRange) -> NotDeterminedError:
    if found.diagnostic.subject:
        return found
    return NotDeterminedError(replace(found.diagnostic, subject=at))


def _check_count(name: str, function: Function, given: int, at: SourceRange) -> None:
    expected = len(function.parameters)
    if given < expected:
        least = " at least" if function.rest else ""
        missing = function.parameters[given].name
        raise EvaluationError(
            "Not enough function arguments",
            f'Function "{name}" expects{least} {expected} argument(s). Missing value for "{missing}".',
            at,
        )
    if given > expected and not function.rest:
        raise EvaluationError(
            "Too many function arguments", f'Function "{name}" expects only {expected} argument(s).', at
        )


@dataclass(frozen=True, slots=True)
class _Call:
    name: str
    function: Function
    context: FunctionContext
    at: SourceRange

    def parameter(self, index: int) -> Parameter:
        parameters, rest = self.function.parameters, self.function.rest
        if index < len(parameters):
            return parameters[index]
        assert rest is not None
        return rest

    def converted(self, index: int, value: Value) -> Value:
        try:
            return convert(value, self.parameter(index).type)
        except ConversionError as found:
            raise FunctionError(str(found), index) from found

    def result(self, arguments: Sequence[Value]) -> Value:
        marks: frozenset[Mark] = NO_MARKS
        settled: list[Value] = []
        for index, value in enumerate(arguments):
            plain, taken = self._take_marks(value, self.parameter(index).marks)
            settled.append(plain)
            marks |= taken
        try:
            return self._settled_result(settled).marked(marks)
        except FunctionError as refused:
            if Mark.SENSITIVE in marks:
                raise FunctionError(_NOT_SHOWN, refused.argument) from None
            raise

    def _take_marks(self, value: Value, how: Marks) -> tuple[Value, frozenset[Mark]]:
        if how is Marks.SEEN:
            return value, NO_MARKS
        if how is Marks.OUTER:
            return value.unmarked(), value.marks
        marks = self._all_marks(value)
        return (without_marks(value), marks) if marks else (value, NO_MARKS)

    def _all_marks(self, value: Value) -> frozenset[Mark]:
        """The marks at any depth; looking at every part takes steps."""
        if not isinstance(value.data, tuple | Mapping):
            return value.marks
        self.context.budget.spend(value.size // _PARTS_A_STEP, self.at)
        return all_marks(value)

    def _settled_result(self, arguments: Sequence[Value]) -> Value:
        ordered = [self._in_some_order(index, value) for index, value in enumerate(arguments)]
        if self._any_type(ordered):
            return self._unknown(arguments, ANY)
        self._refuse_in_template()
        returns = self._returns(ordered)
        if not all(self._accepts(index, value) for index, value in enumerate(ordered)):
            return self._unknown(arguments, returns)
        result = self.function.body(self.context, *ordered)
        without_order = [value for value in arguments if is_shuffled(value)]
        return _reshuffled(result, without_order) if without_order else result

    def _refuse_in_template(self) -> None:
        within = self.context.template_function
        problem = refusal_in_template(self.name.removeprefix(_CORE), within) if within else None
        if problem:
            raise FunctionError(problem)

    def _in_some_order(self, index: int, value: Value) -> Value:
        """A sequence of known elements in an order that is not known, in any order if the body allows."""
        elements = unordered_elements(value) if self.parameter(index).any_order else None
        if elements is None or not value.is_unknown:
            return value
        return Value(value.type, elements) if isinstance(value.type, ListOf) else tuple_of(elements)

    def _any_type(self, arguments: Sequence[Value]) -> bool:
        """Check for null until an argument of unknown type ends the checks, as go-cty does."""
        for index, value in enumerate(arguments):
            parameter = self.parameter(index)
            if value.is_null and not parameter.null:
                raise FunctionError("argument must not be null", index)
            if value.is_unknown and value.type is ANY and _needs_type(parameter, value):
                return True
        return False

    def _returns(self, arguments: Sequence[Value]) -> Type:
        returns = self.function.returns
        return returns(arguments) if callable(returns) else returns

    def _accepts(self, index: int, value: Value) -> bool:
        parameter = self.parameter(index)
        if value.is_unknown:
            return parameter.unknown
        return parameter.parts or wholly_known(value)

    def _unknown(self, arguments: Sequence[Value], type: Type) -> Value:
        may_be_null = self.function.null or type is ANY
        never_null = NOTHING_MORE if may_be_null else Refinement(not_null=True)
        term = Applied(self.name.removeprefix(_CORE), tuple(arguments))
        return derived(type, term, arguments, never_null, questions_about(*arguments))

    def refusal(self, refused: FunctionError) -> EvaluationError:
        """Terraform's sentence for an error in the call, or in one argument of it."""
        if refused.argument is None:
            return EvaluationError(
                "Error in function call", f'Call to function "{self.name}" failed: {refused}.', self.at
            )
        name = self.parameter(refused.argument).name
        return EvaluationError(
            "Invalid function argument", f'Invalid value for "{name}" parameter: {refused}.', self.at
        )


def _needs_type(parameter: Parameter, value: Value) -> bool:
    """Whether the type of the result is not known while that of this unknown argument is not."""
    if parameter.unknown:
        return parameter.typed and value.unknown.kind is Kind.AT_APPLY
    return not parameter.any_type


def _reshuffled(result: Value, without_order: Sequence[Value]) -> Value:
    """A sequence made of sequences without known order: a set or a single element needs none."""
    if isinstance(result.type, SetOf) or not isinstance(result.data, tuple) or len(result.data) == 1:
        return result
    element = result.type.element if isinstance(result.type, ListOf) else None
    return shuffled(element, result.elements, without_order)
