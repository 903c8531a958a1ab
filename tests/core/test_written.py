"""What cannot be seen counts nothing where a length is asked for."""

import pytest

from core.written import is_written, length_written


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("  so  it\n\n is ", 8),
        ("\u200b" * 60, 0),
        ("a" + "\n" * 60 + "b", 3),
        ("a\u200bb\ufeff\x00", 2),
        ("日本語", 3),
        ("\u3164\u2800 \ufe0f", 0),
        ("❤\ufe0f", 1),
        ("é", 1),
    ],
)
def test_length(text, length):
    assert length_written(text) == length
    assert is_written(text) == (length > 0)
