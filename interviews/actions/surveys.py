"""Surveys: the instrument, and the answers people gave to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.activity import log
from core.revisions import take_up, write
from discovery.models import Person
from interviews.models import (
    MustHaveAnswer,
    NeedRating,
    PriceAnswer,
    Survey,
    SurveyLink,
    SurveyResponse,
)

if TYPE_CHECKING:
    from core.models import ImportRun, User, Workspace

# what people read before they answered: a new wording is a new survey
FROZEN = ("segment", "offer", "currency", "needs", "consent_text")


@transaction.atomic
def add_survey(
    workspace: Workspace, *, by: User, now: datetime, kind: str, **fields: Any
) -> Survey:
    needs = fields.pop("needs", [])
    survey = Survey.objects.create(
        workspace=workspace, kind=kind, created_by=by, created_at=now, **fields
    )
    survey.needs.set(needs)
    log(workspace, by=by, verb="survey.added", subject=survey, now=now, kind=kind)
    return survey


@transaction.atomic
def edit_survey(
    survey: Survey, *, by: User, now: datetime, rev: int | None = None, **fields: Any
) -> Survey:
    """Raises ValidationError when something people have answered to would change."""
    current = take_up(survey, rev)
    is_answered = current.responses.standing().exists()
    if is_answered and any(name in FROZEN for name in fields):
        raise ValidationError(
            _("Somebody answered meanwhile. A new wording is a new survey."),
            code="frozen",
        )
    needs = fields.pop("needs", None)
    changed = write(current, fields)
    if needs is not None and set(needs) != set(current.needs.all()):
        current.needs.set(needs)
        changed.append("needs")
    if changed:
        log_about(current, by=by, verb="survey.edited", now=now, fields=changed)
    return current


@transaction.atomic
def close_survey(survey: Survey, *, by: User, now: datetime) -> Survey:
    """No answer comes in any more, also not by a link that is still open."""
    current = take_up(survey, None)
    if current.closed_at is not None:
        return current
    write(current, {"closed_at": now})
    log_about(current, by=by, verb="survey.closed", now=now)
    return current


# --- answers ---------------------------------------------------------------------
@transaction.atomic
def record_response(
    survey: Survey,
    *,
    by: User | None,
    now: datetime,
    via: str,
    asked_on: date,
    consented_at: datetime | None,
    answers: Mapping[str, Any],
    person: Person | None = None,
    label: str = "",
    import_run: ImportRun | None = None,
) -> SurveyResponse:
    """`answers` is what `AnswerForm.answers()` gives. `by` is None for people who
    answer by themselves.

    Raises ValidationError with code `closed`, `no_consent`, or `known` when this
    respondent's answer stands already.
    """
    current = taken_up(survey)
    refuse(current, person=person, label=label, consented_at=consented_at)
    response = SurveyResponse.objects.create(
        workspace=current.workspace,
        survey=current,
        person=person,
        label=label,
        via=via,
        asked_on=asked_on,
        consented_at=consented_at,
        recorded_by=by,
        recorded_at=now,
        import_run=import_run,
    )
    write_answers(current, response, answers)
    log_about(response, by=by, verb="response.recorded", now=now, via=via)
    return response


def taken_up(survey: Survey) -> Survey:
    """Locked, so that two answers of one respondent cannot pass each other; with the
    venture that the caller has read already."""
    current = take_up(survey, None)
    current.workspace = survey.workspace
    return current


def refuse(
    survey: Survey,
    *,
    person: Person | None,
    label: str,
    consented_at: datetime | None,
) -> None:
    if survey.closed_at is not None or survey.is_put_away:
        raise ValidationError(
            _("This survey is closed. It takes no answers."), code="closed"
        )
    is_unwilling = person is not None and person.consent == Person.Consent.NONE
    if is_unwilling or consented_at is None:
        raise ValidationError(
            _("Nothing is kept of somebody who did not agree to it."),
            code="no_consent",
        )
    if known_response(survey, person=person, label=label) is not None:
        raise ValidationError(
            _("This respondent's answer stands already. Withdraw it first."),
            code="known",
        )


def known_response(
    survey: Survey, *, person: Person | None, label: str
) -> SurveyResponse | None:
    """The answer of this respondent that stands, if there is one."""
    standing = survey.responses.standing()
    if person is not None:
        return standing.filter(person=person).first()
    return standing.filter(person=None, label=label).first() if label else None


def write_answers(
    survey: Survey, response: SurveyResponse, answers: Mapping[str, Any]
) -> None:
    own = {"workspace_id": survey.workspace_id, "response": response}
    if survey.kind == Survey.Kind.MUST_HAVE:
        MustHaveAnswer.objects.create(**own, **answers)
    elif survey.kind == Survey.Kind.PRICE:
        PriceAnswer.objects.create(**own, **answers)
    else:
        NeedRating.objects.bulk_create(
            NeedRating(**own, need=need, importance=importance, satisfaction=satisfied)
            for need, importance, satisfied in answers["ratings"]
        )


@transaction.atomic
def record_responses(
    survey: Survey, entries: list[dict[str, Any]], *, by: User, now: datetime
) -> int:
    """A pasted table: all of it or nothing."""
    via = SurveyResponse.Via.FORM
    for entry in entries:
        record_response(survey, by=by, now=now, via=via, consented_at=now, **entry)
    return len(entries)


@transaction.atomic
def withdraw_response(
    response: SurveyResponse, *, by: User, now: datetime, reason: str
) -> SurveyResponse:
    """It stays on record with the reason, and counts no longer."""
    if response.withdrawn_at is not None:
        return response
    response.withdrawn_at, response.withdrawn_reason = now, reason
    response.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    log_about(response, by=by, verb="response.withdrawn", now=now)
    return response


@transaction.atomic
def strip_person(person: Person) -> int:
    """Of somebody who is erased: the numbers stay without them, their words and links
    go. How many answers were theirs."""
    responses = SurveyResponse.objects.filter(person=person)
    MustHaveAnswer.objects.filter(response__in=responses).update(why="")
    SurveyLink.objects.filter(person=person).delete()
    return responses.update(person=None, label="", withdrawn_reason="")


def log_about(
    subject: Survey | SurveyResponse,
    *,
    by: User | None,
    verb: str,
    now: datetime,
    **data: object,
) -> None:
    log(subject.workspace, by=by, verb=verb, subject=subject, now=now, **data)
