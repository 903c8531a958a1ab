import pytest

from core.removing import Identity, remove, remove_within

DANA = Identity(
    names=("Dana Ruiz",),
    emails=("dana.ruiz@acme.example",),
    phones=("+34 (91) 555-01 99",),
)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Talked to Dana Ruiz today.", "Talked to [removed] today."),
        ("DANA  RUIZ's rota", "[removed]'s rota"),
        ("Dana\nRuiz", "[removed]"),
        ("Ruiz, Dana", "[removed]"),
        ("Ruiz Dana", "[removed]"),
        ("write to Dana.Ruiz@Acme.example.", "write to [removed]."),
        ("call +34 91 555 01 99 now", "call [removed] now"),
        ("call 0034915550199", "call [removed]"),
        ("call 91/5550199", "call [removed]"),
        ("call (0)91-555.01.99", "call [removed]"),
        ("Bogdana Ruizen", "Bogdana Ruizen"),
        ("order 915550199123", "order 915550199123"),
        ("Dana said so", "Dana said so"),
        ("", ""),
    ],
)
def test_what_points_to_nobody_else(text, left):
    assert remove(text, DANA.everywhere()) == left


@pytest.mark.parametrize(
    "text",
    [
        "José Núñez-Peña",
        "Jose\u0301 Nu\u0301n\u0303ez-Pen\u0303a",
        "JOSE NUNEZ-PENA",
        "José Núñez Peña",
        "Núñez-Peña,José",
        "jose.nunez-pena",
        "jose_nunez_pena",
        "José%20Núñez-Peña",
        "j.np%40clinic.example",
    ],
)
def test_accents_and_joints_hide_nobody(text):
    jose = Identity(names=("José Núñez-Peña",), emails=("j.np@clinic.example",))

    assert remove(f"see x/{text}/now", jose.everywhere()) == "see x/[removed]/now"


def test_a_name_written_down_without_its_accents_is_found_with_them():
    assert remove("Frau Müller", Identity(names=("Muller",)).everywhere()) == (
        "Frau [removed]"
    )


@pytest.mark.parametrize(
    ("text", "others", "left"),
    [
        ("Dana said so", (), "[removed] said so"),
        ("Mrs Ruiz said so", (), "Mrs [removed] said so"),
        ("Dana and Tom Ruiz", ("Tom Ruiz",), "[removed] and Tom Ruiz"),
        ("Dana Ruiz and Tom Ruiz", ("Tom Ruiz",), "[removed] and Tom Ruiz"),
        ("Dana-Maria", (), "[removed]-Maria"),
    ],
)
def test_parts_of_the_name_where_the_person_speaks(text, others, left):
    assert remove(text, DANA.nearby(others)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Mark will pay", "[removed] will pay"),
        ("he left a mark", "he left a mark"),
        ("May left", "[removed] left"),
    ],
)
def test_names_that_are_words(text, left):
    assert remove(text, Identity(names=("Mark May",)).nearby()) == left


def test_particles_and_short_parts_name_nobody():
    assert Identity(names=("Dr. Jo van der Berg",)).parts() == ["Berg"]


def test_without_names_where_somebody_else_bears_the_same():
    wide = DANA.everywhere(has_names=False)

    assert remove("Dana Ruiz, dana.ruiz@acme.example", wide) == "Dana Ruiz, [removed]"


def test_nothing_known_finds_nothing():
    assert Identity(phones=("123",), emails=("",)).everywhere() is None
    assert remove("text", None) == "text"


def test_words_that_were_typed_besides():
    wide = Identity(also=("the boss",)).everywhere()

    assert remove("The  Boss came", wide) == "[removed] came"


def test_lists_and_mappings():
    value = {"Dana Ruiz": ["Dana Ruiz, Acme", 3, None], "n": 1}

    assert remove_within(value, DANA.everywhere()) == {
        "[removed]": ["[removed], Acme", 3, None],
        "n": 1,
    }
