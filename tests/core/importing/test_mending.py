"""Two people who mend the same table."""

import pytest
import time_machine
from bs4 import BeautifulSoup

from core.models import ImportRun
from tests.core.importing.test_pages import checked, page
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_fixed_day():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def signed_in(client, member):
    client.force_login(member)
    return client


def sent_by(response):
    """What the form that mends rows would send as it stands."""
    form = BeautifulSoup(response.content, "html.parser").select_one("#wrong-rows form")
    return {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]")
        if field.get("type") != "checkbox" or field.has_attr("checked")
    }


TWO_WRONG = "Name,E-Mail\nDana,\nLee,lee(at)north\nKim,kim(at)south\n"


def test_two_who_mend_the_same_row_lose_nothing(signed_in):
    run = checked(signed_in, TWO_WRONG)
    url = page("import_check", run)
    mine = sent_by(signed_in.get(url)) | {"cell-3-1": "lee@mine.example"}
    signed_in.post(url, mine | {"cell-3-1": "lee@theirs.example"})

    late = signed_in.post(url, mine)
    shown = sent_by(late)
    words = BeautifulSoup(late.content, "html.parser").main.get_text(" ", strip=True)

    assert late.status_code == 409
    assert "It says now: lee@theirs.example" in words
    assert "Line 4" not in words
    assert shown["cell-3-1"] == "lee@mine.example"
    assert signed_in.post(url, shown).status_code == 303
    assert run.rows.get(line=3).cells[1] == "lee@mine.example"


def test_two_who_mend_other_rows_do_not_meet(signed_in):
    run = checked(signed_in, TWO_WRONG)
    url = page("import_check", run)
    mine = sent_by(signed_in.get(url)) | {"cell-4-1": "kim@mine.example"}
    signed_in.post(url, mine | {"cell-3-1": "lee@theirs.example"})

    again = signed_in.post(url, mine)

    assert again.status_code == 303
    mended = dict(run.rows.values_list("line", "cells"))
    assert [mended[3][1], mended[4][1]] == ["lee@theirs.example", "kim@mine.example"]


def test_a_row_that_somebody_skipped_is_taken_up_knowingly(signed_in):
    run = checked(signed_in, TWO_WRONG)
    url = page("import_check", run)
    mine = sent_by(signed_in.get(url)) | {"cell-3-1": "lee@mine.example"}
    signed_in.post(url, {"skip-3": "on"})

    late = signed_in.post(url, mine)

    assert (late.status_code, b"Somebody skipped this line" in late.content) == (
        409,
        True,
    )
    signed_in.post(url, sent_by(late))
    run.refresh_from_db()
    assert run.result == {"created": 2, "problem": 1}


def test_what_was_mended_while_the_table_is_checked_is_not_lost(signed_in):
    run = checked(signed_in, TWO_WRONG)
    url = page("import_check", run)
    mine = sent_by(signed_in.get(url)) | {"cell-3-1": "lee@mine.example"}
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.State.CHECKING)

    busy = signed_in.post(url, mine)

    assert (busy.status_code, sent_by(busy)["cell-3-1"]) == (409, "lee@mine.example")
    assert b"is being checked just now" in busy.content
