"""From root to the owner of the workspace: a container starts as root, and its files must not be root's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def drop_privileges(environment: Mapping[str, str]) -> None:
    """Become the owner of the workspace, if this is root and the owner is not. There is no way back.

    The workspace is GITHUB_WORKSPACE, else the working directory.
    """
    if os.name != "posix" or os.geteuid() != 0:
        return
    workspace = Path(environment.get("GITHUB_WORKSPACE") or ".")
    if not workspace.is_dir():
        return
    owner = workspace.stat()
    if owner.st_uid == 0:
        return
    os.setgroups([])
    os.setresgid(owner.st_gid, owner.st_gid, owner.st_gid)
    os.setresuid(owner.st_uid, owner.st_uid, owner.st_uid)
