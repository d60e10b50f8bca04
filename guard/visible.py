"""Text of a repository or an account to text that is safe to show: nothing in it can act or deceive."""

from __future__ import annotations

LONGEST = 300
MARKS = ("##[", "##vso[", "##teamcity[")  # what starts a command anywhere in a line: GitHub, Azure, TeamCity
_NAMED = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str, longest: int = LONGEST) -> str:
    """The text on one line: what cannot be printed (controls, bidi marks, surrogates) is spelled out."""
    if len(text) > longest:
        text = f"{text[:longest]}… ({len(text) - longest} more characters)"
    return text if text.isprintable() else "".join(map(visible_character, text))


def visible_lines(text: str, longest: int = LONGEST) -> list[str]:
    """The lines of a text, each as `visible` shows it."""
    return [visible(line, longest) for line in text.split("\n")]


def visible_character(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    short, middle = 0x100, 0x10000
    spelled = f"\\x{code:02x}" if code < short else f"\\u{code:04x}" if code < middle else f"\\U{code:08x}"
    return _NAMED.get(character, spelled)


def disarmed(text: str) -> str:
    """Text whose lines a CI runner cannot take for commands.

    The GitHub runner takes `::name` at the start of a line (after blanks) and `##[name]` anywhere
    (https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs); others take MARKS.
    """
    return "\n".join(map(_disarmed_line, text.split("\n")))


def _disarmed_line(line: str) -> str:
    start = line.lstrip()
    if start.startswith("::"):
        line = f"{line[: len(line) - len(start)]}\\x3a{start[1:]}"
    return without_marks(line, "\\x23")


def without_marks(text: str, sharp: str) -> str:
    """The text with the second sharp of every mark spelled out."""
    for mark in MARKS:
        text = text.replace(mark, f"#{sharp}{mark[2:]}")
    return text
