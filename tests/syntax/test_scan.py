"""The scan finds every directory that leads to a key, however the key and the way to it are written."""

from __future__ import annotations

import json
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guard.syntax.scan import Directory, Scan
from guard.syntax.scan import scan as scan_paths


def scan(tops: list[Path], boundary: Path, data_directory: str = ".terraform") -> Scan:
    return scan_paths(map(str, tops), str(boundary), data_directory)


TYPES = ("aws_iam_access_key", "awsutils_expiring_iam_access_key")


# Ways to write a key resource: the file's name, and its text with the type as TYPE or ESCAPED or LONG.
RESOURCE = 'resource "TYPE" "k" {\n  user = "u"\n}\n'
KEYS = {
    "quoted": ("main.tf", RESOURCE),
    "bare": ("main.tf", "resource TYPE k {\n}\n"),
    "escaped": ("keys.tf", 'resource "ESCAPED" "k" {}\n'),
    "long escape": ("keys.tf", 'resource "LONG" k {}\n'),
    "json": ("main.tf.json", '{"resource": {"TYPE": {"k": {}}}}'),
    "json escaped": ("x.tf.json", '[{"resource": [{"ESCAPED": {"k": {}}}]}]'),
    "override": ("x_override.tf", RESOURCE),
    "opentofu": ("main.tofu", RESOURCE),
    "opentofu json": ("a.tofu.json", '{"resource": {"TYPE": {"k": {}}}}'),
    "after much": ("a.tf", "# filler\n" * 150_000 + RESOURCE),
    "on the edge of the buffer": ("a.tf", "#" * ((1 << 20) - 20) + "\n" + RESOURCE),
    "latin-1": ("a.tf", "# caf\udce9\n" + RESOURCE),
    "bom and crlf": ("a.tf", "\ufeff" + RESOURCE.replace("\n", "\r\n")),
    "after a heredoc": ("a.tf", 'locals {\n  a = <<A\n"\n$${\nA\n}\n' + RESOURCE),
    "after what is broken": ("a.tf", 'a = = "\n' + RESOURCE),
    "a stack": ("a.tf", 'resource "aws_cloudformation_stack" "s" {}\n'),
}

# Ways to call the directory at the relative path TO, which starts with ./ or ../.
CALLS = {
    "plain": 'module "m" {\n  source = "TO"\n}\n',
    "one line": 'module m {source="TO"}',
    "slash": 'module "m" {\n  source = "TO/"\n}\n',
    "detour": 'module "m" {\n  source = "./none/../TO"\n}\n',
    "escaped": 'module "m" {\n  source = "ESCAPED"\n}\n',
    "long escape": 'module "m" {\n  source = "LONG"\n}\n',
    "interpolated": 'module "m" {\n  source = "${"TO"}"\n}\n',
    "parentheses": 'module "m" {\n  source = ("TO")\n}\n',
    "comment": 'module "m" {\n  source /* " */ = /*"*/ "TO" # x\n}\n',
    "local": 'locals {\n  s = "TO"\n}\nmodule "m" {\n  source = local.s\n}\n',
    "expression": 'module "m" {\n  source = "${path.module}/TO"\n}\n',
    "pieces": 'module "m" {\n  source = join("/", PIECES)\n}\n',
    "condition": 'module "m" {\n  source = "" == "" ? join("/", PIECES) : ""\n}\n',
    "dollars": 'module "m" {\n  source = "TO/$${x}/.."\n}\n',
}
JSON_CALLS = {
    "json": '{"module": {"m": {"source": "TO"}}}',
    "json lines": '{"module"\n:\n{"m":\n[{"source"\n:\n"TO"\n}]}}',
    "json escaped": '{"m\\u006fdule": {"m": {"s\\u006furce": "ESCAPED"}}}',
    "json slash": '{"module": {"m": {"source": "SLASHES"}}}',
    "json expression": '{"module": {"m": {"source": "${local.s}"}}}',
}


def filled(text: str, word: str, number: int) -> bytes:
    """The text with the word in it: as it is, with one character escaped, in pieces."""
    at = number % len(word)
    forms = {
        "TYPE": word,
        "TO": word,
        "ESCAPED": f"{word[:at]}\\u{ord(word[at]):04X}{word[at + 1 :]}",
        "LONG": f"{word[:at]}\\U{ord(word[at]):08x}{word[at + 1 :]}",
        "PIECES": json.dumps(word.split("/")),
        "SLASHES": word.replace("/", "\\/"),
    }
    for name, form in forms.items():
        text = text.replace(name, form)
    return text.encode("utf-8", "surrogateescape")


NUMBERS = st.integers(0, 40)


def write(directory: Path, name: str, data: bytes) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / name).write_bytes(data)


WAYS = st.tuples(st.sampled_from([*CALLS, *JSON_CALLS]), st.sampled_from(["down", "aside", "link"]))


@settings(deadline=None)
@given(st.sampled_from(TYPES), st.sampled_from([*KEYS]), st.lists(WAYS, max_size=4), NUMBERS)
def test_every_caller_of_a_key_is_found(
    type: str, key: str, ways: list[tuple[str, str]], number: int
) -> None:
    with TemporaryDirectory() as name:
        top = Path(name).resolve()
        directory = root = top / "root"
        for step, (way, place) in enumerate(ways):
            called = directory / f"d{step}" if place == "down" else top / f"aside{step}"
            to = os.path.relpath(called, directory)
            if place == "link":
                directory.mkdir(parents=True, exist_ok=True)
                (directory / f"l{step}").symlink_to(called)
                to = f"l{step}"
            to = to if to.startswith("..") else f"./{to}"
            text = CALLS.get(way) or JSON_CALLS[way]
            write(directory, "calls.tf.json" if way in JSON_CALLS else "calls.tf", filled(text, to, number))
            directory = called
        file, text = KEYS[key]
        write(directory, file, filled(text, type, number))
        assert str(root) in scan([root], top).leading_to_keys()
        assert str(root) in scan([top], top).leading_to_keys()


def tree(top: Path, files: dict[str, str]) -> Scan:
    for name, text in files.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text)
    return scan([top], top)


KEY = 'resource "aws_iam_access_key" "k" {}\n'


def call(*sources: str) -> str:
    return "".join(
        f'module "m{number}" {{\n  source = "{source}"\n}}\n' for number, source in enumerate(sources)
    )


def leading(top: Path, found: Scan) -> set[str]:
    return {os.path.relpath(path, top) for path in found.leading_to_keys()}


def test_only_what_leads_to_a_key_is_found(tmp_path: Path) -> None:
    found = tree(
        tmp_path,
        {
            "envs/prod/main.tf": call("../../modules/ci", "registry/module/x"),
            "envs/dev/main.tf": call("../../modules/net"),
            "modules/ci/main.tf": call("../keys"),
            "modules/keys/main.tf": KEY,
            "modules/net/main.tf": 'resource "aws_vpc" "v" {}\n',
            "docs/readme.md": KEY,
            ".terraform/modules/x/main.tf": KEY,
            "envs/dev/.terragrunt-cache/x/main.tf": KEY,
            ".git/main.tf": KEY,
            "envs/dev/old.tf.bak": KEY,
        },
    )
    assert leading(tmp_path, found) == {"envs/prod", "modules/ci", "modules/keys"}
    assert {os.path.relpath(path, tmp_path) for path in found.directories} == {
        "envs/prod",
        "envs/dev",
        "modules/ci",
        "modules/keys",
        "modules/net",
    }


def test_a_directory_says_what_was_seen_in_it(tmp_path: Path) -> None:
    found = tree(
        tmp_path,
        {
            "main.tf": call("./a", "./missing", "./b") + 'resource "x" "y" {\n  source = var.file\n}\n',
            ".hidden.tf": "",
            "z_override.tf.json": "{}",
            "prod.tfvars": "",
            "x.auto.tfvars.json": "{}",
            ".terraform.lock.hcl": "",
            "a/main.tofu": "",
            "b/readme": "",
        },
    )
    assert found.directories[str(tmp_path)] == Directory(
        path=str(tmp_path),
        files=(".hidden.tf", "main.tf", "z_override.tf.json"),
        variable_files=("prod.tfvars", "x.auto.tfvars.json"),
        locked=True,
        names_key=False,
        names_remote=False,
        doubtful=True,  # ./missing is not there
        calls=frozenset({str(tmp_path / "a")}),
    )
    assert found.directories[str(tmp_path / "a")].files == ("main.tofu",)


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        (call("./a"), False),
        (call("git::https://example.com/x?ref=v1.0"), False),
        ('module "m" {\n  source = var.x\n}\n', True),
        ('module "m" {\n  source = "./${var.x}"\n}\n', True),
        ('module "m" {\n}\n', False),
        (call("./missing"), True),
        (call("./a") + 'resource "a" "b" {\n  source = "${path.module}/x"\n}\n', False),
        (call("./a") + 'resource "a" "b" {\n  data_source = var.x\n}\n', False),
        ('resource "a" "b" {\n  source = var.x\n}\n', False),
        (call("./a") + "source = = 1\n", True),
    ],
)
def test_doubt_is_for_sources_that_are_expressions(tmp_path: Path, text: str, doubtful: bool) -> None:
    found = tree(tmp_path, {"main.tf": text, "a/main.tf": ""})
    assert found.directories[str(tmp_path)].doubtful == doubtful


def test_calls_lead_out_of_what_was_named_but_not_out_of_the_boundary(tmp_path: Path) -> None:
    top = tmp_path / "repo"
    tree(
        tmp_path,
        {
            "repo/envs/a/main.tf": call("../../modules/keys"),
            "repo/envs/b/main.tf": call("../../../outside"),
            "repo/modules/keys/main.tf": KEY,
            "outside/main.tf": "",
        },
    )
    found = scan([top / "envs"], top)
    assert leading(top, found) == {"envs/a", "envs/b", "modules/keys"}
    assert str(tmp_path / "outside") not in found.directories
    assert found.directories[str(top / "envs/b")].doubtful


def test_installed_modules_are_found_by_the_manifest(tmp_path: Path) -> None:
    manifest = {"Modules": [{"Key": "", "Dir": "."}, {"Key": "m", "Dir": ".terraform/modules/m/sub"}]}
    files = {
        "root/main.tf": call("registry/keys/aws"),
        "root/.terraform/modules/modules.json": json.dumps(manifest),
        "root/.terraform/modules/m/sub/main.tf": call("../keys"),
        "root/.terraform/modules/m/keys/main.tf": KEY,
    }
    found = tree(tmp_path, files)
    assert str(tmp_path / "root") in found.leading_to_keys()
    for broken in ("{", "[]", "{}", '{"Modules": [{}]}', '{"Modules": 1}'):
        found = tree(tmp_path, {"root/.terraform/modules/modules.json": broken})
        assert found.directories[str(tmp_path / "root")].doubtful


def test_installed_modules_may_be_elsewhere(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "root/main.tf": call("registry/keys/aws"),
            "root/.data/modules/modules.json": '{"Modules": [{"Key": "m", "Dir": ".data/modules/m"}]}',
            "root/.data/modules/m/main.tf": KEY,
        },
    )
    assert str(tmp_path / "root") in scan([tmp_path / "root"], tmp_path, ".data").leading_to_keys()


def test_links(tmp_path: Path) -> None:
    (tmp_path / "repo").mkdir()
    (tmp_path / "secret.tf").write_text(KEY)
    found = tree(
        tmp_path / "repo",
        {"shared.tf": KEY, "a/main.tf": "", "b/main.tf": "", "c/main.tf": call("./loop")},
    )
    (tmp_path / "repo/a/link.tf").symlink_to("../shared.tf")
    (tmp_path / "repo/b/link.tf").symlink_to("../../secret.tf")
    (tmp_path / "repo/c/loop").symlink_to(".")
    (tmp_path / "repo/d").mkdir()
    (tmp_path / "repo/d/broken.tf").symlink_to("nowhere")
    found = scan([tmp_path / "repo"], tmp_path / "repo")
    assert {Path(path).name for path, item in found.directories.items() if item.names_key} == {"repo", "a"}
    assert {Path(path).name for path, item in found.directories.items() if item.doubtful} == {"b", "d"}


def test_dots_are_taken_away_by_name_and_then_links_followed_as_terraform_does(tmp_path: Path) -> None:
    tree(
        tmp_path,
        {
            "root/main.tf": call("./link", "./link/../near"),
            "root/near/main.tf": "",
            "far/away/main.tf": call("../keys"),
            "far/keys/main.tf": KEY,
            "far/near/main.tf": "",
        },
    )
    (tmp_path / "root/link").symlink_to("../far/away")
    found = scan([tmp_path / "root"], tmp_path)
    assert found.directories[str(tmp_path / "root")].calls == {
        str(tmp_path / "far/away"),
        str(tmp_path / "root/near"),
    }
    assert found.directories[str(tmp_path / "far/away")].calls == {str(tmp_path / "far/keys")}


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_doubtful(tmp_path: Path) -> None:
    tree(tmp_path, {"a/main.tf": "", "b/main.tf": "", "c/main.tf": 'module "m" { source = "../b" }'})
    (tmp_path / "a/main.tf").chmod(0)
    (tmp_path / "b").chmod(0)
    found, of_caller = scan([tmp_path], tmp_path), scan([tmp_path / "c"], tmp_path)
    (tmp_path / "b").chmod(0o700)
    assert {Path(path).name for path in found.leading_to_keys()} == {"a", "b", "c"}
    assert {Path(path).name for path in of_caller.leading_to_keys()} == {"b", "c"}
