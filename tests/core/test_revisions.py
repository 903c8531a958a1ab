"""Two tabs: the second save is shown the first, and nothing typed is lost."""

import pytest
from django.urls import reverse

from core.actions import change_settings
from core.models import ActivityEntry, Role
from core.revisions import OutdatedError, take_up
from forecasts.actions import edit_metric
from tests.factories import NOW, make_member, make_metric, make_workspace
from tests.helpers import soup

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make_member(make_workspace("Acme", slug="acme"), Role.OWNER)


def form_of(client, url):
    """What a browser would send back, unchanged."""
    page = soup(client.get(url))
    fields = page.select("main form:not(.row-side) [name]")
    sent = {}
    for field in fields:
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            sent[field["name"]] = chosen.get("value", "")
        elif field.get("type") in ("checkbox", "radio"):
            if field.has_attr("checked"):
                sent[field["name"]] = field.get("value", "on")
        elif field.name == "textarea":
            sent[field["name"]] = field.text.removeprefix("\n")
        else:
            sent[field["name"]] = field.get("value", "")
    return sent


def test_the_row_that_stands_is_taken_up(owner):
    workspace = owner.workspace
    stale = workspace.rev

    change_settings(workspace, by=owner.user, now=NOW, rev=stale, name="Acme Clinics")

    with pytest.raises(OutdatedError) as conflict:
        take_up(workspace, stale)
    assert conflict.value.current.name == "Acme Clinics"


def test_saving_nothing_new_writes_nothing(owner):
    workspace = owner.workspace

    change_settings(workspace, by=owner.user, now=NOW, name=workspace.name)

    workspace.refresh_from_db()
    assert workspace.rev == 1
    assert not ActivityEntry.objects.filter(verb="venture.changed").exists()


def settings_page(owner):
    return reverse("core:settings_general", args=[owner.workspace.slug]), "name"


def metric_page(owner):
    metric = make_metric(owner.workspace, name="Orders")
    url = reverse("forecasts:metric_edit", args=[owner.workspace.slug, metric.pk])
    return url, "name"


@pytest.mark.parametrize("page", [settings_page, metric_page])
def test_the_second_tab_sees_both_texts_and_may_go_on(client, owner, page):
    client.force_login(owner.user)
    url, field = page(owner)
    first, second = form_of(client, url), form_of(client, url)

    saved = client.post(url, first | {field: "From the first tab"})
    refused = client.post(url, second | {field: "From the second tab"})
    again = client.post(url, form_of_answer(refused) | {"form_key": "another"})

    shown = soup(refused)
    assert (saved.status_code, refused.status_code, again.status_code) == (
        303,
        409,
        303,
    )
    assert "From the first tab" in shown.select_one("#conflict").text
    assert shown.select_one(f"[name={field}]")["value"] == "From the second tab"
    assert soup(client.get(url)).select_one(f"[name={field}]")["value"] == (
        "From the second tab"
    )


def form_of_answer(response):
    class Same:
        def get(self, _url):
            return response

    return form_of(Same(), "")


def test_a_job_needs_no_revision(owner):
    metric = make_metric(owner.workspace, name="Orders")

    edit_metric(metric, by=owner.user, now=NOW, name="Orders a day")

    metric.refresh_from_db()
    assert (metric.name, metric.rev) == ("Orders a day", 2)
