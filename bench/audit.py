"""Audits of one moto server by this tool and by others: calls, time, memory, and whether the answer is right.

    python bench/audit.py [--users 5000] [--two 500] [--accounts 100] [--output bench/audit.md]

Others are optional, and never dependencies: Prowler where the variable PROWLER names its program, the loop of
the CIS text where `aws` is on the path (over a sample of users, since it takes half an hour for all of them).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import boto3
from botocore.config import Config

ROOT = Path(__file__).parent.parent
KEYS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "y", "AWS_DEFAULT_REGION": "us-east-1"}
LOOP = """
names=$(aws iam list-users --query 'Users[].UserName' --output text)
for user in $(echo "$names" | tr '\\t' '\\n' | sort | head -n "$SAMPLE"); do
  active=$(aws iam list-access-keys --user-name "$user" \\
    --query "length(AccessKeyMetadata[?Status=='Active'])" --output text)
  if [ "$active" -gt 1 ]; then echo "$user"; fi
done
"""


@dataclass(frozen=True)
class Server:
    url: str
    log: Path

    def calls(self) -> int:
        return sum(b' HTTP/1.1" ' in line for line in self.log.read_bytes().splitlines())


@dataclass(frozen=True)
class Run:
    """What a command cost. found: the users that it reports."""

    name: str
    calls: int
    seconds: float
    cpu: float
    megabytes: float
    found: frozenset[str]
    note: str = ""


@contextmanager
def moto(folder: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = folder / "moto.log"
    command = [sys.executable, "-W", "ignore", "-m", "moto.server", "-p", str(port)]
    with log.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream)
        try:
            while socket.socket().connect_ex(("127.0.0.1", port)):
                if process.poll() is not None:
                    sys.exit(log.read_text())
                time.sleep(0.05)
            yield Server(f"http://127.0.0.1:{port}", log)
        finally:
            process.terminate()
            process.wait()


def client(server: Server, service: Literal["iam", "sts"], **credentials: str) -> Any:
    keys: Mapping[str, Any] = {"aws_access_key_id": "x", "aws_secret_access_key": "y"} | credentials
    config = Config(max_pool_connections=8)
    return boto3.client(service, endpoint_url=server.url, region_name="us-east-1", config=config, **keys)


def fill(iam: Any, users: int, two: int, prefix: str = "user") -> frozenset[str]:
    """Make users with a key each, evenly spread ones with two. Returns these."""
    chosen = {number * users // two for number in range(two)}

    def make(number: int) -> None:
        name = f"{prefix}-{number:05d}"
        iam.create_user(UserName=name)
        for _ in range(1 + (number in chosen)):
            iam.create_access_key(UserName=name)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, range(users)))
    return frozenset(f"{prefix}-{number:05d}" for number in chosen)


def fill_accounts(server: Server, accounts: int, users: int) -> Path:
    """Accounts with users of whom every tenth has two keys; a file with the accounts' ids."""
    sts = client(server, "sts")
    ids = [f"{number:012d}" for number in range(1, accounts + 1)]
    for account in ids:
        role = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/x", RoleSessionName="bench")[
            "Credentials"
        ]
        iam = client(
            server,
            "iam",
            aws_access_key_id=role["AccessKeyId"],
            aws_secret_access_key=role["SecretAccessKey"],
            aws_session_token=role["SessionToken"],
        )
        fill(iam, users, users // 10, prefix=f"a{account}")
    file = server.log.parent / "accounts"
    file.write_text("\n".join(ids))
    return file


def measure(
    name: str, server: Server, command: list[str], found: Callable[[str], frozenset[str]], **more: str
) -> Run:
    """Run a command against the server; it may exit as it likes."""
    env = os.environ | KEYS | {"AWS_ENDPOINT_URL": server.url, "PYTHONPATH": str(ROOT)} | more
    before, start = server.calls(), time.monotonic()
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env=env, cwd=server.log.parent)
        _, _, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        out.seek(0)
        text = out.read()
    cpu, megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    return Run(name, server.calls() - before, seconds, cpu, megabytes, found(text))


def ours(server: Server, *arguments: str) -> Run:
    name = "iam-key-guard audit " + " ".join(word for word in arguments if "/" not in word)
    command = [sys.executable, "-m", "guard.cli", "audit", "--format", "json", *arguments]

    def found(text: str) -> frozenset[str]:
        users = json.loads(text)["users"]
        return frozenset(user["user"] for user in users if user["verdict"] == "violation")

    return measure(name, server, command, found)


def prowler(server: Server) -> Run | None:
    program = os.environ.get("PROWLER")
    if not program:
        return None
    folder = server.log.parent / "prowler"
    command = [
        *(program, "aws", "--check", "iam_user_two_active_access_key", "--no-banner"),
        *("-f", "us-east-1", "-M", "csv", "-o", str(folder), "-F", "result"),
    ]

    def found(_: str) -> frozenset[str]:
        with (folder / "result.csv").open() as file:
            rows = csv.DictReader(file, delimiter=";")
            return frozenset(row["RESOURCE_NAME"] for row in rows if row["STATUS"] == "FAIL")

    return measure("Prowler, this one check", server, command, found)


def cis_loop(server: Server, sample: int) -> Run | None:
    if not shutil.which("aws"):
        return None
    command = ["bash", "-c", LOOP]
    return measure(
        f"CIS text's loop, {sample} users",
        server,
        command,
        lambda text: frozenset(text.split()),
        SAMPLE=str(sample),
    )


def table(runs: list[Run], expected: frozenset[str], sample: int) -> str:
    lines = ["| tool | calls | wall s | CPU s | peak MB | right |", "|---|---|---|---|---|---|"]
    for run in runs:
        wanted = {name for name in expected if int(name[-5:]) < sample} if "loop" in run.name else expected
        right = "yes" if run.found == wanted else f"**no** ({len(run.found)} of {len(wanted)})"
        cost = f"{run.calls:,} | {run.seconds:.1f} | {run.cpu:.1f} | {run.megabytes:.0f}"
        lines.append(f"| {run.name} | {cost} | {right} |")
    return "\n".join(lines)


def machine() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("boto3", "moto"))
    python = platform.python_version()
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {python}, {versions}"


def one_account(options: argparse.Namespace, server: Server) -> list[str]:
    expected = fill(client(server, "iam"), options.users, options.two)
    mine = [ours(server, "--evidence", evidence) for evidence in ("report", "live")]
    others = [run for run in (prowler(server), cis_loop(server, options.sample)) if run]
    text = [f"One account, {options.users:,} users, {options.two} with two active keys.", ""]
    text += [table([*mine, *others], expected, options.sample), ""]
    for run in others:
        scale = options.users / options.sample if "loop" in run.name else 1
        calls, seconds = run.calls * scale / mine[0].calls, run.seconds * scale / mine[0].seconds
        about = ", scaled to all users" if scale > 1 else ""
        text.append(
            f"- {run.name}{about}: {calls:.1f} x the calls, {seconds:.1f} x the time of the first line."
        )
    return [*text, ""]


def many_accounts(options: argparse.Namespace, server: Server) -> list[str]:
    file = fill_accounts(server, options.accounts, 100)
    runs = [ours(server, "--accounts", str(file), "--evidence", kind) for kind in ("report", "live")]
    numbers = range(1, options.accounts + 1)
    wanted = frozenset(f"a{number:012d}-{user:05d}" for number in numbers for user in range(0, 100, 10))
    title = f"{options.accounts} accounts, 100 users each, 10 of them with two active keys."
    return [title, "", table(runs, wanted, options.sample), ""]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--users", type=int, default=5000, help="0: not the single account")
    parser.add_argument("--two", type=int, default=500)
    parser.add_argument("--accounts", type=int, default=0, help="also this many accounts of 100 users")
    parser.add_argument("--sample", type=int, default=50, help="users for the loop of the CIS text")
    parser.add_argument("--output", type=Path, help="write the result here, too")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory() as folder, moto(Path(folder)) as server:
        text = [f"{machine()}; load before the run: {os.getloadavg()[0]:.0f}.", ""]
        text += one_account(options, server) if options.users else []
        text += many_accounts(options, server) if options.accounts else []
    sys.stdout.write("\n".join(text))
    if options.output:
        options.output.write_text("\n".join(text))


if __name__ == "__main__":
    main()
