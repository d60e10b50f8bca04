"""A report to standard output and files, as `--format FORMAT[=FILE]` says."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from errno import EXDEV
from functools import partial
from pathlib import Path

from guard.diagnostics import Severity, UsageError
from guard.records import dataclass, replace
from guard.reports import FORMATS
from guard.reports.model import Report
from guard.terminal import columns

STANDARD_OUTPUT = "-"
DEVICES = Path("/dev")


@dataclass(frozen=True, slots=True)
class Target:
    """A format and where it goes: a file, or `-` for standard output."""

    format: str
    file: str = STANDARD_OUTPUT


def add_output_arguments(parser: ArgumentParser) -> None:
    """Add `--format` and `--show-key-ids`."""
    parser.add_argument(
        "--format",
        dest="formats",
        metavar="FORMAT[=FILE]",
        type=target,
        action="append",
        default=[],
        help=f"how to report: {', '.join(FORMATS)}; repeatable. With =FILE the report goes to that file, "
        "else to standard output. Text goes to standard output when nothing else does",
    )
    parser.add_argument(
        "--show-key-ids",
        action="store_true",
        help="show access key ids in full; without it only their last four characters are shown",
    )
    parser.add_argument(
        "--log-level",
        choices=[severity.value for severity in Severity],
        default=Severity.NOTE.value,
        help="the least severe messages about reading that the text shows (default: %(default)s)",
    )
    step = parser.add_argument_group("GitHub Actions")
    step.add_argument("--step-summary", metavar="FILE", help="append the Markdown report to this file")
    step.add_argument("--step-outputs", metavar="FILE", help="append verdict, users and so on to this file")


def target(word: str) -> Target:
    """`sarif=out/keys.sarif` or `json`; a format that we do not have is refused."""
    name, equals, file = word.partition("=")
    if name not in FORMATS:
        raise ArgumentTypeError(f"unknown format {name!r}; there are {', '.join(FORMATS)}")
    if equals and not file:
        raise ArgumentTypeError(f"{word!r} names no file after the equals sign")
    return Target(name, file or STANDARD_OUTPUT)


def targets(chosen: Iterable[Target]) -> tuple[Target, ...]:
    """The targets to write: text to standard output is added when nothing else goes there.

    Raises UsageError where two reports would be mixed up in one place.
    """
    wanted = list(dict.fromkeys(chosen))
    printed = [item for item in wanted if item.file == STANDARD_OUTPUT]
    if not printed:
        wanted.insert(0, Target("text"))
    if len(printed) > 1 and not all(FORMATS[item.format].log for item in printed):
        names = " and ".join(item.format for item in printed)
        raise UsageError(
            "Two reports on standard output",
            f"{names} would be mixed up. Give all but one a file: --format {printed[-1].format}=FILE.",
        )
    files = [os.path.realpath(item.file) for item in wanted if item.file != STANDARD_OUTPUT]
    for item in wanted:
        if item.file != STANDARD_OUTPUT and files.count(os.path.realpath(item.file)) > 1:
            raise UsageError("Two reports in one file", f"--format names {item.file} more than once.")
    return tuple(wanted)


def emit(report: Report, arguments: Namespace) -> None:
    """Render the report as the arguments say; all of it is tried before a failure is reported."""
    report = replace(report, show_key_ids=report.show_key_ids or arguments.show_key_ids)
    failures: list[str] = []
    files: dict[str, str] = {}
    for item in targets(arguments.formats):
        if item.file == STANDARD_OUTPUT:
            show = partial(_print, report, item.format, arguments.log_level)
            _tried(f"{item.format} report", "standard output", show, failures)
        elif _tried(f"{item.format} report", item.file, partial(_write_format, report, item), failures):
            files[item.format] = item.file
    if arguments.step_summary:
        add = partial(_append_summary, report, Path(arguments.step_summary))
        _tried("summary", arguments.step_summary, add, failures)
    if arguments.step_outputs:
        said = replace(report, exit_code=UsageError.EXIT_CODE) if failures else report
        add = partial(_append_outputs, said, files, Path(arguments.step_outputs))
        _tried("step's outputs", arguments.step_outputs, add, failures)
    if failures:
        raise UsageError("Report not written", "; ".join(failures) + ".")


def _tried(what: str, place: str, write_it: Callable[[], None], failures: list[str]) -> bool:
    """Whether it was written; what was not is told in failures."""
    try:
        write_it()
    except OSError as error:
        failures.append(f"the {what} cannot be written to {place}: {error.strerror}")
        return False
    return True


def _write_format(report: Report, item: Target) -> None:
    write(Path(item.file), FORMATS[item.format].render(report))


def _append_summary(report: Report, path: Path) -> None:
    append(path, FORMATS["markdown"].render(report))


def _append_outputs(report: Report, files: Mapping[str, str], path: Path) -> None:
    from guard.reports import outputs

    append(path, outputs.render(report, files))


def _printable(report: Report, name: str, least: Severity) -> str:
    if name != "text":
        return FORMATS[name].render(report)
    from guard.reports import text

    width = columns(text.COLUMNS) if sys.stdout.isatty() else text.COLUMNS
    return text.render(_without_lesser(report, least), colour=wants_colour(), columns=width)


def _without_lesser(report: Report, least: Severity) -> Report:
    """The report without messages about reading that are less severe."""
    levels = list(Severity)
    shown = levels[: levels.index(least) + 1]
    coverage = report.coverage
    if Severity.NOTE not in shown:
        coverage = replace(coverage, modules_not_analysed=())
    kept = tuple(item for item in report.diagnostics if item.severity in shown)
    return replace(report, diagnostics=kept, coverage=coverage)


def wants_colour() -> bool:
    """Whether standard output shows colours: NO_COLOR (no-color.org), FORCE_COLOR, a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _print(report: Report, name: str, least: str) -> None:
    """Print a report; characters that the encoding lacks are spelled out. A closed pipe is no failure."""
    text = _printable(report, name, Severity(least))
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has seen enough. What Python flushes at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def append(path: Path, text: str) -> None:
    """Add to a file of the runner, which other steps may have written to."""
    with path.open("ab") as file:
        file.write(text.encode("utf-8", "backslashreplace"))


def write(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees half of it; devices and pipes are written directly.

    A symbolic link is replaced, not followed, and none on the way may lead out of the working directory:
    a repository must not choose which file we write.
    """
    data = text.encode("utf-8", "backslashreplace")
    if DEVICES in path.absolute().parents or not (path.is_symlink() or path.is_file() or not path.exists()):
        with path.open("ab") as device:
            device.write(data)
        return
    if _led_astray(path.parent):
        raise OSError(EXDEV, f"a link in {path.parent} leads out of the working directory")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{os.urandom(8).hex()}.part")
    try:
        with draft.open("xb") as file:
            file.write(data)
        draft.replace(path)
    finally:
        with suppress(OSError):  # it is gone where all went well
            draft.unlink()


def _led_astray(folder: Path) -> bool:
    """Whether a folder that is below the working directory by its name is elsewhere."""
    inside = not folder.is_absolute() and ".." not in folder.parts
    return inside and not folder.resolve().is_relative_to(Path.cwd())
