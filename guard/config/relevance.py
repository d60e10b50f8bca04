"""Which module calls can lead to access keys, told from the blocks alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from guard.config.constants import plain_text
from guard.config.model import ModuleCall
from guard.config.module import Module
from guard.config.validity import problems
from guard.diagnostics import GuardError
from guard.records import dataclass, field
from guard.syntax.module_paths import called_directory, is_local
from guard.syntax.nodes import Expr

# How deep module calls are followed. One that is deeper is refused where it is evaluated.
DEEPEST = 400
KEY_TYPES = frozenset({"aws_iam_access_key", "awsutils_expiring_iam_access_key"})

STACK_TYPES = frozenset(
    {"aws_cloudformation_stack", "aws_cloudformation_stack_set", "awscc_cloudformation_stack"}
)
KEY_IN_TEMPLATE = "AWS::IAM::AccessKey"
RELEVANT = KEY_TYPES | STACK_TYPES


@dataclass(frozen=True, slots=True)
class Wanted:
    """The texts of a call's source and version; None for what is absent or not known."""

    source: str | None
    version: str | None


# Finds the module that a call names: from the calling module, the call, its path of call names, and
# what it wants. None: it is not on disk.
FindModule = Callable[[Module, ModuleCall, tuple[str, ...], Wanted], Module | None]


@dataclass(frozen=True, slots=True)
class MissingCall:
    """A call whose module is not on disk."""

    call: ModuleCall
    wanted: Wanted

    def listed(self, path: tuple[str, ...]) -> str:
        """As reports list it: `module.name (source)`."""
        address = ".".join(f"module.{name}" for name in path)
        return f"{address} ({self.wanted.source or 'source not known'})"


def _plain(expr: Expr | None) -> str | None:
    return plain_text(expr) if expr is not None else None


@dataclass(slots=True)
class KeyPaths:
    """Tells whether a call must be followed: its module, or one that it calls, declares a key.

    strict: follow also what is wrong for other reasons than a module that cannot be found or read.
    aside: directories that are not even read, because the scan showed that they lead to no key.
    missing: calls whose module is not on disk, by path of call names. What they make is not known;
    `guard.inventory.missing` says what that means for the verdict. suspected: those of them that may make
    keys, as it found.
    """

    find_module: FindModule
    strict: bool = True
    aside: frozenset[str] = frozenset()
    missing: dict[tuple[str, ...], MissingCall] = field(default_factory=dict)
    suspected: set[tuple[str, ...]] = field(default_factory=set)
    _known: dict[tuple[Path, tuple[str, ...]], bool] = field(default_factory=dict)
    _anywhere: dict[Path, bool] = field(default_factory=dict)
    _under_way: set[Path] = field(default_factory=set)
    _elsewhere: int = 0

    def lead_through(self, caller: Module, call: ModuleCall, path: tuple[str, ...]) -> bool:
        """Whether the call leads to a key. One whose source or module cannot be read is followed, so that
        the reason comes to light there."""
        wanted = Wanted(_plain(call.source), _plain(call.version))
        if wanted.source is None:
            return self.strict
        if self._is_aside(caller, wanted.source):
            return False
        self._elsewhere += not is_local(wanted.source)
        try:
            module = self.find_module(caller, call, path, wanted)
        except GuardError:
            return True
        if module is None:
            self.missing[path] = MissingCall(call, wanted)
            return False
        if len(path) > DEEPEST:
            return self.strict
        return self.lead_from(module, path)

    def leads_aside(self, caller: Module, name: str) -> bool:
        """Whether a glance at a call tells that it leads to no key, so that it need not be read."""
        source = caller.plain_source(name)
        return source is not None and self._is_aside(caller, source)

    def _is_aside(self, caller: Module, source: str) -> bool:
        """By name: a way over links is followed, and leads where it leads."""
        return is_local(source) and called_directory(str(caller.directory), source) in self.aside

    def lead_from(self, module: Module, path: tuple[str, ...] = ()) -> bool:
        """Whether the module, or one that it calls, declares a key.

        What a call from elsewhere (a registry, say) means depends on where it stands; the rest does not,
        so a module without such calls is looked at once, however many ways lead to it.
        """
        place, directory = (module.directory, path), module.directory
        known = self._anywhere.get(directory, self._known.get(place))
        if known is not None:
            return known
        if directory in self._under_way:
            return self.strict  # a module that calls itself: following it brings that to light
        before = self._elsewhere
        self._under_way.add(directory)
        self._known[place] = self._declares_key(module) or self._calls_lead(module, path)
        self._under_way.remove(directory)
        if self._elsewhere == before:
            self._anywhere[directory] = self._known[place]
        return self._known[place]

    def _declares_key(self, module: Module) -> bool:
        """Also true of a module in which something is wrong, so that this comes to light."""
        declares = any(type in RELEVANT for type, _ in module.names("resource"))
        return declares or (self.strict and any(True for _ in problems(module)))

    def _calls_lead(self, module: Module, path: tuple[str, ...]) -> bool:
        leads = False
        for (name,) in module.names("module"):
            if self.leads_aside(module, name):
                continue
            try:
                call = module.call(name)
            except GuardError:
                leads = leads or self.strict
                continue
            if call is not None and self.lead_through(module, call, (*path, name)):
                leads = True
        return leads
