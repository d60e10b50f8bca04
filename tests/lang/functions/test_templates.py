"""Template functions, against what the real Terraform made of recorded calls."""

import re

import pytest

from guard.lang.functions import FUNCTIONS
from guard.lang.functions.template_rules import refusal_of_template
from guard.source import SourceFile
from guard.syntax.reader import read_expression
from guard.values.errors import EvaluationError
from guard.values.joined import joined
from guard.values.types import STRING
from guard.values.unknown import Input, Kind
from guard.values.value import null, number, object_of, string, tuple_of, unknown
from tests.lang.functions.calling import answer, call_with, recorded_in, world
from tests.truth.expressions import lay_out

FILES, ALL = recorded_in("templates")
CASES = [case for case in ALL if case[0].startswith(("templatefile(", "templatestring("))]
X = unknown(STRING, Kind.NOT_GIVEN, Input("var.x"), "var.x is not given")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    directory = tmp_path_factory.mktemp("files").resolve()
    lay_out(directory, FILES.prelude, FILES.files)
    return directory


@pytest.mark.parametrize(("expression", "expected"), CASES)
def test_as_terraform(expression, expected, workspace):
    assert _without_ends(answer(expression, world(workspace))) == _without_ends(expected)


def _without_ends(case):
    """Places in messages by their starts: Terraform marks a function's name, we mark the whole call."""
    return {
        key: re.sub(r"(:\d+,\d+)-[\d,]+", r"\1", part) if key == "error" else part
        for key, part in case.items()
    }


def test_what_is_not_given_stays_a_piece_of_the_text():
    template = string("svc-${name}-ro")
    assert call_with("templatestring", template, object_of({"name": X})) == joined(["svc-", X, "-ro"])


@pytest.mark.parametrize("name", sorted(name for name in FUNCTIONS if name.startswith("file")))
def test_templates_from_elsewhere_open_no_files(name):
    arguments = ", ".join(['"x"'] * len(FUNCTIONS[name].parameters))
    template = string(f"${{{name}({arguments})}}")
    with pytest.raises(Exception, match="cannot use filesystem access functions like"):
        call_with("templatestring", template, object_of({}))


@pytest.mark.parametrize("name", ["templatefile", "templatestring", "core::templatefile"])
def test_templates_do_not_render_templates(name):
    template = string(f"${{{name}(x, {{}})}}")
    with pytest.raises(Exception, match="cannot recursively call template"):
        call_with("templatestring", template, object_of({"x": string("x")}))


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ('"${local.unk}"', "write the reference expression directly"),
        ('"a${local.unk}"', "to render an inline template"),
        ('"plain"', "does not support providing a literal template"),
        ("upper(local.unk)", "must be a direct reference"),
        ("(local.unk)", "must be a direct reference"),
        ("1", "must be a direct reference"),
    ],
)
def test_only_references_may_be_templates(template, problem):
    assert problem in refusal_of_template(read_expression(SourceFile("main.tf", template)))


@pytest.mark.parametrize("template", ["local.t", "a", "a.b[0].c", "a[x].y", "a[*].b", "a.*.b[0]"])
def test_references_may_be_templates(template):
    assert refusal_of_template(read_expression(SourceFile("main.tf", template))) is None


@pytest.mark.parametrize("template", [number(1), null(STRING), null(), tuple_of([])])
def test_a_template_is_a_string(template):
    with pytest.raises(EvaluationError, match="a string is required"):
        call_with("templatestring", template, object_of({}))


def test_a_template_makes_a_string():
    with pytest.raises(EvaluationError, match="invalid template result: string required"):
        call_with("templatestring", string("${[]}"), object_of({}))
