"""`iam-key-guard config`: what is in force, and from where."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from guard.commands.check import add_check_arguments, options_of
from guard.options import CheckOptions
from guard.suppress import Waiver
from guard.visible import disarmed, visible

EPILOG = "It takes the arguments of `check`, checks the settings file, and reads no Terraform."
COMMAND_LINE = "command line"
DEFAULT = "default"


def configure(parser: ArgumentParser) -> None:
    parser.epilog = EPILOG
    add_check_arguments(parser)


def run(arguments: Namespace) -> int:
    """Print the settings; the exit code is 0, or 2 for a mistake in them."""
    lines = "\n".join(f"{name:<44} {where}".rstrip() for name, where in told(options_of(arguments)))
    sys.stdout.write(disarmed(lines) + "\n")
    return 0


def told(options: CheckOptions) -> Iterator[tuple[str, str]]:
    """Each setting with its value, and where it comes from."""
    settings = options.settings
    yield "settings file", visible(settings.file or "none found")
    yield f"limit: {options.limit}", _origin(options, "limit", given=options.limit_given)
    yield f"fail-on: {options.fail_on.word}", _origin(options, "fail-on", given=options.fail_on_given)
    yield f"max-waiver-days: {settings.max_waiver_days}", _origin(options, "max-waiver-days", given=False)
    if options.inputs.workspace:
        yield f"workspace: {visible(options.inputs.workspace)}", COMMAND_LINE
    for argument in options.inputs.arguments:
        # A value may be a secret: only the name of the variable is shown.
        name = argument.value.partition("=")[0] if argument.kind == "var" else argument.value
        yield f"{argument.kind}: {visible(name)}", COMMAND_LINE
    for pattern in settings.exclude:
        yield f"exclude: {visible(pattern.text)}", visible(str(pattern.at))
    for name, account in settings.accounts.items():
        yield f"account of {visible(name)}: {account}", _origin(options, "accounts", given=False)
    yield from _roots(options)
    for waiver in settings.waivers:
        yield _waiver(waiver), visible(str(waiver.at))


def _roots(options: CheckOptions) -> Iterator[tuple[str, str]]:
    for root in options.settings.roots:
        parts = [f"var-file {name}" for name in root.var_files]
        parts += [f"var {name}" for name in root.variables]
        parts += [f"workspace {root.workspace}"] if root.workspace else []
        parts += [f"account {root.account}"] if root.account else []
        yield f"root {visible(root.pattern)}: {visible(', '.join(parts))}", visible(str(root.at))


def _waiver(waiver: Waiver) -> str:
    return visible(
        f"waiver: {waiver.user} (account {waiver.account}), at most {waiver.at_most}, until {waiver.until}"
    )


def _origin(options: CheckOptions, key: str, *, given: bool) -> str:
    if given:
        return COMMAND_LINE
    place = options.settings.places.get(key)
    return visible(str(place)) if place else DEFAULT
