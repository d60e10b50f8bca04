"""What Terraform itself knows about the content of its blocks, which JSON syntax does not show.

Arguments and blocks that belong to providers are not here.
https://developer.hashicorp.com/terraform/language/syntax/json#block-type-specific-exceptions
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Schema:
    """The content of a block.

    blocks: nested block types, with how many labels they have and what is in them.
    literal: arguments whose strings are no templates. written: arguments whose strings are references,
    types or keywords.
    """

    blocks: Mapping[str, tuple[int, Schema]] = field(default_factory=dict)
    literal: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()


def _written(*names: str) -> Schema:
    return Schema(written=frozenset(names))


ANYTHING = Schema()
_CONDITIONS: Mapping[str, tuple[int, Schema]] = {
    "precondition": (0, ANYTHING),
    "postcondition": (0, ANYTHING),
}
_LIFECYCLE = Schema(_CONDITIONS, written=frozenset({"ignore_changes", "replace_triggered_by"}))
_PROVISIONER = Schema({"connection": (0, ANYTHING)}, written=frozenset({"when", "on_failure"}))
_DYNAMIC = Schema({"content": (0, ANYTHING)}, written=frozenset({"iterator"}))
_RESOURCE = Schema(
    {
        "lifecycle": (0, _LIFECYCLE),
        "connection": (0, ANYTHING),
        "provisioner": (1, _PROVISIONER),
        "dynamic": (1, _DYNAMIC),
    },
    written=frozenset({"provider", "depends_on"}),
)

# Every top-level block type, with how many labels it has and what is in it.
TOP_LEVEL: Mapping[str, tuple[int, Schema]] = {
    "variable": (
        1,
        Schema(
            {"validation": (0, ANYTHING)},
            literal=frozenset({"default", "description", "deprecated"}),
            written=frozenset({"type"}),
        ),
    ),
    "output": (
        1,
        Schema(
            {"precondition": (0, ANYTHING)},
            literal=frozenset({"description", "deprecated"}),
            written=frozenset({"depends_on"}),
        ),
    ),
    "locals": (0, ANYTHING),
    "module": (1, _written("depends_on")),
    "provider": (1, Schema({"dynamic": (1, _DYNAMIC)}, literal=frozenset({"alias", "version"}))),
    "resource": (2, _RESOURCE),
    "data": (2, _RESOURCE),
    "ephemeral": (2, _RESOURCE),
    "terraform": (
        0,
        Schema(
            {
                "required_providers": (0, ANYTHING),
                "backend": (1, ANYTHING),
                "cloud": (0, Schema({"workspaces": (0, ANYTHING)})),
                "provider_meta": (1, ANYTHING),
            },
            literal=frozenset({"required_version"}),
        ),
    ),
    "moved": (0, _written("from", "to")),
    "removed": (
        0,
        Schema(
            {"lifecycle": (0, _LIFECYCLE), "connection": (0, ANYTHING), "provisioner": (1, _PROVISIONER)},
            written=frozenset({"from"}),
        ),
    ),
    "import": (0, _written("to", "provider")),
    "check": (1, Schema({"data": (2, _RESOURCE), "assert": (0, ANYTHING)})),
}
