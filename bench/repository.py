"""A repository to measure with: its files, and how many keys Terraform will leave active in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link, by what it points to."""

    target: str


Content: TypeAlias = str | Link
# Users of one root module: name, and the least and most active keys over all values of what is not given.
# A name stands twice for users of two accounts.
Users: TypeAlias = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Repository:
    """files: path and content of each, made while they are asked for. users: of each root with keys.

    roots: the directories that are root modules, with keys or without.
    """

    files: Iterable[tuple[str, Content]]
    users: Mapping[str, Users]
    roots: tuple[str, ...]

    @property
    def violations(self) -> frozenset[str]:
        """The roots where a user has two active keys whatever the inputs are."""
        return frozenset(root for root, users in self.users.items() if any(low > 1 for _, low, _ in users))

    @property
    def safe(self) -> frozenset[str]:
        """The roots where no user has two active keys whatever the inputs are."""
        fine = {root for root, users in self.users.items() if all(high <= 1 for *_, high in users)}
        return frozenset(fine | (set(self.roots) - self.users.keys()))


def write(repository: Repository, directory: Path) -> int:
    """Write the files below the directory. Returns how many bytes they have."""
    size = 0
    for name, content in repository.files:
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, Link):
            path.symlink_to(content.target)
        else:
            size += path.write_bytes(content.encode())
    return size
