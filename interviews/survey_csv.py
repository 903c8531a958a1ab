"""Answers to a survey as a CSV file, with the headings an import understands."""

from django.db.models import prefetch_related_objects

from core.money import from_minor
from core.spreadsheets import write_csv
from interviews.exporter import local
from interviews.models import Survey
from interviews.reports import surveys as reports
from interviews.survey_rows import fields_for

ABOUT = ("respondent", "organisation", "asked on", "agreed", "via")


def responses_csv(survey: Survey, show: str = "") -> str:
    prefetch_related_objects([survey], "needs")
    answers = [
        field.label for field in fields_for(survey) if field.label not in NOT_ANSWERS
    ]
    header = [*ABOUT, *answers, "counts", "why not", "recorded at"]
    rows = reports.responses(survey, show)
    return write_csv(header, (row_of(survey, response) for response in rows))


NOT_ANSWERS = ("respondent", "organisation", "e-mail", "asked on", "agreed")


def row_of(survey, response):
    person = response.person_shown
    organisation = person.organisation if person else None
    why_not = reports.why_not(survey, response)
    return (
        person.name if person else response.label_shown,
        organisation.name if organisation else "",
        response.asked_on,
        "yes" if response.consented_at else "no",
        response.via,
        *values_of(survey, response),
        "no" if why_not else "yes",
        why_not,
        local(response.recorded_at),
    )


def values_of(survey, response):
    """As numbers where they are numbers."""
    if survey.kind == Survey.Kind.MUST_HAVE:
        found = response.must_have
        words = response.words_shown
        return [found.get_feeling_display(), found.uses_last_14_days, words]
    if survey.kind == Survey.Kind.PRICE:
        prices = reports.prices_of(response.price)
        return [from_minor(minor, survey.currency) for minor in prices]
    given = {rating.need_id: rating for rating in response.ratings.all()}
    return [
        value for need in survey.needs.all() for value in pair_of(given.get(need.pk))
    ]


def pair_of(rating):
    return (rating.importance, rating.satisfaction) if rating else (None, None)
