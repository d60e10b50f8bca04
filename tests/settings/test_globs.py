"""Patterns of paths."""

from __future__ import annotations

import pytest

from guard.settings.globs import covers, matches


@pytest.mark.parametrize(
    ("pattern", "path", "whole", "above"),
    [
        ("envs/*", "envs/prod", True, True),
        ("envs/*", "envs/prod/eu", False, True),
        ("envs/*", "envs", False, False),
        ("envs/**", "envs", True, True),
        ("envs/**", "envs/a/b", True, True),
        ("**/eu", "a/b/eu", True, True),
        ("**/eu", "eu", True, True),
        ("**/eu", "neu", False, False),
        ("legacy", "legacy/a", False, True),
        ("legacy/", "legacy", True, True),
        ("Legacy", "legacy", False, False),
        (".", ".", True, True),
        ("*", ".", False, False),
        ("a[bc]", "ac", True, True),
        ("/".join(["**", "a"] * 40), "/".join(["a"] * 500), True, True),
        ("/".join(["**", "a"] * 40) + "/b", "/".join(["a"] * 500), False, False),
    ],
)
def test_a_pattern_matches_whole_paths_and_covers_what_is_below(
    pattern: str, path: str, whole: bool, above: bool
) -> None:
    assert (matches(pattern, path), covers(pattern, path)) == (whole, above)
