"""Records how many active keys inputs give: `python -m tests.truth.record_cases [--check] [NAME ...]`.

Plans every case of tests/cases with every assignment of its inputs, by the real Terraform and the real AWS
provider (see record_configs for what that needs), and stores the number of active keys of each user.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.truth import aws, cases, terraform


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="default: all cases")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args()
    if not aws.available():
        print(f"{aws.MIRROR} names no directory with the AWS provider, or no Terraform", file=sys.stderr)
        return 2
    known = [case for case in cases.cases() if "by_hand" not in case.expected]
    chosen = [case for case in known if not options.names or case.name in options.names]
    changed = [case.name for case in chosen if _record(case, check=options.check)]
    print(f"{len(chosen)} cases; changed: {', '.join(changed) or 'none'}")
    return 1 if options.check and changed else 0


def _record(case: cases.Case, *, check: bool) -> bool:
    with TemporaryDirectory() as name:
        root = cases.copy(case, Path(name, "case"))
        inputs = [{**entry, "active": active(root, entry["given"])} for entry in case.expected["inputs"]]
    new = {**case.expected, "inputs": inputs}
    if not check:
        cases.write(case, new)
    elif new != case.expected:
        print(f"{case.name}: planned {json.dumps(inputs)}", flush=True)
    return new != case.expected


def active(root: Path, given: Mapping[str, Any]) -> dict[str, int]:
    """How many active keys Terraform plans for each user, when the inputs have these values.

    Keys whose user or status is not known when planning stand under `<unknown>`.
    """
    with aws.environment(given.get(cases.AWS_USERS, [])) as env:
        full = {**env, **cases.workspace_environment(given)}
        prepared = terraform.init(root, full)
        arguments = cases.write_inputs(root, given)
        planned = prepared if prepared.errors else aws.plan(root, arguments, full)
    if planned.errors:
        raise ValueError(f"{root}: {given}: refused: {planned.errors[0].text}")
    keys = aws.planned_keys(planned).values()
    active_users = [user for _, user, status in keys if status == "Active"]
    open_users = [aws.UNKNOWN for _, _, status in keys if status == aws.UNKNOWN]
    return dict(sorted(Counter(active_users + open_users).items()))


if __name__ == "__main__":
    sys.exit(main())
