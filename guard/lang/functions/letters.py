"""Letter case as Go's strings package maps it: one letter to one letter, whatever its neighbours are."""

from __future__ import annotations

import unicodedata


def lowered(text: str) -> str:
    """strings.ToLower."""
    return text.lower() if text.isascii() else "".join(map(_lower, text))


def uppered(text: str) -> str:
    """strings.ToUpper."""
    return text.upper() if text.isascii() else "".join(map(_upper, text))


def titled(text: str) -> str:
    """strings.Title: the first letter of every word in title case, the others as they are."""
    before = " "
    letters = []
    for letter in text:
        letters.append(_title(letter) if _separates(before) else letter)
        before = letter
    return "".join(letters)


def _lower(letter: str) -> str:
    # Python maps the dotted capital I to two letters, which the simple mapping of Unicode does not.
    return "i" if letter == "\u0130" else letter.lower()


def _upper(letter: str) -> str:
    """Where the full mapping makes several letters, the simple one is the title case or none."""
    upper = letter.upper()
    return upper if len(upper) == 1 else _title(letter)


def _title(letter: str) -> str:
    title = letter.title()
    return title if len(title) == 1 else letter


def _separates(letter: str) -> bool:
    if letter.isascii():
        return not (letter.isalnum() or letter == "_")
    category = unicodedata.category(letter)
    return not (category.startswith("L") or category == "Nd") and letter.isspace()
