"""Surveys and the raw answers to them: counts, and nothing derived from counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from core.money import show_amount
from interviews.models import (
    MustHaveAnswer,
    NeedRating,
    PriceAnswer,
    Survey,
    SurveyLink,
    SurveyResponse,
)
from interviews.reports.talks import count_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from core.models import Workspace
    from discovery.models import Person

# answers that count; below, a share says hardly anything
WANTED = 30
# the must-have question is for people who used the core this often in 14 days
LEAST_USES = 2
ELIGIBLE = Q(must_have__uses_last_14_days__gte=LEAST_USES) & ~Q(
    must_have__feeling=MustHaveAnswer.Feeling.GONE
)
COUNTING = {
    Survey.Kind.MUST_HAVE: ELIGIBLE,
    Survey.Kind.PRICE: Q(price__is_ordered=True),
    Survey.Kind.NEEDS: Q(),
}


def surveys(workspace: Workspace) -> QuerySet[Survey]:
    """Newest first, with `answer_count`."""
    rows = Survey.objects.in_workspace(workspace).current().select_related("segment")
    standing = SurveyResponse.objects.standing()
    return rows.annotate(answer_count=count_of(standing, "survey")).order_by(
        F("closed_at").asc(nulls_first=True), "-created_at", "pk"
    )


# --- counts ----------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class FeelingCount:
    label: str
    n: int
    counting: int


@dataclass(frozen=True, slots=True)
class RatingCount:
    """How many gave 1, 2, 3, 4, 5 to one need."""

    outcome: str
    n: int
    importance: tuple[int, ...]
    satisfaction: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SurveyCounts:
    """`n` answers stand, `counting` of them count; `wanted` are needed of those."""

    n: int
    counting: int
    wanted: int = WANTED
    feelings: tuple[FeelingCount, ...] = ()
    ratings: tuple[RatingCount, ...] = ()

    @property
    def dropped(self) -> int:
        return self.n - self.counting

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.counting)


@dataclass(frozen=True, slots=True)
class Answers:
    """How many answers of a survey stand, and how many of them count."""

    n: int
    counting: int


def answers_of(survey_ids: Collection[UUID]) -> dict[UUID, Answers]:
    """By the id of the survey, those without an answer left out. One query, or none."""
    if not survey_ids:
        return {}
    rows = SurveyResponse.objects.standing().filter(survey__in=survey_ids)
    counted = (
        rows.order_by()
        .values_list("survey")
        .annotate(n=Count("pk"), counting=Count("pk", filter=that_count()))
    )
    return {survey: Answers(n, counting) for survey, n, counting in counted}


def that_count() -> Q:
    """Condition on answers, whatever kind of survey they were given to."""
    counts = Q(pk__in=[])
    for kind, condition in COUNTING.items():
        counts |= Q(survey__kind=kind) & condition
    return counts


def answers_beside() -> dict[str, Subquery]:
    """The same for rows that name a survey, as annotations of their own query."""
    rows = SurveyResponse.objects.standing().filter(survey=OuterRef("survey"))
    mine = rows.order_by().values("survey")
    counting = Count("pk", filter=that_count())
    return {
        "answered": Subquery(mine.annotate(total=Count("pk")).values("total")),
        "counting": Subquery(mine.annotate(total=counting).values("total")),
    }


def counts_of(survey: Survey) -> SurveyCounts:
    standing = survey.responses.standing()
    found = standing.aggregate(
        n=Count("pk"), counting=Count("pk", filter=COUNTING[survey.kind] or None)
    )
    return SurveyCounts(
        **found,
        feelings=feelings(survey) if survey.kind == Survey.Kind.MUST_HAVE else (),
        ratings=ratings(survey) if survey.kind == Survey.Kind.NEEDS else (),
    )


def feelings(survey: Survey) -> tuple[FeelingCount, ...]:
    rows = survey.responses.standing().values_list("must_have__feeling")
    counted = rows.annotate(n=Count("pk"), counting=Count("pk", filter=ELIGIBLE))
    found = {feeling: (n, counting) for feeling, n, counting in counted.order_by()}
    return tuple(
        FeelingCount(str(feeling.label), *found.get(feeling.value, (0, 0)))
        for feeling in MustHaveAnswer.Feeling
    )


def ratings(survey: Survey) -> tuple[RatingCount, ...]:
    given = NeedRating.objects.filter(
        response__survey=survey, response__withdrawn_at__isnull=True
    )
    counted = (
        given.order_by()
        .values_list("need_id", "importance", "satisfaction")
        .annotate(n=Count("pk"))
    )
    important: dict = defaultdict(lambda: [0] * 5)
    satisfied: dict = defaultdict(lambda: [0] * 5)
    for need, importance, satisfaction, n in counted:
        important[need][importance - 1] += n
        satisfied[need][satisfaction - 1] += n
    return tuple(
        RatingCount(
            need.outcome,
            sum(important[need.pk]),
            tuple(important[need.pk]),
            tuple(satisfied[need.pk]),
        )
        for need in survey.needs.all()
    )


# --- one by one ------------------------------------------------------------------
SHOWN = ("", "counting", "dropped", "withdrawn")


def responses(survey: Survey, show: str = "") -> QuerySet[SurveyResponse]:
    """Newest first, withdrawn ones at the end; `show` is one of SHOWN."""
    rows = survey.responses.select_related(
        "person__organisation", "must_have", "price", "recorded_by"
    ).prefetch_related("ratings")
    counts = COUNTING[survey.kind] & Q(withdrawn_at=None)
    if show == "withdrawn":
        rows = rows.exclude(withdrawn_at=None)
    elif show == "counting":
        rows = rows.filter(counts)
    elif show == "dropped":
        kept = survey.responses.filter(counts).values("pk")
        rows = rows.filter(withdrawn_at=None).exclude(pk__in=kept)
    return rows.order_by(
        F("withdrawn_at").asc(nulls_first=True), "-asked_on", "-recorded_at", "pk"
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """One respondent's row of the table: (heading, words) each, and why it does not
    count, which is empty when it does."""

    response: SurveyResponse
    cells: tuple[tuple[str, str], ...]
    why_not: str


def answered(survey: Survey, response: SurveyResponse) -> Answered:
    cells = zip(headings(survey), cells_of(survey, response), strict=True)
    return Answered(response, tuple(cells), why_not(survey, response))


def headings(survey: Survey) -> list[str]:
    if survey.kind == Survey.Kind.MUST_HAVE:
        return [_("Answer"), _("Uses in 14 days"), _("In their words")]
    if survey.kind == Survey.Kind.PRICE:
        names = (_("Too cheap"), _("Cheap"), _("Expensive"), _("Too expensive"))
        return [f"{name} ({survey.currency})" for name in names]
    return [need.outcome for need in survey.needs.all()]


def cells_of(survey: Survey, response: SurveyResponse) -> list[str]:
    if survey.kind == Survey.Kind.MUST_HAVE:
        found = response.must_have
        uses = found.uses_last_14_days
        shown = "–" if uses is None else str(uses)
        return [found.get_feeling_display(), shown, response.words_shown]
    if survey.kind == Survey.Kind.PRICE:
        return [
            show_amount(minor, survey.currency) for minor in prices_of(response.price)
        ]
    given = {rating.need_id: str(rating) for rating in response.ratings.all()}
    return [given.get(need.pk, "–") for need in survey.needs.all()]


def prices_of(price: PriceAnswer) -> tuple[int, int, int, int]:
    return (
        price.too_cheap_minor,
        price.cheap_minor,
        price.expensive_minor,
        price.too_expensive_minor,
    )


def why_not(survey: Survey, response: SurveyResponse) -> str:
    """Why an answer does not count, in a few words."""
    if response.withdrawn_at is not None:
        return _("withdrawn: %(reason)s") % {"reason": response.withdrawn_reason}
    if survey.kind == Survey.Kind.PRICE and not response.price.is_ordered:
        return _("the prices are not in order")
    if survey.kind == Survey.Kind.MUST_HAVE:
        return why_not_eligible(response.must_have)
    return ""


def why_not_eligible(answer: MustHaveAnswer) -> str:
    if answer.feeling == MustHaveAnswer.Feeling.GONE:
        return _("no longer uses it")
    if answer.uses_last_14_days is None:
        return _("not known how often they used it")
    if answer.uses_last_14_days < LEAST_USES:
        return _("used it less than twice in 14 days")
    return ""


def responses_of(person: Person) -> list[tuple[Survey, Answered]]:
    """What one person answered, newest first, for the page about them."""
    rows = (
        SurveyResponse.objects.standing()
        .filter(person=person)
        .select_related("survey__segment", "must_have", "price")
        .prefetch_related("ratings", "survey__needs")
        .order_by("-asked_on", "-recorded_at", "pk")
    )
    return [(row.survey, answered(row.survey, row)) for row in rows]


# --- links -----------------------------------------------------------------------
def link_state(link: SurveyLink, now: datetime) -> str:
    """`used`, `revoked`, `expired` or `open`."""
    if link.used_at is not None:
        return "used"
    if link.revoked_at is not None:
        return "revoked"
    return "open" if now < link.expires_at else "expired"
