"""The signals of a question, as the API tells them."""

import pytest

from core.models import Role
from milestones.actions import start_version
from milestones.reports.signals import signal_page
from milestones.scope import scope_of
from tests.api_client import Asking
from tests.factories import NOW, make_problem, make_segment, make_workspace
from tests.milestones.rows import open_market, question, talks, url

pytestmark = pytest.mark.usefixtures("clock")
WHY = "They lose patients, not hours: we solve another problem now."


@pytest.fixture
def market(workspace, founder):
    return open_market(workspace, founder)


def test_they_say_what_the_page_says(client, workspace, founder, market):
    talks(question(workspace, 1), 3, by=founder)

    told = Asking(client, workspace, Role.OBSERVER).get("/questions/1/signals").json()

    page = signal_page(scope_of(workspace), 1, now=NOW)
    assert told["sentence"] == page.sentence
    assert [one["key"] for one in told["signals"]] == [one.key for one in page.signals]
    for one, signal in zip(told["signals"], page.signals, strict=True):
        assert (one["title"], one["sentence"]) == (signal.title, signal.sentence)
        assert one["verdict"] == signal.verdict.value
        assert one["rows"] == [list(row) for row in signal.rows]
        assert all(len(row) == len(one["header"]) for row in one["rows"])


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.OBSERVER])
def test_who_sees_no_people_reads_no_names(client, workspace, founder, market, role):
    (linked,) = talks(question(workspace, 1), 1, by=founder)
    person = linked.quote.person
    make_problem(market, f"{person.name} waits")

    weak = Asking(client, workspace, role).get("/questions/1/signals").content.decode()
    strong = Asking(client, workspace, Role.MEMBER).get("/questions/1/signals")
    client.force_login(founder)
    page = client.get(url("signal_list", workspace, 1)).content.decode()

    assert person.name in page
    assert person.name in strong.content.decode()
    assert person.name not in weak
    assert person.pseudonym in weak


def test_of_an_ended_version_as_they_stood_then(client, workspace, founder, market):
    start_version(workspace, by=founder, changes=["problem"], what_changed=WHY, now=NOW)
    talks(scope_of(workspace).question(1), 3, by=founder)

    asking = Asking(client, workspace, Role.MEMBER)
    old = asking.get("/questions/1/signals?version=1").json()

    expected = signal_page(scope_of(workspace, version=1), 1, now=NOW)
    assert old["sentence"] == expected.sentence


@pytest.mark.parametrize(
    "path",
    ["/questions/12/signals", "/questions/0/signals", "/questions/1/signals?version=9"],
)
def test_what_there_is_not_is_not_found(client, workspace, market, path):
    assert Asking(client, workspace).get(path).status_code == 404


def test_a_segment_of_others_is_not_found(client, workspace, market):
    foreign = make_segment(make_workspace())

    answered = Asking(client, workspace).get(
        f"/questions/1/signals?segment={foreign.pk}"
    )

    assert answered.status_code == 404
