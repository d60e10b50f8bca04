"""What all module instances of one root share while it is evaluated in one world."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from guard.config.inputs import Inputs
from guard.config.module import Module
from guard.config.relevance import FindModule, KeyPaths
from guard.diagnostics import Diagnostic, GuardError
from guard.lang.budget import Budget
from guard.lang.world import World
from guard.records import dataclass, field
from guard.values.errors import EvaluationError
from guard.values.unknown import Term
from guard.values.value import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.config.summaries import OwnModules


@dataclass(slots=True)
class Root:
    """A root module under evaluation.

    shown: its directory as reports show it. variables: values given instead of `inputs`, by name.
    leads: the tree leads from it to a key, so everything that is wrong in it matters; otherwise only
    modules that are not on disk do.
    refusals: what Terraform would refuse. diagnostics: what else evaluation met. An error in either
    makes the root's answer incomplete. refused: one of the refusals is certain: no instance is made in it
    that may not exist.
    numbers: counts the calls of functions whose results always differ, as uuid().
    user_names: by the address of an aws_iam_user instance, its name argument.
    accounts: account ids that the user states, by `default`, `profile:NAME` or provider configuration.
    unread_outputs: outputs of modules that are not on disk, by what they are, with the path of the call.
    own_modules: modules that the user describes.
    """

    module: Module
    shown: str
    inputs: Inputs
    find_module: FindModule
    key_paths: KeyPaths
    boundary: Path
    leads: bool = True
    world: World = field(default_factory=World)
    variables: Mapping[str, Value] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    numbers: Iterator[int] = field(default_factory=count)
    refusals: dict[Diagnostic, None] = field(default_factory=dict)
    refused: bool = False
    diagnostics: dict[Diagnostic, None] = field(default_factory=dict)
    user_names: dict[str, Value] = field(default_factory=dict)
    accounts: Mapping[str, str] = field(default_factory=dict)
    unread_outputs: dict[Term, tuple[str, ...]] = field(default_factory=dict)
    own_modules: OwnModules = field(default_factory=dict)

    def refuse(self, problem: GuardError, *, certain: bool = True) -> None:
        """Note what stopped an evaluation. certain: it was one of something that exists for certain."""
        if isinstance(problem, EvaluationError):
            self.refusals.setdefault(problem.diagnostic)
            self.refused = self.refused or certain
        else:
            self.diagnostics.setdefault(problem.diagnostic)

    def report(self, diagnostic: Diagnostic) -> None:
        self.diagnostics.setdefault(diagnostic)
