"""Filesystem functions, against what the real Terraform made of recorded calls, and what is not opened."""

import os
import socket

import pytest

from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.unknown import Kind
from guard.values.value import SENSITIVE, string
from tests.lang.functions.calling import answer, call_with, evaluate, recorded_in, world
from tests.truth.expressions import lay_out

FILES, CASES = recorded_in("files")
TREE, SEARCHES = recorded_in("functions_files")


def laid_out(topic, tmp_path_factory):
    directory = tmp_path_factory.mktemp("files").resolve()
    lay_out(directory, topic.prelude, topic.files)
    return directory


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    return laid_out(FILES, tmp_path_factory)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    return laid_out(TREE, tmp_path_factory)


@pytest.mark.parametrize(("expression", "expected"), CASES)
def test_as_terraform(expression, expected, workspace):
    assert answer(expression, world(workspace)) == expected


@pytest.mark.parametrize(("expression", "expected"), SEARCHES)
def test_searches_as_terraform(expression, expected, tree):
    assert answer(expression, world(tree)) == expected


@pytest.fixture
def around(tmp_path):
    """A workspace with a secret beside it, and ways to it."""
    directory = tmp_path.resolve() / "workspace"
    directory.mkdir()
    (tmp_path / "secret.txt").write_text("s3cret")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "secret.txt").write_text("s3cret")
    (directory / "inner.txt").write_text("inner")
    (directory / "link.txt").symlink_to("../secret.txt")
    (directory / "folder").symlink_to("../folder")
    (directory / "inner-link.txt").symlink_to("inner.txt")
    return directory


@pytest.mark.parametrize("name", ["file", "filebase64", "filemd5", "filebase64sha512", "fileexists"])
@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "link.txt", "folder/secret.txt", "/etc/passwd", "~/x", "~", "../missing.txt"],
)
def test_nothing_outside_of_the_workspace_is_opened(name, path, around):
    with pytest.raises(NotDeterminedError, match="outside of the workspace"):
        call_with(name, string(path), where=world(around))


@pytest.mark.parametrize("pattern", ["*", "**", "../*", "folder/*"])
def test_the_search_for_files_stays_in_the_workspace(pattern, around):
    with pytest.raises(NotDeterminedError, match="outside of the workspace"):
        call_with("fileset", string("."), string(pattern), where=world(around))


def test_the_folder_of_a_search_must_be_in_the_workspace(around):
    with pytest.raises(NotDeterminedError, match="outside of the workspace"):
        call_with("fileset", string("/etc"), string("*"), where=world(around))


def test_links_within_the_workspace_are_followed(around):
    assert evaluate('file("inner-link.txt")', world(around)) == string("inner")
    (around / "link.txt").unlink()
    (around / "folder").unlink()
    assert answer('fileset(".", "inner*")', world(around)) == {"v": ["inner-link.txt", "inner.txt"]}


def test_links_in_a_circle_end(tmp_path):
    directory = tmp_path.resolve()
    (directory / "a").symlink_to("b")
    (directory / "b").symlink_to("a")
    assert "too many levels of symbolic links" in answer('file("a")', world(directory))["error"]
    (directory / "a").unlink()
    (directory / "b").unlink()
    (directory / "x").touch()
    (directory / "again").symlink_to(".")
    assert len(evaluate('fileset(".", "**/x")', world(directory)).elements) == 41
    (directory / "and-again").symlink_to(".")
    with pytest.raises(NotDeterminedError, match="too expensive"):
        evaluate('fileset(".", "**/x")', world(directory))


def test_what_is_no_regular_file_is_never_opened(tmp_path):
    directory = tmp_path.resolve()
    os.mkfifo(directory / "pipe")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(directory / "socket"))
    with pytest.raises(NotDeterminedError, match="Not a regular file"):
        evaluate('file("pipe")', world(directory))
    assert "is a named pipe, not a regular file" in answer('fileexists("pipe")', world(directory))["error"]
    assert "is a unix domain socket" in answer('fileexists("socket")', world(directory))["error"]
    assert answer('fileset(".", "*")', world(directory)) == {"v": []}


def test_a_huge_file_is_not_read(tmp_path):
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(NotDeterminedError, match="Text too large"):
        evaluate('file("huge")', world(tmp_path.resolve()))


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("inner.txt/x", "open inner.txt/x: not a directory"),
        ("n" * 300, "file name too long"),
        ("a\0b", "invalid argument"),
    ],
)
def test_names_that_the_system_refuses(path, message, around):
    with pytest.raises(EvaluationError, match=message):
        call_with("file", string(path), where=world(around))


@pytest.mark.parametrize("name", ["file", "filesha1", "fileexists"])
def test_a_sensitive_path_is_not_shown(name, workspace):
    with pytest.raises(EvaluationError) as refused:
        call_with(name, string("dir").marked(SENSITIVE), where=world(workspace))
    assert "dir:" not in str(refused.value)
    assert "(sensitive value)" in str(refused.value)


def test_contents_from_a_sensitive_path_are_sensitive(workspace):
    assert call_with("file", string("alice.txt").marked(SENSITIVE), where=world(workspace)).marks == SENSITIVE


def test_the_home_directory_is_not_ours_to_know():
    assert evaluate('pathexpand("~/x")').unknown.kind is Kind.UNREAD


def test_patterns_that_backtrack_end(tmp_path):
    (tmp_path / ("a" * 200)).touch()
    assert answer(f'fileset(".", "{"*a" * 20}b")', world(tmp_path.resolve())) == {"v": []}


def test_a_pattern_that_is_malformed_further_down(tmp_path):
    """Terraform forgets the error where the disk lists another folder last."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").touch()
    with pytest.raises(NotDeterminedError, match="Malformed file pattern"):
        evaluate('fileset(".", "*/[x")', world(tmp_path.resolve()))
    assert "syntax error in pattern" in answer('fileset("folder", "[x")', world(tmp_path.resolve()))["error"]


def test_a_link_to_nowhere(tmp_path):
    directory = tmp_path.resolve()
    (directory / "link").symlink_to("missing")
    problem = answer('fileset(".", "*")', world(directory))["error"]
    assert 'failed to stat "link": stat link: no such file or directory' in problem
    assert answer('fileexists("link")', world(directory)) == {"v": False}


def test_a_file_that_only_others_may_read(tmp_path):
    directory = tmp_path.resolve()
    secret = directory / "secret"
    secret.touch(mode=0)
    if os.access(secret, os.R_OK):
        pytest.skip("the superuser reads everything")
    with pytest.raises(NotDeterminedError, match="Unreadable file"):
        evaluate('file("secret")', world(directory))


def test_a_pattern_of_excessive_length(tmp_path):
    (tmp_path / "x").touch()
    with pytest.raises(NotDeterminedError, match="Pattern too large"):
        call_with("fileset", string("."), string("*a" * 300), where=world(tmp_path.resolve()))
