"""Text as Terraform sees it: normalized (NFC) and counted in grapheme clusters."""

from __future__ import annotations

import unicodedata


def nfc(text: str) -> str:
    """The text in the normal form that all strings have."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def graphemes(text: str) -> list[str]:
    """The characters as people count them: https://unicode.org/reports/tr29/

    Terraform follows Unicode 15, where a conjunct of Indic letters is several characters.
    """
    if text.isascii() and "\r\n" not in text:
        return list(text)
    import regex

    conjunct = regex.compile(r"(?<=[\p{M}\u200d])(?=\p{Lo})")
    return [part for cluster in regex.findall(r"\X", text) for part in conjunct.split(cluster)]


def go_quoted(text: str) -> str:
    """The text in double quotes as Go's %q writes it, in messages."""
    return f'"{"".join(map(_escaped, text))}"'


_ESCAPES = {
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\v": "\\v",
    "\\": "\\\\",
    '"': '\\"',
}


def _escaped(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    if char == " " or char.isprintable():
        return char
    if char.isascii():
        return f"\\x{ord(char):02x}"
    return f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\U{ord(char):08x}"
