"""The signals of one question as a page, as a part and as a file."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Role
from milestones.scope import scope_of
from milestones.signals import signals_of
from tests.factories import (
    NOW,
    make_member,
    make_problem,
    make_segment,
    make_workspace,
)
from tests.helpers import soup
from tests.milestones.rows import url
from tests.milestones.signals.cases import ask_prices, met, says
from tests.milestones.statistics.test_price_sensitivity import TWELVE
from tests.world import make_world

pytestmark = pytest.mark.usefixtures("second_of_november")
EVERY = range(1, 12)


def words(tag):
    return " ".join(tag.get_text(" ").split())


@pytest.fixture
def signed_in(client, observer):
    client.force_login(observer)
    return client


def test_page_table_and_file_hold_the_same_numbers(signed_in, workspace, segment):
    problem = make_problem(segment, "The rota breaks.")
    for _ in range(5):
        says(met(segment), problem=problem)
    found = signals_of(scope_of(workspace), 1, now=NOW)[0]

    page = soup(signed_in.get(url("signal_list", workspace, 1)))
    answer = signed_in.get(url("signal_list", workspace, 1, format="csv"))
    lines = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    shown = page.select_one("#signals .signal")
    assert words(shown.p) == found.sentence
    assert words(shown.select_one(".chip")) == "Supports"
    assert tuple(words(cell) for cell in shown.select("tbody tr > *")) == found.rows[0]
    assert (
        tuple(one["value"] for one in lines if one["signal"] == found.title)
        == (found.rows[0])
    )
    assert {one["sentence"] for one in lines if one["signal"] == found.title} == {
        found.sentence
    }
    assert answer["Content-Disposition"] == 'attachment; filename="signals-acme-1.csv"'


def test_cannot_say_looks_calm_and_says_what_is_lacking(signed_in, workspace, segment):
    page = soup(signed_in.get(url("signal_list", workspace, 8)))

    shown = page.select_one("#signals .signal")
    assert words(shown.select_one(".chip")) == "Cannot say yet"
    assert "is-none" in shown.select_one(".chip")["class"]
    assert words(shown.select(".muted")[-1]).startswith("It lacks: Closed deals")


def test_the_question_takes_the_part_and_others_the_page(signed_in, workspace, segment):
    address = url("signal_list", workspace, 2)
    ask_prices(segment, TWELVE)

    part = signed_in.get(
        address, headers={"HX-Request": "true", "HX-Target": "signals"}
    )
    page = signed_in.get(address)

    assert soup(part).select("h1, header") == []
    assert soup(part).find(id="signals").name == "section"
    assert soup(part).select_one("#signals > p > a")["href"] == address
    assert soup(page).select("#signals > p > a") == []
    assert len(soup(page).select("svg.chart")) == 2
    drawn = [path["class"] for path in soup(page).select("svg.is-wide path")]
    assert len({tuple(classes) for classes in drawn}) == len(drawn) == 4


def test_another_segment_has_its_own_signals(signed_in, workspace, segment):
    other = make_segment(workspace, "Hospitals")
    make_problem(other, "Beds are lost")

    page = signed_in.get(url("signal_list", workspace, 1, segment=other.pk))
    first = signed_in.get(url("signal_list", workspace, 1))

    assert "Beds are lost" in words(soup(page).find(id="signals"))
    assert "Beds are lost" not in words(soup(first).find(id="signals"))
    chosen = soup(page).select_one("#id_segment option[selected]")
    assert chosen["value"] == str(other.pk)
    of_model = soup(signed_in.get(url("signal_list", workspace, 9)))
    assert of_model.select("#id_segment") == []


def test_without_a_segment_there_is_nobody_to_count(signed_in, workspace):
    for number in (1, 8):
        page = soup(signed_in.get(url("signal_list", workspace, number)))
        assert words(page.select_one("#signals > p")) == (
            "There is no segment yet, so there is nobody to count."
        )
        assert page.select("#signals li") == []
    page = soup(signed_in.get(url("signal_list", workspace, 9)))
    assert len(page.select("#signals .signal")) == 1


@pytest.mark.parametrize("query", ["", "?format=csv"])
def test_numbers_beyond_the_eleven_and_foreign_segments_are_not_found(
    signed_in, workspace, segment, query
):
    foreign = make_segment(make_workspace())

    for number in (0, 12):
        assert (
            signed_in.get(url("signal_list", workspace, number) + query).status_code
            == 404
        )
    address = url("signal_list", workspace, 1, segment=foreign.pk)
    assert signed_in.get(address).status_code == 404


@pytest.mark.django_db
def test_every_question_asks_the_same_few_queries_whatever_the_rows(client):
    few = make_world(make_workspace("Few", slug="few"), rows=1)
    many = make_world(make_workspace("Many", slug="many"), rows=6)

    counts = {world: queries_of(client, world) for world in (few, many)}

    assert counts[few] == counts[many]
    assert all(alone <= 10 and page <= 15 for alone, page in counts[many])


def queries_of(client, world):
    """(of the signals, of the page) for each question."""
    client.force_login(make_member(world.workspace, Role.OWNER).user)
    scope, found = scope_of(world.workspace), []
    for number in EVERY:
        with CaptureQueriesContext(connection) as alone:
            signals_of(scope, number, now=NOW)
        computing = len(alone)  # the next request empties the log
        client.get(url("signal_list", world.workspace, number))
        with CaptureQueriesContext(connection) as page:
            client.get(url("signal_list", world.workspace, number))
        found.append((computing, len(page)))
    return found


def test_no_name_of_a_person_or_an_organisation_is_in_a_signal(client, workspace):
    make_world(workspace, rows=2)
    client.force_login(make_member(workspace, Role.OBSERVER).user)

    text = "".join(
        client.get(url("signal_list", workspace, number)).content.decode()
        for number in EVERY
    )

    for kind in ("person", "organisation", "notes"):
        assert f"CANARY-acme-0-{kind}" not in text
