"""Prints the directories where python-hcl2 reads two keys of one user: python with_hcl2.py DIRECTORY."""

import sys
from collections import Counter
from pathlib import Path

import hcl2

active: Counter[tuple[str, str]] = Counter()
for file in sorted(Path(sys.argv[1]).rglob("*.tf")):
    try:
        blocks = hcl2.loads(file.read_text()).get("resource", [])
    except Exception as problem:  # noqa: BLE001  # lark has many
        print(f"{file}: {type(problem).__name__}", file=sys.stderr)
        continue
    for block in blocks:
        for kind, resources in block.items():
            for body in resources.values():
                if kind.strip('"') == "aws_iam_access_key" and "Inactive" not in str(body.get("status")):
                    active[str(file.parent), str(body.get("user"))] += 1
for directory in sorted({directory for (directory, _), count in active.items() if count > 1}):
    print(directory)
