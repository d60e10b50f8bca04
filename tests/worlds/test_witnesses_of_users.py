"""A witness is of the users that it gives too many keys, and of no other user whose keys are made alike."""

from __future__ import annotations

from tests.checking import Checker

SERVICE = """\
variable "name" { type = string }
resource "aws_iam_access_key" "this" {
  user = var.name
}
"""
CALLS = """\
variable "a" { type = string }
variable "b" { type = string }
module "one" {
  source = "./service"
  name   = "x-${var.a}"
}
module "again" {
  source = "./service"
  name   = "x-${var.b}"
}
module "other" {
  source = "./service"
  name   = join("-", compact(["y", var.a]))
}
"""


def test_a_user_of_another_call_of_the_module_is_not_accused(check: Checker) -> None:
    ran = check({"main.tf": CALLS, "service/main.tf": SERVICE})
    verdicts = {key["address"]: user["verdict"] for user in ran.report["users"] for key in user["keys"]}
    accused = {address.split(".")[1] for address, verdict in verdicts.items() if verdict == "possible"}
    assert accused == {"one", "again"}


def test_a_witness_gives_what_people_can_give(check: Checker) -> None:
    text = """\
variable "users" { type = set(string) }
variable "list" { type = list(string) }
resource "aws_iam_access_key" "k" {
  for_each = var.users
  user     = "u${"%{ for x in coalescelist(split(":", each.key), var.list) }${split(":", each.key)[0]}%{ endfor }"}"
}
"""
    (user,) = check(text).report["users"]
    assert user["verdict"] == "possible"
    assert set(user["when"]) == {"var.users", "var.list"}
