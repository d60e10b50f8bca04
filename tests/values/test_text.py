"""Text is normalized, counted in characters as people see them, and quoted as Go quotes it."""

import pytest

from guard.values.text import go_quoted, graphemes, nfc


def test_text_is_normalized():
    assert nfc("e\u0301") == "\u00e9"
    assert nfc("plain") == "plain"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("abc", 3),
        ("a\r\nb", 3),
        ("e\u0301", 1),
        ("\U0001f469\u200d\U0001f4bb", 1),
        ("\U0001f1e9\U0001f1ea\U0001f1eb", 2),
    ],
)
def test_characters_are_counted_as_people_count_them(text, count):
    assert len(graphemes(text)) == count


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("a b", '"a b"'),
        ('"\\', r'"\"\\"'),
        ("\n\t\x00\x7f", r'"\n\t\x00\x7f"'),
        ("\u00e9", '"\u00e9"'),
        ("\u200b", r'"\u200b"'),
        ("\U000e0001", r'"\U000e0001"'),
    ],
)
def test_text_is_quoted_as_go_quotes_it(text, quoted):
    assert go_quoted(text) == quoted
