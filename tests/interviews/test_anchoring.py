import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviews.anchoring import Anchor, find, flat, words

NOTES = "She said\nthe rota  broke.\n\n> We'd pay\n> tomorrow.\nThe rota broke again."


@pytest.mark.parametrize(
    ("notes", "seen"),
    [
        ("", ""),
        ("one two", "one two"),
        ("one  \t two", "one two"),
        ("one\n\n two", "one two"),
        ("> said\n> so", " said so"),
        ("a > b", "a > b"),
        ("a >b\n>c", "a >b >c"),
    ],
)
def test_gaps_are_one_space(notes, seen):
    view = flat(notes)

    assert view.text == seen
    assert len(view.at) == len(seen)


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("the rota broke", "the rota  broke"),
        ("the  rota\nbroke.", "the rota  broke."),
        ("We'd pay tomorrow.", "We'd pay\n> tomorrow."),
        ("broke. We'd", "broke.\n\n> We'd"),
        ("> We'd pay\n> tomorrow", "We'd pay\n> tomorrow"),
    ],
)
def test_words_are_found_across_gaps(text, there):
    anchor = find(NOTES, text)

    assert NOTES[anchor.start : anchor.end] == there
    assert anchor.text == words(text)


@pytest.mark.parametrize("text", ["", "  ", "never said", "The Rota Broke", "> "])
def test_what_is_not_in_the_notes_is_not_found(text):
    assert find(NOTES, text) is None


def test_neighbours_decide_between_two_places():
    notes = "First he laughed a lot. Then he laughed a little."

    assert find(notes, "he laughed", suffix=" a little").start == 29
    assert find(notes, "he laughed", prefix="First ").start == 6


def test_nearness_decides_where_neighbours_do_not():
    notes = "yes, yes, yes, yes"

    assert [find(notes, "yes", near=n).start for n in (0, 6, 11, 99)] == [0, 5, 10, 15]


def test_context_is_kept_short():
    notes = "x" * 100 + " words " + "y" * 100

    assert find(notes, "words") == Anchor(
        text="words",
        prefix="x" * 39 + " ",
        suffix=" " + "y" * 39,
        start=101,
        end=106,
    )


def test_a_quote_survives_edits_around_it():
    old = find("It broke. Then it broke again.", "it broke")
    new = "Let me add a first line.\n\nIt broke.\nThen, sadly, it broke again!"

    again = find(new, old.text, prefix=old.prefix, suffix=old.suffix, near=old.start)

    assert new[again.start : again.end + 6] == "it broke again"


@given(st.text(alphabet="ab \n>\t", max_size=60), st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_is_shown_can_be_quoted(notes, data):
    shown = flat(notes).text.strip()
    if not shown:
        return
    start = data.draw(st.integers(0, len(shown) - 1))
    end = data.draw(st.integers(start + 1, len(shown)))
    part = shown[start:end]

    anchor = find(notes, part)

    # What is cut at a ">" may look like the mark of a verbatim line; else it is found.
    if words(part) and not part.lstrip().startswith(">"):
        assert anchor is not None
        assert words(notes[anchor.start : anchor.end]) == anchor.text == words(part)


def test_hostile_repetition_ends_soon():
    notes = "ab" * 100_000
    began = time.perf_counter()

    find(notes, "ab" * 1_900, prefix="b", suffix="a")

    assert time.perf_counter() - began < 2
