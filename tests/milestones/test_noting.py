"""States of questions, noted as they change, and past days drawn from them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from core.actions import remove_member
from core.actions.trash import trash_row
from core.models import Role, Workspace
from discovery.actions import edit_person
from interviews.models import Interview
from milestones.actions import noting, withdraw_evidence
from milestones.actions.noting import due, note_due, note_states
from milestones.models import BoardPulse, QuestionState
from milestones.noted import from_json, to_json
from milestones.reports import mentions
from milestones.reports.board import board
from milestones.reports.mentions import asked_in
from milestones.reports.noting import states_of
from milestones.scope import scope_of
from tests.factories import make_member, make_workspace
from tests.helpers import soup
from tests.milestones.rows import (
    answer,
    link,
    open_market,
    question,
    said,
    score,
    talks,
    url,
)

DAY = timedelta(days=1)
START = datetime(2026, 11, 10, 10, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(workspace, founder):
    return open_market(workspace, founder)


def levels(row):
    return list(row.states.order_by("at").values_list("supported", flat=True))


def test_a_state_is_written_only_when_it_changed(workspace, founder, market):
    row = question(workspace)
    note_states(workspace, now=START)
    note_states(workspace, now=START + DAY / 24)
    answer(row, by=founder, now=START + DAY / 12)
    note_states(workspace, now=START + DAY / 8)
    note_states(workspace, now=START + DAY / 6)

    assert levels(row) == [0, 1]
    assert QuestionState.objects.count() == 12


def test_what_is_noted_reads_back_as_it_was(workspace, founder, market):
    row = question(workspace)
    answer(row, by=founder, now=START)
    talks(row, 4, by=founder, now=START)
    note_states(workspace, now=START)

    kept = row.states.get().state

    assert to_json(from_json(kept)) == kept | {
        name: tuple(kept[name]) for name in ("scorers",)
    } | {
        "support": kept["support"]
        | {
            name: tuple(kept["support"][name])
            for name in ("reasons", "raise_by", "lowered_by", "left_out")
        }
    }
    assert from_json(kept).supporting == 4


def test_who_was_asked_is_read_once_a_segment(workspace, founder, market, monkeypatch):
    """Four of its questions want to know, and a venture may hold thousands of talks."""
    talks(question(workspace), 2, by=founder, now=START)
    read = []

    def counted(segment, now):
        read.append((segment.pk, now))
        return asked_in(segment, now)

    monkeypatch.setattr(mentions, "asked_in", counted)
    note_states(workspace, now=START)

    assert read == [(market.pk, START)]


def test_only_ventures_where_something_happened_are_due(workspace, founder, market):
    note_due(START)
    later = START + DAY / 24
    assert due(later) == []

    answer(question(workspace), by=founder, now=later)
    assert due(later + DAY / 24) == [workspace]

    note_due(later + DAY / 24)
    assert due(later + DAY / 12) == []
    assert due(later + DAY) == [workspace]  # a new day: evidence ages


def test_a_venture_that_cannot_be_noted_keeps_no_other_from_it(
    workspace, founder, market
):
    other = make_workspace("Zeta", slug="zeta")
    open_market(other, founder)
    QuestionState.objects.create(
        workspace=workspace,
        question=question(workspace),
        at=START,
        supported=0,
        state={"written": "by another release"},
    )

    with pytest.raises(ExceptionGroup) as failed:
        note_due(START)

    assert [type(error) for error in failed.value.exceptions] == [KeyError]
    assert QuestionState.objects.in_workspace(other).count() == 11


def test_noting_goes_on_after_the_clock_was_set_back(workspace, founder, market):
    note_due(START + 400 * DAY)
    answer(question(workspace), by=founder, now=START + 400 * DAY)

    assert due(START) == [workspace]
    note_due(START)
    assert due(START + DAY / 24) == []


def test_two_at_once_note_once(workspace, founder, market):
    note_due(START)
    answer(question(workspace), by=founder, now=START + DAY / 24)
    first, second = due(START + DAY / 12)[0], due(START + DAY / 12)[0]

    assert note_states(first, now=START + DAY / 12) == 1
    assert note_states(second, now=START + DAY / 12) == 0
    assert levels(question(workspace)) == [0, 1]


def test_days_the_scheduler_slept_through_are_noted_at_their_end(
    workspace, founder, market
):
    row = question(workspace)
    answer(row, by=founder, now=START)
    talks(row, 10, by=founder, grade=4, now=START)
    note_due(START)
    fresh_until = max(
        workspace.today(talk.held_at) for talk in Interview.objects.all()
    ) + timedelta(days=120)
    asleep = (
        datetime(fresh_until.year, fresh_until.month, fresh_until.day, 12, tzinfo=UTC)
        + 5 * DAY
    )

    note_due(asleep - 9 * DAY)
    note_due(asleep)

    assert levels(row) == [4, 3]
    aged = row.states.order_by("at").last()
    assert workspace.today(aged.at) == fresh_until + DAY


def history(workspace, founder, ben, market):
    """What happens on each of eight days: the kinds of change a day can bring."""
    row = question(workspace)
    quotes = [said(workspace, market) for _ in range(4)]
    people = [quote.person for quote in quotes]

    def befriend(now):
        edit_person(
            people[2], by=founder, now=now, is_related_party=True, name=people[2].name
        )

    return [
        lambda now: answer(row, by=founder, now=now),
        lambda now: [link(row, quote, by=founder, now=now) for quote in quotes[:3]],
        lambda now: score(row, 3, by=founder, now=now),
        lambda now: score(row, 1, by=ben.user, now=now),
        befriend,
        lambda now: trash_row(quotes[1].interview, by=founder, now=now),
        lambda now: withdraw_evidence(
            row.evidence.get(quote=quotes[0]), by=founder, reason="Misheard", now=now
        ),
        lambda now: remove_member(ben, by=founder, now=now),
    ]


def words_of_board(client, workspace, **query):
    """What the page says below its filters, without what links to other days."""
    page = soup(client.get(url("board", workspace, **query)))
    for notice in page.select(".notice, .no-print"):
        notice.decompose()
    parts = [page.find(id=name).get_text(" ") for name in ("board-summary", "board")]
    return " ".join(" ".join(parts).split())


def test_every_past_day_is_shown_as_it_was(client, workspace, founder, market):
    ben = make_member(workspace, Role.FOUNDER)
    steps = history(workspace, founder, ben, market)
    client.force_login(founder)
    shown = {}
    for number, step in enumerate(steps):
        now = START + number * DAY
        with time_machine.travel(now, tick=False):
            step(now)
        with time_machine.travel(now + DAY / 4, tick=False):
            note_due(now + DAY / 4)
            shown[now.date()] = words_of_board(client, workspace)

    with time_machine.travel(START + 60 * DAY, tick=False):
        client.force_login(founder)
        note_due(START + 60 * DAY)
        again = {
            day: words_of_board(client, workspace, as_of=day.isoformat())
            for day in shown
        }

    assert again == shown
    assert len(set(shown.values())) == len(steps)


def test_two_days_are_compared(client, workspace, founder, market):
    row = question(workspace)
    note_due(START)
    answer(row, by=founder, now=START + DAY)
    link(row, said(workspace, market), by=founder, now=START + DAY)
    score(row, 1, by=founder, now=START + DAY)
    now = START + 3 * DAY
    note_due(now)

    found = board(
        scope_of(workspace), viewer="x", now=now, since=START.date(), as_of=now.date()
    )

    first, second = found.rows[:2]
    assert (found.changed, first.change, first.is_changed) == (1, 1, True)
    assert (first.was.standing.claimed, second.is_changed) == (None, False)


def test_a_pulse_is_kept_for_each_venture(workspace, founder, market):
    note_due(START)

    pulse = BoardPulse.objects.get()
    assert (pulse.workspace, pulse.noted_on) == (workspace, START.date())


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("later", [timedelta(0), timedelta(seconds=2)])
def test_of_two_workers_at_once_one_writes(
    workspace, founder, market, monkeypatch, is_first, later
):
    """The second comes while the first still works the states out."""
    if not is_first:
        note_states(workspace, now=START)
        answer(question(workspace), by=founder, now=START + DAY / 12)
    before, now, counts = QuestionState.objects.count(), START + DAY / 6, []

    def slowly(venture, moment):
        monkeypatch.setattr(noting, "states_of", states_of)
        found = list(states_of(venture, moment))
        other = Workspace.objects.get(pk=venture.pk)
        counts.append(note_states(other, now=now + later))
        return found

    monkeypatch.setattr(noting, "states_of", slowly)
    counts.append(note_states(Workspace.objects.get(pk=workspace.pk), now=now))

    written = 11 if is_first else 1
    assert counts == [written, 0]
    assert QuestionState.objects.count() == before + written
    assert BoardPulse.objects.get().noted_at == now + later
