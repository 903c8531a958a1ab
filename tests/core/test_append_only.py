"""History is not rewritten, neither by Python nor by SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from core.append_only import append_only_tables
from core.erasure import erasing
from core.models import ActivityEntry
from forecasts.models import Actual
from tests.factories import NOW, TODAY, make_actual, make_metric

pytestmark = pytest.mark.django_db


@pytest.fixture
def actual(workspace):
    return make_actual(make_metric(workspace), TODAY, TODAY, 2000)


def test_tables_that_keep_history():
    assert append_only_tables() == [
        "core_activityentry",
        "decisions_acknowledgement",
        "decisions_alertobservation",
        "decisions_cosignature",
        "decisions_decision",
        "decisions_decisionreview",
        "decisions_escalation",
        "decisions_evaluationcosignature",
        "decisions_gatecheck",
        "decisions_override",
        "decisions_phasenote",
        "decisions_sideexit",
        "decisions_snooze",
        "decisions_stoprule",
        "discovery_hypothesisstatus",
        "forecasts_actual",
        "forecasts_costline",
        "forecasts_dealstep",
        "forecasts_investorexpectation",
        "forecasts_learningentry",
        "forecasts_point",
        "forecasts_repquarter",
        "forecasts_revision",
        "forecasts_saleslesson",
        "milestones_answer",
        "milestones_criterionanswer",
        "milestones_questionstate",
        "milestones_reconfirmation",
        "milestones_score",
        "milestones_slip",
        "portfolio_ask",
        "portfolio_comment",
        "portfolio_dashboardread",
        "portfolio_mention",
    ]


def test_orm_refuses_update_and_delete(actual):
    for attempt in (
        actual.save,
        actual.delete,
        Actual.objects.all().delete,
        lambda: Actual.objects.update(value=8000),
    ):
        with pytest.raises(TypeError, match="append-only"):
            attempt()


@pytest.mark.parametrize("table", append_only_tables())
@pytest.mark.parametrize("verb", ["UPDATE", "DELETE"])
def test_every_table_has_its_triggers(table, verb):
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        names = {name.lower() for (name,) in cursor.fetchall()}

    assert f"{table}_no_{verb}".lower() in names


@pytest.mark.parametrize(
    "sql", ["UPDATE forecasts_actual SET value = 8000", "DELETE FROM forecasts_actual"]
)
def test_database_refuses_what_goes_around_the_orm(actual, sql):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert Actual.objects.get().value == 2000


def test_erasing_lets_history_go_and_closes_again(actual, workspace):
    with erasing():
        workspace.delete()

    assert not Actual.objects.exists()
    ActivityEntry(verb="sample.removed", at=NOW).save()
    with pytest.raises(DatabaseError), transaction.atomic():
        ActivityEntry._base_manager.all().update(verb="other")
