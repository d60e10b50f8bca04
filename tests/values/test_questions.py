"""What is asked about inputs so that a value becomes known."""

from guard.values.questions import is_at_apply, is_blank, is_null, questions_about
from guard.values.unknown import Ask, Question
from guard.values.value import null, number, string, tuple_of
from tests.values.samples import COUNT, FLAG, NAMES, PET, X, not_given


def test_truth_and_size_are_asked_for_at_any_depth():
    asked = questions_about(tuple_of([FLAG, X, COUNT]), NAMES, FLAG)
    assert asked == (Question(Ask.SIZE, NAMES), Question(Ask.TRUTH, FLAG)) or asked == (
        Question(Ask.TRUTH, FLAG),
        Question(Ask.SIZE, NAMES),
    )
    assert questions_about(PET, string("a")) == ()


def test_values_with_questions_of_their_own_are_not_asked_about():
    first = Question(Ask.NULL, X)
    assert questions_about(not_given("var.b", FLAG.type, questions=(first,))) == ()


def test_null():
    assert is_null(null()).is_equal is True
    assert is_null(string("")).is_equal is False
    assert is_null(X).questions == (Question(Ask.NULL, X),)
    assert is_null(not_given("var.x", not_null=True)).is_equal is False
    assert is_null(PET).is_equal is False


def test_blank():
    assert is_blank(string("")).is_equal is True
    assert is_blank(null()).is_equal is True
    assert is_blank(number(0)).is_equal is False
    assert is_blank(string("a")).is_equal is False
    assert [item.ask for item in is_blank(X).questions] == [Ask.NULL, Ask.EQUAL]
    surely = not_given("var.x", not_null=True)
    assert [item.ask for item in is_blank(surely).questions] == [Ask.EQUAL]
    assert is_blank(not_given("var.x", not_null=True, prefix="a")).is_equal is False
    filled = not_given("var.x", excluded=frozenset({""}))
    assert [item.ask for item in is_blank(filled).questions] == [Ask.NULL]


def test_what_is_learnt_at_apply():
    assert is_at_apply(tuple_of([PET]))
    assert not is_at_apply(X, string("a"))
