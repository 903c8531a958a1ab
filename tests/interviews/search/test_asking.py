import pytest

from interviews.search.asking import MOST_WORDS, Clause, understood
from interviews.search.words import words


def exact(*found):
    return Clause(found)


def begun(*found):
    return Clause(found, is_prefix=True)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("rota", [begun("rota")]),
        ("Broken Rota", [exact("broken"), begun("rota")]),
        ("rot* broke", [begun("rot"), begun("broke")]),
        ('"rota broke" again', [exact("rota", "broke"), begun("again")]),
        ('"rota broke"', [exact("rota", "broke")]),
        ('"rota bro"*', [begun("rota", "bro")]),
        ('say "rota bro', [exact("say"), begun("rota", "bro")]),
        ("“rota broke”", [exact("rota", "broke")]),
        ("«rota broke» now", [exact("rota", "broke"), begun("now")]),
        ('rota"broke"', [exact("rota"), exact("broke")]),
        ("follow-up", [begun("follow", "up")]),
        ("1.234 hours", [exact("1", "234"), begun("hours")]),
        ("東京", [begun("東", "京")]),
        ("rota rota rota", [exact("rota"), begun("rota")]),
        ("NEAR(rota, 5)", [exact("near", "rota"), begun("5")]),
        ("rota NOT broke", [exact("rota"), exact("not"), begun("broke")]),
        ('"" "" *', []),
        ("* - : ( )", []),
        ("👍", []),
        ("", []),
    ],
)
def test_what_was_typed_is_understood(typed, expected):
    assert list(understood(typed).clauses) == expected


def test_only_the_first_words_count():
    asked = understood(" ".join(f"word{number}" for number in range(1000)))

    assert asked.is_cut
    assert len(asked.clauses) == MOST_WORDS
    assert asked.clauses[-1] == exact("word19")


def test_a_phrase_is_cut_where_the_words_end():
    asked = understood('"' + "word " * 30 + '"')

    assert asked.is_cut
    assert asked.clauses == (exact(*["word"] * MOST_WORDS),)


@pytest.mark.parametrize(
    ("typed", "is_too_short"),
    [
        ("", True),
        ("*", True),
        ("a", True),
        ("a b c", True),
        ("ab", False),
        ("a rota", False),
        ("東", False),
        ("7", True),
        ("42", False),
    ],
)
def test_one_letter_is_no_question(typed, is_too_short):
    assert understood(typed).is_too_short == is_too_short


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (exact("rota"), [1]),
        (begun("rot"), [1, 4]),
        (exact("rota", "broke"), [1]),
        (begun("the", "rot"), [0, 3]),
        (exact("rot"), []),
        (begun("rotation", "of", "x"), []),
    ],
)
def test_a_clause_stands_where_its_words_stand(clause, expected):
    text = words("the rota broke the rotation")

    assert [at for at in range(len(text)) if clause.length_at(text, at)] == expected
