"""Everything of a venture as a file: asked for, made by a worker, fetched, gone."""

import logging
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse

from core.models import ActivityEntry, Role
from core.ticking import run_tick
from discovery.actions.erasing import erase_person
from portfolio.actions import exports
from portfolio.actions.exports import claim, make_due, order_export, path_of
from portfolio.models import VentureExport
from tests.factories import NOW, fresh_key, make_member, make_person, make_workspace
from tests.helpers import hx, soup, text_of
from tests.portfolio.exports import offer_export

State = VentureExport.State
pytestmark = pytest.mark.usefixtures("second_of_november")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "exports"


@pytest.mark.django_db(transaction=True)
def test_an_owner_asks_and_a_worker_makes_it(client):
    acme = make_workspace("Acme", slug="acme")
    owner = make_member(acme, Role.OWNER).user
    make_person(acme, "Dana Ruiz")
    client.force_login(owner)
    page = "/w/acme/settings/data/"
    assert "Export everything" in text_of(client.get(page))

    asked = client.post(f"{page}export/", {"form_key": fresh_key()})

    assert (asked.status_code, asked.url) == (303, page)
    export = VentureExport.objects.get()
    assert (export.state, export.by) == (State.READY, owner)
    assert export.done == export.total > 100
    assert export.expires_at == NOW + timedelta(hours=24)
    link = soup(client.get(page)).select_one("a[download]")
    response = client.get(link["href"])
    assert response["Content-Disposition"] == (
        'attachment; filename="acme-2026-11-02.zip"'
    )
    assert "no-store" in response["Cache-Control"]
    packed = zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))
    assert b"Dana Ruiz" in packed.read("csv/discovery.Person.csv")
    verbs = ActivityEntry.objects.filter(workspace=acme).values_list("verb", flat=True)
    assert {"venture.export_asked", "venture.exported"} <= set(verbs)


@pytest.mark.django_db
def test_the_page_says_how_far_it_is(client, workspace, owner):
    client.force_login(owner)
    export = order_export(workspace, by=owner, now=NOW)
    page = reverse("portfolio:settings_data", args=[workspace.slug])
    assert "Waits for its turn" in text_of(client.get(page))
    assert order_export(workspace, by=owner, now=NOW) == export

    running = claim(export.pk, NOW)
    exports.telling(running, lambda: NOW)(30, 120)

    part = hx(client, page, target="exports")
    assert "Being made: 25 %" in text_of(part)
    assert soup(part).ul["hx-trigger"] == "every 3s"
    assert soup(part).form is None
    assert client.get(download(export)).status_code == 404


@pytest.mark.django_db
def test_six_within_an_hour_are_enough(client, workspace, owner):
    for _number in range(6):
        offer_export(workspace, owner, asked_at=NOW - timedelta(minutes=50))
    client.force_login(owner)
    page = reverse("portfolio:settings_data", args=[workspace.slug])

    response = client.post(f"{page}export/", {"form_key": fresh_key()})

    assert response.status_code == 422
    assert "sixth export within an hour" in text_of(response)
    assert VentureExport.objects.count() == 6


@pytest.mark.django_db
def test_after_a_day_it_is_gone(client, workspace, owner):
    export = offer_export(workspace, owner)
    client.force_login(owner)
    assert client.get(download(export)).status_code == 200

    make_due(NOW + timedelta(hours=23), lambda: NOW)

    assert not VentureExport.objects.exists()
    assert not path_of(export.pk).exists()
    assert client.get(download(export)).status_code == 404


@pytest.mark.django_db
def test_an_erased_person_is_in_no_file_that_can_be_fetched(
    workspace, owner, django_capture_on_commit_callbacks
):
    export = offer_export(workspace, owner)
    other = offer_export(make_workspace(), owner)

    with django_capture_on_commit_callbacks(execute=True):
        erase_person(make_person(workspace), by=owner, now=NOW)

    assert list(VentureExport.objects.all()) == [other]
    assert not path_of(export.pk).exists()
    assert path_of(other.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_is_followed_by_another_and_not_for_ever(folder):
    acme = make_workspace("Acme", slug="acme")
    owner = make_member(acme, Role.OWNER).user
    export = VentureExport.objects.create(workspace=acme, by=owner, asked_at=NOW)
    dead = claim(export.pk, NOW)
    assert make_due(NOW, lambda: NOW) == 0

    later = NOW + timedelta(minutes=2)
    assert make_due(later, lambda: later) == 1
    with pytest.raises(exports.LostError):
        exports.telling(dead, lambda: NOW)(1, 2)

    VentureExport.objects.update(state=State.WAITING, attempts=3)
    assert make_due(later, lambda: later) == 0
    assert VentureExport.objects.get().state == State.FAILED


@pytest.mark.django_db(transaction=True)
def test_what_it_stumbles_over_is_said_and_files_of_no_row_go(
    client, monkeypatch, caplog, folder
):
    acme = make_workspace("Acme", slug="acme")
    owner = make_member(acme, Role.OWNER).user
    (folder / "x").parent.mkdir()
    stray = [folder / ".stray.zip.part", folder / "stray.zip"]
    for path in stray:
        path.write_bytes(b"left by a dead worker")
    VentureExport.objects.create(workspace=acme, by=owner, asked_at=NOW)

    def full_disk(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exports, "export_venture", full_disk)
    with caplog.at_level(logging.ERROR):
        run_tick(NOW)

    assert VentureExport.objects.get().state == State.FAILED
    assert "could not be made" in text_of(page_of(client, owner))
    assert not any(path.exists() for path in stray)


def page_of(client, owner):
    client.force_login(owner)
    return client.get("/w/acme/settings/data/")


def download(export):
    args = [export.workspace.slug, export.pk]
    return reverse("portfolio:export_download", args=args)
