"""The learning log: changes with the yield before and after, and what talks taught."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.revisions import EndedError
from discovery.models import Person
from forecasts.actions import add_learning, correct_learning, write_lesson
from forecasts.errors import Conflict
from forecasts.learning_log import log_of
from forecasts.models import LearningEntry, SalesLesson
from tests.factories import (
    NOW,
    TODAY,
    fresh_key,
    make_interview,
    make_person,
    make_workspace,
)
from tests.helpers import body_of, soup, text_of
from tests.selling import (
    QUARTERS,
    THOUSAND,
    make_cost,
    make_curve,
    make_learning,
    make_lesson,
    make_rep,
    make_rep_quarter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def curve(workspace):
    """Two reps, each 10, 20, 30, 40, 50 thousand in five quarters."""
    curve = make_curve(workspace, "Rota", currency="USD")
    for rep in (make_rep(workspace), make_rep(workspace)):
        for place, start in enumerate(QUARTERS, start=1):
            make_rep_quarter(curve, rep, start, place * 10 * THOUSAND)
    return curve


def words_of(curve):
    return [one.says for one in log_of(curve, now=NOW).entries]


# --- what it did to the yield ----------------------------------------------------
@pytest.mark.parametrize(
    ("day", "said"),
    [
        # within a quarter: that one mixes both
        (
            QUARTERS[2] + timedelta(days=40),
            "Yield $80,000 in Q4 2025, $160,000 in Q2 2026, 2.00 times as much.",
        ),
        # on its first day: that one is after it
        (
            QUARTERS[2],
            "Yield $80,000 in Q4 2025, $120,000 in Q1 2026, 1.50 times as much.",
        ),
        (
            QUARTERS[0] + timedelta(days=1),
            "Yield $80,000 in Q4 2025 after it; none known before.",
        ),
        (TODAY, "Yield $200,000 in Q3 2026 before it; none known after yet."),
    ],
)
def test_the_quarter_before_stands_beside_the_one_after(curve, day, said):
    make_learning(curve, changed_on=day)

    assert words_of(curve) == [said]


def test_one_rep_is_too_few_to_say(workspace):
    curve = make_curve(workspace)
    rep = make_rep(workspace)
    for start in QUARTERS[:3]:
        make_rep_quarter(curve, rep, start, 10 * THOUSAND)
    make_learning(curve, changed_on=QUARTERS[1])

    assert words_of(curve) == [
        "Yield $40,000 in Q3 2025, $40,000 in Q4 2025, 1.00 times as much "
        "(too few reps to say)."
    ]


def test_a_yield_that_began_at_nothing_has_no_ratio(workspace):
    curve = make_curve(workspace)
    for rep in (make_rep(workspace), make_rep(workspace)):
        make_rep_quarter(curve, rep, QUARTERS[0], 0)
        make_rep_quarter(curve, rep, QUARTERS[1], 10 * THOUSAND)
    make_learning(curve, changed_on=QUARTERS[1])

    assert words_of(curve) == ["Yield $0 in Q3 2025, $40,000 in Q4 2025."]


def test_quarters_come_newest_first_and_name_what_else_changed(curve):
    make_learning(curve, "First", changed_on=QUARTERS[0])
    make_learning(curve, "Second", changed_on=QUARTERS[3])
    make_learning(curve, "Third", changed_on=QUARTERS[3] + timedelta(days=9))

    log = log_of(curve, now=NOW)

    assert [one.name for one in log.quarters] == ["Q2 2026", "Q3 2025"]
    assert [(one.row.changed, one.beside) for one in log.entries] == [
        ("Third", 1),
        ("Second", 1),
        ("First", 0),
    ]


def test_the_log_goes_through_all_pages_and_keeps_its_curve(
    signed_in, workspace, curve, url
):
    make_curve(workspace, "Another")
    for n in range(30):
        make_learning(curve, f"Change {n:02}", changed_on=QUARTERS[3])
    make_learning(curve, "The first of all", changed_on=QUARTERS[0])
    address = url("learning_log") + f"?curve={curve.pk}"

    first, second = (signed_in.get(address + page) for page in ("", "&page=2"))
    file = body_of(signed_in.get(address + "&page=2&format=csv")).decode()

    assert len(soup(first).main.select("ul.rows > li")) == 25
    assert len(soup(second).main.select("ul.rows > li")) == 6
    assert "Page 1 of 2, 31 rows" in text_of(first)
    assert "29 other changes fall into the same quarter." in text_of(second)
    assert "Q2 2026 30" in text_of(second)
    back = soup(second).find("a", rel="prev")["href"]
    assert f"curve={curve.pk}" in back
    assert "The first of all" in text_of(second)
    assert len(file.splitlines()) == 32


def test_many_changes_cost_what_one_costs(curve):
    def queries():
        with CaptureQueriesContext(connection) as found:
            log_of(curve, now=NOW)
        return len(found)

    make_learning(curve)
    queries()  # the settings of the venture are read once
    one = queries()
    for n in range(9):
        make_learning(curve, f"Change {n}")

    assert queries() == one


# --- writing ---------------------------------------------------------------------
FIELDS = {
    "area": "price",
    "changed_on": date(2026, 10, 1),
    "changed": "By the site.",
    "expected": "Shorter cycles.",
    "learned": "",
}


def test_what_it_did_is_added_without_a_reason_and_the_rest_with_one(curve, founder):
    by = {"by": founder, "now": NOW}
    first = add_learning(curve, **FIELDS, **by)

    told = correct_learning(first, **FIELDS | {"learned": "Ten days."}, **by)
    with pytest.raises(ValidationError, match="Say why"):
        correct_learning(told, **FIELDS | {"learned": "Twenty days."}, **by)
    with pytest.raises(ValidationError, match="on record already"):
        correct_learning(told, **FIELDS | {"learned": "Ten days."}, **by)
    last = correct_learning(
        told, **FIELDS | {"learned": "Twenty days."}, reason="Counted again.", **by
    )

    assert list(LearningEntry.objects.current()) == [last]
    assert LearningEntry.objects.count() == 3


def test_two_who_correct_one_entry_are_told_of_each_other(curve, founder):
    by = {"by": founder, "now": NOW}
    first = add_learning(curve, **FIELDS, **by)
    correct_learning(first, **FIELDS | {"learned": "Ten days."}, **by)

    with pytest.raises(Conflict):
        correct_learning(first, **FIELDS | {"learned": "Nine days."}, **by)


def test_a_day_to_come_and_a_closed_curve_are_refused(curve, founder):
    by = {"by": founder, "now": NOW}
    later = FIELDS | {"changed_on": TODAY + timedelta(days=1)}
    with pytest.raises(ValidationError, match="not come yet"):
        add_learning(curve, **later, **by)
    curve.closed_at = NOW
    curve.save(update_fields=["closed_at"])
    with pytest.raises(EndedError):
        add_learning(curve, **FIELDS, **by)


def test_a_talk_has_one_lesson_that_stands(workspace, founder):
    talk = make_interview(workspace, kind="sales", by=founder)
    by = {"by": founder, "now": NOW}
    first = write_lesson(talk, learned="Who signs.", **by)
    second = write_lesson(talk, learned="Who pays.", follows=first.pk, **by)

    with pytest.raises(Conflict):
        write_lesson(talk, learned="Who else.", follows=first.pk, **by)

    assert list(SalesLesson.objects.current()) == [second]


# --- pages -----------------------------------------------------------------------
def sent(**data):
    usual = FIELDS | {"changed_on": "2026-10-01"}
    return usual | data | {"form_key": fresh_key()}


def test_a_change_is_noted_and_read(signed_in, curve, url):
    answer = signed_in.post(url("learning_add", curve.pk), sent())

    page = text_of(signed_in.get(answer["Location"]))
    assert "Q4 2026" in page
    assert "Price By the site." in page
    assert "Not written down yet." in page
    assert "Yield $200,000 in Q3 2026 before it; none known after yet." in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"area": ""}, "Choose one of the four."),
        ({"area": "mood"}, "valid choice"),
        ({"changed_on": "2026-11-03"}, "This day has not come yet."),
        ({"changed": ""}, "Say what was changed."),
        ({"expected": "\u200b"}, "Write something that can be seen."),
        ({"changed": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    signed_in, curve, url, data, said
):
    answer = signed_in.post(
        url("learning_add", curve.pk), sent(learned="Kept.", **data)
    )

    assert answer.status_code == 422
    assert said in text_of(answer)
    kept = soup(answer).find("textarea", attrs={"name": "learned"}).text.strip()
    assert kept == "Kept."
    assert not LearningEntry.objects.exists()


def test_a_conflict_shows_both_texts_and_goes_on_from_what_stands(
    signed_in, curve, founder, url
):
    first = add_learning(curve, **FIELDS, by=founder, now=NOW)
    told = FIELDS | {"learned": "Ten days."}
    now = correct_learning(first, **told, by=founder, now=NOW)

    answer = signed_in.post(
        url("learning_correct", first.pk), sent(learned="Nine days.")
    )

    page = soup(answer)
    assert answer.status_code == 409
    assert "Ten days." in text_of(answer)
    assert page.find("textarea", attrs={"name": "learned"}).text.strip() == "Nine days."
    again = page.find("form", action=url("learning_correct", now.pk))
    saved = signed_in.post(
        again["action"], sent(learned="Nine days.", reason="Counted again.")
    )
    assert saved.status_code == 303
    assert LearningEntry.objects.current().get().learned == "Nine days."


def test_a_sales_talk_leads_to_its_lesson_and_the_log_lists_it(
    signed_in, curve, founder, workspace, url
):
    talk = make_interview(
        workspace, kind="sales", by=founder, people=[make_person(workspace)]
    )
    before = text_of(signed_in.get(url("learning_log")))
    page = soup(signed_in.get(f"/w/{workspace.slug}/interviews/{talk.pk}/"))
    link = page.find("a", href=url("lesson_write", talk.pk))

    answer = signed_in.post(
        link["href"], {"learned": "The nurse decides.", "form_key": fresh_key()}
    )

    after = text_of(signed_in.get(answer["Location"]))
    assert "1 sales talk says nothing yet of what was learned." in before
    assert "The nurse decides." in after
    assert "says nothing yet" not in after


def test_a_lesson_somebody_else_wrote_meanwhile_is_shown(
    signed_in, workspace, founder, url
):
    talk = make_interview(workspace, kind="sales", by=founder)
    stands = make_lesson(talk, "Theirs.")
    address = url("lesson_write", talk.pk)

    met = signed_in.post(address, {"learned": "Ours.", "form_key": fresh_key()})

    follows = soup(met).find("input", attrs={"name": "follows"})["value"]
    assert met.status_code == 409
    assert "Theirs." in text_of(met)
    assert follows == str(stands.pk)
    data = {"learned": "Ours.", "follows": follows, "form_key": fresh_key()}
    assert signed_in.post(address, data).status_code == 303
    assert SalesLesson.objects.current().get().learned == "Ours."


def test_who_refuses_notes_takes_the_lesson_along(signed_in, curve, workspace, url):
    person = make_person(workspace, consent=Person.Consent.NONE)
    talk = make_interview(workspace, kind="sales", people=[person])
    make_lesson(talk, "The nurse decides.")

    assert "The nurse decides." not in text_of(signed_in.get(url("learning_log")))
    assert signed_in.get(url("lesson_write", talk.pk)).status_code == 404


def test_an_advisor_reads_the_log_and_writes_nothing(client, advisor, curve, url):
    make_learning(curve)
    client.force_login(advisor)

    page = soup(client.get(url("learning_log")))

    assert "Sold by the site" in page.text
    assert url("learning_add", curve.pk) not in {a.get("href") for a in page("a")}
    assert client.post(url("learning_add", curve.pk), sent()).status_code == 403


def test_the_curve_of_another_venture_is_not_found(signed_in, url):
    foreign = make_curve(make_workspace())

    answer = signed_in.get(f"{url('learning_log')}?curve={foreign.pk}")

    assert answer.status_code == 404
    assert signed_in.get(url("learning_add", foreign.pk)).status_code == 404


def test_page_and_file_say_the_same(signed_in, curve, url):
    make_learning(curve, "=SUM(A1)", changed_on=QUARTERS[2])

    file = signed_in.get(url("learning_log") + "?format=csv").content.decode()

    row = file.splitlines()[-1]
    assert "'=SUM(A1)" in row
    assert "Q4 2025,80000,Q1 2026,120000,no,1," in row


def test_without_a_curve_the_page_says_where_to_begin(signed_in, url):
    page = text_of(signed_in.get(url("learning_log")))

    assert "No sales curve yet" in page


def test_costs_are_no_part_of_the_yield(curve):
    make_cost(curve, QUARTERS[1], 500 * THOUSAND)
    make_learning(curve, changed_on=QUARTERS[2])

    [one] = log_of(curve, now=NOW).entries

    assert one.effect.before.measured.sales_yield == Decimal(80 * THOUSAND)
