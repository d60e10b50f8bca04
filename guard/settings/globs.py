"""Patterns of paths: `*` stands for part of a name, `**` for any number of directories."""

from __future__ import annotations

from fnmatch import fnmatchcase


def matches(pattern: str, path: str) -> bool:
    """Whether a path relative to the settings (`.` for their own directory) matches in full."""
    wanted = _parts(pattern)
    # reachable: how many parts of the pattern may be used up; no backtracking, so always fast.
    reachable = _past_stars({0}, wanted)
    for name in _parts(path):
        step = {n for n in reachable if n < len(wanted) and wanted[n] == "**"}
        step |= {
            n + 1 for n in reachable if n < len(wanted) and wanted[n] != "**" and fnmatchcase(name, wanted[n])
        }
        reachable = _past_stars(step, wanted)
    return len(wanted) in reachable


def covers(pattern: str, path: str) -> bool:
    """Whether the path or a directory above it matches."""
    parts = _parts(path)
    return any(matches(pattern, "/".join(parts[:length])) for length in range(len(parts) + 1))


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in ("", ".")]


def _past_stars(reached: set[int], wanted: list[str]) -> set[int]:
    result = set(reached)
    for number, part in enumerate(wanted):
        if part == "**" and number in result:
            result.add(number + 1)
    return result
