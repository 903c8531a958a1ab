"""The stage of the venture over the API."""

import pytest

from core.actions import change_settings
from core.models import ActivityEntry, Role
from tests.api_client import Asking
from tests.factories import NOW, make_segment, make_workspace
from tests.helpers import soup, text_of

pytestmark = pytest.mark.usefixtures("clock")
EVERY = [Role.OWNER, Role.FOUNDER, Role.MEMBER, Role.ADVISOR, Role.OBSERVER]
STAGES = ["seed", "development", "go_to_market", "market_expansion", "harvest"]


@pytest.fixture
def asking(client, workspace):
    make_segment(workspace, "Clinics")
    return lambda role=Role.FOUNDER: Asking(client, workspace, role)


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_expects_what_its_page_says(client, workspace, asking, stage):
    call = asking(Role.ADVISOR)
    client.force_login(call.by)

    told = call.get(f"/stage?look={stage}").json()
    page = client.get(f"/w/{workspace.slug}/stage/?look={stage}")

    said = text_of(page)
    assert (told["current"], told["stage"]) == ("seed", stage)
    assert told["about"] in said
    for words in (*told["expects"], *told["not_yet"], *told["unseen"]):
        assert words in said
    for one in told["seen"]:
        standing = "Holds." if one["is_met"] else "Open."
        assert f"{standing} {one['sentence']}" in said
    head = " ".join(soup(page).select_one("#seen-head").get_text(" ").split())
    assert f"{told['met']} of {len(told['seen'])} hold" in head


def test_a_founder_moves_it_and_the_history_says_so(asking):
    call = asking()
    read = call.get("/stage").json()

    answer = call.put("/stage", {"rev": read["rev"], "stage": "development"})

    told = answer.json()
    assert answer.status_code == 200
    assert (told["current"], told["stage"]) == ("development", "development")
    assert told["rev"] == read["rev"] + 1
    [change] = told["changes"]
    assert (change["old"], change["new"]) == ("seed", "development")
    assert change["by"] == str(call.by)
    assert ActivityEntry.objects.filter(verb="venture.stage_changed").count() == 1


def test_two_at_once_are_told_which_revision_stands(workspace, founder, asking):
    call = asking()
    rev = call.get("/stage").json()["rev"]
    stands = change_settings(workspace, by=founder, now=NOW, stage="harvest").rev

    answer = call.put("/stage", {"rev": rev, "stage": "development"})

    workspace.refresh_from_db()
    assert (answer.status_code, answer.json()["rev"]) == (409, stands)
    assert workspace.stage == "harvest"


@pytest.mark.parametrize("role", EVERY)
def test_every_role_reads_it_and_founders_change_it(asking, role):
    call = asking(role)
    rev = call.get("/stage").json()["rev"]

    status = call.put("/stage", {"rev": rev, "stage": "development"}).status_code

    may = role in (Role.OWNER, Role.FOUNDER)
    assert status == (200 if may else 403)


@pytest.mark.parametrize("query", ["look=unicorn", "look=", "version=x"])
def test_a_stage_there_is_not_is_refused(asking, query):
    assert asking().get(f"/stage?{query}").status_code == 422


def test_a_stage_of_no_list_and_a_segment_of_others_are_refused(asking):
    call = asking()
    rev = call.get("/stage").json()["rev"]
    foreign = make_segment(make_workspace())

    wrong = call.put("/stage", {"rev": rev, "stage": "unicorn"})

    assert (wrong.status_code, list(wrong.json()["errors"])) == (422, ["stage"])
    assert call.get(f"/stage?segment={foreign.pk}").status_code == 404
    assert call.get("/stage?version=7").status_code == 404
