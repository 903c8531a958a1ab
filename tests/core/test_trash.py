"""Put away, thrown away, fetched back; and gone for good after 30 days."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.actions.trash import (
    NameTakenError,
    archive_row,
    archive_rows,
    restore_row,
    trash_row,
    unarchive_row,
)
from core.models import ActivityEntry
from core.routes import routes
from core.trash import KEPT_FOR, empty_trash, in_trash, kinds
from core.verbs import VERBS
from discovery.models import Organisation, Person
from interviews.models import Interview
from tests.factories import (
    NOW,
    make_feature,
    make_guide,
    make_interview,
    make_need,
    make_organisation,
    make_person,
    make_problem,
    make_quote,
    make_segment,
    make_workspace,
)
from tests.helpers import soup, text_of
from tests.interviews.survey_cases import make_survey

pytestmark = pytest.mark.usefixtures("second_of_november")


def test_every_kind_has_its_pages_and_verbs(workspace):
    named = {route.name for route in routes()}
    words = ("archived", "unarchived", "trashed", "restored")

    assert {kind.page for kind in kinds()} | {kind.rows for kind in kinds()} <= named
    assert {f"{kind.slug}.{word}" for kind in kinds() for word in words} <= set(VERBS)


def test_a_row_goes_and_comes_back(workspace, founder):
    dana = make_person(workspace, "Dana")

    trash_row(dana, by=founder, now=NOW)
    assert list(Person.objects.kept()) == []
    assert [one.name for one in in_trash(workspace, NOW)] == ["Dana"]
    restore_row(dana, by=founder, now=NOW)
    archive_row(dana, by=founder, now=NOW)
    assert list(Person.objects.current()) == []
    unarchive_row(dana, by=founder, now=NOW)

    dana.refresh_from_db()
    assert (dana.trashed_at, dana.trashed_by, dana.archived_at) == (None, None, None)
    verbs = ActivityEntry.objects.values_list("verb", flat=True)
    assert sorted(verbs) == [
        "person.archived",
        "person.restored",
        "person.trashed",
        "person.unarchived",
    ]


def test_doing_it_twice_is_doing_it_once(workspace, founder):
    dana = make_person(workspace)
    trash_row(dana, by=founder, now=NOW)

    trash_row(dana, by=founder, now=NOW + timedelta(days=9))

    dana.refresh_from_db()
    assert dana.trashed_at == NOW


def test_a_talk_in_the_trash_does_not_count_and_does_when_back(workspace, founder):
    talk = make_interview(
        workspace,
        people=[make_person(workspace)],
        segment=make_segment(workspace),
        by=founder,
    )
    make_quote(talk)

    trash_row(talk, by=founder, now=NOW)
    assert list(Interview.objects.finished()) == []
    restore_row(talk, by=founder, now=NOW)

    assert list(Interview.objects.qualifying()) == [talk]


def test_a_taken_name_is_refused_and_can_be_changed(client, founder, workspace):
    client.force_login(founder)
    old = make_organisation(workspace, "Acme")
    trash_row(old, by=founder, now=NOW)
    make_organisation(workspace, "Acme")

    with pytest.raises(NameTakenError):
        restore_row(old, by=founder, now=NOW)
    url = reverse("core:row_restore", args=["acme", "organisation", old.pk])
    refused = client.post(url)

    assert refused.status_code == 409
    edit = reverse("discovery:organisation_edit", args=["acme", old.pk])
    assert soup(refused).select_one(f'main a[href="{edit}"]')
    Organisation.objects.filter(pk=old.pk).update(name="Acme of old")
    assert client.post(url).status_code == 303


def test_many_are_put_away_in_one_entry(workspace, founder):
    for _ in range(3):
        make_person(workspace)

    done = archive_rows(Person.objects.all(), by=founder, now=NOW)
    again = archive_rows(Person.objects.all(), by=founder, now=NOW)
    back = archive_rows(Person.objects.all(), by=founder, now=NOW, is_back=True)

    assert (done, again, back) == (3, 0, 3)
    assert ActivityEntry.objects.count() == 2


# --- for good --------------------------------------------------------------------
LATE = NOW + KEPT_FOR + timedelta(minutes=1)


def test_after_30_days_what_nobody_needs_is_gone(workspace, founder, settings):
    settings.ERASE_PERSON = ""
    trash_row(make_person(workspace, "Free"), by=founder, now=NOW)
    spoke = make_person(workspace, "Spoke")
    make_interview(workspace, people=[spoke])
    trash_row(spoke, by=founder, now=NOW)
    used = make_guide(workspace, "Used")
    make_interview(workspace, guide=used)
    trash_row(used, by=founder, now=NOW)
    trash_row(make_guide(workspace, "Unused"), by=founder, now=NOW)

    assert empty_trash(NOW + KEPT_FOR) == {"emptied": 0}
    assert empty_trash(LATE) == {"emptied": 2}
    assert empty_trash(LATE) == {"emptied": 0}

    kept = in_trash(workspace, LATE)
    assert sorted((one.name, one.is_kept) for one in kept) == [
        ("Spoke", True),
        ("Used", True),
    ]


def forgotten(person, *, by, now):
    Person.objects.filter(pk=person.pk).update(name="–", erased_at=now)


def test_people_are_handed_to_the_erasure(workspace, founder, settings):
    settings.ERASE_PERSON = f"{__name__}.forgotten"
    dana = make_person(workspace, "Dana")
    make_interview(workspace, people=[dana])
    trash_row(dana, by=founder, now=NOW)

    assert [empty_trash(LATE)["emptied"] for _ in range(2)] == [1, 0]
    dana.refresh_from_db()
    assert (dana.name, dana.erased_at) == ("–", LATE)


# --- pages -----------------------------------------------------------------------
def test_thrown_away_with_undo_in_the_notice(client, founder, workspace):
    client.force_login(founder)
    dana = make_person(workspace, "Dana")
    url = reverse("core:row_trash", args=["acme", "person", dana.pk])

    page = client.post(url, follow=True)

    undo = soup(page).select_one("#notices form")["action"]
    assert "Dana" in text_of(client.get(reverse("core:trash_list", args=["acme"])))
    detail = reverse("interviews:person_detail", args=["acme", dana.pk])
    assert "In the trash since" in text_of(client.get(detail))
    assert client.post(undo).url == detail
    dana.refresh_from_db()
    assert dana.trashed_at is None


def test_unknown_kinds_and_other_ventures_are_not_found(client, founder, workspace):
    client.force_login(founder)
    foreign = make_person(make_workspace())

    for kind, pk in (("nonsense", foreign.pk), ("person", foreign.pk)):
        url = reverse("core:row_trash", args=["acme", kind, pk])
        assert client.post(url).status_code == 404


PAGES = {
    "problem": "milestones:problem_detail",
    "need": "discovery:need_edit",
    "feature": "discovery:feature_edit",
    "survey": "interviews:survey_detail",
    "guide": "interviews:guide_detail",
    "interview": "interviews:interview_detail",
}


@pytest.fixture
def one_of_each(workspace, founder):
    segment = make_segment(workspace)
    return {
        "problem": make_problem(segment, "No rota"),
        "need": make_need(segment, "Free Sundays"),
        "feature": make_feature(workspace, "Swaps"),
        "survey": make_survey(workspace, name="Prices"),
        "guide": make_guide(workspace, "First talk"),
        "interview": make_interview(workspace, by=founder),
    }


@pytest.mark.parametrize("kind", PAGES)
def test_every_kind_can_be_put_away_and_found_again(
    client, founder, workspace, one_of_each, kind
):
    client.force_login(founder)
    row = one_of_each[kind]
    page = client.get(reverse(PAGES[kind], args=["acme", row.pk]))
    steps = {form.get("action", "") for form in soup(page).select("main form")}
    put_away = reverse("core:row_archive", args=["acme", kind, row.pk])
    assert {put_away, reverse("core:row_trash", args=["acme", kind, row.pk])} <= steps

    client.post(put_away)

    archive = client.get(reverse("core:trash_list", args=["acme"]), {"show": "archive"})
    back = soup(archive).select_one("main form")["action"]
    assert client.post(back).status_code == 303
    row.refresh_from_db()
    assert row.archived_at is None


def test_what_was_merged_or_erased_is_not_fetched_back(client, founder, workspace):
    client.force_login(founder)
    dana = make_person(workspace, "Dana")
    make_person(workspace, "Twin", merged_into=dana, archived_at=NOW)
    make_person(workspace, "–", erased_at=NOW, archived_at=NOW)

    page = client.get(reverse("core:trash_list", args=["acme"]), {"show": "archive"})

    assert "The archive is empty" in text_of(page)
