"""Module source addresses: which module of a registry or of GitHub a text names.

https://developer.hashicorp.com/terraform/language/modules/sources
"""

from __future__ import annotations

import re

from guard.config.versions import EVERY, Span, VersionError, constraint, version
from guard.records import dataclass
from guard.syntax.module_paths import is_local

LONGEST = 2000
PUBLIC_REGISTRIES = frozenset({"registry.terraform.io", "registry.opentofu.org"})
GITHUB = frozenset({"github.com", "www.github.com", "ssh.github.com"})
_NAME = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z_-]{0,62}[0-9A-Za-z])?\Z")
_SHORT_REF = re.compile(r"v?\d+(?:\.\d+)?\Z")
_ARCHIVE = (".tar.gz", ".tgz", ".zip")
REGISTRY_PARTS = 3
REPOSITORY_PARTS = 2
_ARCHIVE_PARTS = 4


@dataclass(frozen=True, slots=True)
class ModuleAddress:
    """A module of the public registry or of a GitHub repository, names in lower case; or one elsewhere.

    package: `namespace/name/provider`; a repository `owner/terraform-provider-name` is the same package.
    Elsewhere, the source itself up to the submodule.
    submodule: the directory in it, "" for the top. allowed: the versions that the text itself allows.
    in_registry: whether a `version` argument applies.
    """

    package: str
    submodule: str
    allowed: Span
    in_registry: bool

    def __str__(self) -> str:
        return f"{self.package}//{self.submodule}" if self.submodule else self.package


def module_address(source: str) -> ModuleAddress | None:
    """The module that a source names, or None for local paths and all other places."""
    if len(source) > LONGEST or is_local(source):
        return None
    return _in_registry(source) or _on_github(source)


def named_address(source: str) -> ModuleAddress | None:
    """The module that a source names, wherever it is, or None for local paths."""
    if len(source) > LONGEST or is_local(source) or not source:
        return None
    return module_address(source) or _elsewhere(source)


def _elsewhere(source: str) -> ModuleAddress:
    """A module of another registry, `HOST/NAMESPACE/NAME/PROVIDER`, or what any other text names."""
    text, _, query = source.partition("?")
    scheme, separator, rest = text.rpartition("://")
    package, _, submodule = rest.partition("//")
    host, *parts = package.split("/")
    in_registry = (
        not separator and "." in host and len(parts) == REGISTRY_PARTS and all(map(_NAME.match, parts))
    )
    name = package.lower() if in_registry else f"{scheme}{separator}{package}"
    return ModuleAddress(name, _directory(submodule), _allowed(_ref(query)), in_registry)


def _in_registry(source: str) -> ModuleAddress | None:
    package, _, submodule = source.partition("//")
    parts = package.split("/")
    if len(parts) == REGISTRY_PARTS + 1 and parts[0].lower() in PUBLIC_REGISTRIES:
        parts = parts[1:]
    if len(parts) != REGISTRY_PARTS or not all(map(_NAME.match, parts)):
        return None
    return ModuleAddress("/".join(parts).lower(), _directory(submodule), EVERY, in_registry=True)


def _directory(text: str) -> str:
    return "/".join(part for part in text.partition("?")[0].split("/") if part not in ("", "."))


# --- GitHub ------------------------------------------------------------------------------------


def _on_github(source: str) -> ModuleAddress | None:
    """`github.com/o/r//dir?ref=v1`, `git@github.com:o/r.git`, `git::https://…`, an archive of a tag."""
    text, _, query = source.partition("?")
    scheme, separator, rest = text.removeprefix("git::").partition("://")
    address = rest if separator else scheme
    host, path = _split_host(address)
    if host not in GITHUB:
        return None
    repository, _, submodule = path.partition("//")
    parts = repository.removesuffix(".git").lower().split("/")
    ref = _ref(query)
    if len(parts) >= _ARCHIVE_PARTS and parts[2] == "archive" and parts[-1].endswith(_ARCHIVE):
        ref = next(parts[-1].removesuffix(ending) for ending in _ARCHIVE if parts[-1].endswith(ending))
        parts, submodule = parts[:REPOSITORY_PARTS], submodule.partition("/")[2]
    package = _package(parts)
    if package is None:
        return None
    return ModuleAddress(package, _directory(submodule), _allowed(ref), in_registry=False)


def _split_host(address: str) -> tuple[str, str]:
    """The host, without user and port, and the path after it."""
    authority, _, path = address.partition("/")
    host, colon, after = authority.rpartition("@")[2].partition(":")
    if colon and not after.isdecimal():
        path = f"{after}/{path}"  # git@github.com:owner/repository
    return host.lower(), path


def _package(parts: list[str]) -> str | None:
    """The registry's name for a repository: it publishes `owner/terraform-provider-name`."""
    if len(parts) != REPOSITORY_PARTS or not parts[1].startswith("terraform-"):
        return None
    provider, _, name = parts[1].removeprefix("terraform-").partition("-")
    return f"{parts[0]}/{name}/{provider}" if name else None


def _ref(query: str) -> str | None:
    return next((part.removeprefix("ref=") for part in query.split("&") if part.startswith("ref=")), None)


def _allowed(ref: str | None) -> Span:
    """The versions that a git ref can be: the one of a tag; any, for a branch or a commit."""
    if ref is None:
        return EVERY
    tag = ref.removeprefix("refs/").removeprefix("tags/")
    try:
        if _SHORT_REF.match(tag):  # a tag that moves, such as v1
            return constraint(f"~> {tag}.0")
        found = version(tag)
    except VersionError:
        return EVERY
    return Span(found, found, with_high=True)
