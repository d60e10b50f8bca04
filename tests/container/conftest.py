"""The image that the tests of this folder run."""

import pytest

from tests.container.podman import action_image, require_podman


@pytest.fixture(scope="session")
def image() -> str:
    require_podman()
    return action_image()
