"""The GitHub Action's entry: turns the action's inputs into arguments. With arguments it is the command."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from guard.cli import complain, main
from guard.diagnostics import UsageError
from guard.privileges import drop_privileges
from guard.process import leave
from guard.records import dataclass

CHECK, AUDIT = "check", "audit"
BOTH = (CHECK, AUDIT)

Words = Callable[[str, str], list[str]]


@dataclass(frozen=True, slots=True)
class Input:
    """An input of the action: the modes that it is for, and how its value becomes arguments."""

    words: Words
    modes: tuple[str, ...] = BOTH
    default: str = ""


# --- kinds of inputs: from name and value to arguments -------------------------------------------


def one_of(name: str, text: str, allowed: Sequence[str]) -> str:
    """The text, if it is allowed; raises UsageError, naming the input."""
    if text not in allowed:
        *most, last = allowed
        raise UsageError("Wrong input", f"Input {name} is {text!r}; it must be {', '.join(most)} or {last}.")
    return text


def value(option: str) -> Words:
    return lambda _, text: [f"{option}={text}"]


def entries(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def lines(option: str) -> Words:
    return lambda _, text: [f"{option}={entry}" for entry in entries(text)]


def paths(_: str, text: str) -> list[str]:
    return entries(text)


def choice(option: str, *allowed: str) -> Words:
    return lambda name, text: [f"{option}={one_of(name, text, allowed)}"]


def number(option: str) -> Words:
    def words(name: str, text: str) -> list[str]:
        if not (text.isascii() and text.isdigit()):
            raise UsageError("Wrong input", f"Input {name} is {text!r}; it must be a whole number.")
        return [f"{option}={text}"]

    return words


def switch(*arguments: str) -> Words:
    return lambda name, text: list(arguments) if _is_true(name, text) else []


def _is_true(name: str, text: str) -> bool:
    return one_of(name, text.lower(), ("true", "false")) == "true"


def file(name: str) -> Words:
    return value(f"--format={name}")


# --- the inputs, as action.yml describes them ----------------------------------------------------

MODE = "mode"
INPUTS: Mapping[str, Input] = {
    "config": Input(value("--config")),
    "baseline": Input(value("--baseline"), (CHECK,)),
    "base": Input(value("--base"), (CHECK,)),
    "fail-on": Input(choice("--fail-on", "violation", "possible", "undetermined")),
    "var-files": Input(lines("--var-file"), (CHECK,)),
    "require-complete": Input(switch("--require-complete"), (CHECK,)),
    "log-level": Input(choice("--log-level", "error", "warning", "note")),
    "annotations": Input(switch("--format=text", "--format=github"), default="true"),
    "summary": Input(switch("--step-summary"), default="true"),
    "sarif-file": Input(file("sarif")),
    "json-file": Input(file("json")),
    "html-file": Input(file("html")),
    "junit-file": Input(file("junit")),
    "role-arn": Input(value("--role-arn"), (AUDIT,)),
    "users": Input(lines("--user"), (AUDIT,)),
    "evidence": Input(choice("--evidence", "auto", "live", "report"), (AUDIT,)),
    "max-age": Input(number("--max-age"), (AUDIT,)),
    "unused-after": Input(number("--unused-after"), (AUDIT,)),
    "accounts": Input(value("--accounts"), (AUDIT,)),
    "org": Input(switch("--org"), (AUDIT,)),
    "role-name": Input(value("--role-name"), (AUDIT,)),
    "external-id": Input(value("--external-id"), (AUDIT,)),
    "shard": Input(value("--shard"), (AUDIT,)),
    "since": Input(value("--since"), (AUDIT,)),
    "allow-partial": Input(switch("--allow-partial"), (AUDIT,)),
    "path": Input(paths, (CHECK,)),
    "plan-file": Input(paths, (CHECK,)),
}
POSITIONAL = ("path", "plan-file")


def arguments(environment: Mapping[str, str]) -> list[str]:
    """The command line that the inputs in the environment ask for.

    Raises UsageError, naming the input, for a value or an input that the action does not know.
    """
    given = inputs(environment)
    mode = one_of(MODE, given.pop(MODE, CHECK), BOTH)
    options: list[str] = []
    positional: list[str] = []
    for name, entry in INPUTS.items():
        text = given.get(name, "")
        if text and mode not in entry.modes:
            raise UsageError("Wrong input", f"Input {name} is not for mode {mode}.")
        if mode in entry.modes and (text or entry.default):
            (positional if name in POSITIONAL else options).extend(entry.words(name, text or entry.default))
    return [mode, *_with_runner_files(options, environment), *(["--", *positional] if positional else [])]


def inputs(environment: Mapping[str, str]) -> dict[str, str]:
    """The inputs that have a value, by name. The runner keeps hyphens (`INPUT_FAIL-ON`); `_` is one too."""
    found: dict[str, str] = {}
    for variable, text in environment.items():
        if not variable.startswith("INPUT_") or not text.strip():
            continue
        name = variable.removeprefix("INPUT_").lower().replace("_", "-").replace(" ", "-")
        if name not in INPUTS and name != MODE:
            near = get_close_matches(name, [*INPUTS, MODE], n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise UsageError("Unknown input", f"This action has no input {name}.{hint}")
        if found.setdefault(name, text.strip()) != text.strip():
            raise UsageError("Wrong input", f"Input {name} is given twice, with different values.")
    return found


def _with_runner_files(options: list[str], environment: Mapping[str, str]) -> Iterator[str]:
    """The files of the runner that the step writes to, where there are such."""
    for option in options:
        if option != "--step-summary":
            yield option
        elif summary := environment.get("GITHUB_STEP_SUMMARY"):
            yield f"--step-summary={summary}"
    if outputs := environment.get("GITHUB_OUTPUT"):
        yield f"--step-outputs={outputs}"


def run() -> int:
    """Run as the action does; returns the exit code."""
    drop_privileges(os.environ)
    if sys.argv[1:]:
        return main()
    try:
        words = arguments(os.environ)
    except UsageError as error:
        return complain(error)
    return main(words)


if __name__ == "__main__":
    leave(run())
