"""A report to standard output and files, as `--format FORMAT[=FILE]` says."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from guard.diagnostics import UsageError
from guard.reports import FORMATS
from guard.reports.model import Report

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
    failures = []
    for item in targets(arguments.formats):
        try:
            if item.file == STANDARD_OUTPUT:
                _print(_printable(report, item.format))
            else:
                write(Path(item.file), FORMATS[item.format].render(report))
        except OSError as error:
            place = "standard output" if item.file == STANDARD_OUTPUT else item.file
            failures.append(f"the {item.format} report cannot be written to {place}: {error.strerror}")
    if failures:
        raise UsageError("Report not written", "; ".join(failures) + ".")


def _printable(report: Report, name: str) -> str:
    if name == "text" and wants_colour():
        from guard.reports import text

        return text.render(report, colour=True)
    return FORMATS[name].render(report)


def wants_colour() -> bool:
    """Whether standard output shows colours: NO_COLOR (no-color.org), FORCE_COLOR, a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _print(text: str) -> None:
    """Print text; characters that the encoding lacks are spelled out. A closed pipe is no failure."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`| head`) has seen enough. What Python flushes at exit must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write(path: Path, text: str) -> None:
    """Write a file so that nobody ever sees half of it; devices and pipes are written directly.

    A symbolic link is replaced, not followed: a repository must not choose which file we overwrite.
    """
    data = text.encode("utf-8", "backslashreplace")
    if DEVICES in path.absolute().parents or (path.exists() and not path.is_file()):
        with path.open("ab") as device:
            device.write(data)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("xb") as file:
            file.write(data)
        draft.replace(path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        raise
