"""templatefile() and templatestring(): checks of their arguments; the context renders the text.

https://github.com/hashicorp/terraform/blob/v1.11.4/internal/lang/funcs/string.go (makeRenderTemplateFunc)
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.diagnostics import Diagnostic
from guard.lang.functions.common import applied
from guard.lang.functions.filesystem import file_text, tried
from guard.lang.functions.table import Function, FunctionContext, FunctionError, Marks, Parameter
from guard.source import SourceFile, SourceRange
from guard.syntax.characters import continues_name
from guard.syntax.errors import SyntaxProblem
from guard.syntax.nodes import Expr, GetAttr, Index, Name, Template
from guard.syntax.reader import read_template
from guard.syntax.references import references
from guard.values.convert import convert
from guard.values.errors import ConversionError, EvaluationError
from guard.values.text import go_quoted
from guard.values.types import ANY, STRING, MapOf, ObjectOf
from guard.values.value import Value

_STRING_NAME = "<templatestring argument>"


# --- the functions -----------------------------------------------------------------------------


def templatefile(context: FunctionContext, path: Value, variables: Value) -> Value:
    if path.is_unknown:
        return tried(context, ANY, "templatefile", path, variables)
    if variables.is_unknown:
        return applied(ANY, "templatefile", path, variables)
    content = file_text(context, path)
    try:
        tree = read_template(SourceFile(path.text, content))
    except SyntaxProblem as problem:
        raise FunctionError(_said(problem.diagnostic)) from None
    result = _rendered(context, tree, content, variables, "templatefile")
    return result.marked(path.marks)


def templatestring(context: FunctionContext, template: Value, variables: Value) -> Value:
    if template.is_unknown:
        return applied(STRING, "templatestring", template, variables)
    if template.type is not STRING or template.is_null:
        raise FunctionError("invalid template value: a string is required", 0)
    try:
        tree = read_template(SourceFile(_STRING_NAME, template.text))
    except SyntaxProblem as problem:
        raise FunctionError(f"invalid template: {_said(problem.diagnostic)}", 0) from None
    result = _rendered(context, tree, template.text, variables, "templatestring")
    try:
        return convert(result, STRING)
    except ConversionError as problem:
        raise FunctionError(f"invalid template result: {problem}") from None


def _rendered(
    context: FunctionContext, tree: Template, content: str, variables: Value, function: str
) -> Value:
    _check_variables(tree, variables)
    name = tree.range.file
    try:
        result = context.render(content, name, variables, function)
    except EvaluationError as problem:
        raise FunctionError(_said(problem.diagnostic)) from None
    if result.is_null:
        raise FunctionError(
            f"{_place(tree.range)}: Template result is null; The result of the template is null, "
            "which is not a valid result for a templatestring call."
        )
    return result


def _check_variables(tree: Template, variables: Value) -> None:
    if not isinstance(variables.type, MapOf | ObjectOf):
        raise FunctionError("invalid vars value: must be a map", 1)
    for name in variables.mapping:
        if not _is_identifier(name):
            raise FunctionError(
                f"invalid template variable name {go_quoted(name)}: must start with a letter, followed by "
                "zero or more letters, digits, and underscores",
                1,
            )
    for reference in references(tree):
        root = _root(reference)
        if root.name not in variables.mapping:
            raise FunctionError(
                f'vars map does not contain key "{root.name}", referenced at {_place(root.range)}', 1
            )


def _is_identifier(name: str) -> bool:
    return bool(name) and all(continues_name(letter, index == 0) for index, letter in enumerate(name))


def _root(reference: Expr) -> Name:
    while isinstance(reference, GetAttr | Index):
        reference = reference.object
    assert isinstance(reference, Name)
    return reference


# --- messages ----------------------------------------------------------------------------------


def _place(range: SourceRange) -> str:
    """A range as HCL prints it."""
    start, end = (range.line, range.column), (range.end_line, range.end_column)
    last = f"{end[1]}" if start[0] == end[0] else f"{end[0]},{end[1]}"
    return f"{range.file}:{start[0]},{start[1]}-{last}"


def _said(diagnostic: Diagnostic) -> str:
    place = f"{_place(diagnostic.subject)}: " if diagnostic.subject else ""
    return f"{place}{diagnostic.summary}; {diagnostic.detail}"


_VARIABLES = Parameter(name="vars", parts=True)

TABLE: Mapping[str, Function] = {
    "templatefile": Function(
        templatefile,
        (
            Parameter(STRING, name="path", unknown=True, marks=Marks.SEEN),
            Parameter(name="vars", unknown=True, parts=True),
        ),
    ),
    "templatestring": Function(
        templatestring, (Parameter(name="template", null=True, unknown=True), _VARIABLES), returns=STRING
    ),
}
