"""What a glance at the text of a block tells, without reading it."""

from __future__ import annotations

import re

from guard.syntax.split import RawBlock

_SOURCE = re.compile(r'^[ \t]*source[ \t]*=[ \t]*"([^"\\$%\r\n]*)"[ \t]*\r?$', re.MULTILINE)


def plain_source(raw: RawBlock) -> str | None:
    """The source of a module call where it is a plain text on a line of its own; None where it may not be.

    The word must be nowhere else in the block. Where it is not the block's own argument but one of
    something nested, the call has no source, and Terraform refuses it.
    """
    text = raw.range.text
    if text.count("source") != 1 or "<<" in text or "/*" in text:
        return None
    found = _SOURCE.search(text)
    return found[1] if found else None
