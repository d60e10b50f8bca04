"""Records the keys of every root: `python -m tests.truth.record_repositories [--check] [NAME ...]`.

Plans every root of tests/repositories by the real Terraform and the real AWS provider (see record_configs for
what that needs, and why the recorded accounts stay).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.truth import aws, repositories, terraform


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="default: all repositories")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args()
    if not aws.available():
        print(f"{aws.MIRROR} names no directory with the AWS provider, or no Terraform", file=sys.stderr)
        return 2
    known = repositories.repositories()
    chosen = [repository for repository in known if not options.names or repository.name in options.names]
    changed = [repository.name for repository in chosen if _record(repository, check=options.check)]
    print(f"{len(chosen)} repositories; changed: {', '.join(changed) or 'none'}")
    return 1 if options.check and changed else 0


def _record(repository: repositories.Repository, *, check: bool) -> bool:
    with TemporaryDirectory() as name:
        copied = repositories.copy(repository, Path(name, "repository"))
        roots = {
            root: {**recorded, "keys": _keys(copied / root, recorded)}
            for root, recorded in repository.expected["roots"].items()
        }
    changed = bool(roots != repository.expected["roots"])
    if not check:
        repositories.write(repository, {**repository.expected, "roots": roots})
    elif changed:
        print(f"{repository.name}: planned {roots}", flush=True)
    return changed


def _keys(root: Path, recorded: Mapping[str, Any]) -> dict[str, list[str]]:
    repositories.make_plannable(root, recorded.get("given", {}))
    with aws.environment() as env:
        prepared = terraform.init(root, env, backend=True)
        planned = prepared if prepared.errors else aws.plan(root, [], env)
    if planned.errors:
        raise ValueError(f"{root}: refused: {planned.errors[0].text}")
    old = recorded.get("keys", {})
    return {
        address: [action, old.get(address, ("", "default"))[1], user, status]
        for address, (action, user, status) in aws.planned_keys(planned).items()
    }


if __name__ == "__main__":
    sys.exit(main())
