"""What bears a name nobody can see is not found again: such names are refused."""

import pytest

from discovery.import_rows import read_organisation
from discovery.models import Organisation
from forecasts.deal_rows import read_history
from forecasts.models import Deal, DealStep, Rep, RepQuarter, SalesCurve
from tests.factories import TODAY, fresh_key
from tests.helpers import soup
from tests.selling import QUARTERS, make_curve, make_deal, make_rep, make_rep_quarter

pytestmark = pytest.mark.django_db
UNSEEN = ("\u200b\u200d", "\u2060", "\u3164 \u2800", "\u00ad\ufe0f")
CURVE = {"product": "Rota", "channel": "Direct", "currency": "USD"}
REP = {"name": "Dana Ruiz", "kind": "renaissance", "started_on": "2026-01-01"}
REP |= {"ramp_months": "3"}


def refused_at(client, page, data):
    """The fields that the summary names."""
    answer = client.post(page, data | {"form_key": fresh_key()})
    assert answer.status_code == 422, answer.headers
    return [one["href"] for one in soup(answer).main.select(".problem a")]


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("field", ["product", "channel"])
def test_of_curves(signed_in, url, field, unseen):
    found = refused_at(signed_in, url("curve_add"), CURVE | {field: unseen})

    assert found == [f"#id_{field}"]
    assert not SalesCurve.objects.exists()


@pytest.mark.parametrize("unseen", UNSEEN)
def test_of_reps(signed_in, url, unseen):
    assert refused_at(signed_in, url("rep_add"), REP | {"name": unseen}) == ["#id_name"]
    assert not Rep.objects.exists()


@pytest.mark.parametrize("unseen", UNSEEN)
@pytest.mark.parametrize("field", ["title", "organisation_name"])
def test_of_deals_and_the_firms_they_make(signed_in, workspace, url, field, unseen):
    deal = {"title": "Pilot", "curve": make_curve(workspace).pk, "outcome": "open"}
    deal |= {"currency": "USD", "opened_on": "2026-06-01", field: unseen}

    assert refused_at(signed_in, url("deal_add"), deal) == [f"#id_{field}"]
    assert not Deal.objects.exists()
    assert not Organisation.objects.exists()


def test_of_steps_and_reasons(signed_in, workspace, url):
    deal = make_deal(make_curve(workspace), "Pilot", steps=[("Demo", TODAY)])
    step = deal.steps.get()
    correct = url("step_correct", step.pk)
    added = {"name": UNSEEN[0], "on": "2026-06-01"}
    named = {"name": UNSEEN[0], "on": "2026-06-02", "reason": "Read anew."}
    silent = {"name": "Pilot", "on": "2026-06-02", "reason": UNSEEN[0]}

    assert refused_at(signed_in, url("step_add", deal.pk), added) == ["#id_name"]
    assert refused_at(signed_in, correct, named) == ["#id_name"]
    assert refused_at(signed_in, correct, silent) == ["#id_reason"]
    assert DealStep.objects.count() == 1


def test_a_figure_changes_for_a_reason_that_is_read(signed_in, workspace, url):
    rep = make_rep(workspace, "Dana Ruiz", pseudonym="Rep 1")
    row = make_rep_quarter(make_curve(workspace), rep, QUARTERS[-1], 5_000_00)
    data = {"fte": "0", "kind": rep.kind, "value_kind": "measured"}

    found = refused_at(
        signed_in, url("quarter_correct", row.pk), data | {"reason": UNSEEN[0]}
    )

    assert found == ["#id_reason"]
    assert RepQuarter.objects.count() == 1


def test_of_tables():
    [problem] = read_organisation({"name": UNSEEN[0]}).problems

    assert (problem.field, problem.message) == ("name", "Nothing of it can be seen.")
    with pytest.raises(ValueError, match="Nothing of it can be seen"):
        read_history(f"2026-03-02 {UNSEEN[0]}", "")
