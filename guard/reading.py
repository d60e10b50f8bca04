"""Paths to what they say of users: configurations, plans and states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from guard.config.load import Loader
from guard.config.roots import FindRoots, LeftOut, RootDirectories, find_roots
from guard.config.workspace import Workspace, workspace
from guard.diagnostics import Diagnostic, GuardError, UsageError
from guard.disk import is_directory, is_there
from guard.options import STANDARD_INPUT, CheckOptions, is_document
from guard.records import dataclass, replace
from guard.reports.model import Coverage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from guard.config.input_options import InputOptions
    from guard.config.module import Module
    from guard.ignores.model import Text
    from guard.inventory.contents import FileReading
    from guard.inventory.roots import RootModule
    from guard.rules import UserVerdict


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of all roots. texts: the files that were read on the way to keys."""

    users: tuple[UserVerdict, ...]
    diagnostics: tuple[Diagnostic, ...]
    coverage: Coverage
    texts: tuple[Text, ...] = ()


def read(options: CheckOptions, find: FindRoots = find_roots) -> Reading:
    """Read the paths of a check; raises UsageError for wrong use."""
    for path in options.paths:
        if str(path) != STANDARD_INPUT and not is_there(path):
            raise UsageError("Path not found", f"{path} does not exist.")
    code = [path for path in options.paths if not is_document(path)]
    place = workspace(code or [Path()], options.confine)
    documents = _read_documents([path for path in options.paths if is_document(path)], place)
    reading = _read_code(code, place, options, documents, find) if code else _of_documents(documents, options)
    return replace(reading, users=told_apart(reading.users))


def told_apart(users: Sequence[UserVerdict]) -> tuple[UserVerdict, ...]:
    """Users whose labels differ: the address of a key is added where two of a root have the same one.

    A finding, a waiver and an entry of a baseline go by label: none may mean another user than it says.
    """
    alike = Counter(_called(user) for user in users)
    return tuple(_with_address(user) if alike[_called(user)] > 1 else user for user in users)


def _called(user: UserVerdict) -> tuple[str, str, str]:
    return user.account.name, user.root, user.label.lower()


def _with_address(user: UserVerdict) -> UserVerdict:
    address = min((key.address for key in user.keys if key.address), default=None)
    return replace(user, label=f"{user.label} ({address})") if address else user


def _read_documents(paths: Sequence[Path], place: Workspace) -> list[FileReading]:
    if not paths:
        return []
    from guard.inventory.paths import read_documents

    return list(read_documents(paths, place))


def _of_documents(documents: Sequence[FileReading], options: CheckOptions) -> Reading:
    """What plans and states say."""
    if not documents:
        return Reading((), (), Coverage())
    from guard.ledger import user_verdicts

    users = user_verdicts((key for item in documents for key in item.keys), options.limit)
    said = dict.fromkeys(diagnostic for item in documents for diagnostic in item.diagnostics)
    names = tuple(item.name for item in documents)
    return Reading(users, tuple(said), Coverage(roots=names, files_seen=len(documents)))


def _read_code(
    paths: Sequence[Path],
    place: Workspace,
    options: CheckOptions,
    documents: Sequence[FileReading],
    find: FindRoots,
) -> Reading:
    loader = Loader(place, options.settings.modules)
    directories = [path if is_directory(path) else path.parent for path in paths]
    found = find(directories, loader, options.inputs.data_directory, _left_out(options))
    if not found.files and not found.paths:  # what cannot be read is among the paths
        names = ", ".join(map(str, paths))
        raise UsageError("No Terraform found", f"{names} holds no .tf or .tf.json file (nor .tofu).")
    return _read_roots(found, loader, options, documents)


def _left_out(options: CheckOptions) -> LeftOut | None:
    if not options.settings.exclude:
        return None
    from guard.settings.roots import left_out

    return lambda directory: left_out(directory, options.settings)


def _read_roots(
    found: RootDirectories, loader: Loader, options: CheckOptions, documents: Sequence[FileReading]
) -> Reading:
    """What the roots say, and the documents; a root that a plan was made from is told about by the plan."""
    diagnostics: dict[Diagnostic, None] = {}
    opened = _open_roots(found, loader, options, diagnostics)
    summed, told, apart = _joined(documents, opened)
    alone = [root for root in opened if not any(root is item for item in told)]
    users = [user for root in alone for user in _decided(root, options, diagnostics)]
    declared = {labels[0] for module in loader.modules for labels in module.names("variable")}
    _refuse_undeclared(options, declared)
    diagnostics.update(dict.fromkeys(_not_declared(found, options, declared)))
    if options.second_reader and loader.modules:
        from guard.inventory.second_opinion import second_opinions

        diagnostics.update(dict.fromkeys(second_opinions(loader.modules)))
    said_with, said_apart = _of_documents(summed, options), _of_documents(apart, options)
    coverage = Coverage(
        roots=(*(root.shown for root in opened), *(item.name for item in (*summed, *apart))),
        files_seen=found.files + len(documents),
        blocks_read=sum(module.blocks_read for module in loader.modules),
        modules_not_analysed=_not_analysed(alone),
    )
    diagnostics.update(dict.fromkeys((*said_with.diagnostics, *said_apart.diagnostics)))
    after = _across_roots((*users, *said_with.users), options)
    texts = tuple(_texts(loader.modules, options.inputs.data_directory))
    return Reading((*after, *said_apart.users), tuple(diagnostics), coverage, texts)


def _decided(
    root: RootModule, options: CheckOptions, diagnostics: dict[Diagnostic, None]
) -> Sequence[UserVerdict]:
    """The users of a root; what is to be said about the root is added to the diagnostics."""
    from guard.config.inputs import other_variable_files
    from guard.worlds.decide import decide_root

    decided = decide_root(root, options.limit)
    users = decided.users
    directory, inputs = root.origin.module.directory, root.origin.inputs
    if options.variants and (others := other_variable_files(directory, inputs)):
        from guard.worlds.variants import with_variants

        users, said = with_variants(decided.root, users, others, options.limit)
        diagnostics.update(dict.fromkeys(said))
    diagnostics.update(dict.fromkeys((*decided.evaluation.refusals, *decided.evaluation.diagnostics)))
    return users


def _across_roots(users: Sequence[UserVerdict], options: CheckOptions) -> Sequence[UserVerdict]:
    if not users:
        return ()
    from guard.ledger import across_roots

    return across_roots(users, options.limit)


def _joined(
    documents: Sequence[FileReading], roots: Sequence[RootModule]
) -> tuple[Sequence[FileReading], Sequence[RootModule], Sequence[FileReading]]:
    """The documents that are added to the roots, the roots that those tell about, the documents apart."""
    if not documents or not roots:
        return documents, (), ()
    from guard.inventory.joining import join

    result = join(documents, roots)
    return result.readings, result.told, result.apart


def _open_roots(
    found: RootDirectories, loader: Loader, options: CheckOptions, diagnostics: dict[Diagnostic, None]
) -> list[RootModule]:
    """The roots that lead to keys; what cannot be opened is added to the diagnostics."""
    stated = _stated_inputs(found, options, diagnostics)
    if not stated:
        return []
    from guard.inventory.roots import open_root

    opened: list[RootModule] = []
    for directory, inputs in stated:
        try:
            leads = directory in found.leading
            root = open_root(directory, loader, inputs, leads=leads, aside=found.aside)
        except GuardError as problem:
            if isinstance(problem, UsageError):
                raise
            diagnostics.setdefault(problem.diagnostic)
            continue
        if root is not None:
            opened.append(root)
    return opened


def _stated_inputs(
    found: RootDirectories, options: CheckOptions, diagnostics: dict[Diagnostic, None]
) -> list[tuple[Path, InputOptions]]:
    """The directories that are not left out, with the inputs that are stated for each."""
    if options.settings.file is None:
        return [(directory, options.inputs) for directory in found.paths]
    from guard.settings.roots import inputs_for, left_out, remarks

    diagnostics.update(dict.fromkeys(remarks(found.paths, options.settings)))
    kept = [directory for directory in found.paths if not left_out(directory, options.settings)]
    return [(directory, inputs_for(directory, options.inputs, options.settings)) for directory in kept]


def _texts(modules: Sequence[Module], data_directory: str) -> Iterator[Text]:
    """The files of modules, each once, with whether `terraform init` put them there."""
    if not modules:
        return
    from guard.ignores.model import Text

    caches = {".terraform", ".terragrunt-cache", Path(data_directory).name}
    for module in modules:
        installed = not caches.isdisjoint(Path(module.shown).parts)
        blocks = (block for type in module.block_types() for block in module.raw_blocks(type))
        for source in dict.fromkeys(block.header.source for block in blocks):
            yield Text(source, installed)


def _not_declared(found: RootDirectories, options: CheckOptions, declared: set[str]) -> Iterable[Diagnostic]:
    """Which `vars` of the settings nothing declares."""
    if not options.settings.roots:
        return ()
    from guard.settings.roots import not_declared

    return not_declared(found.paths, options.settings, declared)


def _refuse_undeclared(options: CheckOptions, declared: set[str]) -> None:
    """Refuse a `--var` that nothing declares: a misspelt name would leave the real one unset."""
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
