"""Paths that depend on inputs: which files are asked for, and where none is there for certain."""

import os
from pathlib import Path

import pytest

from guard.lang.functions.open_paths import MOST_FILES
from guard.lang.traversal import index, input_value
from guard.records import replace
from guard.values.errors import EvaluationError
from guard.values.joined import joined
from guard.values.types import NUMBER, STRING, SetOf
from guard.values.unknown import WORKSPACE, Ask, Input, Refinement
from guard.values.value import FALSE, SENSITIVE, Value, number, string
from tests.lang.functions.calling import call_with, evaluate, world

VARIABLE = Input("var.env")
BY_NAME = ["file", "filebase64", "filemd5", "filesha256", "fileexists"]


def not_given(term: Input = WORKSPACE, *, without: tuple[str, ...] = ()) -> Value:
    """An input that is not given, known to differ from some texts."""
    found = input_value(term, STRING, f"{term} is not given")
    return replace(
        found, data=replace(found.unknown, refinement=Refinement(not_null=True, excluded=frozenset(without)))
    )


def by_input(*parts: str | Value) -> Value:
    return joined(parts)


def asked_for(value: Value) -> set[str]:
    """The texts that a value asks whether its input has them."""
    questions = value.unknown.questions
    return {question.other.text for question in questions if question.ask is Ask.EQUAL and question.other}


@pytest.fixture
def stages(tmp_path):
    """A file for each of two stages, and others whose names do not fit."""
    directory = tmp_path.resolve() / "root"
    for name in ("prod.yaml", "dev.yaml", "prod.json", "my stage.yaml", "stage"):
        path = directory / "config" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a: 1")
    return directory


def reached(name: str, directory: Path, *parts: str | Value, term: Input = WORKSPACE) -> list[str]:
    """The texts of an input that are asked for one after another, each answered by no, until none is left."""
    found: list[str] = []
    while True:
        path = by_input(*(not_given(term, without=tuple(found)) if part is term else part for part in parts))
        try:
            value = call_with(name, path, where=world(directory))
        except EvaluationError:
            return found
        if not value.is_unknown or not asked_for(value):
            return found
        found += asked_for(value)


@pytest.mark.parametrize("name", BY_NAME)
def test_each_file_that_fits_is_asked_for(name, stages):
    """A workspace cannot be named `my stage`."""
    assert reached(name, stages, "./config/", WORKSPACE, ".yaml") == ["dev", "prod"]


def test_a_variable_can_be_any_text(stages):
    assert reached("file", stages, "./config/", VARIABLE, ".yaml", term=VARIABLE) == [
        "dev",
        "my stage",
        "prod",
    ]


@pytest.mark.parametrize("name", ["file", "filebase64", "filemd5"])
def test_a_workspace_without_its_file_is_refused(name, stages):
    path = by_input("./config/", not_given(without=("prod", "dev")), ".yaml")
    with pytest.raises(EvaluationError, match=r"no file exists at .*terraform\.workspace"):
        call_with(name, path, where=world(stages))


def test_a_workspace_without_its_file_has_none(stages):
    path = by_input("./config/", not_given(without=("prod", "dev")), ".yaml").marked(SENSITIVE)
    assert call_with("fileexists", path, where=world(stages)) == FALSE.marked(SENSITIVE)


@pytest.mark.parametrize("name", BY_NAME)
def test_a_variable_may_lead_to_a_file_elsewhere(name, stages):
    path = by_input("./config/", not_given(VARIABLE, without=("prod", "dev", "my stage")), ".yaml")
    assert not asked_for(call_with(name, path, where=world(stages)))


@pytest.mark.parametrize(
    "parts",
    [
        ("~", not_given(), ".yaml"),
        (not_given(without=(".", "..")), "/users.yaml"),
        ("./missing/", not_given(), "/../users.yaml"),
        ("./missing/", not_given(without=(".", "..")), "/", not_given(VARIABLE), ".yaml"),
        ("./missing/", not_given(VARIABLE), not_given(), ".yaml"),
        ("../missing/", not_given(), ".yaml"),
        ("/missing/", not_given(), ".yaml"),
    ],
)
def test_where_a_path_may_lead_cannot_be_told(parts, stages):
    """A workspace named `~` leads home, a variable anywhere; outside of the workspace nothing is listed."""
    where = replace(world(stages), boundary=stages)
    assert not asked_for(call_with("file", by_input(*parts), where=where))


def test_a_number_holds_no_slash(stages):
    (stages / "config" / "02.yaml").touch()
    stage = input_value(Input("var.stage"), NUMBER, "var.stage is not given")
    with pytest.raises(EvaluationError, match="no file exists"):
        call_with("file", by_input("config/", stage, ".yaml"), where=world(stages))


def test_a_folder_counts_if_the_file_is_in_it(stages):
    (stages / "envs" / "prod").mkdir(parents=True)
    (stages / "envs" / "prod" / "users.yaml").touch()
    (stages / "envs" / "dev").mkdir()
    assert reached("file", stages, "envs/", WORKSPACE, "/users.yaml") == ["prod"]
    (stages / "users.yaml").touch()
    assert reached("file", stages, "envs/", WORKSPACE, "/users.yaml") == ["..", "prod"]
    (stages / "envs" / "users.yaml").touch()
    below_a_file = "users.yaml"
    assert reached("file", stages, "envs/", WORKSPACE, "/users.yaml") == [".", "..", "prod", below_a_file]


def test_names_that_no_text_can_be(stages):
    folder = os.fsencode(stages / "config")
    Path(os.fsdecode(folder + b"/\xff.yaml")).touch()
    (stages / "config" / "e\u0301.yaml").touch()
    asked = reached("file", stages, "config/", VARIABLE, ".yaml", term=VARIABLE)
    assert asked == ["dev", "my stage", "prod"]


def test_more_files_than_are_tried(stages):
    path = by_input("config/", not_given(), ".txt")
    for place in range(MOST_FILES):
        (stages / "config" / f"{place}.txt").touch()
    assert asked_for(call_with("file", path, where=world(stages)))
    (stages / "config" / "x.txt").touch()
    assert not asked_for(call_with("file", path, where=world(stages)))


def test_a_folder_that_only_others_may_list(stages):
    (stages / "config").chmod(0)
    try:
        if os.access(stages / "config", os.R_OK):
            pytest.skip("the superuser reads everything")
        assert call_with("fileexists", by_input("config/", not_given()), where=world(stages)).is_unknown
    finally:
        (stages / "config").chmod(0o700)


def test_a_folder_that_depends_on_inputs(stages):
    def fileset(pattern: str, *parts: str | Value) -> Value:
        return call_with("fileset", by_input(*parts), string(pattern), where=world(stages))

    assert asked_for(fileset("*", "./", not_given())) == {"."}
    assert asked_for(fileset("*", "./c", not_given())) == {"onfig"}
    assert fileset("*", "./c", not_given(without=("onfig",))) == Value(SetOf(STRING), ())
    assert not asked_for(fileset("../*", "./c", not_given()))
    assert not asked_for(fileset("*", "./*c", not_given()))


def test_what_functions_make_of_a_workspace_holds_no_slash_either(stages):
    def part(separator: str) -> Value:
        pieces = call_with("split", string(separator), not_given())
        return call_with("lower", index(pieces, number(0), None))

    with pytest.raises(EvaluationError, match="no file exists"):
        call_with("file", by_input("config/x", part("-"), ".yaml"), where=world(stages))
    path = by_input("config/x", call_with("replace", not_given(), string("-"), string("/")), ".yaml")
    assert call_with("file", path, where=world(stages)).is_unknown


def test_a_template_that_depends_on_inputs(stages):
    template = call_with(
        "templatefile", by_input("config/", not_given(), ".json"), evaluate("{}"), where=world(stages)
    )
    assert asked_for(template) == {"prod"}
