"""What the image installs: all that the project needs, each pinned by hash."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.tools import ROOT


def pinned():
    blocks = re.split(r"\n(?=\S)", (ROOT / "requirements.txt").read_text().strip())
    return {
        canonicalize_name(found[1]): (found[2], re.findall(r"--hash=sha256:[0-9a-f]{64}", block))
        for block in blocks
        if (found := re.match(r"([A-Za-z0-9_.-]+)==(\S+)", block))
    }


def test_every_dependency_is_pinned_as_the_project_asks():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    found = pinned()
    for text in project["dependencies"]:
        wanted = Requirement(text)
        assert canonicalize_name(wanted.name) in found, (
            f"{text} is not in requirements.txt: make requirements"
        )
        assert wanted.specifier.contains(found[canonicalize_name(wanted.name)][0])


def test_every_line_has_hashes_and_names_no_index():
    assert all(hashes for _, hashes in pinned().values())
    assert "://" not in (ROOT / "requirements.txt").read_text()
