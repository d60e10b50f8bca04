"""Records what the real Terraform makes of expressions: `python -m tests.truth.record [--check] [FILE ...]`.

To add a case, add `{"expr": "…"}` to a file of tests/truth/expressions and run this. `--check` writes
nothing and fails when an answer differs from the recorded one.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.truth import expressions, terraform


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="default: all files of tests/truth/expressions")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args()
    if terraform.available() is None:
        print(f"terraform {terraform.VERSION} is not on the PATH", file=sys.stderr)
        return 2
    chosen = [expressions.read(path) for path in options.files] or expressions.topics()
    changed = [topic.path.name for topic in chosen if _record(topic, check=options.check)]
    print(f"{sum(len(topic.cases) for topic in chosen)} expressions; changed: {', '.join(changed) or 'none'}")
    return 1 if options.check and changed else 0


def _record(topic: expressions.Topic, *, check: bool) -> bool:
    """Ask Terraform about every case of a file. Returns whether its text changes."""
    answers = expressions.ask(topic.prelude, topic.files, [case["expr"] for case in topic.cases])
    old = topic.path.read_text(encoding="utf-8")
    new = expressions.text(topic, answers)
    if not check:
        topic.path.write_text(new, encoding="utf-8")
    return new != old


if __name__ == "__main__":
    sys.exit(main())
