"""The directories that a module certainly calls: those that its module blocks name, and no other text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from guard.config.load import Loader
from guard.config.module import Module
from guard.diagnostics import GuardError
from guard.disk import is_directory
from guard.syntax.glance import plain_source
from guard.syntax.module_paths import called_directory, is_local
from guard.syntax.nodes import Expr, GetAttr, Interpolation, Name, Parentheses, Template, Text

_DEEPEST = 20


def certain_calls(directory: Path, loader: Loader) -> frozenset[str]:
    """Real paths. What cannot be read, and a source that is not a text made of local values, calls none."""
    try:
        module = loader.module(directory)
    except GuardError:
        return frozenset()
    names = (called_directory(str(directory), source) for source in _sources(module) if is_local(source))
    return frozenset(os.path.realpath(name) for name in names if is_directory(name))


def _sources(module: Module) -> Iterator[str]:
    """The sources as written, also one that an override file replaces: it is a module, not a root."""
    for raw in module.raw_blocks("module"):
        plain = plain_source(raw)
        if plain is not None:
            yield plain
            continue
        try:
            argument = module.parse(raw).body.attribute("source")
            source = _text(argument.expr, module) if argument else None
        except GuardError:
            continue
        if source is not None:
            yield source


def _text(expr: Expr, module: Module, depth: int = 0) -> str | None:
    """The text of an expression that refers to local values only: OpenTofu takes these for sources."""
    match expr:
        case Parentheses(inner) if depth < _DEEPEST:
            return _text(inner, module, depth + 1)
        case Template(parts) if depth < _DEEPEST:
            texts = [
                part.value
                if isinstance(part, Text)
                else _text(part.expr, module, depth + 1)
                if isinstance(part, Interpolation)
                else None
                for part in parts
            ]
            known = [text for text in texts if text is not None]
            return "".join(known) if len(known) == len(texts) else None
        case GetAttr(Name("local"), name) if depth < _DEEPEST and name in module.locals:
            return _text(module.locals[name], module, depth + 1)
    return None
