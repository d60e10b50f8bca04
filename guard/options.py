"""The settings of a check, as the command line gives them."""

from __future__ import annotations

from pathlib import Path

from guard.config.input_options import InputOptions
from guard.disk import is_directory
from guard.records import dataclass, field
from guard.rules import Verdict
from guard.settings.model import Settings

STANDARD_INPUT = "-"
CONFIGURATION = (".tf", ".tofu", ".tf.json", ".tofu.json")


def is_document(path: Path) -> bool:
    """Whether a path is read as a plan or state: standard input, or a file that is no Terraform code."""
    if str(path) == STANDARD_INPUT:
        return True
    return not is_directory(path) and not path.name.endswith(CONFIGURATION)


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """paths: what to check. fail_on: the mildest verdict that fails. confine: the workspace boundary.

    baseline: the findings that do not fail. base: what the change is compared with, as git names it.
    config: the settings file that the command line names. writes_baseline: it is made by this run.
    limit_given, fail_on_given: whether the command line says so.
    """

    paths: tuple[Path, ...]
    inputs: InputOptions = field(default_factory=InputOptions)
    limit: int = 1
    fail_on: Verdict = Verdict.UNDETERMINED
    require_complete: bool = False
    variants: bool = True
    second_reader: bool = True
    confine: Path | None = None
    settings: Settings = field(default_factory=Settings)
    baseline: Path | None = None
    base: str | None = None
    config: Path | None = None
    writes_baseline: bool = False
    limit_given: bool = False
    fail_on_given: bool = False
