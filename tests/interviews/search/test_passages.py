from itertools import pairwise

import pytest

from interviews.search.passages import MOST, MOST_OF_ONE, OVERLAP, joined, passages
from interviews.search.words import BREAK, folded


def test_what_is_short_is_one_passage():
    text = "The rota broke."

    assert [(p.words, p.start, p.end) for p in passages(text)] == [
        (("the", "rota", "broke"), 0, len(text))
    ]


@pytest.mark.parametrize("text", ["", "…"])
def test_what_has_no_word_has_no_passage(text):
    assert passages(text) == []


def test_fields_are_parted_and_empty_ones_left_out():
    assert folded(joined(["Dana", "", "Head nurse"])) == [
        "dana",
        BREAK,
        "head",
        "nurse",
    ]


LONG = [
    " ".join(f"w{number}" for number in range(5000)),
    "a " * 1000,
    "the rota broke again " * 1500,
    "東京" * 4000,
]


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_passages_cover_the_text_and_overlap(text):
    found = folded(text)
    parts = passages(text)
    again = list(parts[0].words)
    for before, part in pairwise(parts):
        assert before.words[-OVERLAP:] == part.words[:OVERLAP]
        again += part.words[OVERLAP:]

    assert again == found
    assert len(parts) > 1
    assert max(len(part.words) for part in parts) <= MOST


@pytest.mark.parametrize("text", LONG, ids=range(len(LONG)))
def test_no_word_comes_more_often_than_a_database_keeps(text):
    for part in passages(text):
        assert max(part.words.count(word) for word in set(part.words)) <= MOST_OF_ONE
        assert folded(text[part.start : part.end]) == list(part.words)
