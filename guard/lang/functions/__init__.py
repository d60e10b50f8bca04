"""The built-in functions by name, loaded family by family when one is called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from guard.lang.functions.table import Function

_FAMILIES: Mapping[str, str] = {
    "collections": "coalesce coalescelist contains element index length one",
    "mappings": "keys lookup merge values",
    "pairing": "transpose zipmap",
    "sequences": "chunklist compact concat distinct flatten",
    "order": "range reverse slice sort",
    "sets": "matchkeys setintersection setproduct setsubtract setunion",
    "numeric": "abs alltrue anytrue ceil floor log max min parseint pow signum sum",
    "conversion": "ephemeralasnull issensitive list map nonsensitive sensitive tobool tolist tomap tonumber "
    "toset tostring",
    "strings": "chomp endswith indent join lower replace split startswith strcontains strrev substr title "
    "trim trimprefix trimspace trimsuffix upper",
    "formatting": "format formatlist",
    "regexes": "regex regexall",
    "encoding": "base64decode base64encode base64gunzip base64gzip csvdecode jsondecode jsonencode "
    "textdecodebase64 textencodebase64 urldecode urlencode",
    "yaml": "yamldecode yamlencode",
    "dates": "formatdate plantimestamp timeadd timecmp timestamp",
    "networks": "cidrcontains cidrhost cidrnetmask cidrsubnet cidrsubnets",
    "hashing": "base64sha256 base64sha512 bcrypt md5 rsadecrypt sha1 sha256 sha512 uuid uuidv5",
    "filesystem": "abspath basename dirname file filebase64 filebase64sha256 filebase64sha512 fileexists "
    "filemd5 fileset filesha1 filesha256 filesha512 pathexpand",
    "templates": "templatefile templatestring",
}
_FAMILY_OF = {name: family for family, names in _FAMILIES.items() for name in names.split()}


class _Functions(Mapping[str, Function]):
    """All functions; looking one up imports its family, listing the names imports nothing."""

    def __getitem__(self, name: str) -> Function:
        family = import_module(f"{__name__}.{_FAMILY_OF[name]}")
        table: Mapping[str, Function] = family.TABLE
        return table[name]

    def __contains__(self, name: object) -> bool:
        return name in _FAMILY_OF

    def __iter__(self) -> Iterator[str]:
        return iter(_FAMILY_OF)

    def __len__(self) -> int:
        return len(_FAMILY_OF)


FUNCTIONS: Mapping[str, Function] = _Functions()
