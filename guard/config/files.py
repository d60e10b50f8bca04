"""Which files of a directory Terraform (or OpenTofu) loads, and which of them override.

https://developer.hashicorp.com/terraform/language/files
https://opentofu.org/docs/language/files/
"""

from __future__ import annotations

from collections.abc import Iterable

from guard.records import dataclass

TERRAFORM = (".tf", ".tf.json")
OPENTOFU = (".tofu", ".tofu.json")


@dataclass(frozen=True, slots=True)
class ConfigurationFiles:
    """File names in the order in which they load; overrides come last. hidden: not read by OpenTofu."""

    primary: tuple[str, ...]
    overrides: tuple[str, ...]
    hidden: tuple[str, ...] = ()


def configuration_files(names: Iterable[str]) -> ConfigurationFiles:
    """The configuration files among the names of a directory's entries.

    A directory that holds `.tofu` files is read as OpenTofu reads it: `x.tofu` hides `x.tf`.
    """
    candidates = sorted(name for name in names if is_configuration(name))
    twins = {terraform_twin(name) for name in candidates if name.endswith(OPENTOFU)}
    hidden = tuple(name for name in candidates if name in twins)
    loaded = [name for name in candidates if name not in hidden]
    return ConfigurationFiles(
        tuple(name for name in loaded if not is_override(name)),
        tuple(name for name in loaded if is_override(name)),
        hidden,
    )


def is_configuration(name: str) -> bool:
    return name.endswith(TERRAFORM + OPENTOFU) and not is_ignored(name)


def is_ignored(name: str) -> bool:
    """Hidden files and those that editors leave behind."""
    return name.startswith(".") or name.endswith("~") or (name.startswith("#") and name.endswith("#"))


def is_override(name: str) -> bool:
    stem = _stem(name)
    return stem == "override" or stem.endswith("_override")


def _stem(name: str) -> str:
    return next(
        name.removesuffix(ending) for ending in (*TERRAFORM[::-1], *OPENTOFU[::-1]) if name.endswith(ending)
    )


def terraform_twin(name: str) -> str:
    """The file that OpenTofu does not read where there is this one of its own."""
    return _stem(name) + (".tf.json" if name.endswith(".json") else ".tf")
