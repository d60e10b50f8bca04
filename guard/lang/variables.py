"""Input variables to values: what is given, the default, or not given; converted and validated.

https://developer.hashicorp.com/terraform/language/values/variables
"""

from __future__ import annotations

from guard.config.inputs import Given, parse_text
from guard.config.model import MODULE_ARGUMENTS, Validation, Variable
from guard.config.module import Module
from guard.lang.evaluate import evaluate
from guard.lang.scope import AttrStep, Scope, Step
from guard.lang.traversal import input_value
from guard.records import replace
from guard.source import SourceRange
from guard.syntax.nodes import Expr
from guard.syntax.references import function_calls
from guard.values.convert import convert
from guard.values.defaults import apply_defaults
from guard.values.errors import ConversionError, EvaluationError, FinalError
from guard.values.text import nfc
from guard.values.types import BOOL, STRING
from guard.values.unknown import Input, Refinement
from guard.values.value import Mark, Value, string

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from guard.lang.symbols import ModuleSymbols


def value(symbols: ModuleSymbols, name: str, at: SourceRange) -> Value:
    """The value of a variable; raises EvaluationError if it is not declared, or refused."""
    variable = symbols.module.variable(name)
    if variable is None:
        detail = f'There is no input variable "{name}". Declare it with a variable "{name}" block.'
        raise FinalError("Reference to undeclared input variable", detail, at)
    found = _marked(
        _from_caller(symbols, variable) if symbols.parent else _from_outside(symbols, variable),
        variable,
    )
    if variable.problem is not None:
        symbols.root.report(variable.problem)
    for validation in variable.validations:
        _validate(symbols, variable, validation, found)
    return found


def _marked(found: Value, variable: Variable) -> Value:
    marks = {Mark.SENSITIVE: variable.sensitive, Mark.EPHEMERAL: variable.ephemeral}
    return found.marked(frozenset(mark for mark, holds in marks.items() if holds))


# --- root module -------------------------------------------------------------------------------


def _from_outside(symbols: ModuleSymbols, variable: Variable) -> Value:
    if variable.name in symbols.root.variables:
        return _converted(symbols.root.variables[variable.name], variable, variable.range)
    given = symbols.root.inputs.values.get(variable.name)
    if given is not None:
        return _or_default(
            symbols, _given_value(symbols, given, variable), variable, given.at or variable.range
        )
    if variable.default is not None:
        return _converted(_constant(symbols, variable.default), variable, variable.default.range)
    why = f"var.{variable.name} is not given"
    found = input_value(Input(f"var.{variable.name}"), variable.type, why, variable.range)
    if not variable.nullable:
        found = replace(found, data=replace(found.unknown, refinement=Refinement(not_null=True)))
    return symbols.settle(found)


def _given_value(symbols: ModuleSymbols, given: Given, variable: Variable) -> Value:
    """A stated value: an expression that may refer to nothing, or text."""
    if given.expr is not None:
        return _constant(symbols, given.expr)
    parsed = parse_text(given, literal=not variable.typed or variable.type is STRING)
    return string(nfc(parsed)) if isinstance(parsed, str) else _constant(symbols, parsed)


def _constant(symbols: ModuleSymbols, expr: Expr) -> Value:
    for found in function_calls(expr):
        detail = "Functions may not be called here: only constant values are allowed."
        raise EvaluationError("Function calls not allowed", detail, found.range)
    return evaluate(expr, Scope(NoNames(), symbols.scope().context, {}, {}))


def _or_default(symbols: ModuleSymbols, found: Value, variable: Variable, at: SourceRange) -> Value:
    if found.is_null and not variable.nullable and variable.default is not None:
        return _converted(_constant(symbols, variable.default), variable, variable.default.range)
    return _converted(found, variable, at)


def _converted(found: Value, variable: Variable, at: SourceRange) -> Value:
    if variable.defaults is not None and not found.is_null:
        found = apply_defaults(found, variable.defaults)
    try:
        converted = convert(found, variable.type)
    except ConversionError as problem:
        detail = f"{_unsuitable(variable)}: {problem}."
        raise EvaluationError("Invalid value for input variable", detail, at) from None
    if converted.is_null and not variable.nullable:
        detail = f"{_unsuitable(variable)}: required variable may not be set to null."
        raise EvaluationError("Invalid value for input variable", detail, at)
    return converted


def _unsuitable(variable: Variable) -> str:
    return f"The given value is not suitable for var.{variable.name} declared at {variable.range}"


# --- called modules ----------------------------------------------------------------------------


def _from_caller(symbols: ModuleSymbols, variable: Variable) -> Value:
    assert symbols.call is not None
    assert symbols.parent is not None
    argument = symbols.call.body.attribute(variable.name)
    if argument is None:
        if variable.default is None:
            raise _missing(symbols, variable.name)
        return _converted(_constant(symbols, variable.default), variable, variable.default.range)
    found = symbols.parent.evaluate(argument.expr, symbols.call_each)
    return _or_default(symbols, found, variable, argument.expr.range)


def check_arguments(symbols: ModuleSymbols) -> None:
    """Refuse a call that lacks a required argument or has one that the module does not declare."""
    assert symbols.call is not None
    declared = {labels[0] for labels in symbols.module.names("variable")}
    for argument in symbols.call.body.attributes:
        if argument.name not in declared | MODULE_ARGUMENTS and _refuses(symbols.module, argument.name):
            detail = f'{symbols.module.shown} does not declare a variable "{argument.name}".'
            raise EvaluationError("Unsupported argument", detail, argument.name_range)
    given = {argument.name for argument in symbols.call.body.attributes}
    for name in sorted(declared - given):
        variable = symbols.module.variable(name)
        if variable is not None and variable.default is None:
            raise _missing(symbols, name)


def _refuses(module: Module, argument: str) -> bool:
    """Whether the module certainly has no such variable: a summary leaves most of them out."""
    return module.stand_in is None or module.stand_in.refuses(argument)


def _missing(symbols: ModuleSymbols, name: str) -> EvaluationError:
    assert symbols.call is not None
    detail = f'The argument "{name}" is required by {symbols.module.shown}, but no definition was found.'
    return EvaluationError("Missing required argument", detail, symbols.call.range)


# --- validation --------------------------------------------------------------------------------


def _validate(symbols: ModuleSymbols, variable: Variable, validation: Validation, found: Value) -> None:
    """Refuse a value that a validation block refuses. A condition that is not known refuses nothing."""
    scope = Scope(_Validated(symbols, variable.name, found), symbols.scope().context, {}, {})
    outcome = evaluate(validation.condition, scope)
    try:
        holds = convert(outcome, BOOL)
    except ConversionError as problem:
        raise EvaluationError(
            "Invalid variable validation result", f"The condition is not a bool: {problem}.", validation.range
        ) from None
    if holds.is_null:
        raise EvaluationError(
            "Invalid variable validation result", "The condition is null.", validation.range
        )
    if not holds.is_unknown and not holds.truth:
        detail = f"var.{variable.name} was refused by the validation rule at {validation.range}."
        raise EvaluationError("Invalid value for variable", detail, variable.range)


class NoNames:
    """Symbols of places where nothing may be referred to: defaults and variable files."""

    def resolve(self, name: str, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        detail = f'"{name}" cannot be used here: only constant values are allowed.'
        raise EvaluationError("Variables not allowed", detail, at)

    def check_provider(self, local_name: str, at: SourceRange) -> None:
        detail = "Functions of providers cannot be called here."
        raise EvaluationError("Unknown provider function", detail, at)

    def settle(self, value: Value) -> Value:
        return value


class _Validated:
    """The module's names, while the variable under validation already has its value."""

    def __init__(self, symbols: ModuleSymbols, name: str, found: Value) -> None:
        self._symbols, self._name, self._found = symbols, name, found

    def resolve(self, name: str, steps: Sequence[Step], scope: Scope, at: SourceRange) -> tuple[Value, int]:
        if name == "var" and steps and steps[0] == AttrStep(self._name, steps[0].range):
            return self._found, 1
        return self._symbols.resolve(name, steps, scope, at)

    def check_provider(self, local_name: str, at: SourceRange) -> None:
        self._symbols.check_provider(local_name, at)

    def settle(self, value: Value) -> Value:
        return self._symbols.settle(value)
