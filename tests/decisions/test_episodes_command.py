"""manage.py episodes."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from tests.decisions.cases import decide, stop_on
from tests.factories import NOW, make_workspace

pytestmark = pytest.mark.django_db

PROMISED = {
    "id",
    "venture",
    "metric",
    "rule",
    "severity",
    "state",
    "raised_at",
    "period",
    "reason",
    "decided_at",
    "decision",
}


def printed(*args):
    out = StringIO()
    call_command("episodes", *args, stdout=out)
    return out.getvalue()


def test_each_episode_with_what_closed_it(workspace, owner):
    alert = stop_on(workspace, owner=owner)
    other = stop_on(make_workspace("Other", slug="other"))
    decide(alert, by=owner)

    found = {one["id"]: one for one in json.loads(printed("--json"))["episodes"]}

    closed, still_open = found[str(alert.pk)], found[str(other.pk)]
    assert set(found) == {str(alert.pk), str(other.pk)}
    assert set(closed) >= PROMISED
    assert {key: closed[key] for key in PROMISED - {"id", "metric", "reason"}} == {
        "venture": "acme",
        "rule": "drift",
        "severity": "stop",
        "state": "following_up",
        "raised_at": NOW.isoformat(),
        "period": "2026-10-05/2026-10-11",
        "decided_at": NOW.isoformat(),
        "decision": "stop",
    }
    assert (closed["metric"], closed["reason"]) == (alert.metric.name, alert.reason)
    assert (still_open["state"], still_open["decision"]) == ("raised", None)
    assert still_open["decided_at"] is None


def test_one_venture_or_only_the_open_ones(workspace, owner):
    decide(stop_on(workspace), by=owner)
    other = stop_on(make_workspace("Other", slug="other"))

    for choice in (["--venture", "other"], ["--open"]):
        document = json.loads(printed("--json", *choice))
        assert [one["id"] for one in document["episodes"]] == [str(other.pk)]


def test_in_words(workspace, owner):
    alert = stop_on(workspace)

    assert alert.reason in printed()
    assert "(by 2026-11-16)" in printed()


def test_none_at_all(db):
    assert json.loads(printed("--json")) == {"episodes": []}
    assert printed().strip() == "No stop has been raised."
