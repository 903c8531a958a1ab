"""What a venture sets of the phases of selling."""

import pytest

from core.models import ActivityEntry
from forecasts.actions import change_selling
from forecasts.models import SellingSettings
from forecasts.selling import limits_of
from tests.factories import NOW, fresh_key
from tests.helpers import soup, text_of

USUAL = {
    "traction_multiple": "2.0",
    "initiation_cap": "4",
    "transition_growth": "50",
    "hysteresis": "10",
    "whale_share": "40",
    "margin_switch": "60",
}


def sent(**changes):
    return USUAL | changes | {"form_key": fresh_key()}


def test_each_says_what_it_does_within_which_bounds(signed_in, url):
    page = text_of(signed_in.get(url("selling_settings")))

    assert "While the company learns, so many reps by full time and no more." in page
    assert "From 1 to 10. Default: 4." in page
    assert page.count("Default:") == len(USUAL)


def test_a_founder_changes_them_and_the_phases_follow(signed_in, workspace, url):
    answer = signed_in.post(url("selling_settings"), sent(initiation_cap="3"))

    workspace.refresh_from_db()
    entry = ActivityEntry.objects.get(verb="selling_settings.changed")
    assert answer.status_code == 303
    assert limits_of(workspace).initiation_cap == 3
    assert entry.data["changes"] == {"initiation_cap": ["4", "3"]}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("initiation_cap", "0"),
        ("initiation_cap", "11"),
        ("traction_multiple", "0.9"),
        ("traction_multiple", "two"),
        ("hysteresis", "51"),
        ("whale_share", ""),
    ],
)
def test_what_is_out_of_bounds_is_refused_and_kept(signed_in, url, field, value):
    answer = signed_in.post(url("selling_settings"), sent(**{field: value}))

    assert answer.status_code == 422
    typed = soup(answer).find("input", attrs={"name": field})
    assert typed.get("value", "") == value
    assert not SellingSettings.objects.exists()


def test_two_at_once_compare(signed_in, workspace, founder, url):
    change_selling(workspace, by=founder, now=NOW, initiation_cap=3)
    rev = SellingSettings.objects.get().rev
    change_selling(workspace, by=founder, now=NOW, rev=rev, initiation_cap=2)

    answer = signed_in.post(url("selling_settings"), sent(initiation_cap="5", rev=rev))

    assert answer.status_code == 409
    assert "Somebody saved this while you were writing" in text_of(answer)
    assert SellingSettings.objects.get().initiation_cap == 2


def test_an_advisor_reads_them(client, advisor, url, monday):
    client.force_login(advisor)

    page = client.get(url("selling_settings"))

    assert "Founders can change these." in text_of(page)
    assert not soup(page).find("input", attrs={"name": "initiation_cap"})
    assert client.post(url("selling_settings"), sent()).status_code == 403
