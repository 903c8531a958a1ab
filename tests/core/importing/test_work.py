"""The job: batches under a lease, taken up by whoever comes next."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.importing import (
    check_again,
    clear_abandoned,
    forget,
    forget_words,
    start_run,
    start_undo,
    work_due,
    work_on,
)
from core.importing.claiming import LEASE, LostError, claim
from core.importing.running import Run
from core.importing.work import one_batch
from core.models import ActivityEntry, ImportRow, ImportRun
from discovery.importer import PeopleImporter
from discovery.models import Person
from tests.factories import NOW, make_import_run, make_person, make_segment

pytestmark = pytest.mark.django_db
State = ImportRun.State
CHOICES = {"duplicates": "fill", "source": "cold", "consent": "notes"}
MAPPING = {"0": "name", "1": "email"}


def at(moment):
    return lambda: moment


def make_ready(workspace, by, count=3, **fields):
    rows = [[f"Dana {n}", f"d{n}@a.example"] for n in range(count)]
    return make_import_run(
        workspace,
        rows,
        by=by,
        **{"mapping": MAPPING, "choices": CHOICES, "state": State.CHECKED} | fields,
    )


def fresh(run):
    return ImportRun.objects.get(pk=run.pk)


def test_a_dead_workers_run_goes_on_when_its_lease_is_over(
    workspace, member, monkeypatch
):
    monkeypatch.setattr(PeopleImporter, "batch", 2)
    run = make_ready(workspace, member, count=5)
    start_run(run, by=member, now=NOW)
    mine = claim(run.pk, NOW)
    one_batch(mine, Run(mine), NOW)  # and then the worker is gone

    assert work_due(at(NOW + LEASE / 2)) == 0
    assert work_due(at(NOW + LEASE * 2)) == 1

    assert fresh(run).state == State.DONE
    assert Person.objects.count() == 5
    assert fresh(run).result == {"created": 5}


def test_a_worker_whose_lease_ran_out_writes_nothing_more(
    workspace, member, monkeypatch
):
    monkeypatch.setattr(PeopleImporter, "batch", 2)
    run = make_ready(workspace, member, count=5)
    start_run(run, by=member, now=NOW)
    late = claim(run.pk, NOW)
    work_on(run.pk, at(NOW + LEASE * 2))
    count = Person.objects.count()

    with pytest.raises(LostError):
        one_batch(late, Run(late), NOW + LEASE * 3)

    assert Person.objects.count() == count == 5


def test_two_workers_never_have_the_same_run(workspace, member):
    run = make_ready(workspace, member, state=State.RUNNING)

    assert claim(run.pk, NOW) is not None
    assert claim(run.pk, NOW + LEASE / 2) is None


def test_time_up_hands_the_rest_to_the_next(workspace, member, monkeypatch):
    handed = []
    monkeypatch.setattr("core.importing.work.nudge", lambda *args: handed.append(args))
    run = make_ready(workspace, member, state=State.RUNNING)

    work_on(run.pk, at(NOW), seconds=0)

    assert handed == [("core.tasks.work_on_import", str(run.pk))]
    assert fresh(run).lease_until is None


def test_one_entry_in_the_log_for_all_rows(workspace, member):
    run = make_ready(workspace, member)
    start_run(run, by=member, now=NOW)
    work_on(run.pk, at(NOW))

    entry = ActivityEntry.objects.get(verb="people.imported")
    assert entry.data == {"created": 3}
    assert ActivityEntry.objects.filter(verb="person.added").count() == 0


def test_a_run_that_breaks_off_says_where_and_goes_on(workspace, member, monkeypatch):
    monkeypatch.setattr(PeopleImporter, "batch", 1)
    segment = make_segment(workspace, "Small")
    run = make_import_run(
        workspace,
        [["Dana", ""], ["Lee", "Small"]],
        by=member,
        mapping={"0": "name", "1": "segment"},
        choices=CHOICES,
        state=State.CHECKED,
    )
    start_run(run, by=member, now=NOW)
    segment.delete()

    work_on(run.pk, at(NOW))
    stopped = fresh(run)
    make_segment(workspace, "Small")
    is_on = start_run(stopped, by=member, now=NOW)
    work_on(run.pk, at(NOW))

    assert stopped.state == State.FAILED
    assert stopped.failure.startswith("Line 3 cannot be taken any more: There is no")
    assert is_on
    assert fresh(run).result == {"created": 2}


def test_a_run_that_broke_off_can_be_taken_back(workspace, member):
    run = make_ready(workspace, member, state=State.FAILED, started_at=NOW)

    assert start_undo(run, by=member, now=NOW)
    work_on(run.pk, at(NOW))

    assert fresh(run).state == State.UNDONE


def test_a_choice_that_is_gone_stops_the_check(workspace, member):
    choices = CHOICES | {"segment": str(uuid4())}
    run = make_ready(workspace, member, choices=choices)
    check_again(run)

    work_on(run.pk, at(NOW))

    assert fresh(run).state == State.FAILED
    assert "Segment of new people" in fresh(run).failure


def test_statements_of_a_batch_do_not_grow_with_the_people_there(workspace, member):
    def statements():
        run = make_ready(workspace, member, count=20)
        run.rows.update(cells=["Same", "same@a.example"])
        start_run(run, by=member, now=NOW)
        mine = claim(run.pk, NOW)
        with CaptureQueriesContext(connection) as queries:
            one_batch(mine, Run(mine), NOW)
        return len(queries)

    make_person(workspace, "Same", email="same@a.example")
    few = statements()
    for n in range(30):
        make_person(workspace, f"Other {n}")

    assert statements() == few


# --- personal data ---------------------------------------------------------------
def test_tables_that_were_never_started_go_after_a_week(workspace, member):
    old = make_ready(workspace, member, created_at=NOW - timedelta(days=7))
    young = make_ready(workspace, member, created_at=NOW - timedelta(days=6))

    clear_abandoned(NOW)

    assert list(ImportRun.objects.all()) == [young]
    assert ImportRow.objects.filter(run=old.pk).count() == 0


def test_skipped_cells_go_after_a_week_and_the_rest_after_thirty_days(
    workspace, member
):
    run = make_ready(workspace, member, state=State.DONE, ended_at=NOW)
    run.rows.update(outcome=ImportRow.Outcome.SKIPPED)

    clear_abandoned(NOW + timedelta(days=7))
    assert set(map(tuple, run.rows.values_list("cells", flat=True))) == {()}
    assert run.rows.count() == 3
    clear_abandoned(NOW + timedelta(days=30))
    assert run.rows.count() == 0


def test_somebody_erased_leaves_no_cell_and_nothing_for_undo(workspace, member):
    run = make_ready(workspace, member)
    pk = uuid4()
    run.rows.filter(line=2).update(subject_id=pk, before={"fields": {"name": "Dana"}})

    assert forget(pk) == 1

    row = run.rows.get(line=2)
    assert (row.cells, row.before, row.subject_id) == ([], {}, None)


def test_words_are_forgotten_in_rows_that_wait(workspace, member):
    run = make_import_run(
        workspace,
        [["Dana Ruiz", ""], ["Danae", "x"], ["", "DANA@a.example"]],
        by=member,
    )

    count = forget_words(workspace, ["dana@a.example", "dana ruiz", "Dana", " "])

    assert count == 2
    assert [row.cells for row in run.rows.all()] == [[], ["Danae", "x"], []]
