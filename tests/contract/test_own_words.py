"""Hiding names leaves the product's own sentences alone."""

import pytest
import time_machine
from django.urls import reverse

from core.models import Role
from core.own_words import own_words
from tests.factories import NOW, make_member, make_person, make_workspace
from tests.helpers import text_of
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
