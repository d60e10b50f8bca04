"""Large plans are read in bounded memory, from a file and from a pipe."""

import json
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from guard.inventory.document import open_document
from guard.inventory.files import read_file
from tests.inventory.writing import change, key, plan, resource, stored

MEGABYTE = 1 << 20
RULES = [{"from_port": number, "cidr_blocks": ["10.0.0.0/8"], "self": None} for number in range(20)]
FILLER = {"policy": json.dumps(RULES), "ingress": RULES, "user": "CANARY", "tags": {"name": "é" * 50}}
MEASURE = """
import sys, time
from pathlib import Path
from guard.inventory.document import open_document
from guard.inventory.files import read_file

start = time.monotonic()
with open_document(sys.argv[1]) as document:
    reading = read_file(document)
status = Path("/proc/self/status").read_text()  # getrusage would tell of the process that started this one, too
peak = int(status.partition("VmHWM:")[2].split()[0]) // 1024
print(len(reading.keys), reading.complete, peak, int(time.monotonic() - start))
"""


def parts(times: int, keys: int) -> Iterator[str]:
    """A plan with so many other resources as well, in the order in which Terraform writes its parts."""

    def listed(items: Iterator[dict[str, Any]]) -> Iterator[str]:
        for number, item in enumerate(items):
            yield ("," if number else "") + json.dumps(item)

    kept = [key(f"u{number}", key_id=f"AKIA{number}") for number in range(keys)]
    yield '{"format_version":"1.2","variables":{"a":{"value":"CANARY"}},"planned_values":{"root_module":{"resources":['
    yield from listed(stored(f'aws_security_group.g["{number}"]', FILLER) for number in range(times))
    yield ']}},"resource_changes":['
    yield from listed(
        change(f"aws_iam_access_key.k[{number}]", ["no-op"], values, values)
        for number, values in enumerate(kept)
    )
    for number in range(times):
        yield "," + json.dumps(change(f'aws_security_group.g["{number}"]', ["no-op"], FILLER, FILLER))
    yield '],"prior_state":{"values":{"root_module":{"resources":['
    yield from listed(stored(f'aws_security_group.g["{number}"]', FILLER) for number in range(times))
    rest = plan(None, [resource("aws_iam_access_key.k", user=["each.key"])])
    yield ']}}},"configuration":' + json.dumps(rest["configuration"]) + ',"complete":true,"errored":false}'


def write(path: Path, size: int, keys: int = 100) -> Path:
    """A plan of about so many bytes."""
    one = 4 * len(json.dumps(FILLER)) + 1200
    with path.open("w") as file:
        file.writelines(parts(size // one, keys))
    assert size * 0.8 < path.stat().st_size < size * 1.3
    return path


def peak_of_reading(path: Path) -> int:
    tracemalloc.start()
    try:
        with open_document(str(path)) as document:
            assert len(read_file(document).keys) == 100
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_plan(tmp_path: Path) -> None:
    peak_of_reading(write(tmp_path / "first.json", MEGABYTE // 2))  # what is imported late does not count
    small = peak_of_reading(write(tmp_path / "small.json", MEGABYTE // 2))
    large = peak_of_reading(write(tmp_path / "large.json", 4 * MEGABYTE))
    assert large < small + 2 * MEGABYTE


@pytest.mark.long
@pytest.mark.parametrize("piped", [False, True])
def test_two_hundred_megabytes(tmp_path: Path, piped: bool) -> None:
    path = write(tmp_path / "plan.json", 200 * MEGABYTE, keys=2_000)
    with path.open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-c", MEASURE, "-" if piped else str(path)],
            stdin=file if piped else None,
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    keys, complete, peak, seconds = done.stdout.split()
    assert (keys, complete) == ("2000", "True")
    assert int(peak) < 100, "megabytes"
    assert int(seconds) < 120
