"""IP network functions: https://developer.hashicorp.com/terraform/language/functions/cidrsubnet

The arithmetic is that of https://github.com/apparentlymart/go-cidr 1.1.0, with its limits of 64 bits.
"""

from __future__ import annotations

from collections.abc import Mapping

from guard.diagnostics import error
from guard.lang.functions.addresses import Address, Block, parse_address, parse_block
from guard.lang.functions.common import count, panic, text, whole
from guard.lang.functions.table import Function, FunctionContext, FunctionError
from guard.values.errors import NotDeterminedError
from guard.values.types import BOOL, STRING, ListOf
from guard.values.value import Value, boolean, list_of, string

_UINT64 = 2**64 - 1
_V4 = 32
_LONGEST_EXTENSION = 32


def _block(value: Value, argument: int | None = None) -> Block:
    block = parse_block(value.text)
    if block is None:
        raise FunctionError(f"invalid CIDR expression: invalid CIDR address: {value.text}", argument)
    return block


def _any_whole(value: Value) -> int:
    if value.number.denominator != 1:
        raise FunctionError("value must be a whole number")
    return value.number.numerator


def _inserted(base: Address, number: int, shift: int) -> Address:
    """The address with a number put in; Go fails where it has more bits than an address."""
    if number and shift + number.bit_length() > base.bits + 1:
        result = 1 << base.bits
    else:
        result = abs(base.number | number << shift if number else base.number)
    if result.bit_length() > base.bits:
        raise panic("runtime error: index out of range [-1]")
    return Address(result, base.bits)


def cidrhost(_: FunctionContext, prefix: Value, hostnum: Value) -> Value:
    number = _any_whole(hostnum)
    block = _block(prefix)
    largest = 2**block.host_bits - 1
    checked = _int64(number & _UINT64)
    if number < 0:
        checked = -number - 1
        number = largest - checked
    if checked > largest:
        raise FunctionError(f"prefix of {block.prefix} does not accommodate a host numbered {number}")
    width = _V4 if block.address.is_v4 else block.address.bits
    return string(str(_inserted(block.address, number, block.address.bits - width)))


def _int64(number: int) -> int:
    return number - 2**64 if number >= 2**63 else number


def cidrnetmask(_: FunctionContext, prefix: Value) -> Value:
    block = _block(prefix)
    if not block.address.is_v4:
        raise FunctionError(f"IPv6 addresses cannot have a netmask: {prefix.text}")
    mask = 2**block.address.bits - 2**block.host_bits
    return string(str(Address(mask, block.address.bits)))


def cidrsubnet(_: FunctionContext, prefix: Value, newbits: Value, netnum: Value) -> Value:
    added, number = whole(newbits), _any_whole(netnum)
    block = _block(prefix)
    longer = block.prefix + added
    if longer > block.address.bits:
        raise FunctionError(f"insufficient address space to extend prefix of {block.prefix} by {added}")
    largest = 2**added - 1 if 0 <= added < 64 else _UINT64  # noqa: PLR2004 - Go shifts a 64-bit number
    if abs(number) & _UINT64 > largest:
        raise FunctionError(f"prefix extension of {added} does not accommodate a subnet numbered {number}")
    address = _inserted(block.address, number, block.address.bits - longer)
    return string("<nil>" if longer < 0 else str(Block(address, longer)))


def cidrsubnets(context: FunctionContext, prefix: Value, *newbits: Value) -> Value:
    block = _block(prefix, 0)
    if newbits and block.address.is_v4 and block.address.bits != _V4:
        raise NotDeterminedError(
            error("IPv4 block in IPv6 form", f"cidrsubnets() is not computed for {prefix.text}.")
        )
    context.budget.allow_elements(len(newbits))
    subnets: list[Block] = []
    for index, value in enumerate(newbits, 1):
        length = _longer_prefix(block, value, index)
        subnets.append(_next(block, subnets, length, index))
    return list_of(STRING, [string(str(subnet)) for subnet in subnets])


def _longer_prefix(block: Block, value: Value, index: int) -> int:
    try:
        added = whole(value)
    except FunctionError as problem:
        raise FunctionError(str(problem), index) from None
    if added < 1:
        raise FunctionError("must extend prefix by at least one bit", index)
    if added > _LONGEST_EXTENSION:
        raise FunctionError("may not extend prefix by more than 32 bits", index)
    length = block.prefix + added
    if length > block.address.bits:
        protocol = "IPv4" if block.address.bits == _V4 else "IPv6"
        raise FunctionError(
            f"would extend prefix to {length} bits, which is too long for an {protocol} address", index
        )
    return length


def _next(block: Block, before: list[Block], length: int, index: int) -> Block:
    """The first block of this length behind the one before, which is first the one below the whole."""
    size = 2**block.address.bits
    below = Block(Address((block.first - 1) % size, block.address.bits), length)
    current = before[-1] if before else Block(Address(below.first, block.address.bits), length)
    around = Block(Address(current.last, block.address.bits), length)
    start = (around.last + 1) % size
    found = Block(Address(start, block.address.bits), length)
    if not start or not block.contains(found.address):
        raise FunctionError(
            f"not enough remaining address space for a subnet with a prefix of {length} bits after {current}",
            index,
        )
    return found


def cidrcontains(_: FunctionContext, containing: Value, contained: Value) -> Value:
    """OpenTofu's: https://opentofu.org/docs/language/functions/cidrcontains/"""
    outer = parse_block(containing.text)
    if outer is None:
        raise FunctionError(f"invalid CIDR address: {containing.text}")
    ends = _ends(contained.text)
    if ends[0].is_v4 != outer.address.is_v4:
        raise FunctionError(f"address family mismatch: {containing.text} vs. {contained.text}")
    return boolean(all(map(outer.contains, ends)))


def _ends(text: str) -> list[Address]:
    """The address, or the first and the last one of a block."""
    address = parse_address(text)
    if address:
        return [address]
    block = parse_block(text)
    if block is None:
        raise FunctionError(f"invalid IP address or prefix: {text}")
    return [Address(number, block.address.bits) for number in (block.first, block.last)]


_PREFIX = text("prefix")

TABLE: Mapping[str, Function] = {
    "cidrcontains": Function(
        cidrcontains, (text("containing_prefix"), text("contained_ip_or_prefix")), returns=BOOL
    ),
    "cidrhost": Function(cidrhost, (_PREFIX, count("hostnum")), returns=STRING),
    "cidrnetmask": Function(cidrnetmask, (_PREFIX,), returns=STRING),
    "cidrsubnet": Function(cidrsubnet, (_PREFIX, count("newbits"), count("netnum")), returns=STRING),
    "cidrsubnets": Function(cidrsubnets, (_PREFIX,), count("newbits"), ListOf(STRING)),
}
