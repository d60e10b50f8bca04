"""Finishes the image while it is built: our package made importable, everything compiled, caches warmed.

The image's file system may be read-only when it runs, so nothing may be left to write then.
"""

from __future__ import annotations

import compileall
import os
import site
import subprocess
import sys
import tempfile
from pathlib import Path
from py_compile import PycInvalidationMode

APP = Path(__file__).parent
EXAMPLE = """
resource "aws_iam_access_key" "one" {
  user   = "${join("-", ["a", "b"])}"
  status = "Active"
}
"""


def finish() -> None:
    """Everything that has to be written once."""
    packages = Path(site.getsitepackages()[0])
    (packages / "iam_key_guard.pth").write_text(f"{APP}\n")
    for folder in (packages, APP):
        mode = PycInvalidationMode.UNCHECKED_HASH
        compileall.compile_dir(folder, quiet=2, workers=os.cpu_count() or 1, invalidation_mode=mode)
    command = Path(sys.executable).with_name("iam-key-guard")
    command.write_text(f"#!{sys.executable} -IB\nfrom guard.process import program\n\nprogram()\n")
    command.chmod(0o755)
    warm()
    Path(__file__).unlink()


def warm() -> None:
    """Run the command once: it proves that the image works, and fills what is cached."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "main.tf").write_text(EXAMPLE)
        command = [sys.executable, "-I", str(APP / "entrypoint.py"), "check", "--format=html", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)


if __name__ == "__main__":
    finish()
