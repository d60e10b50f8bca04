"""A Lark parser whose tables are kept in the user's cache directory.

Making the tables of python-hcl2's grammar takes more than a second, and the package can keep them only
next to itself. Lark's own cache is a pickle, which may run code; ours is JSON.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from lark import Lark

# Given anew when a parser is loaded.
_NOT_KEPT = frozenset({"postlex"})
_BROKEN = (OSError, ValueError, KeyError, IndexError, TypeError, AttributeError)


def cached_parser(grammar: Path, postlex: object) -> Lark:
    """The parser for a grammar file; its tables are read from the cache, or made and kept there."""
    from lark import Lark, __version__

    text = grammar.read_text(encoding="utf-8")
    key = _digest(f"{__version__}\n{text}")[:32]
    place = cache_directory()
    file = place / f"hcl2-{key}.json" if place else None
    kept = _kept(file, postlex) if file else None
    if kept is not None:
        return kept
    made = Lark(text, parser="lalr", propagate_positions=True, postlex=postlex)
    if file:
        _keep(made, file)
    return made


def cache_directory() -> Path | None:
    """A directory that only this user can write to, made if need be; None if there is none."""
    base = os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()
    place = Path(base, "iam-key-guard")
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = place.stat()
    except OSError:
        return None
    private = state.st_uid == os.geteuid() and not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return place if private and os.access(place, os.W_OK) else None


def _keep(parser: Lark, file: Path) -> None:
    from lark.grammar import Rule
    from lark.lexer import TerminalDef

    data, memo = parser.memo_serialize([TerminalDef, Rule])
    options = {name: value for name, value in data["options"].items() if name not in _NOT_KEPT}
    tables = json.dumps({"data": {**data, "options": options}, "memo": memo}, separators=(",", ":"))
    fresh = file.with_suffix(f".{os.getpid()}")
    try:
        fresh.write_text(f"{_digest(tables)}\n{tables}", encoding="utf-8")
        fresh.replace(file)
    except OSError:
        fresh.unlink(missing_ok=True)


def _kept(file: Path, postlex: object) -> Lark | None:
    """The parser whose tables a file holds, unless there is none or it is broken."""
    from lark import Lark

    try:
        digest, _, text = file.read_text(encoding="utf-8").partition("\n")
        if digest != _digest(text):
            return None
        found = json.loads(text)
        data, memo = found["data"], _numbered(found["memo"])
        tables = data["parser"]["parser"]
        tables["tokens"] = _numbered(tables["tokens"])
        tables["states"] = {int(state): _numbered(actions) for state, actions in tables["states"].items()}
        # How Lark's own standalone parsers are loaded; it is not annotated.
        loaded: Lark = Lark._load_from_dict(data, memo, postlex=postlex)  # type: ignore[no-untyped-call]
    except _BROKEN:
        return None
    return loaded


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _numbered(table: Mapping[str, Any]) -> dict[int, Any]:
    """A table with the numbers as keys that JSON made texts of."""
    return {int(key): value for key, value in table.items()}
