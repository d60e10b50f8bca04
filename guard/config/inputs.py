"""Values for the root module's variables, in Terraform's order of precedence.

https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from pathlib import Path

from guard.config.input_options import Argument, InputOptions
from guard.config.workspace import Workspace
from guard.diagnostics import GuardError, UsageError, error
from guard.disk import is_file, is_there
from guard.records import dataclass, replace
from guard.source import SourceFile, SourceRange
from guard.syntax.load import read_source
from guard.syntax.nodes import Expr
from guard.syntax.reader import read_body, read_expression

AUTOMATIC = (".auto.tfvars", ".auto.tfvars.json")
FIRST = ("terraform.tfvars", "terraform.tfvars.json")
_COMMAND_ENDS = ";&|<>"


@dataclass(frozen=True, slots=True)
class Given:
    """A value for a variable: an expression (from a file), or text (from the environment or command line).

    literal: a string in a JSON file is a text, never a template.
    """

    expr: Expr | None
    text: str | None
    origin: str
    at: SourceRange | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """The inputs of one root: values by variable name, and the files they came from.

    from_arguments: the variables given by `--var`. named_files: the files given by `--var-file`.
    """

    values: Mapping[str, Given]
    files: tuple[str, ...]
    workspace: str | None
    from_arguments: frozenset[str]
    named_files: tuple[Path, ...] = ()


def read_inputs(root: Path, options: InputOptions, place: Workspace) -> Inputs:
    """Collect the inputs of a root module; raises GuardError for a file that cannot be read."""
    values: dict[str, Given] = dict(_from_environment(options.environment))
    files = _variable_files(root)
    for path in files:
        values.update(variable_file(path, place))
    stated = (*_arguments_of(options.environment), *options.arguments)
    named: set[str] = set()
    named_files = tuple(_find_file(item.value, root) for item in stated if item.kind == "var-file")
    for argument in stated:
        found = _from_argument(argument, root, place)
        values.update(found)
        if argument.kind == "var":
            named.update(found)
    return Inputs(
        values,
        tuple(place.show(path) for path in files),
        _workspace(root, options, place),
        frozenset(named),
        named_files,
    )


def _from_environment(environment: Mapping[str, str]) -> Iterable[tuple[str, Given]]:
    for name, text in environment.items():
        if name.startswith("TF_VAR_"):
            yield name.removeprefix("TF_VAR_"), Given(None, text, f"environment variable {name}")


def _variable_files(root: Path) -> list[Path]:
    """The variable files that Terraform loads by itself, in its order. Hidden ones count.

    As there, one of AUTOMATIC counts whatever it is, also a link to nothing; what is no file is refused
    when it is read.
    """
    automatic = sorted(path.name for path in root.iterdir() if path.name.endswith(AUTOMATIC))
    return [root / name for name in (*(name for name in FIRST if is_there(root / name)), *automatic)]


def other_variable_files(root: Path, inputs: Inputs) -> list[Path]:
    """The variable files of the directory that are neither loaded by themselves nor given."""
    loaded = {Path(os.path.realpath(path)) for path in (*_variable_files(root), *inputs.named_files)}
    found = (path for path in root.iterdir() if path.name.endswith((".tfvars", ".tfvars.json")))
    return sorted(path for path in found if is_file(path) and Path(os.path.realpath(path)) not in loaded)


def variable_file(path: Path, place: Workspace) -> dict[str, Given]:
    """The assignments of a `.tfvars` or `.tfvars.json` file; raises GuardError for one that is refused."""
    source = read_source(place.admit(path), place.show(path))
    if path.name.endswith(".json"):
        from guard.syntax.tfjson import read_json_body

        body = read_json_body(source)
    else:
        body = read_body(source)
    for block in body.blocks:
        raise GuardError(
            error(f'Unexpected "{block.type}" block', "Blocks are not allowed here.", block.header)
        )
    return {item.name: Given(item.expr, None, source.path, item.range) for item in body.attributes}


def with_file(inputs: Inputs, values: Mapping[str, Given]) -> Inputs:
    """The inputs, with those of one more variable file on top; what `--var` gives stays."""
    more = {name: value for name, value in values.items() if name not in inputs.from_arguments}
    return replace(inputs, values={**inputs.values, **more})


def _arguments_of(environment: Mapping[str, str]) -> list[Argument]:
    """`-var` and `-var-file` in TF_CLI_ARGS and TF_CLI_ARGS_plan; other arguments do not matter here.

    https://developer.hashicorp.com/terraform/cli/config/environment-variables#tf_cli_args-and-tf_cli_args_name
    """
    return [
        argument
        for name in ("TF_CLI_ARGS", "TF_CLI_ARGS_plan")
        for argument in _stated_in(name, _words(name, environment.get(name, "")))
    ]


def _words(name: str, text: str) -> Iterable[str]:
    """The words of a command line, up to what would end the command in a shell: Terraform drops the rest."""
    if not text:
        return ()
    from shlex import shlex

    lexer = shlex(text, posix=True, punctuation_chars=_COMMAND_ENDS)
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        words = list(lexer)
    except ValueError:
        detail = f"{name} is not a command line: a quotation mark or a backslash in it has no counterpart."
        raise UsageError("Invalid extra arguments", detail) from None
    return takewhile(lambda word: not word or word.strip(_COMMAND_ENDS), words)


def _stated_in(name: str, words: Iterable[str]) -> Iterator[Argument]:
    waiting: str | None = None
    for word in words:
        option, separator, value = word.partition("=")
        kind = option.lstrip("-") if option.startswith("-") else ""
        if waiting:
            yield Argument(waiting, word)
            waiting = None
        elif kind in ("var", "var-file"):
            if separator:
                yield Argument(kind, value)
            else:
                waiting = kind
    if waiting:
        raise UsageError("Invalid extra arguments", f"-{waiting} at the end of {name} needs a value.")


def _from_argument(argument: Argument, root: Path, place: Workspace) -> dict[str, Given]:
    if argument.kind == "var-file":
        return variable_file(_find_file(argument.value, root), place)
    name, separator, text = argument.value.partition("=")
    if not separator or not name.strip():
        detail = f'"{argument.value}" is not of the form NAME=VALUE.'
        raise UsageError("Invalid --var argument", detail)
    return {name.strip(): Given(None, text, f"--var {name.strip()}")}


def _find_file(name: str, root: Path) -> Path:
    """A variable file, named from the working directory or else from the root module."""
    for candidate in (Path(name), root / name):
        if is_file(candidate):
            return candidate
    raise UsageError("Variable file not found", f"There is no file {name}, neither here nor in {root}.")


def _workspace(root: Path, options: InputOptions, place: Workspace) -> str | None:
    """The selected workspace, if it is stated anywhere."""
    stated = options.workspace or options.environment.get("TF_WORKSPACE")
    if stated:
        return stated
    file = root / options.data_directory / "environment"
    return read_source(place.admit(file), place.show(file)).text.strip() or None if is_there(file) else None


def parse_text(given: Given, *, literal: bool) -> Expr | str:
    """A value given as text: itself for a string (or untyped) variable, else an expression."""
    assert given.text is not None
    return given.text if literal else read_expression(SourceFile(given.origin, given.text))
