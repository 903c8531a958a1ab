"""Webvan, 1999–2001: the case that asks for a stop, built only through actions.

Numbers come from the public record in `data/`, each with its kind: as told by Blank,
reported, derived, estimated or modelled. Talks and scores are illustrative and say so.
Each number is recorded as of the day it could be known; alerts are left to the worker.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid5

from core.actions import change_settings, create_user, join_workspace
from core.models import Role, User
from discovery.actions import add_person, edit_segment
from discovery.models import Segment
from forecasts.actions import (
    PlannedPoint,
    add_metric,
    record_actual,
    register_forecast,
)
from forecasts.casefile import cadence_of, read_case_file
from forecasts.models import ValueKind
from interviews.actions import finish_interview, take_quote
from milestones.actions import claim_score, link_evidence, write_answer
from milestones.models import Grade, Question, Stance
from portfolio.actions import open_venture
from portfolio.samples.webvan_talks import ANSWERS, CLAIMS, SEGMENT, TALKS

NAME = "Webvan, 1999–2001 (sample)"
DATA = Path(__file__).parent / "data"
CAST = {
    Role.OWNER: ("owner@webvan.example", "Olive Sample"),
    Role.FOUNDER: ("founder@webvan.example", "Finn Sample"),
    Role.ADVISOR: ("advisor@webvan.example", "Ada Sample"),
}
LATER_MONTHS = 3
PROOF_FROM = 4
# Longer than a round lasts: a newcomer sees both founders' scores.
SCORED_AGO = timedelta(days=8)
LAUNCH = date(1999, 6, 2)


@dataclass(frozen=True)
class Shown:
    """A series of the case files as a metric of the sample."""

    case: str
    metric: str
    name: str
    definition: str
    provenance: str


SHOWN = (
    Shown(
        "webvan_as_told",
        "orders_per_day",
        "Orders per day",
        "Orders delivered and paid per day, mean of the month, one distribution centre.",
        "As told by Blank; he gives no dates. 8,000 was a centre's design capacity.",
    ),
    Shown(
        "webvan_reconstructed",
        "bay_area_orders_per_day_modelled_ramp",
        "Bay Area orders per day, reconstructed",
        "Orders per day in the Bay Area, mean of the quarter, from published sales.",
        "Actuals derived or estimated from the press; the forecast is our own model.",
    ),
    Shown(
        "webvan_reconstructed",
        "average_order_size",
        "Average order size",
        "Dollars per delivered order, mean of the period.",
        "Published figures against the 103 dollars of the capacity plan.",
    ),
    Shown(
        "webvan_reconstructed",
        "combined_revenue_quarter",
        "Revenue with HomeGrocer",
        "Pro forma revenue of the quarter, both companies together, in dollars.",
        "Reported, against the analysts' consensus.",
    ),
)


def load(*, now, slug="webvan"):
    """Builds the venture and returns it. The caller sees to it that it is not there."""
    cast = {role: account(*who, now=now) for role, who in CAST.items()}
    owner = cast[Role.OWNER]
    workspace = open_venture(
        by=owner,
        name=NAME,
        slug=slug,
        now=now,
        is_sample=True,
        timezone="America/Los_Angeles",
        week_start=7,
        currency="USD",
        market_type="resegmented",
        stage="go_to_market",
        sells_to_businesses=False,
    )
    change_settings(workspace, by=owner, now=now, first_shipped_on=LAUNCH)
    for role in (Role.FOUNDER, Role.ADVISOR):
        join_workspace(workspace, user=cast[role], role=role, now=now)
    first_numbers = [add_series(workspace, owner, shown) for shown in SHOWN]
    add_talks(workspace, cast, now=now)
    add_number_as_evidence(workspace, owner, first_numbers[0], now=now)
    add_scores(workspace, cast, now=now)
    return workspace


def account(email, name, *, now):
    """One of the sample's people; they have no password and sign in by link."""
    known = User.objects.filter(email=email).first()
    return known or create_user(
        email=email, name=name, now=now, timezone="America/Los_Angeles"
    )


# --- numbers ----------------------------------------------------------------------
def at(day):
    """Noon of that day: when a figure could be known."""
    return datetime.combine(day, time(12), UTC)


def case_of(shown):
    text = (DATA / f"{shown.case}.csv").read_text()
    found = read_case_file(text).series
    return next(series for series in found if series.metric == shown.metric)


def add_series(workspace, owner, shown):
    """The metric with its baseline and actuals. Returns the first actual."""
    case = case_of(shown)
    baseline = without_overlaps(case.baseline)
    actuals = without_overlaps(case.actuals)
    registered = at(min(row.registered_on for row in baseline))
    metric = add_metric(
        workspace,
        by=owner,
        now=registered,
        name=shown.name,
        definition=shown.definition,
        provenance=shown.provenance,
        unit=case.unit,
        kind=case.kind_of_metric,
        direction=case.direction,
        cadence=cadence_of(baseline),
        owner=owner,
    )
    points = [planned(row) for row in baseline]
    if shown.case == "webvan_as_told":
        points += later_months(points[-1])
    register_forecast(
        metric,
        by=owner,
        now=registered,
        points=points,
        rationale=baseline[0].note,
        imported=True,
    )
    first, *_ = [record(metric, owner, row) for row in actuals]
    return first


def without_overlaps(rows):
    """Figures for a year beside those of its quarters are left out: no period twice."""
    return [row for row in rows if (row.period_end - row.period_start).days < 135]


def planned(row):
    return PlannedPoint(
        row.period_start,
        row.period_end,
        number(row.expected),
        number(row.low),
        number(row.high),
        row.value_kind,
        row.source[:300],
    )


def number(value):
    return None if value is None else Decimal(str(value))


def later_months(told):
    """Blank gives one number. It is held for three more months, as an illustration, so
    that further actuals can be entered against it."""
    points, start = [], told.period_end + timedelta(days=1)
    for _month in range(LATER_MONTHS):
        following = (start + timedelta(days=32)).replace(day=1)
        points.append(
            PlannedPoint(
                start,
                following - timedelta(days=1),
                told.expected,
                value_kind=ValueKind.ILLUSTRATIVE,
                source="The forecast of the story, held for the months after it",
            )
        )
        start = following
    return points


def record(metric, owner, row):
    return record_actual(
        metric,
        by=owner,
        now=at(row.known_on),
        period_start=row.period_start,
        period_end=row.period_end,
        value=number(row.value),
        value_kind=row.value_kind,
        source=row.source[:300],
        imported=True,
    )


# --- talks, evidence, scores: illustrative ----------------------------------------
def add_talks(workspace, cast, *, now):
    segment = Segment.objects.in_workspace(workspace).get()
    name, who, where = SEGMENT
    edit_segment(
        segment,
        by=cast[Role.OWNER],
        now=now - timedelta(days=30),
        name=name,
        who=who,
        where=where,
        status=Segment.Status.ACTIVE,
    )
    questions = {q.number: q for q in Question.objects.in_workspace(workspace)}
    for talk in TALKS:
        add_talk(workspace, segment, questions, talk, cast, now=now)


def add_talk(workspace, segment, questions, talk, cast, *, now):
    by, held_at = cast[Role.OWNER], now - timedelta(days=talk.days_ago)
    written_at = held_at + timedelta(hours=1)
    person = add_person(
        workspace,
        by=by,
        now=held_at,
        name=talk.who,
        role_title=talk.role,
        segment=segment,
        consent=talk.consent,
        consent_how="illustrative",
    )
    interview = finish_interview(
        workspace,
        uuid5(workspace.pk, talk.who),
        by=by,
        now=written_at,
        base_rev=0,
        who=[person.name],
        consent=talk.consent,
        segment=segment,
        held_at=held_at,
        kind=talk.kind,
        pitched=talk.pitched,
        notes=talk.notes,
        next_step=talk.next_step,
    )
    for said in talk.said:
        add_quote(interview, person, questions[said.question], said, by=by)


def add_quote(interview, person, question, said, *, by):
    quote = take_quote(
        interview,
        by=by,
        now=interview.recorded_at,
        text=said.words,
        person=person,
        is_prompted=said.prompted,
    )
    link_evidence(
        question,
        by=by,
        now=interview.recorded_at,
        quote=quote,
        stance=said.stance,
        grade=said.grade,
        seen_by=by if said.grade >= PROOF_FROM else None,
    )


def add_number_as_evidence(workspace, owner, actual, *, now):
    """2,000 of 8,000 speaks against a realistic plan."""
    question = Question.objects.in_workspace(workspace).get(number=10)
    link_evidence(
        question,
        by=owner,
        now=now - timedelta(days=10),
        actual=actual,
        stance=Stance.CONTRADICTS,
        grade=Grade.BEHAVIOUR,
    )


def add_scores(workspace, cast, *, now):
    owner, founder = cast[Role.OWNER], cast[Role.FOUNDER]
    questions = {q.number: q for q in Question.objects.in_workspace(workspace)}
    for number, statement in ANSWERS.items():
        write_answer(
            questions[number],
            by=owner,
            statement=statement,
            now=now - timedelta(days=21),
        )
    for claim in CLAIMS:
        pairs = zip((owner, founder), claim.values, claim.reasons, strict=True)
        for by, value, reason in pairs:
            claim_score(
                questions[claim.question],
                by=by,
                value=value,
                reason=reason,
                now=now - SCORED_AGO,
            )
