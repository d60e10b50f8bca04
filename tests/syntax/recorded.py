"""The recorded answers of the real Terraform about syntax, and how it is asked for them.

corpus/constructs/TOPIC.json lists texts and whether `terraform fmt` accepts them; a text that is not UTF-8
is kept as Latin-1. corpus/templates.json lists templates and the values that Terraform gives them,
corpus/json.json texts and the errors that `terraform validate` has about them as `.tf.json`.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
TEMPLATES = CORPUS / "templates.json"


@dataclass(frozen=True, slots=True)
class Construct:
    """A text, and whether Terraform takes it as native syntax."""

    topic: str
    data: bytes
    valid: bool

    def __str__(self) -> str:
        return f"{self.topic}-{self.data.decode('latin-1')[:40]!r}"


def constructs() -> list[Construct]:
    return [case for path in sorted((CORPUS / "constructs").glob("*.json")) for case in read(path)]


def read(path: Path) -> list[Construct]:
    return [
        Construct(
            path.stem,
            _bytes(case),
            case.get("valid", False),
        )
        for case in json.loads(path.read_text(encoding="utf-8"))
    ]


def _bytes(case: Mapping[str, str]) -> bytes:
    return case["text"].encode() if "text" in case else case["latin1"].encode("latin-1")


def written(cases: Sequence[Construct]) -> str:
    """The text of a file of constructs."""
    lines = [json.dumps({**_spelled(case.data), "valid": case.valid}, ensure_ascii=True) for case in cases]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def _spelled(data: bytes) -> dict[str, str]:
    try:
        return {"text": data.decode()}
    except UnicodeDecodeError:
        return {"latin1": data.decode("latin-1")}


def fmt_accepts(texts: Sequence[bytes]) -> list[bool]:
    """Whether `terraform fmt` accepts each text; one run for all."""
    with tempfile.TemporaryDirectory() as directory:
        for number, text in enumerate(texts):
            Path(directory, f"c{number:06}.tf").write_bytes(text)
        command = ["terraform", "fmt", "-no-color", "-write=false", "-list=false", directory]
        done = subprocess.run(command, capture_output=True, env=_environment(), check=False)
    said = (done.stdout + done.stderr).decode(errors="replace")
    refused = {int(number) for number in re.findall(r"c(\d{6})\.tf", said)}
    assert bool(refused) == bool(done.returncode), said
    return [number not in refused for number in range(len(texts))]


def template_values(names: Mapping[str, Any], kind: str, texts: Sequence[str]) -> list[Any]:
    """What Terraform makes of expressions (quoted strings, heredocs) or of files given to templatefile."""
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        for number, text in enumerate(texts):
            (place / f"t{number}").write_bytes(text.encode())
        outputs = "\n".join(_output(names, kind, number, text) for number, text in enumerate(texts))
        (place / "main.tf").write_bytes(outputs.encode())
        for command in (["apply", "-auto-approve"], ["output", "-json"]):
            done = subprocess.run(
                ["terraform", *command, "-no-color"],
                cwd=place,
                capture_output=True,
                env=_environment(),
                check=True,
            )
    found = json.loads(done.stdout)
    return [found[f"o{number}"]["value"] for number in range(len(texts))]


def _output(names: Mapping[str, Any], kind: str, number: int, text: str) -> str:
    values = {name: f"jsondecode({json.dumps(json.dumps(value))})" for name, value in names.items()}
    if kind == "bare":
        given = ", ".join(f"{name} = {value}" for name, value in values.items())
        expr = f'templatefile("${{path.module}}/t{number}", {{ {given} }})'
    else:
        expr = f"{text}\n"
        for name, value in values.items():
            expr = f"one([for {name} in [{value}] : {expr}])"
    return f'output "o{number}" {{\n  value = ({expr})\n}}\n'


def _environment() -> dict[str, str]:
    return {name: value for name, value in environ.items() if not name.startswith("TF_")}


@dataclass(frozen=True, slots=True)
class JsonCase:
    """A text, and the summaries of the errors that Terraform has about it as `.tf.json`."""

    data: bytes
    errors: tuple[str, ...]

    def __str__(self) -> str:
        return repr(self.data.decode("latin-1"))[:60]


JSON_CASES = CORPUS / "json.json"


def json_cases() -> list[JsonCase]:
    return [
        JsonCase(_bytes(case), tuple(case["errors"]))
        for case in json.loads(JSON_CASES.read_text(encoding="utf-8"))
    ]


def json_written(cases: Sequence[JsonCase]) -> str:
    lines = [json.dumps({**_spelled(case.data), "errors": case.errors}) for case in cases]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def validate_errors(text: bytes) -> tuple[str, ...]:
    """The errors of `terraform validate` for a directory that holds this `.tf.json`."""
    with tempfile.TemporaryDirectory() as directory:
        Path(directory, "main.tf.json").write_bytes(text)
        command = ["terraform", "validate", "-json"]
        done = subprocess.run(command, cwd=directory, capture_output=True, env=_environment(), check=False)
    found = json.loads(done.stdout)["diagnostics"]
    return tuple(item["summary"] for item in found if item["severity"] == "error")
