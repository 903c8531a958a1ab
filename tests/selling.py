"""A sales curve with reps, quarters, costs and deals, in one line each."""

from datetime import date, timedelta

from decisions.models import PhaseNote
from forecasts.models import (
    CostLine,
    Deal,
    DealStep,
    InvestorExpectation,
    LearningEntry,
    Rep,
    RepKind,
    RepQuarter,
    Revision,
    SalesCurve,
    SalesLesson,
)
from interviews.models import Interview
from tests.factories import NOW, TODAY, make_forecast, make_metric, numbers, weeks

# five quarters that are over at NOW, the oldest first
QUARTERS = (
    date(2025, 7, 1),
    date(2025, 10, 1),
    date(2026, 1, 1),
    date(2026, 4, 1),
    date(2026, 7, 1),
)
THOUSAND = 100_000  # in cents


# route → the kind of row its <uuid:pk> names
ROUTES = {
    **dict.fromkeys(
        [
            f"forecasts:{page}"
            for page in (
                *("curve_edit", "curve_close", "quarter_list", "quarter_add"),
                *("amount_echo", "cost_list", "cost_add", "learning_add"),
            )
        ],
        SalesCurve,
    ),
    "forecasts:rep_edit": Rep,
    "forecasts:quarter_correct": RepQuarter,
    "forecasts:cost_correct": CostLine,
    **dict.fromkeys(
        [f"forecasts:deal_{page}" for page in ("detail", "edit", "withdraw")], Deal
    ),
    "forecasts:learning_correct": LearningEntry,
    "forecasts:expectation_withdraw": InvestorExpectation,
    "forecasts:step_add": Deal,
    "forecasts:step_correct": DealStep,
}


def make_curve(workspace, product=None, **fields):
    defaults = {
        "channel": "Direct",
        "currency": workspace.currency,
        "ready_on": QUARTERS[0],
        "created_at": NOW,
    }
    return SalesCurve.objects.create(
        workspace=workspace,
        product=product or f"Rota {next(numbers)}",
        **defaults | fields,
    )


def make_rep(workspace, name=None, **fields):
    number = next(numbers)
    defaults = {
        "pseudonym": f"Rep {number}",
        "kind": RepKind.RENAISSANCE,
        "started_on": date(2025, 4, 1),
        "created_at": NOW,
    }
    return Rep.objects.create(
        workspace=workspace, name=name or f"Rep Name {number}", **defaults | fields
    )


def make_rep_quarter(curve, rep, start=QUARTERS[0], revenue=100 * THOUSAND, **fields):
    """Revenue in minor units; booked alike, at a margin of four fifths."""
    defaults = {
        "kind": rep.kind,
        "fte": 1,
        "bookings_minor": revenue,
        "margin_minor": revenue * 4 // 5,
        "recorded_at": NOW,
    }
    row = RepQuarter(
        workspace=curve.workspace,
        curve=curve,
        rep=rep,
        quarter_start=start,
        revenue_minor=revenue,
        **defaults | fields,
    )
    row.save()
    return row


def make_cost(curve, start=QUARTERS[0], amount=65 * THOUSAND, **fields):
    defaults = {"kind": CostLine.Kind.BASE, "recorded_at": NOW}
    row = CostLine(
        workspace=curve.workspace,
        curve=curve,
        quarter_start=start,
        amount_minor=amount,
        **defaults | fields,
    )
    row.save()
    return row


def make_deal(curve, title=None, *, steps=(), **fields):
    """Open unless `outcome` says other; `steps`: (name, day)."""
    defaults = {
        "currency": curve.currency,
        "list_minor": 20 * THOUSAND,
        "opened_on": TODAY - timedelta(days=120),
        "created_at": NOW,
    }
    if fields.get("outcome", "open") != "open":
        defaults |= {"closed_on": TODAY - timedelta(days=30)}
    if fields.get("outcome") == "won":
        defaults |= {"paid_minor": 18 * THOUSAND}
    deal = Deal.objects.create(
        workspace=curve.workspace,
        curve=curve,
        title=title or f"Deal {next(numbers)}",
        **defaults | fields,
    )
    for name, on in steps:
        make_step(deal, name, on)
    return deal


def make_step(deal, name, on, **fields):
    defaults = {"recorded_at": NOW}
    row = DealStep(
        workspace=deal.workspace, deal=deal, name=name, on=on, **defaults | fields
    )
    row.save()
    return row


def make_learning(curve, changed="Sold by the site, not by the seat", **fields):
    defaults = {
        "area": LearningEntry.Area.PRICE,
        "changed_on": QUARTERS[1],
        "expected": "Fewer talks with procurement.",
        "recorded_at": NOW,
    }
    row = LearningEntry(
        workspace=curve.workspace, curve=curve, changed=changed, **defaults | fields
    )
    row.save()
    return row


def make_lesson(talk, learned="Nobody buys without the payroll export.", **fields):
    defaults = {"recorded_at": NOW}
    row = SalesLesson(
        workspace=talk.workspace, talk=talk, learned=learned, **defaults | fields
    )
    row.save()
    return row


def make_expectation(revision, **fields):
    defaults = {
        "told_to": "The board",
        "told_on": TODAY - timedelta(days=20),
        "recorded_at": NOW,
    }
    row = InvestorExpectation(
        workspace=revision.workspace, revision=revision, **defaults | fields
    )
    row.save()
    return row


def sell(workspace, by, number):
    """One of everything, with a correction of each kind of figure; all texts marked."""
    canary = f"CANARY-{workspace.slug}-{number}"
    curve = make_curve(workspace, f"{canary}-product", channel=f"{canary}-channel")
    rep = make_rep(workspace, f"{canary}-rep", pseudonym=f"Rep {number + 1}")
    founder = make_rep(
        workspace,
        f"{canary}-founder",
        pseudonym=f"Rep F{number + 1}",
        kind=RepKind.FOUNDER,
    )
    for place, start in enumerate(QUARTERS):
        for one in (rep, founder):
            make_rep_quarter(curve, one, start, (place + 1) * 20 * THOUSAND, by=by)
        add_costs(curve, rep, start, canary, by)
    first = curve.quarters.first()
    make_rep_quarter(
        curve,
        first.rep,
        first.quarter_start,
        30 * THOUSAND,
        supersedes=first,
        reason=f"{canary}-quarter-reason",
        by=by,
    )
    add_deals(curve, rep, canary, by)
    learn(curve, canary, by)
    tell_investors(workspace, canary, by)
    make_phase(curve, PhaseNote.Phase.INITIATION)
    return curve


def make_phase(curve, phase, at=NOW, figure="yield 0.97 of cost in Q3 2026"):
    row = PhaseNote(
        workspace=curve.workspace, curve=curve, phase=phase, figure=figure, noted_at=at
    )
    row.save()
    return row


def add_costs(curve, rep, start, canary, by):
    """Pay of the rep, and half a sales engineer for all, first put too high."""
    make_cost(curve, start, rep=rep, by=by, note=f"{canary}-note")
    shared = {
        "kind": CostLine.Kind.SALES_ENGINEERING,
        "se_cost_minor": 60 * THOUSAND,
        "by": by,
    }
    wrong = make_cost(curve, start, 60 * THOUSAND, se_fte=1, **shared)
    make_cost(
        curve,
        start,
        30 * THOUSAND,
        se_fte="0.5",
        supersedes=wrong,
        reason=f"{canary}-cost-reason",
        **shared,
    )


def learn(curve, canary, by):
    learned = make_learning(curve, f"{canary}-changed", by=by)
    make_learning(
        curve,
        f"{canary}-changed",
        learned=f"{canary}-learned",
        supersedes=learned,
        reason=f"{canary}-learning-reason",
        by=by,
    )
    talk = Interview.objects.filter(workspace=curve.workspace, lessons=None).last()
    if talk is not None:
        first = make_lesson(talk, f"{canary}-lesson-first", by=by)
        make_lesson(
            talk,
            f"{canary}-lesson",
            supersedes=first,
            reason=f"{canary}-lesson-reason",
            by=by,
        )


def add_deals(curve, rep, canary, by):
    for outcome in ("open", "won", "lost"):
        deal = make_deal(
            curve,
            f"{canary}-deal-{outcome}",
            rep=rep,
            outcome=outcome,
            outside_id=f"{canary}-{outcome}",
            reasons=f"{canary}-deal-reasons",
            organisation=curve.workspace.organisations.first(),
            steps=[(f"{canary}-step", TODAY - timedelta(days=100))],
        )
        wrong = make_step(deal, f"{canary}-step-wrong", TODAY - timedelta(days=90))
        make_step(
            deal,
            f"{canary}-step-right",
            wrong.on,
            supersedes=wrong,
            reason=f"{canary}-step-reason",
            by=by,
        )


def tell_investors(workspace, canary, by):
    revision = Revision.objects.filter(workspace=workspace).first()
    if revision is None:
        metric = make_metric(workspace)
        spans = [(*span, 8000) for span in weeks(TODAY, 2)]
        revision = make_forecast(metric, spans, by=by).revisions.get()
    told = {"told_to": f"{canary}-investor", "note": f"{canary}-told"}
    # the oldest of all, so that it is the one that pages are asked for
    make_expectation(revision, **told, told_on=TODAY - timedelta(days=30))
    wrong = make_expectation(revision, **told)
    make_expectation(revision, **told, supersedes=wrong, reason=f"{canary}-told-reason")
