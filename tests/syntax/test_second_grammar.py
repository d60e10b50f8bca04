"""The tables of a grammar are kept in the user's cache directory, and no file there can do harm."""

from __future__ import annotations

import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import hcl2
import pytest
from hcl2.postlexer import PostLexer

from guard.syntax.second_grammar import cache_directory, cached_parser

GRAMMAR = 'start: "a" item*\nitem: WORD\nWORD: /[b-z]+/\n%ignore " "\n'


class Unchanged:
    """A post-lexer that changes nothing."""

    always_accept = ()

    def process(self, stream: object) -> object:
        return stream


@pytest.fixture
def grammar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "g.lark").write_text(GRAMMAR)
    return tmp_path / "g.lark"


def read(grammar: Path) -> str:
    return str(cached_parser(grammar, Unchanged()).parse("a b cd").pretty())


def test_a_kept_parser_reads_the_same(grammar: Path) -> None:
    made = read(grammar)
    (file,) = (grammar.parent / "cache/iam-key-guard").iterdir()
    assert read(grammar) == made
    assert "cd" in made
    assert file.stat().st_mode & 0o022 == 0
    grammar.write_text(GRAMMAR.replace("b-z", "a-z"))
    assert read(grammar) == made
    assert len(list(file.parent.iterdir())) == 2


def cut(text: str) -> str:
    return text[: len(text) // 2]


def emptied(text: str) -> str:
    return ""


def of_another_time(text: str) -> str:
    return f"{sha256(b'{}').hexdigest()}\n{{}}"


def changed(text: str) -> str:
    return text.replace("WORD", "WORT")


@pytest.mark.parametrize("damage", [cut, emptied, of_another_time, changed])
def test_a_broken_file_is_made_anew(grammar: Path, damage: Callable[[str], str]) -> None:
    made = read(grammar)
    (file,) = (grammar.parent / "cache/iam-key-guard").iterdir()
    broken = damage(file.read_text())
    file.write_text(broken)
    assert read(grammar) == made
    assert file.read_text() != broken
    assert read(grammar) == made


def test_a_directory_that_others_can_write_to_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    place = cache_directory()
    assert place == tmp_path / "iam-key-guard"
    place.chmod(0o777)
    assert cache_directory() is None


def test_without_a_cache_directory_the_parser_is_made(grammar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (grammar.parent / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(grammar.parent / "file"))
    assert cache_directory() is None
    assert "cd" in read(grammar)


def test_the_grammar_of_python_hcl2_can_be_kept(grammar: Path) -> None:
    real = Path(hcl2.__file__).parent / "hcl2.lark"
    text = 'a "b" {\n  c = d[*].e ? "f${g}" : [1]\n}\n'
    start = time.perf_counter()
    made = cached_parser(real, PostLexer()).parse(text)
    between = time.perf_counter()
    kept = cached_parser(real, PostLexer()).parse(text)
    assert kept == made
    assert time.perf_counter() - between < (between - start) / 2
