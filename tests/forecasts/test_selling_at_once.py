"""Several people at the same deal or curve, on a database that lets them."""

import pytest
from django.core.exceptions import ValidationError

from forecasts.actions import add_curve, add_deal
from forecasts.models import Deal, SalesCurve
from tests.at_once import PEOPLE, at_once
from tests.factories import NOW, TODAY, make_member, make_workspace
from tests.selling import make_curve

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def told():
    workspace = make_workspace()
    return workspace, {"by": make_member(workspace).user, "now": NOW}


def test_one_deal_has_an_id_and_the_others_are_told(told):
    workspace, by_now = told
    deal = {"title": "Pilot", "currency": "USD", "opened_on": TODAY}
    deal |= {"curve": make_curve(workspace), "outside_id": "006-1"}

    met = at_once(lambda _place: add_deal(workspace, **deal, **by_now))

    assert sorted(met, key=str) == [ValidationError] * (PEOPLE - 1) + [None]
    assert Deal.objects.count() == 1


def test_deals_of_one_new_firm_share_it(told):
    workspace, by_now = told
    deal = {"title": "Pilot", "currency": "USD", "opened_on": TODAY}
    deal |= {"curve": make_curve(workspace), "organisation_name": "North"}

    met = at_once(lambda _place: add_deal(workspace, **deal, **by_now))

    assert met == [None] * PEOPLE
    assert workspace.organisations.count() == 1


def test_one_curve_is_opened_and_the_others_are_told(told):
    workspace, by_now = told
    curve = {"product": "Rota", "channel": "Direct", "currency": "USD"}

    met = at_once(lambda _place: add_curve(workspace, **curve, **by_now))

    assert sorted(met, key=str) == [ValidationError] * (PEOPLE - 1) + [None]
    assert SalesCurve.objects.count() == 1
