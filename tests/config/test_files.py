"""Which files of a directory load."""

from __future__ import annotations

import pytest

from guard.config.files import configuration_files


@pytest.mark.parametrize(
    ("names", "primary", "overrides"),
    [
        (["b.tf", "a.tf.json", "x.txt"], ("a.tf.json", "b.tf"), ()),
        ([".hidden.tf", "back.tf~", "#auto.tf#", "UP.TF"], (), ()),
        (
            ["main.tf", "override.tf", "a_override.tf.json", "override.tf.json"],
            ("main.tf",),
            ("a_override.tf.json", "override.tf", "override.tf.json"),
        ),
        (["main.tf", "main.tofu", "other.tf"], ("main.tofu", "other.tf"), ()),
        (["x.tf.json", "x.tofu.json", "x.tf"], ("x.tf", "x.tofu.json"), ()),
    ],
)
def test_the_files_that_load(names: list[str], primary: tuple[str, ...], overrides: tuple[str, ...]) -> None:
    found = configuration_files(names)
    assert (found.primary, found.overrides) == (primary, overrides)
    twin = {"main.tofu": "main.tf", "x.tofu.json": "x.tf.json"}
    assert found.hidden == tuple(twin[name] for name in found.primary if name in twin)
