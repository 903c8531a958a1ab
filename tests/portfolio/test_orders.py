"""A sample is asked for on a page, and a worker loads it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError

from core.models import Role, Workspace
from core.ticking import run_tick
from portfolio.actions import open_venture, orders
from portfolio.actions.orders import fill_order, fill_orders, order_sample
from portfolio.models import SampleOrder
from portfolio.offers import offers_for
from portfolio.tasks import load_sample
from tests.factories import NOW, fresh_key, make_member, make_user, make_workspace
from tests.helpers import soup, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
URL = "/ventures/samples/"


class Shelf:
    """Samples that take no time. `fails`: loading breaks off half way."""

    fails = False

    def __init__(self):
        self.loaded = []

    def sample(self, key):
        def load(*, now, slug):
            owner = make_user()
            name = f"{key} (sample)"
            made = open_venture(by=owner, name=name, slug=slug, now=now, is_sample=True)
            if self.fails:
                raise ValueError(key)
            self.loaded.append(slug)
            return made

        return SimpleNamespace(NAME=f"{key} (sample)", SAYS=f"About {key}.", load=load)


@pytest.fixture
def shelf(monkeypatch):
    shelf = Shelf()
    samples = {key: shelf.sample(key) for key in ("webvan", "linenfold")}
    monkeypatch.setattr("portfolio.actions.orders.SAMPLES", samples)
    monkeypatch.setattr("portfolio.offers.SAMPLES", samples)
    return shelf


@pytest.fixture
def ana(client):
    user = make_user("Ana")
    client.force_login(user)
    return user


def test_the_ventures_lead_to_them_and_one_is_loaded_at_a_click(
    client, ana, shelf, django_capture_on_commit_callbacks
):
    listed = client.get("/ventures/")
    page = client.get(soup(listed).find("a", string="Sample ventures")["href"])
    with django_capture_on_commit_callbacks(execute=True):
        asked = client.post(URL, {"name": "linenfold", "form_key": fresh_key()})
    done = client.get(asked.url)

    assert "About linenfold." in text_of(page)
    assert (asked.status_code, asked.url) == (303, URL)
    assert shelf.loaded == ["linenfold"]
    venture = Workspace.objects.get(slug="linenfold")
    assert venture.memberships.get(user=ana).role == Role.OWNER
    assert soup(done).find("a", string="linenfold (sample)")["href"] == "/w/linenfold/"
    assert client.get("/w/linenfold/").status_code == 200
    assert not SampleOrder.objects.exists()


def test_a_new_venture_leads_to_them(client, ana, shelf):
    open_venture(by=ana, name="Acme", now=NOW)

    page = soup(client.get("/w/acme/"))

    assert page.find("a", string="See the sample ventures")["href"] == URL


def test_until_a_worker_comes_the_page_says_so_and_asks_again(client, ana, shelf):
    client.post(URL, {"name": "webvan"})
    client.post(URL, {"name": "webvan"})

    page = client.get(URL)
    part = client.get(URL, headers={"HX-Request": "true", "HX-Target": "samples"})

    assert SampleOrder.objects.get().by == ana
    assert "Being loaded" in text_of(page)
    assert soup(page).select("ul.rows")[0]["hx-get"] == URL
    assert part.content.strip().startswith(b'<ul class="rows" hx-get')
    assert [form["value"] for form in soup(page).select("[name=name]")] == ["linenfold"]


def test_the_tick_fills_what_no_hint_reached(ana, shelf):
    order_sample("webvan", by=ana, now=NOW)
    order_sample("linenfold", by=ana, now=NOW + timedelta(seconds=1))

    passes = [fill_orders(NOW) for _ in range(3)]

    assert passes == [{"samples": 1}, {"samples": 1}, {"samples": 0}]
    assert shelf.loaded == ["webvan", "linenfold"]


def test_it_is_a_step_of_the_tick(ana, shelf):
    order_sample("webvan", by=ana, now=NOW)

    assert run_tick(NOW).failed == ()

    assert shelf.loaded == ["webvan"]


def test_twice_loads_once(ana, shelf):
    order_sample("webvan", by=ana, now=NOW)

    assert [fill_order("webvan", now=NOW) for _ in range(2)] == [True, False]
    order_sample("webvan", by=ana, now=NOW)

    assert shelf.loaded == ["webvan"]
    assert not SampleOrder.objects.exists()


def test_one_that_was_loaded_meanwhile_is_joined(ana, shelf):
    order_sample("webvan", by=ana, now=NOW)
    orders.SAMPLES["webvan"].load(now=NOW, slug="webvan")

    fill_order("webvan", now=NOW)

    assert shelf.loaded == ["webvan"]
    assert Workspace.objects.get().memberships.filter(user=ana).exists()


def test_one_that_fails_leaves_nothing_and_waits_to_be_asked_again(client, ana, shelf):
    shelf.fails = True
    order_sample("webvan", by=ana, now=NOW)

    assert fill_orders(NOW) == {"samples": 0}
    failed = text_of(client.get(URL))
    assert fill_orders(NOW) == {"samples": 0}
    assert "could not be loaded" in failed
    assert not Workspace.objects.exists()

    shelf.fails = False
    client.post(URL, {"name": "webvan"})
    assert fill_orders(NOW) == {"samples": 1}


def test_one_that_finds_the_database_held_waits_quietly(
    ana, shelf, monkeypatch, caplog
):
    """Another sample is being loaded: no error is told, and a tick loads this one."""
    order_sample("webvan", by=ana, now=NOW)

    def held(name, now):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(orders, "loaded_for_whom_it_waits", held)
        load_sample("webvan")

    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
    assert fill_orders(NOW) == {"samples": 1}


def test_a_database_that_is_gone_is_told(ana, shelf, monkeypatch):
    order_sample("webvan", by=ana, now=NOW)

    def gone(name, now):
        raise OperationalError("connection refused")

    monkeypatch.setattr(orders, "loaded_for_whom_it_waits", gone)

    with pytest.raises(OperationalError):
        load_sample("webvan")


def test_one_loaded_for_others_is_not_offered(client, ana, shelf):
    make_member(make_workspace("webvan (sample)", slug="other", is_sample=True))

    assert [(one.can_load, one.slug) for one in offers_for(ana)] == [
        (False, ""),
        (True, ""),
    ]
    assert "Ask its owner for an invitation." in text_of(client.get(URL))


def test_a_venture_that_took_the_address_is_left_alone(ana, shelf):
    make_workspace("Linen Fold Ltd", slug="linenfold")
    order_sample("linenfold", by=ana, now=NOW)

    assert fill_order("linenfold", now=NOW)

    (sample,) = Workspace.objects.filter(is_sample=True)
    assert sample.slug == "linenfold-2"


@pytest.mark.parametrize("fields", [{}, {"name": "enron"}])
def test_only_samples_there_are_can_be_asked_for(client, ana, fields):
    assert client.post(URL, fields).status_code == 422
    assert not SampleOrder.objects.exists()


def test_it_is_for_people_with_an_account(client):
    assert client.get(URL).status_code == 302
    assert client.post(URL, {"name": "webvan"}).status_code == 302
    assert not SampleOrder.objects.exists()


def test_the_page_costs_the_same_for_all(
    client, ana, shelf, django_assert_max_num_queries
):
    order_sample("webvan", by=ana, now=NOW)
    fill_order("webvan", now=NOW)
    client.get(URL)

    with django_assert_max_num_queries(8):
        client.get(URL)
