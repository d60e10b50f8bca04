"""Override files merged into what they override.

https://developer.hashicorp.com/terraform/language/files/override
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from guard.records import replace
from guard.syntax.nodes import Block, Body

# Blocks inside resources and module calls that are merged argument by argument.
MERGED_BLOCKS = frozenset({"lifecycle"})
NESTED_BLOCKS = ("lifecycle", "provisioner", "connection")


def merged(base: Block, overrides: Iterable[Block]) -> Block:
    """The block with the overrides applied one after another."""
    return reduce(_override, overrides, base)


def _override(base: Block, override: Block) -> Block:
    return replace(
        base,
        body=_override_body(native(base.body), native(override.body), merge_all=base.type == "terraform"),
    )


def _override_body(base: Body, override: Body, *, merge_all: bool) -> Body:
    replaced = {item.name for item in override.attributes}
    attributes = [item for item in base.attributes if item.name not in replaced]
    return replace(
        base,
        attributes=(*attributes, *override.attributes),
        blocks=_override_blocks(base.blocks, override.blocks, merge_all=merge_all),
    )


def _override_blocks(
    base: Sequence[Block], override: Sequence[Block], *, merge_all: bool
) -> tuple[Block, ...]:
    """Nested blocks of a type replace all of that type; lifecycle and terraform's parts are merged."""
    kept = list(base)
    for type in dict.fromkeys(block.type for block in override):
        ours = [block for block in kept if block.type == type]
        theirs = [block for block in override if block.type == type]
        kept = [block for block in kept if block.type != type]
        if ours and (merge_all or type in MERGED_BLOCKS):
            first = replace(ours[0], body=_override_body(ours[0].body, theirs[0].body, merge_all=merge_all))
            kept += [first]
        else:
            kept += theirs
    return tuple(kept)


def native(body: Body, types: Sequence[str] = NESTED_BLOCKS) -> Body:
    """A body from JSON with its nested blocks of these types read as blocks; other bodies as they are."""
    if not body.json:
        return body
    from guard.syntax.tfjson import blocks as json_blocks

    nested = [item for item in body.attributes if item.name in types]
    found = tuple(block for item in nested for block in json_blocks(item, 0, item.name))
    rest = tuple(item for item in body.attributes if item not in nested)
    return replace(body, attributes=rest, blocks=(*body.blocks, *found))


def nested_blocks(body: Body, type: str) -> tuple[Block, ...]:
    """The nested blocks of a type, in native syntax or JSON."""
    return native(body, (type,)).blocks_of(type)
