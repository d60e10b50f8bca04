"""Whether a text is worth being searched for ignores: in most, nothing looks like one."""

from __future__ import annotations

# In small letters, one of these is in all that `guard.ignores.find` speaks of.
_HINTS = ("guard", "aws-0167", "kics-scan", "limit-user-access-keys")


def may_ignore(text: str) -> bool:
    lowered = text.lower()
    return any(hint in lowered for hint in _HINTS)
