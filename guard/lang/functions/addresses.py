"""IP addresses and CIDR blocks as Terraform reads and prints them, which is more than RFC 4632 allows.

https://github.com/hashicorp/terraform/tree/v1.11.4/internal/ipaddr: octets may have leading zeros.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address

from guard.records import dataclass

_V4 = 32
_V6 = 128
_MAPPED = 0xFFFF << _V4
_GROUPS = 8
_OCTET = re.compile(r"0*([0-9]{1,3})")
_GROUP = re.compile(r"0*([0-9a-fA-F]{1,4})")


@dataclass(frozen=True, slots=True)
class Address:
    """bits: 32 or 128, as it was written."""

    number: int
    bits: int

    @property
    def is_v4(self) -> bool:
        """IPv4, also when written as `::ffff:10.0.0.1`."""
        return self.bits == _V4 or self.number >> _V4 == _MAPPED >> _V4

    def __str__(self) -> str:
        if self.is_v4:
            return str(IPv4Address(self.number % 2**_V4))
        return str(IPv6Address(self.number))


@dataclass(frozen=True, slots=True)
class Block:
    """A network: its address (not always the first one) and how many leading bits are fixed."""

    address: Address
    prefix: int

    @property
    def host_bits(self) -> int:
        return self.address.bits - self.prefix

    @property
    def first(self) -> int:
        return self.address.number >> self.host_bits << self.host_bits

    @property
    def last(self) -> int:
        return self.first + (1 << self.host_bits) - 1

    def contains(self, address: Address) -> bool:
        if self.address.is_v4 != address.is_v4:
            return False
        size = _V4 if address.is_v4 else _V6
        fixed = max(0, self.prefix - (self.address.bits - size))
        return _leading(self.address, size, fixed) == _leading(address, size, fixed)

    def __str__(self) -> str:
        hidden = self.address.bits - _V4 if self.address.is_v4 else 0
        return f"{self.address}/{max(0, self.prefix - hidden)}"


def _leading(address: Address, size: int, count: int) -> int:
    return (address.number & ((1 << size) - 1)) >> (size - count)


def parse_block(text: str) -> Block | None:
    """A block such as `10.0.0.0/8`, with the bits after the prefix zero. None if it is none."""
    written, slash, mask = text.partition("/")
    address = _v4(written) or _v6(written)
    if not slash or address is None or not re.fullmatch(r"0*[0-9]{1,3}", mask, re.ASCII):
        return None
    prefix = int(mask[-3:])
    if prefix > address.bits:
        return None
    given = Block(address, prefix)
    return Block(Address(given.first, address.bits), prefix)


def parse_address(text: str) -> Address | None:
    """An address of either kind; whichever of `.` and `:` comes first tells which."""
    found = re.search("[.:]", text)
    if found is None:
        return None
    return _v4(text) if found[0] == "." else _v6(text)


def _v4(text: str) -> Address | None:
    octets = [_OCTET.fullmatch(octet) for octet in text.split(".")]
    numbers = [int(octet[1]) for octet in octets if octet]
    if len(octets) != 4 or len(numbers) != 4 or max(numbers) > 255:  # noqa: PLR2004 - four octets
        return None
    return Address(int.from_bytes(bytes(numbers), "big"), _V4)


def _v6(text: str) -> Address | None:
    head, ellipsis, tail = text.partition("::")
    front = _groups(head, last=not ellipsis)
    back = _groups(tail, last=True)
    if front is None or back is None or "::" in tail:
        return None
    missing = _GROUPS - len(front) - len(back)
    if missing < 1 if ellipsis else missing:
        return None
    number = 0
    for group in (*front, *[0] * missing, *back):
        number = number << 16 | group
    return Address(number, _V6)


def _groups(text: str, *, last: bool) -> list[int] | None:
    """The 16-bit groups of a part of an address; the last part may end in an IPv4 address."""
    if not text:
        return []
    *written, final = text.split(":")
    groups: list[int] = []
    if "." in final:
        embedded = _v4(final) if last else None
        if embedded is None:
            return None
        tail = [embedded.number >> 16, embedded.number & 0xFFFF]
    else:
        written, tail = [*written, final], []
    for group in written:
        found = _GROUP.fullmatch(group)
        if found is None:
            return None
        groups.append(int(found[1], 16))
    return groups + tail
