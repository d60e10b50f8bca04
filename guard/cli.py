"""The command line: picks the command, runs it, turns errors into messages and exit codes."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module

from guard import __version__
from guard.diagnostics import UsageError
from guard.records import dataclass
from guard.terminal import columns
from guard.visible import disarmed, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

WRONG_USE = UsageError.EXIT_CODE
INCOMPLETE = 3
INTERRUPTED = 130
LONGEST_MESSAGE = 4_000


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the tool: its module has `configure(parser)` and `run(arguments) -> exit code`."""

    module: str
    summary: str


COMMANDS = {
    "check": Command("guard.commands.check", "count the access keys that Terraform will leave active"),
    "audit": Command("guard.commands.audit", "count the access keys that are active in the live account"),
    "explain": Command("guard.commands.explain", "what a rule means, where it comes from, how to fix it"),
    "config": Command(
        "guard.commands.config", "show the settings that are in force, and where they come from"
    ),
    "merge": Command("guard.commands.merge", "join the JSON reports of an audit that was split with --shard"),
}

DESCRIPTION = """\
At most one active access key per IAM user: before Terraform deploys it, and in the live account."""

EXIT_CODES = """\
exit codes:
  0    nothing at or above --fail-on
  1    findings
  2    wrong use: arguments, configuration, a path without Terraform, a report that cannot be written
  3    incomplete: something that matters could not be read, and there is no finding
  130  interrupted"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; argv defaults to the process's. Returns the exit code."""
    _open_closed_streams()
    arguments = sys.argv[1:] if argv is None else list(argv)
    try:
        name, *rest = arguments or [""]
        if name in COMMANDS:
            return _run(name, rest)
        return _run(_overview().parse_args(arguments).command, [])
    except UsageError as error:
        return complain(error)
    except Exception:  # noqa: BLE001  # a fault of ours must end as "incomplete", never as exit code 1 or 0
        from traceback import format_exc

        lines = (visible(line, LONGEST_MESSAGE) for line in format_exc().split("\n"))
        print(disarmed("\n".join(lines)), file=sys.stderr)
        print(
            "iam-key-guard: internal error: this is a fault of iam-key-guard; please report it",
            file=sys.stderr,
        )
        return INCOMPLETE
    except KeyboardInterrupt:
        print("iam-key-guard: interrupted", file=sys.stderr)
        return INTERRUPTED


def _open_closed_streams() -> None:
    """A standard stream that was closed (`>&-`) is empty, and nobody sees what is written to it."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


def complain(error: UsageError) -> int:
    """Say what is wrong with the use, in a GitHub workflow as an annotation too. Returns the exit code."""
    print(f"iam-key-guard: {disarmed(visible(str(error), LONGEST_MESSAGE))}", file=sys.stderr)
    if os.environ.get("GITHUB_ACTIONS") == "true":
        from guard.reports.github import Annotation, command

        diagnostic = error.diagnostic
        title, detail = f"iam-key-guard: {diagnostic.summary}", visible(diagnostic.detail, LONGEST_MESSAGE)
        print(command(Annotation("error", title, detail, diagnostic.subject)))
    return WRONG_USE


def _help(prog: str) -> RawDescriptionHelpFormatter:
    """What writes help. argparse makes one for every argument."""
    return RawDescriptionHelpFormatter(prog, width=columns() - 2)


class _Parser(ArgumentParser):
    """Wrong arguments are wrong use like any other, and their text cannot act in a log."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        raise SystemExit(complain(UsageError("Wrong arguments", message)))


def _run(name: str, arguments: Sequence[str]) -> int:
    options = command_parser(name).parse_args(arguments)
    return int(import_module(COMMANDS[name].module).run(options))


def command_parser(name: str) -> ArgumentParser:
    """What reads the arguments of a command; of the commands only this one is imported."""
    parser = _parser(f"iam-key-guard {name}", COMMANDS[name].summary)
    import_module(COMMANDS[name].module).configure(parser)
    return parser


def _overview() -> ArgumentParser:
    """What answers where no command comes first: with help, the version, or what is wrong."""
    parser = _parser("iam-key-guard", DESCRIPTION)
    parser.epilog = EXIT_CODES
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, entry in COMMANDS.items():
        commands.add_parser(name, help=entry.summary)
    return parser


def _parser(prog: str, description: str) -> ArgumentParser:
    return _Parser(prog, description=description, formatter_class=_help)


if __name__ == "__main__":
    sys.exit(main())
