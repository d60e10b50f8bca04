"""The order of the steps: from paths to a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from guard.config.load import Loader
from guard.config.roots import RootDirectories, find_roots
from guard.config.workspace import Workspace, workspace
from guard.diagnostics import Diagnostic, GuardError, Severity, UsageError
from guard.findings import findings_of
from guard.inventory.roots import RootModule, open_root
from guard.ledger import across_roots, user_verdicts
from guard.options import STANDARD_INPUT, CheckOptions, is_document
from guard.plan_findings import plan_findings
from guard.reports.model import Coverage, Report
from guard.rules import Finding, Level, UserVerdict, Verdict
from guard.worlds.variants import with_variants
from guard.worlds.versions import decide_root

FOUND, INCOMPLETE = 1, 3


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of all roots. incomplete: something on a key's path could not be."""

    users: tuple[UserVerdict, ...]
    diagnostics: tuple[Diagnostic, ...]
    coverage: Coverage

    @property
    def incomplete(self) -> bool:
        return any(item.severity is Severity.ERROR for item in self.diagnostics)


_NOTHING = Reading((), (), Coverage())


def check(options: CheckOptions) -> Report:
    """Check the paths; raises UsageError for wrong use."""
    reading = _read(options)
    findings = (
        *findings_of(reading.users, options.limit),
        *plan_findings(reading.users, options.limit),
    )
    verdict = max((user.verdict for user in reading.users), default=Verdict.PASS)
    if reading.incomplete or (options.require_complete and reading.coverage.modules_not_analysed):
        verdict = max(verdict, Verdict.UNDETERMINED)
    return Report(
        command="check",
        verdict=verdict,
        exit_code=exit_code(findings, verdict, options, incomplete=reading.incomplete),
        limit=options.limit,
        users=reading.users,
        findings=findings,
        diagnostics=reading.diagnostics,
        coverage=reading.coverage,
    )


def exit_code(
    findings: Iterable[Finding], verdict: Verdict, options: CheckOptions, *, incomplete: bool
) -> int:
    """0, 1 (findings at or above --fail-on) or 3 (incomplete without such a finding)."""
    failing = [
        item
        for item in findings
        if item.level is Level.ERROR and item.waived is None and item.verdict >= options.fail_on
    ]
    if failing:
        return FOUND
    if incomplete:
        return INCOMPLETE
    return FOUND if options.require_complete and verdict >= options.fail_on and not failing and verdict else 0


def _read(options: CheckOptions) -> Reading:
    for path in options.paths:
        if str(path) != STANDARD_INPUT and not path.exists():
            raise UsageError("Path not found", f"{path} does not exist.")
    code = [path for path in options.paths if not is_document(path)]
    place = workspace(code or [Path()], options.confine)
    reading = _read_code(code, place, options) if code else _NOTHING
    documents = [path for path in options.paths if is_document(path)]
    if documents:
        reading = _with_documents(reading, documents, place, options)
    return replace(reading, users=across_roots(reading.users, options.limit))


def _with_documents(code: Reading, paths: Sequence[Path], place: Workspace, options: CheckOptions) -> Reading:
    """What configurations, plans and states say, in one reading."""
    from guard.inventory.paths import read_documents

    documents = list(read_documents(paths, place))
    users = user_verdicts((key for item in documents for key in item.keys), options.limit)
    said = (diagnostic for item in documents for diagnostic in item.diagnostics)
    coverage = replace(
        code.coverage,
        roots=(*code.coverage.roots, *(item.name for item in documents)),
        files_seen=code.coverage.files_seen + len(documents),
    )
    return Reading(
        (*code.users, *users),
        (*code.diagnostics, *dict.fromkeys(said)),
        coverage,
    )


def _read_code(paths: Sequence[Path], place: Workspace, options: CheckOptions) -> Reading:
    loader = Loader(place)
    directories = [path if path.is_dir() else path.parent for path in paths]
    found = find_roots(directories, loader, options.inputs.data_directory)
    if not found.files:
        names = ", ".join(map(str, paths))
        raise UsageError("No Terraform found", f"{names} holds no .tf or .tf.json file (nor .tofu).")
    return _read_roots(found, loader, options)


def _read_roots(found: RootDirectories, loader: Loader, options: CheckOptions) -> Reading:
    diagnostics: dict[Diagnostic, None] = {}
    users: list[UserVerdict] = []
    opened: list[RootModule] = []
    for directory in found.paths:
        try:
            root = open_root(directory, loader, options.inputs)
        except GuardError as problem:
            if isinstance(problem, UsageError):
                raise
            diagnostics.setdefault(problem.diagnostic)
            continue
        if root is None:
            continue
        opened.append(root)
        evaluation, decided = decide_root(root, options.limit)
        if options.variants:
            decided, said = with_variants(root, decided, options.limit)
            diagnostics.update(dict.fromkeys(said))
        users += decided
        diagnostics.update(dict.fromkeys((*evaluation.refusals, *evaluation.diagnostics)))
    _refuse_undeclared(options, loader)
    coverage = Coverage(
        roots=tuple(root.shown for root in opened),
        files_seen=found.files,
        blocks_read=sum(module.blocks_read for module in loader.modules),
        modules_not_analysed=_not_analysed(opened),
    )
    return Reading(tuple(users), tuple(diagnostics), coverage)


def _refuse_undeclared(options: CheckOptions, loader: Loader) -> None:
    """Refuse a `--var` that nothing declares: a misspelt name would leave the real one unset."""
    declared = {labels[0] for module in loader.modules for labels in module.names("variable")}
    for argument in options.inputs.arguments:
        name = argument.value.partition("=")[0].strip()
        if argument.kind == "var" and name not in declared:
            raise UsageError(
                "Value for undeclared variable", f'No root module declares a variable "{name}" (--var).'
            )


def _not_analysed(roots: Iterable[RootModule]) -> tuple[str, ...]:
    """Calls whose module is not on disk and that nothing suspects of keys, each listed once."""
    names = (
        missing.listed(path)
        for root in roots
        for path, missing in root.origin.key_paths.missing.items()
        if path not in root.origin.key_paths.suspected
    )
    return tuple(dict.fromkeys(names))
