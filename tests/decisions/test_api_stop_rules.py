"""Stop rules and side exits over the API."""

from datetime import timedelta
from decimal import Decimal

import pytest

from core.models import Role
from decisions.actions import end_as_duplicate, register_stop_rule
from tests.api_client import Asking
from tests.decisions.cases import follow, stop_on
from tests.factories import NOW, TODAY, make_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]
WHY = "Both say that fewer people order than we had planned for this autumn."


@pytest.fixture
def asking(client, workspace):
    return Asking(client, workspace, Role.FOUNDER)


def rule_on(metric, owner, *, days):
    return register_stop_rule(
        metric,
        by=owner,
        comparison="at_least",
        mark=Decimal(9000),
        by_on=TODAY + timedelta(days=days),
        now=NOW,
    )


def test_rules_come_by_their_day_with_what_became_of_them(asking, workspace, owner):
    first, second = follow(workspace), follow(workspace)
    late, early = rule_on(first, owner, days=60), rule_on(second, owner, days=30)
    elsewhere = make_workspace("Other", slug="other")
    rule_on(follow(elsewhere), owner, days=30)

    found = asking.get("/stop-rules").json()
    narrowed = asking.get(f"/stop-rules?metric={first.pk}").json()

    assert [one["id"] for one in found["items"]] == [str(early.pk), str(late.pk)]
    assert [one["id"] for one in narrowed["items"]] == [str(late.pk)]
    one = narrowed["items"][0]
    assert (one["became"], one["comparison"], Decimal(one["mark"])) == (
        "ahead",
        "at_least",
        9000,
    )
    assert (one["registered_by"], one["decision"]) == ("Olga Owner", None)


def test_an_alert_says_how_it_was_set_aside(asking, workspace, owner):
    alert, other = stop_on(workspace, owner=owner), stop_on(workspace, owner=owner)
    end_as_duplicate(other, by=owner, doubles=alert, reason=WHY, now=NOW)

    (told,) = asking.get(f"/alerts/{other.pk}").json()["exits"]

    assert (told["kind"], told["doubles"], told["correction"]) == (
        "duplicate",
        str(alert.pk),
        None,
    )
    assert told["reason"] == WHY
    assert asking.get(f"/alerts/{alert.pk}").json()["exits"] == []
