"""What several tests of plans and states are given."""

from pathlib import Path

import pytest

from tests.inventory.joining import Check


@pytest.fixture
def joined(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    return Check(tmp_path, capsys)
