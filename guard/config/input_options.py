"""What the user states about the inputs of root modules."""

from __future__ import annotations

from collections.abc import Mapping

from guard.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Argument:
    """One `--var` or `--var-file`, in the order of the command line."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class InputOptions:
    """What the user states about inputs. arguments: `--var` and `--var-file` in their order.

    accounts: account ids by `default`, `profile:NAME` or provider configuration of the root module.
    """

    arguments: tuple[Argument, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    workspace: str | None = None
    accounts: Mapping[str, str] = field(default_factory=dict)

    @property
    def data_directory(self) -> str:
        """Where `terraform init` keeps what it installs, relative to the root module."""
        return self.environment.get("TF_DATA_DIR") or ".terraform"
