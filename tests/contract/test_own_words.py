"""Hiding names leaves the product's own sentences alone."""

import pytest
import time_machine
from django.urls import reverse

from core.models import Role
from core.own_words import own_phrases, own_words
from milestones.actions import write_answer
from milestones.eleven import ELEVEN
from tests.factories import NOW, make_member, make_person, make_user, make_workspace
from tests.helpers import soup, text_of
from tests.milestones.rows import open_market, question
from tests.world import make_world

pytestmark = pytest.mark.django_db


def test_a_customer_called_like_a_word_of_the_product_takes_it_from_nobody(client):
    with time_machine.travel(NOW, tick=False):
        world = make_world(make_workspace("Acme", slug="acme"))
        make_person(world.workspace, "Priya Model")
        client.force_login(make_member(world.workspace, Role.ADVISOR).user)
        page = client.get(reverse("milestones:question_detail", args=["acme", 11]))

    assert "our model turns out to be wrong" in text_of(page)
    assert {"model", "evidence", "price", "sample"} <= own_words()


def test_headings_and_labels_name_nobody_and_typed_texts_do(client):
    """A capital makes a name of a word, but not of a text that is all the product's."""
    workspace, founder = make_workspace(), make_user()
    open_market(workspace, founder)
    make_person(workspace, "Priya Evidence")
    make_person(workspace, "Ben Questions")
    typed = "We asked Evidence twice, and Questions once; both said no in the end."
    write_answer(question(workspace, 9), by=founder, statement=typed, now=NOW)
    client.force_login(make_member(workspace, Role.ADVISOR).user)
    address = reverse("milestones:question_detail", args=[workspace.slug, 9])
    with time_machine.travel(NOW, tick=False):
        page = soup(client.get(address))

    assert page.select_one("#evidence h2").get_text(strip=True) == "Evidence"
    menu = [link.get_text(strip=True) for link in page.select("#main-menu a")]
    assert "Questions" in menu
    answer = page.find("main").get_text(" ", strip=True)
    assert "We asked" in answer
    assert "asked Evidence" not in answer
    assert "and Questions" not in answer


def test_texts_of_the_product_are_known_as_they_stand_on_a_page():
    phrases = own_phrases()
    of_questions = {one.wording for one in ELEVEN} | {
        line for one in ELEVEN for line in (one.asks, one.first_ask, *one.rubric)
    }

    assert {"Forecasts", "The eleven questions", "Claim ahead of evidence"} <= phrases
    assert of_questions <= phrases
