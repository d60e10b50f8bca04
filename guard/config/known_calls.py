"""Module calls to what the table of known modules says of them."""

from __future__ import annotations

from guard.config.known_modules import Match, match
from guard.config.model import ModuleCall
from guard.config.relevance import Wanted
from guard.config.summaries import OwnModules
from guard.config.versions import VersionError
from guard.values.errors import EvaluationError


def known(call: ModuleCall, wanted: Wanted, own: OwnModules) -> Match | None:
    """What the table says of a call; raises EvaluationError for a version that Terraform refuses."""
    try:
        return match(wanted.source, wanted.version, own) if wanted.source is not None else None
    except VersionError as problem:
        detail = f'The argument "version" of module.{call.name} cannot be used: {problem}.'
        at = call.version.range if call.version else call.range
        raise EvaluationError("Invalid version constraint", detail, at) from None
