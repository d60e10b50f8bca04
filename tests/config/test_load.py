"""Called modules found on disk."""

from __future__ import annotations

from tests.checking import Checker

CALL = 'module "m" { source = "./link/../sibling" }\n'
ONE = 'resource "aws_iam_access_key" "k" { user = "alice" }\n'


def test_parent_steps_are_taken_out_by_name_before_links_are_followed(check: Checker) -> None:
    check.write({"root/sibling/main.tf": ONE + ONE.replace('"k"', '"other"'), "far/sibling/main.tf": ONE})
    (check.directory / "far" / "module").mkdir()
    (check.directory / "root" / "link").symlink_to(check.directory / "far" / "module")
    assert check({"root/main.tf": CALL}, "root").active == {"alice": (2, 2)}
