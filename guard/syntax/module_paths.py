"""The source of a module call to the directory that it names.

https://github.com/hashicorp/terraform/blob/main/internal/addrs/module_source.go
"""

from __future__ import annotations

import os

_LOCAL = ("./", "../", ".\\", "..\\")


def is_local(source: str) -> bool:
    """Whether the source of a module call names a directory."""
    return source.startswith(_LOCAL)


def called_directory(caller: str, source: str) -> str:
    """The directory that a local source names, from the directory that calls it.

    A backslash separates on every system, and all text is NFC. Terraform takes out `..` by name, and then
    follows links.
    """
    if not source.isascii():
        from guard.values.text import nfc

        source = nfc(source)
    slashed = source.replace("\\", "/")
    return os.path.normpath(f"{caller}/{slashed}")
