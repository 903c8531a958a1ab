import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviews.search.asking import understood
from interviews.search.marking import snippet
from interviews.search.words import BREAK, folded


def bracketed(text, typed, **fields):
    found = snippet(text, understood(typed).clauses, **fields)
    return "".join(f"[{piece}]" if is_hit else piece for piece, is_hit in found.pieces)


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("The rota broke.", "rota", "The [rota] broke."),
        ("The rota broke.", "bro", "The rota [broke]."),
        ("The rota broke.", '"rota broke"', "The [rota broke]."),
        ("The rota broke.", "rota br", "The [rota] [broke]."),
        ("Straße, café", "strasse caf", "[Straße], [café]"),
        ("<b>rota</b>", "b", "<[b]>rota</[b]>"),
        ("a\n\n> rota", "rota", "a [rota]"),
        (f"Dana{BREAK}Head nurse", "nurse", "Dana · Head [nurse]"),
        ("rota rota", '"rota rota" rota', "[rota rota]"),
        ("no such word", "rota", "no such word"),
        ("", "rota", ""),
    ],
)
def test_hits_are_marked(text, typed, expected):
    assert bracketed(text, typed) == expected


def test_a_long_text_is_shown_around_its_first_hit():
    text = "before " * 100 + "the rota broke " + "after " * 100

    shown = bracketed(text, "rota")

    assert shown.startswith("… before before")
    assert "before the [rota] broke after" in shown
    assert shown.endswith("after …")
    assert len(shown) < 240


def test_a_part_says_that_text_stands_before():
    assert bracketed("rota broke", "rota", is_part=True) == "… [rota] broke"


@given(st.text(), st.text(max_size=20))
def test_a_short_text_is_shown_whole(text, typed):
    found = snippet(text[:200], understood(typed).clauses)

    if not str(found).startswith("… "):
        assert folded(str(found)) == [w for w in folded(text[:200]) if w != BREAK]


@given(
    st.text(alphabet="ab 東\n", max_size=2000), st.text(alphabet='ab" 東', max_size=9)
)
def test_a_snippet_is_never_long(text, typed):
    assert len(str(snippet(text, understood(typed).clauses))) <= 230
