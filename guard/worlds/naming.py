"""Names for texts that may be anything: which are tried for a witness."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from guard.records import dataclass
from guard.worlds.literals import Literals

MOST_PAIRED = 8
LONG = 80
SHORT = 3


@dataclass(frozen=True, slots=True)
class Naming:
    """How texts that may be anything are made: by the patterns in turn, with the round's number in each."""

    patterns: tuple[str, ...] = ("x{}",)

    def text(self, position: int) -> str:
        round, place = divmod(position - 1, len(self.patterns))
        return self.patterns[place].replace("{}", str(round + 1))


def namings(literals: Literals) -> Iterator[Naming]:
    """Ways to name what may be anything: plain names first, then names that contain what the configuration
    looks for in texts."""
    yield Naming()
    yield Naming(("12345678901{}",))
    for text in literals.texts:
        if "{}" not in text:
            yield Naming((f"x{text}{{}}",))
            yield Naming((f"{text}{{}}",))
            yield Naming((f"{{}}{text}x",))
    for text in literals.texts:
        yield Naming((text,))
    yield Naming(("usera", "userb", "userc"))
    yield Naming(("x" * LONG + "{}",))
    yield Naming(("{}" + "x" * LONG,))
    yield Naming(("x{}", " x{}"))
    for text in literals.texts:
        if not text.isalnum() and len(text) <= SHORT:  # `${a}-${b}` is one name for two pairs
            yield Naming(("a", f"b{text}c", f"a{text}b", "c"))
            yield Naming(("a", f"a{text}b", f"b{text}c", "c"))
    for one, other in permutations(literals.texts[:MOST_PAIRED], 2):
        yield Naming((f"x{one}y{{}}", f"x{other}y{{}}"))
