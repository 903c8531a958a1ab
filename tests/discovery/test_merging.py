"""Two rows become one, and two again: nothing is lost on either way."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from core.models import ImportRow
from discovery.actions.market import tell_the_talks
from discovery.actions.merging import (
    MergeError,
    merge_organisations,
    merge_people,
    undo_merge,
)
from discovery.merging import BARE, hooks, unmovable
from discovery.models import BuyingRole, Merge, Organisation, Person
from interviews.models import Interview
from tests.factories import (
    NOW,
    fresh_key,
    make_import_run,
    make_interview,
    make_organisation,
    make_person,
    make_quote,
    make_workspace,
)
from tests.helpers import soup

pytestmark = pytest.mark.usefixtures("second_of_november")


def everything():
    """Every row of every table, but for what only counts or tells of writes."""
    left_out = {"core", "sessions", "account"}
    return {
        model._meta.label: sorted(
            str(sorted(row.items(), key=str))
            for row in model._base_manager.values(
                *(f.attname for f in model._meta.concrete_fields if f.name != "rev")
            )
        )
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in left_out
        and model is not Merge
        # the surrogate key of a list between two tables may differ
        and not model._meta.auto_created
        and model._meta.object_name != "SearchDocument"
    }


def who_took_part():
    return {
        (talk.pk, person.pk)
        for talk in Interview.objects.all()
        for person in talk.people.all()
    }


@pytest.fixture
def pair(workspace):
    """Dana as we wrote her down first, and again with her address."""
    kept = make_person(workspace, "Dana Ruiz", role_title="Nurse")
    gone = make_person(
        workspace,
        "D. Ruiz",
        email="dana@acme.example",
        role_title="Head nurse",
        organisation=make_organisation(workspace, "Acme"),
        referred_by=kept,
        is_related_party=True,
    )
    both = make_interview(workspace, people=[kept, gone])
    alone = make_interview(workspace, people=[gone])
    make_quote(alone, person=gone)
    make_quote(both, person=kept)
    make_person(workspace, "Lee", referred_by=gone)
    for person, role in ((kept, "user"), (gone, "user"), (gone, "saboteur")):
        BuyingRole.objects.create(workspace=workspace, person=person, role=role)
    run = make_import_run(workspace, [["D. Ruiz", ""]])
    run.rows.update(subject_id=gone.pk)
    return kept, gone, alone, both


def test_every_key_to_a_person_or_organisation_is_moved():
    """A new one is found by itself; only rows that are never changed need a thought."""
    for model in (Person, Organisation):
        found = {hook.label for hook in hooks(model)}
        wanted = {
            f"{other._meta.label}.{field.attname}"
            for other in apps.get_models(include_auto_created=True)
            for field in other._meta.concrete_fields
            if isinstance(field, models.ForeignKey) and field.related_model is model
        }
        bare = {f"{other._meta.label}.{column}" for other, column in BARE}
        assert wanted == found - bare
        assert unmovable(model) == []


def test_the_kept_one_has_it_all(pair, founder):
    kept, gone, alone, both = pair

    merge_people(kept, gone, by=founder, now=NOW)

    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (kept.name, kept.role_title, kept.email, kept.organisation.name) == (
        "Dana Ruiz",
        "Nurse",
        "dana@acme.example",
        "Acme",
    )
    assert (kept.referred_by, kept.is_related_party) == (None, True)
    assert who_took_part() == {(alone.pk, kept.pk), (both.pk, kept.pk)}
    assert kept.quotes.count() == 2
    assert [row.name for row in kept.referrals.filter(merged_into=None)] == ["Lee"]
    roles = kept.buying_roles.values_list("role", flat=True)
    assert list(roles) == ["saboteur", "user"]
    assert ImportRow.objects.get().subject_id == kept.pk
    assert (gone.merged_into, gone.archived_at) == (kept, NOW)


def test_undo_restores_exactly(pair, founder):
    kept, gone, *_ = pair
    tell_the_talks([kept, gone], now=NOW)
    before, took_part = everything(), who_took_part()
    row = merge_people(kept, gone, by=founder, now=NOW)
    assert everything() != before

    undo_merge(row, by=founder, now=NOW + timedelta(days=29))

    assert everything() == before
    assert who_took_part() == took_part
    assert ImportRow.objects.get().subject_id == gone.pk


def test_undo_leaves_what_was_edited_since(pair, founder):
    kept, gone, *_ = pair
    row = merge_people(kept, gone, by=founder, now=NOW)
    Person.objects.filter(pk=kept.pk).update(email="new@acme.example")

    undo_merge(row, by=founder, now=NOW)

    kept.refresh_from_db()
    assert (kept.email, kept.organisation) == ("new@acme.example", None)


@pytest.mark.parametrize(
    ("mine", "theirs", "after"),
    [("quote", "none", "none"), ("none", "quote", "none"), ("notes", "notes", "notes")],
)
def test_of_two_consents_the_narrower_holds(workspace, founder, mine, theirs, after):
    kept = make_person(workspace, consent=mine)
    gone = make_person(workspace, consent=theirs)

    merge_people(kept, gone, by=founder, now=NOW)

    kept.refresh_from_db()
    assert kept.consent == after


def test_a_merge_is_undone_for_30_days_and_in_order(workspace, founder):
    one, two, three = (make_person(workspace) for _ in range(3))
    first = merge_people(two, one, by=founder, now=NOW)
    second = merge_people(three, two, by=founder, now=NOW)

    with pytest.raises(MergeError, match="undo that first"):
        undo_merge(first, by=founder, now=NOW)
    with pytest.raises(MergeError, match="30 days"):
        undo_merge(second, by=founder, now=NOW + timedelta(days=30))
    undo_merge(second, by=founder, now=NOW)
    undo_merge(first, by=founder, now=NOW)

    merged = Person.objects.filter(merged_into__isnull=False)
    assert list(merged) == []


def test_what_cannot_be_merged_is_refused(workspace, founder):
    kept = make_person(workspace)

    with pytest.raises(MergeError, match="same row"):
        merge_people(kept, kept, by=founder, now=NOW)
    thrown = make_person(workspace, trashed_at=NOW)
    with pytest.raises(MergeError, match="trash"):
        merge_people(kept, thrown, by=founder, now=NOW)
    with pytest.raises(ValueError, match="two ventures"):
        merge_people(kept, make_person(make_workspace()), by=founder, now=NOW)


def test_organisations_bring_their_people(workspace, founder):
    kept = make_organisation(workspace, "Acme", size="40 beds")
    gone = make_organisation(workspace, "Acme Inc", size="50", source="warm")
    dana = make_person(workspace, organisation=gone)

    row = merge_organisations(kept, gone, by=founder, now=NOW)

    dana.refresh_from_db()
    kept.refresh_from_db()
    assert (dana.organisation, kept.size, kept.source) == (kept, "40 beds", "warm")
    make_organisation(workspace, "Acme Inc")
    with pytest.raises(MergeError, match="that name"):
        undo_merge(row, by=founder, now=NOW)


def test_pages_merge_lead_on_and_undo(client, founder, workspace):
    client.force_login(founder)
    kept, gone = make_person(workspace, "Dana"), make_person(workspace, "Dana")
    url = reverse("discovery:person_merge", args=["acme", kept.pk])
    old = reverse("interviews:person_detail", args=["acme", gone.pk])
    new = reverse("interviews:person_detail", args=["acme", kept.pk])

    offered = soup(client.get(url)).select(".row-main a")
    assert [link["href"] for link in offered] == [f"?other={gone.pk}"]
    assert client.get(f"{url}?other={gone.pk}").status_code == 200
    done = client.post(url, {"other": gone.pk, "form_key": fresh_key()}, follow=True)

    undo = reverse("discovery:merge_undo", args=["acme", Merge.objects.get().pk])
    assert soup(done).select_one(f'#notices form[action="{undo}"]')
    assert client.get(old).url == new
    assert client.post(undo).url == new
    assert client.get(old).status_code == 200
