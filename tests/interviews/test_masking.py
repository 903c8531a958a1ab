import pytest

from interviews.masking import mask, with_parts

NAMES = {"Dana Ruiz": "Person 1", "Dana": "Person 2", "Acme Clinic": "Organisation 1"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("dana  ruiz left", "Person 1 left"),
        ("Dana left", "Person 2 left"),
        ("At Acme Clinic's desk", "At Organisation 1's desk"),
        ("Da\u0301na-Ruíz left", "Person 1 left"),
        ("see x.example/in/dana_ruiz", "see x.example/in/Person 1"),
        ("Bogdana", "Bogdana"),
        ("", ""),
    ],
)
def test_names_become_pseudonyms(text, shown):
    assert mask(text, NAMES) == shown


def test_nothing_known_changes_nothing():
    assert mask("Dana", {}) == "Dana"


def test_parts_of_people_are_names_too():
    names = with_parts({"Dana Ruiz": "Person 1", "Jo Li": "Person 2"})

    assert mask("Ruiz told Jo Li", names) == "Person 1 told Person 2"
    assert set(names) == {"Dana Ruiz", "Dana", "Ruiz", "Jo Li"}
