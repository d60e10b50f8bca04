"""Models of those who read our reports and act on what they find in them."""

from __future__ import annotations

import re
from typing import NamedTuple


class Command(NamedTuple):
    """A command that the GitHub runner would carry out."""

    name: str
    properties: dict[str, str]
    data: str


def runner_commands(output: str) -> list[Command]:
    """The commands in a step's output, as the runner's ActionCommand parser finds them.

    A line ends at a carriage return or a line feed. `::name k=v,k=v::data` counts at the start of a
    line after blanks, `##[name k=v;]data` anywhere in it. Unknown names are returned as well.
    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    The marks of Azure's and TeamCity's agents count as well, so that there are none for those either.
    """
    lines = re.split(r"\r\n|\r|\n", output)
    return [command for line in lines if (command := _double_colon(line) or _bracket(line))]


def _double_colon(line: str) -> Command | None:
    message = line.lstrip()
    end = message.find("::", 2)
    if not message.startswith("::") or end < 0:
        return None
    name, _, properties = message[2:end].partition(" ")
    return Command(
        name, _properties(properties, ",", _unescaped_property), _unescaped_data(message[end + 2 :])
    )


def _bracket(line: str) -> Command | None:
    found = re.search(r"##(?:vso|teamcity)?\[([^\]]*)\]", line)
    if not found:
        return None
    name, _, properties = found[1].partition(" ")
    return Command(name, _properties(properties, ";", _unescaped_property), line[found.end() :])


def _properties(text: str, separator: str, unescaped) -> dict[str, str]:
    pairs = (part.strip().partition("=") for part in text.split(separator) if part.strip())
    return {key: unescaped(value) for key, equals, value in pairs if equals}


def _unescaped_data(text: str) -> str:
    return text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def _unescaped_property(text: str) -> str:
    text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",")
    return text.replace("%25", "%")


def step_outputs(text: str) -> dict[str, str]:
    """The outputs in a file of the runner: `name<<DELIMITER`, lines, `DELIMITER`; every line has an end."""
    values = {}
    lines = text.split("\n")
    assert lines.pop() == "", "the last line has no end"
    while lines:
        name, delimiter = lines.pop(0).split("<<", 1)
        end = lines.index(delimiter)
        values[name] = "\n".join(lines[:end])
        lines = lines[end + 1 :]
    return values
