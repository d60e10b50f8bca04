"""Stands in AWS's place while the real Terraform plans with the real AWS provider."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.truth import terraform

MIRROR = "IAM_KEY_GUARD_PROVIDER_MIRROR"
MISSING_PROFILE = re.compile(r"failed to get shared config profile, (\S+)")
UNKNOWN = "<unknown>"
KEY_TYPES = ("aws_iam_access_key", "awsutils_expiring_iam_access_key")


def available() -> bool:
    """Whether this machine has Terraform and a filesystem mirror with the AWS provider."""
    return MIRROR in os.environ and terraform.available() is not None


@contextmanager
def environment(users: Iterable[str] = ()) -> Iterator[dict[str, str]]:
    """The environment in which Terraform finds an AWS that holds these users, and nothing of this machine."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        with TemporaryDirectory() as name:
            env = _settings(Path(name), f"http://{host}:{port}")
            _start_afresh(env["AWS_ENDPOINT_URL"])
            create_users(users, env["AWS_ENDPOINT_URL"])
            yield env
    finally:
        server.stop()


def plan(root: Path, arguments: Sequence[str], env: Mapping[str, str]) -> terraform.Planned:
    """Plan an initialised directory, adding the profiles that its providers turn out to ask for."""
    while True:
        planned = terraform.plan(root, arguments, env)
        texts = [f"{error.summary} {error.detail}" for error in planned.errors]
        missing = {match[1] for text in texts if (match := MISSING_PROFILE.search(text))}
        if not missing:
            return planned
        with Path(env["AWS_SHARED_CREDENTIALS_FILE"]).open("a", encoding="utf-8") as file:
            file.writelines(
                f"[{name}]\naws_access_key_id = x\naws_secret_access_key = x\n" for name in missing
            )


def planned_keys(planned: terraform.Planned) -> dict[str, tuple[str, str, str]]:
    """Action, user and status of each access key of a plan, by address."""
    keys = {}
    for resource in planned.document.get("resource_changes", []):
        if resource["type"] in KEY_TYPES:
            change = resource["change"]
            user, status = (str((change["after"] or {}).get(name, UNKNOWN)) for name in ("user", "status"))
            keys[resource["address"]] = (change["actions"][0], user, status)
    return keys


def create_users(names: Iterable[str], endpoint: str) -> None:
    """Create IAM users."""
    import boto3

    for name in names:
        iam = boto3.client(
            "iam",
            endpoint_url=endpoint,
            region_name="us-east-1",
            aws_access_key_id="x",
            aws_secret_access_key="x",
        )
        iam.create_user(UserName=name)


def _start_afresh(endpoint: str) -> None:
    """Servers of one process share their AWS: empty it."""
    from urllib.request import Request, urlopen

    urlopen(Request(f"{endpoint}/moto-api/reset", method="POST")).close()


def _settings(directory: Path, endpoint: str) -> dict[str, str]:
    settings = directory / "cli.tfrc"
    mirror = Path(os.environ[MIRROR]).resolve()
    settings.write_text(
        f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n'
    )
    credentials = directory / "credentials"
    credentials.touch()
    return {
        "TF_CLI_CONFIG_FILE": str(settings),
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "x",
        "AWS_SECRET_ACCESS_KEY": "x",
        "AWS_SHARED_CREDENTIALS_FILE": str(credentials),
        "AWS_CONFIG_FILE": str(directory / "none"),
        "AWS_EC2_METADATA_DISABLED": "true",
    }
