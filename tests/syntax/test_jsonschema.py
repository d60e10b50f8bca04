"""What Terraform knows about its blocks agrees with itself."""

from __future__ import annotations

from guard.syntax.jsonschema import TOP_LEVEL, Schema


def test_no_name_is_two_things() -> None:
    todo: list[Schema] = [schema for _, schema in TOP_LEVEL.values()]
    seen = 0
    while todo:
        schema = todo.pop()
        seen += 1
        assert not schema.literal & schema.written
        assert not schema.blocks.keys() & (schema.literal | schema.written)
        todo += [inner for _, inner in schema.blocks.values()]
    assert seen > len(TOP_LEVEL)


def test_the_blocks_that_hold_keys_have_their_labels() -> None:
    assert {type: labels for type, (labels, _) in TOP_LEVEL.items() if labels == 2} == {
        "resource": 2,
        "data": 2,
        "ephemeral": 2,
    }
