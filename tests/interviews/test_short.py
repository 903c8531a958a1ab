"""Texts that lists cut: a name that was cut in two would be found no more."""

import pytest
from django.urls import reverse

from core.models import Role
from tests.factories import make_feature, make_member, make_person
from tests.helpers import text_of

pytestmark = pytest.mark.django_db
SHOWN = 200


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.OWNER])
def test_a_name_at_the_edge_is_masked_before_it_is_cut(client, workspace, role):
    person = make_person(workspace, name="Wilhelmina Quastenflosser")
    # after the cut stands half of the last name
    said = "x" * (SHOWN - 20 - 8) + f" {person.name} asked for it."
    make_feature(workspace, what=said)
    client.force_login(make_member(workspace, role).user)

    page = text_of(client.get(reverse("discovery:feature_list", args=[workspace.slug])))

    sees_people = role == Role.OWNER
    assert ("Quast" in page) == sees_people
    assert (person.pseudonym in page) != sees_people
