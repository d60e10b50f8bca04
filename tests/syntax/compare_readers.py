"""Measures readers of HCL against each other: `python -m tests.syntax.compare_readers`.

Prints a Markdown table: over the recorded corpus, how often each reader refuses what Terraform accepts and
accepts what it refuses, and how fast each reads a typical file; then in how many blocks python-hcl2 reads
something else than we do, by the misreads that are known.
"""

from __future__ import annotations

import platform
import time
from collections import Counter
from collections.abc import Callable, Iterable
from importlib.metadata import version
from statistics import median

import hcl2
import pygohcl
from lark.exceptions import LarkError

from guard.source import SourceFile
from guard.syntax.errors import SyntaxProblem
from guard.syntax.load import decode
from guard.syntax.reader import read_body
from guard.syntax.second import Disagreement, compare
from guard.syntax.split import split
from tests.syntax.recorded import constructs

BLOCK = """
# The keys of a service account.
resource "aws_iam_access_key" "service_%d" {
  count  = var.enabled ? length(var.names) : 0
  user   = aws_iam_user.service[count.index].name
  status = contains(local.inactive, "svc-${var.names[count.index]}") ? "Inactive" : "Active"

  lifecycle {
    create_before_destroy = true
    ignore_changes        = [pgp_key]
  }
}

locals {
  policy_%d = <<-EOT
    {
      "Version": "2012-10-17",
      "Statement": [{"Effect": "Allow", "Resource": "arn:aws:s3:::${var.bucket}/*"}]
    }
  EOT
  users_%d = { for name, user in var.users : lower(name) => merge(user, { tags = var.tags }) if user.enabled }
}
"""
ROUNDS = 3


def ours(text: str) -> None:
    read_body(SourceFile("main.tf", text))


READERS: dict[str, tuple[Callable[[str], object], tuple[type[Exception], ...], int]] = {
    "guard.syntax": (ours, (SyntaxProblem,), 400),
    "python-hcl2": (hcl2.loads, (LarkError, ValueError, RuntimeError), 40),
    "pygohcl": (pygohcl.loads, (pygohcl.HCLParseError, pygohcl.HCLInternalError), 400),
}


def main() -> None:
    versions = ", ".join(f"{name} {version(name)}" for name in ("python-hcl2", "lark", "pygohcl"))
    print(f"{platform.python_implementation()} {platform.python_version()}, {versions}\n")
    cases = [(decode(case.data), case.valid) for case in constructs() if b"\0" not in case.data]
    valid = sum(accepted for _, accepted in cases)
    print(f"| {len(cases)} constructs, {valid} valid | refuses valid | accepts invalid | MB/s |")
    print("|---|---|---|---|")
    for name, (read, errors, blocks) in READERS.items():
        refused = sum(not accepts(read, errors, text) for text, accepted in cases if accepted)
        accepted = sum(accepts(read, errors, text) for text, accepted in cases if not accepted)
        print(f"| {name} | {refused} | {accepted} | {speed(read, typical(blocks)):.2f} |")
    splitting = speed(lambda text: split(SourceFile("main.tf", text)), typical(4000))
    print(f"| guard.syntax, splitting only | | | {splitting:.0f} |\n")
    for name, count in misreads(text for text, accepted in cases if accepted).most_common():
        print(f"- {count} blocks: {name}")


def misreads(texts: Iterable[str]) -> Counter[str]:
    """How often python-hcl2 reads something else in a block, by what is known of it."""
    found: Counter[str] = Counter()
    for text in texts:
        try:
            (block,) = read_body(SourceFile("main.tf", f"block {{\n{text}\n}}\n")).blocks
        except SyntaxProblem:
            continue
        answer = compare(block)
        if isinstance(answer, Disagreement):
            found[answer.known or "not known"] += 1
    return found


def accepts(read: Callable[[str], object], errors: tuple[type[Exception], ...], text: str) -> bool:
    try:
        read(text)
    except errors:
        return False
    return True


def typical(blocks: int) -> str:
    return "".join(BLOCK % (number, number, number) for number in range(blocks))


def speed(read: Callable[[str], object], text: str) -> float:
    """Megabytes per second of CPU time, the median of some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        read(text)
        times.append(time.process_time() - start)
    return len(text) / 1e6 / median(times)


if __name__ == "__main__":
    main()
