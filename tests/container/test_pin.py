"""What a release writes into action.yml and the hook."""

import shutil
import subprocess
import sys

import yaml

from tests.tools import ROOT

IMAGE = f"docker://ghcr.io/example/iam-key-guard@sha256:{'0' * 64}"


def pin(folder, image):
    command = [sys.executable, ROOT / "container/pin.py", image]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_both_files_name_the_image_by_digest(tmp_path):
    for name in ("action.yml", ".pre-commit-hooks.yaml"):
        shutil.copy(ROOT / name, tmp_path)
    assert pin(tmp_path, IMAGE).returncode == 0
    assert yaml.safe_load((tmp_path / "action.yml").read_text())["runs"] == {
        "using": "docker",
        "image": IMAGE,
    }
    hooks = yaml.safe_load((tmp_path / ".pre-commit-hooks.yaml").read_text())
    assert hooks[1]["entry"] == f"{IMAGE.removeprefix('docker://')} check"
    again = pin(tmp_path, IMAGE)
    assert again.returncode == 1
    assert "exactly once" in again.stderr


def test_only_a_digest_will_do(tmp_path):
    for image in ("docker://ghcr.io/example/iam-key-guard:1", "ghcr.io/x@sha256:00", f"{IMAGE}\n"):
        assert "by digest" in pin(tmp_path, image).stderr
