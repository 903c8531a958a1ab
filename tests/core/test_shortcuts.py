import pytest
from django.urls import NoReverseMatch, reverse

from core.shortcuts import SHORTCUTS, for_url, shortcut


def test_keys_and_names_are_used_once():
    assert len({entry.key for entry in SHORTCUTS}) == len(SHORTCUTS)
    assert len({entry.id for entry in SHORTCUTS}) == len(SHORTCUTS)


def test_no_key_belongs_to_the_browser():
    taken = {"Mod+k", "Mod+s", "Mod+f", "Mod+l", "Mod+t", "Mod+w", "F5"}

    assert taken & {entry.key for entry in SHORTCUTS} == set()


@pytest.mark.parametrize(
    "entry", [e for e in SHORTCUTS if e.url_name], ids=lambda e: e.id
)
def test_every_address_exists(entry):
    try:
        assert reverse(entry.url_name)
    except NoReverseMatch:
        assert reverse(entry.url_name, kwargs={"workspace_slug": "acme"})


@pytest.mark.parametrize(
    ("wanted", "keys", "joint"),
    [
        ("new_interview", ["c"], "then"),
        ("questions", ["g", "q"], "then"),
        ("submit", ["Ctrl or ⌘", "Enter"], "+"),
        ("link_stance", ["s", "c", "n"], "or"),
    ],
)
def test_keycaps_say_whether_keys_are_held_or_follow(wanted, keys, joint):
    assert shortcut(wanted).keys == keys
    assert shortcut(wanted).joint == joint


def test_look_up_by_address():
    assert for_url("milestones:board").id == "questions"
    assert for_url("core:me") is None


def test_page_lists_the_table(client, founder):
    client.force_login(founder)

    page = client.get(reverse("core:shortcuts")).content.decode()

    assert [page.count(f'<th scope="row">{e.label}</th>') for e in SHORTCUTS] == [
        1
    ] * len(SHORTCUTS)
