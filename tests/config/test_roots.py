"""Which directories are root modules."""

from __future__ import annotations

from pathlib import Path

import pytest

from guard.config.load import Loader
from guard.config.roots import find_roots
from guard.config.workspace import Workspace

MODULE = 'resource "aws_iam_access_key" "k" { user = "a" }\n'
CALL = 'module "m" { source = "%s" }\n'


def roots_of(boundary: Path, named: Path) -> tuple[Path, ...]:
    return find_roots([named], Loader(Workspace(boundary, boundary))).paths


@pytest.mark.parametrize(
    ("files", "roots"),
    [
        ({"main.tf": MODULE}, {"."}),
        ({"live/main.tf": CALL % "../modules/key", "modules/key/main.tf": MODULE}, {"live"}),
        (
            {
                "live/main.tf": CALL % "../modules/key",
                "modules/key/main.tf": MODULE,
                "modules/key/terraform.tfvars": "",
            },
            {"live", "modules/key"},
        ),
        (
            {"live/main.tf": CALL % "../m", "m/main.tf": MODULE + 'terraform {\n  backend "s3" {}\n}\n'},
            {"live", "m"},
        ),
        ({"live/main.tf": CALL % "../m", "m/main.tf": MODULE, "m/.terraform.lock.hcl": ""}, {"live", "m"}),
        ({"a/main.tf": CALL % "../b", "b/main.tf": CALL % "../a" + MODULE}, {"a", "b"}),
        ({"a/main.tf": MODULE, "a/.terraform/modules/x/main.tf": MODULE}, {"a"}),
        (
            {
                "a/x.tf": CALL % "x/y/z",
                "a/.terraform/modules/modules.json": '{"Modules": [{"Dir": ".terraform/modules/x"}, {"Dir": "b"}]}',
                "a/.terraform/modules/x/main.tf": MODULE,
                "a/b/main.tf": MODULE,
            },
            {"a", "a/b"},
        ),
        (
            {"main.tf": 'locals { d = ["./a"] }\n# source = "./b"\n', "a/x.tf": MODULE, "b/x.tf": MODULE},
            {"a", "b"},
        ),
        ({"main.tf": '# module m { source = "./a" }\n', "a/x.tf": MODULE}, {".", "a"}),
        ({"main.tf": '# "./a"', "a/x.tf": CALL % "../b", "b/x.tf": CALL % "../a" + MODULE}, {"a", "b"}),
        ({"x.tf": 'module "m" { source = "${"./a"}" }\n', "a/x.tf": MODULE}, {"."}),
        ({"x.tf": 'module "m" { source = var.x }\nlocals { x = "./a" }\n', "a/x.tf": MODULE}, {".", "a"}),
        ({"x.tofu": 'locals { d = "./a" }\nmodule "m" { source = (local.d) }\n', "a/x.tofu": MODULE}, {"."}),
        (
            {"x.tofu": 'locals { d = local.d }\nmodule "m" { source = local.d }\n', "a/x.tofu": MODULE},
            {".", "a"},
        ),
        (
            {"x.tf": CALL % "./a", "x_override.tf": CALL % "./b", "a/x.tf": MODULE, "b/x.tf": MODULE},
            {"."},
        ),
        ({"a/main.tf.json": '{"module": {"m": {"source": "../b"}}}', "b/main.tf": MODULE}, {"a"}),
    ],
)
def test_the_roots_of_a_tree(tmp_path: Path, files: dict[str, str], roots: set[str]) -> None:
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert {path.relative_to(tmp_path).as_posix() for path in roots_of(tmp_path, tmp_path)} == roots


def test_a_named_directory_is_a_root_although_it_is_called(tmp_path: Path) -> None:
    for name, text in {"live/main.tf": CALL % "../m", "m/main.tf": MODULE}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, "utf-8")
    assert roots_of(tmp_path, tmp_path / "m") == (tmp_path / "m",)
