"""A source range to the line it starts in, with carets under it."""

from __future__ import annotations

from unicodedata import east_asian_width

from guard.source import SourceRange
from guard.visible import visible_character

LENGTH = 110
CODE = (".tf", ".tofu", ".tf.json", ".tofu.json", ".yaml", ".yml", ".tftpl")


def excerpt(subject: SourceRange, length: int = LENGTH) -> list[str]:
    """Two lines, source and carets; none for files of values (tfvars, plan, state): they may be secret.

    length: of the part of the line that is shown, half of it before the place.
    """
    if not subject.file.endswith(CODE):
        return []
    number, text = subject.line, subject.source.line(subject.line)
    start = min(subject.column - 1, len(text))
    end = min(subject.end_column - 1, len(text)) if subject.end_line == number else len(text)
    first = max(0, start - length // 2)
    last = first + length
    head = ("… " if first else "") + _shown(text[first:start])
    marked = _shown(text[start : min(end, last)])
    tail = _shown(text[min(end, last) : last]) + (" …" if len(text) > last else "")
    gutter = f"{number:>5} | "
    carets = " " * _width(head) + "^" * max(1, _width(marked.rstrip()))
    return [f"{gutter}{head}{marked}{tail}".rstrip(), " " * (len(gutter) - 2) + "| " + carets]


def _shown(text: str) -> str:
    return "".join("  " if character == "\t" else visible_character(character) for character in text)


def _width(text: str) -> int:
    """How many columns of a terminal the text takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
