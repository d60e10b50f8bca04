"""Data sources that need no provider account: what they answer follows from the configuration.

https://registry.terraform.io/providers/hashicorp/local/latest/docs/data-sources/file
https://registry.terraform.io/providers/hashicorp/template/latest/docs/data-sources/file
"""

from __future__ import annotations

from collections.abc import Callable

from guard.lang.functions.call import call
from guard.lang.functions.table import FunctionContext
from guard.source import SourceRange
from guard.values.convert import convert
from guard.values.types import STRING, MapOf
from guard.values.value import Value, map_of

# The value of an argument by name, null where it is absent.
Argument = Callable[[str], Value]
Answer = Callable[[Argument, FunctionContext, SourceRange], Value]


def _content(argument: Argument, context: FunctionContext, at: SourceRange) -> Value:
    return call("file", [argument("filename")], context, at)


def _content_base64(argument: Argument, context: FunctionContext, at: SourceRange) -> Value:
    return call("filebase64", [argument("filename")], context, at)


def _rendered(argument: Argument, context: FunctionContext, at: SourceRange) -> Value:
    given = argument("vars")
    variables = map_of(STRING, {}) if given.is_null else convert(given, MapOf(STRING))
    return call("templatestring", [argument("template"), variables], context, at)


ANSWERS: dict[tuple[str, str], Answer] = {
    ("local_file", "content"): _content,
    ("local_file", "content_base64"): _content_base64,
    ("local_sensitive_file", "content"): _content,
    ("template_file", "rendered"): _rendered,
}
