"""Marks come off at every depth; values without marks stay the very values."""

from guard.values.marks import without_marks
from guard.values.value import SENSITIVE, all_marks, string
from tests.values.samples import value

SECRET = string("s").marked(SENSITIVE)


def test_marks_come_off():
    given = value({"a": [SECRET, {"b": SECRET}], "c": "d"}).marked(SENSITIVE)
    plain = without_marks(given)
    assert not all_marks(plain)
    assert plain.mapping["a"].elements[0] == string("s")


def test_what_has_no_marks_is_itself():
    given = value({"a": ["b"]})
    assert without_marks(given) is given
