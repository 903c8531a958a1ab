from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import Context
from django.utils import timezone

from core.dates_shown import ago, when

TODAY = date(2026, 11, 23)
NOON = datetime(2026, 10, 19, 22, 30, tzinfo=UTC)


def test_date_without_year_only_when_today_is_known_to_share_it():
    day = date(2026, 10, 19)

    assert (
        when(Context({"today": TODAY}), day)
        == '<time datetime="2026-10-19" title="Monday 19 October 2026">19 Oct</time>'
    )
    assert ">19 Oct 2026<" in when(Context({}), day)
    assert ">19 Oct 2025<" in when(Context({"today": TODAY}), date(2025, 10, 19))


def test_time_is_shown_in_the_zone_of_the_venture():
    with timezone.override(ZoneInfo("Europe/Berlin")):
        html = when(Context({"today": TODAY}), NOON, clock=True)

    assert html == (
        '<time datetime="2026-10-20T00:30:00+02:00" '
        'title="Tuesday 20 October 2026, 00:30 Europe/Berlin">20 Oct, 00:30</time>'
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 24), "tomorrow"),
        (date(2026, 11, 20), "3 days ago"),
        (date(2026, 11, 30), "in 7 days"),
        (date(2026, 9, 24), "60 days ago"),
    ],
)
def test_distance_is_in_words_with_the_date_beside(day, words):
    html = ago(day, TODAY)

    assert f'<span class="no-print">{words}</span>' in html
    assert f"{day.day} {day:%b} 2026</span>" in html


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 22), "yesterday"),
        (date(2026, 11, 20), "3 d"),
        (date(2026, 9, 24), "60 d"),
        (date(2026, 11, 30), "in 7 days"),
    ],
)
def test_a_list_says_it_in_short(day, words):
    assert f'<span class="no-print">{words}</span>' in ago(day, TODAY, short=True)


def test_far_away_days_are_dates():
    assert ago(date(2026, 9, 23), TODAY) == (
        '<time datetime="2026-09-23">23 Sep 2026</time>'
    )


def test_nothing_is_shown_for_no_date():
    assert (when(Context({}), None), ago(None, TODAY)) == ("", "")
