"""A venture leaves as a file and comes back, with everything."""

import json
import re
import zipfile
from uuid import uuid4

import pytest
from django.db import models, transaction

from core.backup.archive import Archive, ArchiveRefused
from core.backup.loading import empty
from core.backup.restoring import RestoreRefused
from core.backup.tables import emptied, of_ventures
from core.backup.venture_in import restore_venture
from core.backup.venture_out import export_venture, secrets_of
from core.deliveries import plan
from core.erasure import erasing
from core.files import path_of
from core.models import (
    ActivityEntry,
    ApiToken,
    Delivery,
    Membership,
    StoredFile,
    User,
    Workspace,
)
from discovery.actions.erasing import erase_person
from discovery.models import Merge, Person
from interviews.search import find
from tests.core.backup.exits import end_beside
from tests.core.backup.fullness import fill, told_of
from tests.factories import NOW, make_person, make_workspace
from tests.world import make_world

UUIDS = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")

pytestmark = pytest.mark.django_db(transaction=True)


def closed():
    """Table → columns that say something else after the journey: what lets somebody in
    is closed, and no mail leaves twice."""
    found = {m._meta.label: {f.name for f in secrets_of(m)} for m in of_ventures()}
    found = {label: {*names, "revoked_at"} for label, names in found.items() if names}
    return found | {"core.Delivery": {"payload", "state", "reason", "lease_until"}}


@pytest.fixture
def house(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path


@pytest.fixture
def full(house):
    world = make_world(make_workspace("Acme", slug="acme"), rows=2)
    end_beside(world.workspace)
    fill()
    return world


def test_a_venture_that_is_gone_comes_back_as_it_was(full, house):
    before = told_of(full.workspace, closed())
    assert set(before) == {model._meta.label for model in of_ventures()}
    file = StoredFile.objects.filter(workspace=full.workspace).first()
    place = path_of(file.workspace_id, file.pk)
    content = place.read_bytes()
    export_venture(full.workspace, house / "acme.zip", now=NOW)
    with erasing():
        Workspace.objects.get(slug="acme").delete()
    place.unlink()

    arrived = restore_venture(house / "acme.zip", now=NOW)

    assert not arrived.has_new_ids
    assert arrived.new_accounts == 0
    assert told_of(full.workspace, closed()) == before
    assert place.read_bytes() == content
    assert find(full.workspace, "rota").groups
    for model in of_ventures():
        # the token of one mail just becomes one that nobody knows
        ends = any(f.name == "revoked_at" for f in model._meta.concrete_fields)
        if secrets_of(model) and ends:
            assert models.QuerySet(model).filter(revoked_at__isnull=False).exists()
            assert not models.QuerySet(model).filter(revoked_at=None).exists()


def test_beside_the_venture_that_is_still_here(full, house):
    """Every id is a new one, wherever it stands; nothing of the first one changes."""
    acme = full.workspace
    place_entries(acme)
    before = told_of(acme)
    export_venture(acme, house / "acme.zip", now=NOW)
    with pytest.raises(RestoreRefused, match="--slug"):
        restore_venture(house / "acme.zip", now=NOW)

    arrived = restore_venture(house / "acme.zip", now=NOW, slug="again")

    again = Workspace.objects.get(slug="again")
    assert arrived.has_new_ids
    assert {label: len(rows) for label, rows in told_of(again).items()} == {
        label: len(rows) for label, rows in before.items()
    }
    assert ids_in(again) & own_ids(acme) == set()
    merge = Merge.objects.filter(workspace=again).first()
    assert Person.objects.filter(workspace=again, pk=merge.kept_id).exists()
    entry = ActivityEntry.objects.get(workspace=again, verb="tried")
    person = Person.objects.get(pk=entry.data["person"])
    assert person.workspace == again
    assert entry.data["said"] == f"see /w/acme/people/{person.pk}/ and {person.pk.hex}"
    assert find(again, "rota").groups
    assert find(acme, "rota").groups
    left = [row for label, rows in told_of(acme).items() for row in rows]
    assert set(left) >= {row for rows in before.values() for row in rows}


def test_a_copy_of_mails_about_what_is_gone(workspace, house):
    """A text that waited for its writer, a reader who was removed: their mails stay."""
    plan(
        kind="guest_code",
        workspace=workspace,
        address="kim@board.example",
        subject_id=uuid4(),
        transition="1",
        now=NOW,
    )
    export_venture(workspace, house / "acme.zip", now=NOW)

    restore_venture(house / "acme.zip", now=NOW, slug="again")

    first, copy = Delivery.objects.order_by("state")
    assert (first.workspace, copy.workspace.slug) == (workspace, "again")
    assert str(copy.subject_id) in copy.key
    assert copy.subject_id != first.subject_id


def place_entries(workspace):
    person = Person.objects.filter(workspace=workspace).first()
    said = f"see /w/acme/people/{person.pk}/ and {person.pk.hex}"
    data = {"person": str(person.pk), "said": said}
    ActivityEntry(workspace=workspace, verb="tried", data=data, at=NOW).save()


def own_ids(workspace):
    return {
        str(pk)
        for model, way in of_ventures().items()
        if isinstance(model._meta.pk, models.UUIDField)
        for pk in models.QuerySet(model)
        .filter(**{way: workspace.pk})
        .values_list("pk", flat=True)
    }


def ids_in(workspace):
    return set(UUIDS.findall(json.dumps(told_of(workspace))))


def test_into_another_installation(house):
    """Accounts come along without a way in; who was erased here stays erased."""
    acme = make_world(make_workspace("Acme", slug="acme"), rows=1).workspace
    dana = make_person(acme, "Dana Ruiz", email="dana@example.com")
    hashes = set(ApiToken.objects.values_list("token_hash", flat=True))
    export_venture(acme, house / "acme.zip", now=NOW)
    with zipfile.ZipFile(house / "acme.zip") as packed:
        text = b"".join(packed.read(name) for name in packed.namelist()).decode()
        assert (
            "CANARY-acme-0-person" in packed.read("csv/discovery.Person.csv").decode()
        )
    erase_person(dana, by=None, now=NOW)
    team = set(User.objects.filter(memberships__workspace=acme).values_list("email"))
    with transaction.atomic():
        empty(emptied())

    arrived = restore_venture(house / "acme.zip", now=NOW)

    assert arrived.erased_again == 1
    assert "Dana" not in str(told_of(Workspace.objects.get()))
    assert not any(secret in text for secret in hashes)
    assert arrived.new_accounts == User.objects.count()
    assert not any(user.has_usable_password() for user in User.objects.all())
    members = Membership.objects.values_list("user__email")
    assert set(members) == team
    assert not Delivery.objects.exclude(state="skipped").exists()


def test_what_is_no_venture_is_refused(house):
    """Tables of other things, and rows of other ventures."""
    acme = make_world(make_workspace("Acme", slug="acme"), rows=1).workspace
    export_venture(acme, house / "acme.zip", now=NOW)
    with pytest.raises(ArchiveRefused, match="holds one venture"):
        make_sure_it_is_no_backup(house / "acme.zip")
    before = told_of(acme)
    with pytest.raises(RestoreRefused, match="short name"):
        restore_venture(house / "acme.zip", now=NOW, slug="Not/Good")
    assert told_of(acme) == before


def make_sure_it_is_no_backup(path):
    Archive(path, "installation")
