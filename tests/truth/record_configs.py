"""Records what the real Terraform plans: `python -m tests.truth.record_configs [--check] [NAME ...]`.

Needs the real AWS provider in a filesystem mirror, whose directory IAM_KEY_GUARD_PROVIDER_MIRROR names, and
moto. Some five seconds a configuration. A plan does not tell which account a provider configuration points
at, so the recorded account of a key stays; of a new key it is `default` and needs a look.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.truth import aws, configs, terraform


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="default: all configurations")
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    options = parser.parse_args()
    if not aws.available():
        print(f"{aws.MIRROR} names no directory with the AWS provider, or no Terraform", file=sys.stderr)
        return 2
    known = [config for config in configs.configs() if configs.recordable(config)]
    chosen = [config for config in known if not options.names or config.name in options.names]
    changed = [config.name for config in chosen if _record(config, check=options.check)]
    print(f"{len(chosen)} configurations; changed: {', '.join(changed) or 'none'}")
    return 1 if options.check and changed else 0


def _record(config: configs.Config, *, check: bool) -> bool:
    keys, error = plan(config)
    old = configs.text(config.keys, config.error)
    new = configs.text(keys, error)
    if not check:
        (config.path / "expected.json").write_text(new, encoding="utf-8")
    elif new != old:
        print(f"{config.name}: recorded {old}planned {new}", flush=True)
    return new != old


def plan(config: configs.Config) -> tuple[dict[str, list[str]] | None, list[str]]:
    """The keys that Terraform plans, or None and the summaries of its errors."""
    with aws.environment(config.case.get("users", [])) as env, TemporaryDirectory() as name:
        root = configs.copy(config, Path(name, "config"))
        full = {**env, **config.case.get("env", {})}
        prepared = terraform.init(root, full)
        planned = prepared if prepared.errors else aws.plan(root, config.arguments, full)
    if planned.errors:
        return None, list(dict.fromkeys(error.summary for error in planned.errors))
    recorded = config.keys or {}
    return {
        address: [action, recorded.get(address, ("", "default"))[1], user, status]
        for address, (action, user, status) in aws.planned_keys(planned).items()
    }, []


if __name__ == "__main__":
    sys.exit(main())
