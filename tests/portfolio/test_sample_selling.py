"""The sales curve of the second sample: illustrative, and on its way to break-even."""

import pytest

from decisions.models import PhaseNote
from forecasts.models import (
    CostLine,
    Deal,
    DealStep,
    LearningEntry,
    Rep,
    RepKind,
    RepQuarter,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_of_november")]


def test_all_of_it_is_illustrative(learned):
    for model in (RepQuarter, CostLine):
        kinds = model.objects.in_workspace(learned).values_list("value_kind", flat=True)
        assert set(kinds) == {"illustrative"}


def test_reps_come_close_to_what_they_cost(learned):
    """Revenue of the two who are through their ramp, over their share of all costs."""
    rows = RepQuarter.objects.in_workspace(learned).order_by("quarter_start")
    sold = rows.exclude(kind=RepKind.FOUNDER).exclude(rep__name="Ines Sample")
    ratios = []
    for start in sold.values_list("quarter_start", flat=True).distinct():
        lines = CostLine.objects.in_workspace(learned).filter(quarter_start=start)
        cost = sum(lines.values_list("amount_minor", flat=True))
        there = rows.exclude(kind=RepKind.FOUNDER).filter(quarter_start=start)
        revenue = sold.filter(quarter_start=start)
        total = sum(revenue.values_list("revenue_minor", flat=True))
        ratios.append(total / cost * there.count() / 2)

    assert len(ratios) == 6
    assert ratios == sorted(ratios)
    assert 0.9 < ratios[-1] < 1.1


def test_one_deal_is_in_another_currency(learned):
    deals = Deal.objects.in_workspace(learned)

    assert deals.count() == 15
    assert deals.exclude(currency="EUR").count() == 1
    assert {one.outcome for one in deals} == {"open", "won", "lost"}
    assert DealStep.objects.in_workspace(learned).count() > 24


def test_what_was_learned_is_written_down(learned):
    areas = LearningEntry.objects.in_workspace(learned).values_list("area", flat=True)

    assert set(areas) == {"product", "price", "pitch", "target"}


def test_its_phase_is_known_as_soon_as_it_is_loaded(learned):
    note = PhaseNote.objects.in_workspace(learned).get()

    assert note.phase == "initiation"
    assert note.figure


def test_the_consumer_sample_has_nobody_who_sells(sample):
    assert not Rep.objects.in_workspace(sample).exists()
