"""What every call settles: names, counts, conversion, null, not knowing, marks, errors, cost."""

import sys
from subprocess import run

import pytest

from guard.lang.budget import Budget
from guard.lang.functions import FUNCTIONS
from guard.values.errors import EvaluationError, NotDeterminedError
from guard.values.shuffled import in_order, unordered_elements
from guard.values.types import ANY, NUMBER, STRING, ListOf, MapOf, TupleOf
from guard.values.unknown import Applied, Ask, Kind, Question
from guard.values.value import SENSITIVE, Mark, list_of, null, number, string, tuple_of
from tests.lang.functions.calling import call_with, world
from tests.values.samples import FLAG, NAMES, PET, X, at_apply, not_given, unread, value

A = string("a")

REFUSED = [
    (
        "lenght",
        [A],
        "Call to unknown function",
        'There is no function named "lenght". Did you mean "length"?',
    ),
    ("nosuchfn", [], "Call to unknown function", 'There is no function named "nosuchfn".'),
    ("type", [A], "Call to unknown function", 'There is no function named "type".'),
    (
        "upper",
        [],
        "Not enough function arguments",
        'Function "upper" expects 1 argument(s). Missing value for "str".',
    ),
    (
        "core::lookup",
        [A],
        "Not enough function arguments",
        'Function "core::lookup" expects at least 2 argument(s). Missing value for "key".',
    ),
    ("upper", [A, A], "Too many function arguments", 'Function "upper" expects only 1 argument(s).'),
    (
        "element",
        [value(["a"]), A],
        "Invalid function argument",
        'Invalid value for "index" parameter: a number is required.',
    ),
    (
        "max",
        [number(1), value([])],
        "Invalid function argument",
        'Invalid value for "numbers" parameter: number required.',
    ),
    (
        "length",
        [null()],
        "Invalid function argument",
        'Invalid value for "value" parameter: argument must not be null.',
    ),
    (
        "element",
        [value([]), number(0)],
        "Error in function call",
        'Call to function "element" failed: cannot use element function with an empty list.',
    ),
]


@pytest.mark.parametrize(("name", "arguments", "summary", "detail"), REFUSED)
def test_refusals_have_terraforms_words(name, arguments, summary, detail):
    with pytest.raises(EvaluationError) as refused:
        call_with(name, *arguments)
    assert (refused.value.diagnostic.summary, refused.value.diagnostic.detail) == (summary, detail)
    assert str(refused.value.diagnostic.subject) == "main.tf:1:1"


@pytest.mark.parametrize("name", ["core::nope", "other::upper"])
def test_a_wrong_namespace_is_found_before_try_could_catch_it(name):
    with pytest.raises(NotDeterminedError, match="Unknown provider function"):
        call_with(name, A)


def test_the_namespace_core():
    assert call_with("core::length", A) == number(1)


def test_functions_of_providers_are_not_run():
    result = call_with("provider::aws::arn_parse", A.marked(SENSITIVE))
    assert result.unknown.kind is Kind.UNREAD
    assert result.unknown.term == Applied("provider::aws::arn_parse", (A.marked(SENSITIVE),))
    assert (result.type, result.marks) == (ANY, SENSITIVE)


def test_null_counts_until_a_type_is_not_known():
    assert call_with("element", not_given("a", ANY), null(NUMBER)).type is ANY
    with pytest.raises(EvaluationError, match="must not be null"):
        call_with("element", null(), not_given("n", NUMBER))


def test_what_is_not_known_makes_the_result_not_known():
    result = call_with("ceil", not_given("n", NUMBER))
    assert result.unknown.term.name == "ceil"
    assert result.unknown.refinement.not_null
    assert not call_with("element", NAMES, number(0)).unknown.refinement.not_null
    assert call_with("core::ceil", not_given("n", NUMBER)) == result
    assert call_with("max", PET, not_given("n", NUMBER)).unknown.kind is Kind.AT_APPLY
    assert call_with("max", unread("n"), PET).unknown.kind is Kind.UNREAD


def test_unknown_parts_matter_to_functions_that_need_them():
    result = call_with("md5", X)
    assert result.type is STRING
    assert call_with("jsonencode", tuple_of([X])).is_unknown


def test_a_refusal_may_be_none_once_an_input_has_a_type():
    untyped = not_given("var.any", ANY).marked(SENSITIVE)
    result = call_with("coalesce", value([1]), value({"a": untyped}))
    assert (result.type, result.marks) == (ANY, SENSITIVE)
    with pytest.raises(EvaluationError, match="must have the same type"):
        call_with("coalesce", value([1]), value({"a": at_apply("local.any", ANY)}))


def test_what_is_asked():
    assert call_with("ceil", not_given("n", NUMBER)).unknown.questions == ()
    assert call_with("reverse", NAMES).unknown.questions == (Question(Ask.SIZE, NAMES),)
    assert call_with("alltrue", tuple_of([FLAG])).unknown.questions == (Question(Ask.TRUTH, FLAG),)


def test_marks_of_arguments_become_marks_of_the_result():
    secret = A.marked(SENSITIVE)
    assert call_with("join", string(","), tuple_of([secret])).marks == SENSITIVE
    assert call_with("length", tuple_of([secret])).marks == frozenset()
    assert call_with("length", tuple_of([A]).marked(SENSITIVE)).marks == SENSITIVE
    assert call_with("ceil", not_given("n", NUMBER).marked(SENSITIVE)).marks == SENSITIVE
    both = frozenset({Mark.SENSITIVE, Mark.EPHEMERAL})
    assert call_with("max", number(1).marked(SENSITIVE), number(2).marked(both)).marks == both


def test_sequences_without_order():
    keys = in_order([(A, A), (X, X)], STRING)
    assert call_with("length", keys) == number(2)
    assert call_with("element", keys, number(0)).is_unknown
    assert unordered_elements(call_with("concat", keys, tuple_of([number(1)]))) is not None
    mixed = in_order([(A, number(1)), (X, A)])
    assert unordered_elements(call_with("flatten", mixed)) is not None
    assert call_with("distinct", in_order([(A, A), (X, A)], STRING)) == list_of(STRING, [A])
    assert call_with("join", string(","), keys).is_unknown


def test_a_call_costs_by_the_size_of_its_arguments():
    where = world()
    object.__setattr__(where, "budget", Budget(5_000))
    many = tuple_of([A] * 10_000)
    call_with("length", many, where=where)
    call_with("one", tuple_of([many]), where=where)
    with pytest.raises(NotDeterminedError, match="Evaluation too expensive") as refused:
        call_with("one", tuple_of([many, many]), where=where)
    assert refused.value.diagnostic.subject is not None


def test_a_set_of_what_is_not_known_costs_by_the_comparisons():
    where = world()
    object.__setattr__(where, "budget", Budget(5_000))
    call_with("toset", tuple_of([string(f"a{place}") for place in range(100)]), where=where)
    inputs = [not_given(f"var.x{place}", STRING) for place in range(100)]
    call_with("toset", tuple_of(inputs[:50]), where=where)
    with pytest.raises(NotDeterminedError, match="Evaluation too expensive"):
        call_with("toset", tuple_of(inputs), where=where)


def test_an_error_without_a_place_gets_the_calls():
    with pytest.raises(NotDeterminedError) as refused:
        call_with("tonumber", string("1e99999"))
    assert str(refused.value.diagnostic.subject) == "main.tf:1:1"


def test_all_functions_load_and_say_what_they_take():
    assert len(FUNCTIONS) == len(set(FUNCTIONS))
    for name in FUNCTIONS:
        function = FUNCTIONS[name]
        assert all(parameter.name for parameter in function.parameters), name
        assert function.rest is None or function.rest.name, name


def test_importing_functions_imports_no_family():
    program = (
        "import sys, guard.lang.functions.call\n"
        "print([name for name in sys.modules if name in ('re2', 'regex', 'ruamel.yaml') "
        "or name.startswith('guard.lang.functions.') and name.rpartition('.')[2] in ('yaml', 'strings', 'sets')])"
    )
    shown = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_results_of_unknown_structures_have_their_types():
    assert call_with("reverse", not_given("t", TupleOf((STRING, NUMBER)))).type == TupleOf((NUMBER, STRING))
    assert call_with("values", not_given("m", MapOf(NUMBER))).type == ListOf(NUMBER)
