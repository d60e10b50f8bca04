"""`iam-key-guard check`: count the keys that Terraform will leave active."""

from __future__ import annotations

import os
from argparse import Action, ArgumentParser, Namespace
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from guard.commands.output import add_output_arguments, emit, write
from guard.commands.progress import sign_of_life
from guard.config.input_options import Argument, InputOptions
from guard.diagnostics import UsageError
from guard.in_force import find, with_settings
from guard.options import CheckOptions
from guard.rules import Verdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

FAIL_ON = {verdict.word: verdict for verdict in (Verdict.VIOLATION, Verdict.POSSIBLE, Verdict.UNDETERMINED)}

EPILOG = """\
examples:
  iam-key-guard check                          every root module here and below
  iam-key-guard check envs/prod --var-file prod.tfvars
  terraform show -json plan.out | iam-key-guard check -
  iam-key-guard check --format sarif=keys.sarif --format text"""


class InOrder(Action):
    """Collects --var and --var-file in the one order that Terraform gives them."""

    def __call__(
        self,
        parser: ArgumentParser,
        namespace: Namespace,
        values: str | Sequence[Any] | None,
        option: str | None = None,
    ) -> None:
        kind = "var-file" if option == "--var-file" else "var"
        namespace.inputs = [*namespace.inputs, Argument(kind, str(values))]


def configure(parser: ArgumentParser) -> None:
    parser.epilog = EPILOG
    add_check_arguments(parser)
    add_output_arguments(parser)


def add_check_arguments(parser: ArgumentParser) -> None:
    """All arguments of `check` but those of the output."""
    parser.set_defaults(inputs=[])
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        default=[Path()],
        metavar="PATH",
        help="a directory (its root modules are found), a .tf file, a plan as JSON or a state; - reads it "
        "from standard input",
    )
    given = parser.add_argument_group("inputs, as for terraform plan")
    given.add_argument("--var", action=InOrder, metavar="NAME=VALUE", help="set an input variable")
    given.add_argument("--var-file", action=InOrder, metavar="FILE", help="read input variables from a file")
    given.add_argument("--workspace", metavar="NAME", help="the selected workspace")
    given.add_argument(
        "--no-variants",
        action="store_true",
        help="do not try variable files that lie in a root but are not loaded",
    )
    strictness = parser.add_argument_group("strictness")
    strictness.add_argument("--limit", type=int, metavar="N", help="active keys allowed per user (default 1)")
    strictness.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        help="the mildest verdict that fails (default undetermined)",
    )
    strictness.add_argument(
        "--require-complete", action="store_true", help="fail also if a module is not on disk"
    )
    strictness.add_argument(
        "--no-second-reader",
        action="store_true",
        help="do not read the deciding blocks again with python-hcl2",
    )
    strictness.add_argument(
        "--confine", type=Path, metavar="DIR", help="open nothing outside of this directory"
    )
    baseline = strictness.add_mutually_exclusive_group()
    baseline.add_argument(
        "--baseline",
        type=Path,
        metavar="FILE",
        help="findings in this file do not fail, unless they got worse",
    )
    baseline.add_argument(
        "--write-baseline", type=Path, metavar="FILE", help="write the findings of this run to that file"
    )
    strictness.add_argument(
        "--base",
        metavar="REF",
        help="say what this change allows itself: waivers, ignores, limits, exclusions that the commit REF "
        "does not have (default: the base of the pull request in a GitHub or GitLab job)",
    )
    strictness.add_argument(
        "--config",
        type=Path,
        metavar="FILE",
        help="the settings; without it, .iam-key-guard.yaml is looked for from the paths upwards",
    )


def options_of(arguments: Namespace) -> CheckOptions:
    """What is in force: the command line, else the settings file, else the default."""
    options = stated(arguments)
    file = arguments.config or find(options)
    if file is None:
        return options
    return with_settings(options, file, named=arguments.config is not None)


def stated(arguments: Namespace) -> CheckOptions:
    """What the command line says, with defaults for the rest."""
    if arguments.limit is not None and arguments.limit < 0:
        raise UsageError("Invalid --limit argument", f"{arguments.limit} is less than 0.")
    return CheckOptions(
        paths=tuple(arguments.paths),
        inputs=InputOptions(tuple(arguments.inputs), dict(os.environ), arguments.workspace),
        limit=1 if arguments.limit is None else arguments.limit,
        fail_on=FAIL_ON[arguments.fail_on or "undetermined"],
        limit_given=arguments.limit is not None,
        fail_on_given=arguments.fail_on is not None,
        require_complete=arguments.require_complete,
        variants=not arguments.no_variants,
        second_reader=not arguments.no_second_reader,
        confine=arguments.confine,
        baseline=arguments.baseline or arguments.write_baseline,
        base=arguments.base,
        config=arguments.config,
        writes_baseline=arguments.write_baseline is not None,
    )


def run(arguments: Namespace) -> int:
    from guard.pipeline import check

    adopt = partial(_write_baseline, arguments.write_baseline) if arguments.write_baseline else None
    with sign_of_life("checking"):
        report = check(options_of(arguments), adopt=adopt)
    emit(report, arguments)
    return report.exit_code


def _write_baseline(path: Path, text: str) -> None:
    try:
        write(path, text)
    except OSError as problem:
        raise UsageError("Baseline not written", f"{path}: {problem.strerror}.") from problem
