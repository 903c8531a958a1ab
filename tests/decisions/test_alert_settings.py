"""Thresholds a venture sets, and what others would have raised."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from core.weeks import Cadence, Period
from decisions.actions.limits import change_thresholds
from decisions.actions.sweeping import sweep_plans
from decisions.forms.limits import ThresholdsForm
from decisions.models import Alert, AlertSettings
from decisions.reports.limits import limits_in
from decisions.rules.learning import Asked, Step
from decisions.rules.replay import Past, Told, count_raised
from decisions.rules.thresholds import DEFAULTS, Thresholds
from forecasts.drift import Direction
from forecasts.history import History, Planned, Reported
from tests.factories import NOW, make_interview
from tests.helpers import soup, text_of

MONDAY = date(2026, 8, 10)
LAST = date(2026, 11, 1)


def history(values, *, reported_after=1):
    """100 a week from 10 August on; each reported so many days after its end."""
    planned, reported = [], {}
    for number in range(12):
        start = MONDAY + timedelta(weeks=number)
        period = Period(Cadence.WEEKLY, start, start + timedelta(days=6))
        planned.append(Planned(period, (0, 0), MONDAY, Decimal(100)))
        if number < len(values):
            on = period.end + timedelta(days=reported_after)
            known = Reported(str(number), period, Decimal(values[number]), on)
            reported[(period.start, period.end)] = (known,)
    return History(
        name="orders",
        unit="orders",
        direction=Direction.HIGHER,
        cadence=Cadence.WEEKLY,
        tolerance=Decimal("0.1"),
        planned=tuple(planned),
        reported=reported,
    )


def past(*, metrics=(), questions=(), talks=(), began=date(2026, 8, 1)):
    told = [Told(one, "flow", is_vanity=False) for one in metrics]
    return Past(told, questions, talks, began)


def counted(known, limits=DEFAULTS):
    every_day = [MONDAY + timedelta(days=n) for n in range(90)]
    talks = known.talks or every_day
    return count_raised(
        Past(known.metrics, known.questions, talks, known.began), limits, MONDAY, LAST
    )


def test_each_episode_is_counted_once():
    assert counted(past(metrics=[history([40] * 12)])) == {"required_rate": 1}
    assert counted(past(metrics=[history([100] * 12)])) == {}


def test_what_was_late_then_is_counted_as_it_was_known():
    late = history([100] * 12, reported_after=5)
    # each week was watched for a day before its number came
    assert counted(past(metrics=[late])) == {"blind": 11}
    assert counted(past(metrics=[late]), Thresholds(overdue_days=6)) == {}


def test_other_thresholds_raise_more_or_less():
    known = past(metrics=[history([140] * 12)])
    assert counted(known) == {"upside": 1}
    assert counted(known, Thresholds(upside_share=1.5)) == {}


def test_claims_and_silence_are_replayed():
    asked = Asked([Step(MONDAY, 4, 2)])
    assert counted(past(questions=[asked])) == {"learning_gap": 1}
    talks = [MONDAY, MONDAY + timedelta(days=40), MONDAY + timedelta(days=41)]
    assert counted(past(talks=talks)) == {"silence": 2}


def test_what_stood_before_is_not_counted():
    asked = Asked([Step(MONDAY - timedelta(days=90), 4, 2)])
    assert counted(past(questions=[asked])) == {}


# --- pages -----------------------------------------------------------------------
def url(workspace, name="alert_settings"):
    return reverse(f"decisions:{name}", args=[workspace.slug])


def values(**changed):
    return {name: getattr(DEFAULTS, name) for name in ThresholdsForm().fields} | changed


def typed(page, **changed):
    form = soup(page).select_one("form[action$='settings/alerts/']")
    hidden = {one["name"]: one["value"] for one in form.select("input[type=hidden]")}
    return hidden | values(**changed)


@pytest.mark.django_db
def test_every_threshold_has_a_sentence_and_its_default(workspace, owner, client):
    client.force_login(owner)
    words = text_of(client.get(url(workspace)))
    assert words.count("Default:") == len(Thresholds.__dataclass_fields__)
    assert set(ThresholdsForm().fields) == set(Thresholds.__dataclass_fields__)
    assert "no qualifying talk" not in words


@pytest.mark.django_db
def test_saved_values_are_used_by_the_next_look(workspace, owner, client):
    client.force_login(owner)
    make_interview(workspace, qualifies=True, held_at=NOW - timedelta(days=10))
    sweep_plans(workspace, now=NOW)
    assert not Alert.objects.exists()
    page = client.get(url(workspace))
    saved = client.post(url(workspace), typed(page, silence_days=10))
    assert saved.status_code == 302 or saved.status_code == 303
    assert limits_in(workspace) == Thresholds(silence_days=10)
    sweep_plans(workspace, now=NOW)
    assert Alert.objects.get().rule == "silence"


@pytest.mark.django_db
def test_two_who_save_at_once_are_told(workspace, owner, client):
    client.force_login(owner)
    first = client.get(url(workspace))
    change_thresholds(workspace, by=owner, now=NOW, silence_days=30)
    late = client.post(url(workspace), typed(first, silence_days=10))
    assert late.status_code == 409
    assert limits_in(workspace).silence_days == 30
    again = client.post(url(workspace), typed(late, silence_days=10))
    assert again.status_code in (302, 303)
    assert limits_in(workspace).silence_days == 10


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"gap": 9}, {"silence_days": "soon"}])
def test_what_makes_no_sense_is_refused_with_the_text_kept(
    workspace, owner, client, wrong
):
    client.force_login(owner)
    for name in ("alert_settings", "alert_settings_try"):
        page = client.get(url(workspace))
        refused = client.post(url(workspace, name), typed(page, **wrong))
        assert refused.status_code == 422
        (field, value), *_ = wrong.items()
        kept = soup(refused).select_one(f"input[name={field}]")["value"]
        assert kept == str(value)
    assert not AlertSettings.objects.exists()


@pytest.mark.django_db
def test_trying_saves_nothing(workspace, owner, client):
    client.force_login(owner)
    page = client.get(url(workspace))
    tried = client.post(
        url(workspace, "alert_settings_try"), typed(page, silence_days=5)
    )
    assert tried.status_code == 200
    assert soup(tried).select_one("#trial")
    assert soup(tried).select_one("input[name=silence_days]")["value"] == "5"
    assert not AlertSettings.objects.exists()


@pytest.mark.django_db
def test_an_advisor_reads_and_does_not_change(workspace, advisor, client):
    client.force_login(advisor)
    page = client.get(url(workspace))
    assert not soup(page).select_one("button[formaction]")
    assert client.post(url(workspace), values()).status_code == 403
    assert client.post(url(workspace, "alert_settings_try"), {}).status_code == 403
