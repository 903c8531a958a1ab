"""The list of talks: what it is narrowed to, what it leaves out, what it points at."""

from datetime import timedelta

import pytest

from tests.factories import NOW, make_interview, make_segment
from tests.helpers import soup, text_of

pytestmark = pytest.mark.usefixtures("second_of_november")


@pytest.fixture
def segment(workspace):
    return make_segment(workspace, "First customers")


@pytest.fixture
def signed_in(client, founder, segment):
    client.force_login(founder)
    return client


TALKS = "/w/acme/interviews/"


def rows(response):
    return len(soup(response).select("#talk-table tbody tr"))


def test_the_list_is_narrowed_by_segment_and_day(
    signed_in, workspace, segment, founder
):
    make_interview(workspace, by=founder, segment=segment)
    make_interview(workspace, by=founder, held_at=NOW - timedelta(days=9))

    assert rows(signed_in.get(TALKS)) == 2
    assert rows(signed_in.get(TALKS, {"segment": segment.pk})) == 1
    assert rows(signed_in.get(TALKS, {"since": "2026-11-01"})) == 1
    assert rows(signed_in.get(TALKS, {"since": "2026-10-01"})) == 2
    assert signed_in.get(TALKS, {"since": "soon"}).status_code == 400


def test_since_means_the_day_of_the_venture(signed_in, workspace, founder):
    workspace.timezone = "America/New_York"
    workspace.save(update_fields=["timezone"])
    make_interview(workspace, by=founder, held_at=NOW.replace(day=1, hour=3))

    assert rows(signed_in.get(TALKS, {"since": "2026-11-01"})) == 0
    assert rows(signed_in.get(TALKS, {"since": "2026-10-31"})) == 1


def test_talks_in_the_trash_are_in_no_list(signed_in, workspace, founder):
    make_interview(workspace, by=founder, trashed_at=NOW)
    make_interview(workspace, by=founder, state="draft", trashed_at=NOW)

    assert "No interview yet" in text_of(signed_in.get(TALKS))


def test_a_talk_without_a_quote_is_due_after_two_days(signed_in, workspace, founder):
    old = NOW - timedelta(hours=49)
    make_interview(workspace, by=founder, recorded_at=old)
    make_interview(workspace, by=founder)
    make_interview(workspace, by=founder, recorded_at=old, state="draft")

    page = soup(signed_in.get(TALKS))

    chips = [chip for chip in page.select("td .chip") if "no quote yet" in chip.text]
    assert len(chips) == 1


def test_a_draft_is_called_by_the_names_typed_in_it(
    signed_in, workspace, founder, member
):
    make_interview(workspace, by=founder, state="draft", who_typed=["Le", "Dana"])
    make_interview(workspace, by=member, state="draft", who_typed=["Kim"])

    page = soup(signed_in.get(TALKS))

    assert page.select_one("main .rows a").text == "Le; Dana"
    assert page.select_one("#talk-table th a").text == "Kim"


def test_a_talk_in_the_archive_stands_there_alone(signed_in, workspace, founder):
    make_interview(workspace, by=founder, archived_at=NOW)
    make_interview(workspace, by=founder)
    make_interview(workspace, by=founder)

    assert rows(signed_in.get(TALKS)) == 2
    assert rows(signed_in.get(TALKS, {"archived": "on"})) == 1
