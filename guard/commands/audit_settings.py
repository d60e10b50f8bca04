"""What is in force for an audit: the command line, else the settings file, else the default."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping

from guard.records import dataclass
from guard.settings.model import Settings
from guard.visible import visible

DEFAULT_ROLE = "iam-key-guard-audit"
COMMAND_LINE = "command line"
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting of audits.

    key: its place in the file. argument: its name among the parsed arguments. default: for where neither
    the command line nor the file says it.
    """

    key: str
    argument: str
    default: object

    def of(self, settings: Settings) -> object:
        """What the file says."""
        part, _, name = self.key.rpartition(".")
        value: object = getattr(settings.audit if part else settings, name.replace("-", "_"))
        return value


@dataclass(frozen=True, slots=True)
class InForce:
    """A value, and where it comes from."""

    value: object
    origin: str


SETTINGS = (
    Setting("limit", "limit", 1),
    Setting("fail-on", "fail_on", "undetermined"),
    Setting("audit.role-name", "role_name", DEFAULT_ROLE),
    Setting("audit.external-id", "external_id", None),
    Setting("audit.evidence", "evidence", "auto"),
    Setting("audit.max-age", "max_age", 90),
    Setting("audit.unused-after", "unused_after", 90),
)
ACCOUNTS = (
    Setting("audit.org", "org", default=False),
    Setting("audit.accounts", "account_ids", ()),
    Setting("audit.accounts-file", "accounts", None),
)


def in_force(arguments: Namespace, settings: Settings) -> Mapping[Setting, InForce]:
    """Every setting that the arguments of a command can give, with its value and where that comes from."""
    chosen = {
        setting: _chosen(setting, arguments, settings)
        for setting in SETTINGS
        if hasattr(arguments, setting.argument)
    }
    if hasattr(arguments, "org"):
        chosen.update(_accounts(arguments, settings))
    return chosen


def completed(arguments: Namespace, settings: Settings) -> Namespace:
    """The arguments, with the settings where the command line says nothing."""
    values = {setting.argument: found.value for setting, found in in_force(arguments, settings).items()}
    return Namespace(**{**vars(arguments), **values})


def _chosen(setting: Setting, arguments: Namespace, settings: Settings) -> InForce:
    stated = getattr(arguments, setting.argument)
    if stated is not None:
        return InForce(stated, COMMAND_LINE)
    place = settings.places.get(setting.key)
    if place is not None:
        return InForce(setting.of(settings), visible(str(place)))
    return InForce(setting.default, DEFAULT)


def _accounts(arguments: Namespace, settings: Settings) -> Iterator[tuple[Setting, InForce]]:
    """Which accounts: what the command line says of them replaces all that the file says."""
    by_command = arguments.org or arguments.accounts or arguments.own_account
    for setting in ACCOUNTS:
        stated = getattr(arguments, setting.argument, None)
        if by_command:
            yield setting, InForce(stated or setting.default, COMMAND_LINE)
        else:
            place = settings.places.get(setting.key)
            value = setting.of(settings) if place else setting.default
            yield setting, InForce(value, visible(str(place)) if place else DEFAULT)
