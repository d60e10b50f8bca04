"""`iam-key-guard config`: what is in force, and from where."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from guard.commands.audit_options import add_settable_arguments
from guard.commands.audit_settings import ACCOUNTS, COMMAND_LINE, DEFAULT, in_force
from guard.commands.check import add_check_arguments, options_of
from guard.options import CheckOptions
from guard.visible import disarmed, visible
from guard.waiver import Waiver

EPILOG = (
    "It takes the arguments of `check`, and those of `audit` that the file can say too. It checks the "
    "settings file, and reads no Terraform and no account."
)


def configure(parser: ArgumentParser) -> None:
    parser.epilog = EPILOG
    add_check_arguments(parser)
    add_settable_arguments(parser)


def run(arguments: Namespace) -> int:
    """Print the settings; the exit code is 0, or 2 for a mistake in them."""
    options = options_of(arguments)
    everything = (*told(options), *_audit(arguments, options))
    lines = "\n".join(f"{name:<44}  {where}".rstrip() for name, where in everything)
    sys.stdout.write(disarmed(lines) + "\n")
    return 0


def told(options: CheckOptions) -> Iterator[tuple[str, str]]:
    """Each setting with its value, and where it comes from."""
    settings = options.settings
    yield "settings file", visible(settings.file or "none found")
    yield f"limit: {options.limit}", _origin(options, "limit", given=options.limit_given)
    yield f"fail-on: {options.fail_on.word}", _origin(options, "fail-on", given=options.fail_on_given)
    yield f"max-waiver-days: {settings.max_waiver_days}", _origin(options, "max-waiver-days", given=False)
    yield from _of_the_run(options)
    for argument in options.inputs.arguments:
        # A value may be a secret: only the name of the variable is shown.
        name = argument.value.partition("=")[0] if argument.kind == "var" else argument.value
        yield f"{argument.kind}: {visible(name)}", COMMAND_LINE
    for pattern in settings.exclude:
        yield f"exclude: {visible(pattern.text)}", visible(str(pattern.at))
    for name, account in settings.accounts.items():
        yield f"account of {visible(name)}: {account}", _origin(options, "accounts", given=False)
    yield from _roots(options)
    for module in settings.modules.values():
        for row in module.rows:
            if not row.seen:
                where = _origin(options, "modules", given=False)
                yield f"module {visible(str(module))}, versions: {row.versions}", where
    for waiver in settings.waivers:
        yield _waiver(waiver), visible(str(waiver.at))


def _of_the_run(options: CheckOptions) -> Iterator[tuple[str, str]]:
    """What the file cannot say, or what beats it wherever it says it."""
    selected = options.inputs.environment.get("TF_WORKSPACE")
    if options.inputs.workspace:
        yield f"workspace: {visible(options.inputs.workspace)}", COMMAND_LINE
    elif selected:
        yield f"workspace: {visible(selected)}", "TF_WORKSPACE"
    if options.baseline:
        yield f"baseline: {visible(str(options.baseline))}", COMMAND_LINE
    if options.base is not None:
        yield f"base: {visible(options.base)}", COMMAND_LINE


def _audit(arguments: Namespace, options: CheckOptions) -> Iterator[tuple[str, str]]:
    """What `audit` goes by besides."""
    chosen = in_force(arguments, options.settings)
    if not any(found.value for setting, found in chosen.items() if setting in ACCOUNTS):
        yield "audit.accounts: the one of the credentials", chosen[ACCOUNTS[0]].origin
    for setting, found in chosen.items():
        said = found.value is not None and found.value is not False and found.value != ()
        if not said or not setting.key.startswith("audit."):
            continue
        value = ", ".join(found.value) if isinstance(found.value, tuple) else found.value
        # An external id is no secret to AWS; people treat it as one.
        shown = "given" if setting.key == "audit.external-id" else visible(str(value))
        yield f"{setting.key}: {shown}", found.origin


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
