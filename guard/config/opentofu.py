"""Where Terraform, which reads no `.tofu` file, and OpenTofu read different things in one directory.

Files besides others give OpenTofu more to read. Those that hide or override a file may take keys away that
Terraform makes; which of the two will be run is not known.
https://opentofu.org/docs/language/files/
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from guard.config.files import OPENTOFU, TERRAFORM, ConfigurationFiles, terraform_twin
from guard.config.workspace import beside
from guard.diagnostics import Diagnostic, Severity
from guard.syntax.split import RawBlock

ADVICE = "Write it in one way for both, or check the plan of the one that you run."


def differences(
    files: ConfigurationFiles, blocks: Mapping[str, Sequence[RawBlock]], shown: str
) -> Iterator[Diagnostic]:
    """One for each `.tofu` file that takes away or changes what Terraform would read, as far as it is more
    than settings (`terraform` blocks). blocks: of all these files, by name. shown: their directory."""
    loaded = (*files.primary, *files.overrides)
    beside_others = any(name.endswith(TERRAFORM) for name in (*loaded, *files.hidden))
    for name in loaded:
        if not name.endswith(OPENTOFU):
            continue
        twin = terraform_twin(name)
        if twin in files.hidden and _said(blocks[name]) != _said(blocks[twin]):
            yield _difference(beside(shown, name), f"takes the place of {twin}, and Terraform reads {twin}")
        elif name in files.overrides and twin not in files.hidden and beside_others and _said(blocks[name]):
            yield _difference(beside(shown, name), "overrides what Terraform reads unchanged")


def _said(blocks: Sequence[RawBlock]) -> Counter[tuple[str, tuple[str, ...], str]]:
    return Counter((one.type, one.labels, one.range.text) for one in blocks if one.type != "terraform")


def _difference(file: str, how: str) -> Diagnostic:
    detail = f"For OpenTofu, {file} {how}. {ADVICE}"
    return Diagnostic(Severity.ERROR, "Different for Terraform and OpenTofu", detail, file=file)
