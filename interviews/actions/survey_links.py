"""One-time addresses where somebody answers a survey by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.activity import log
from core.tokens import hashed, new_token
from discovery.models import Person
from interviews.actions.surveys import record_response, refuse
from interviews.models import Survey, SurveyLink, SurveyResponse

if TYPE_CHECKING:
    from core.models import User


@transaction.atomic
def issue_survey_link(
    survey: Survey,
    *,
    by: User,
    now: datetime,
    days: int,
    person: Person | None = None,
) -> tuple[SurveyLink, str]:
    """The link and its token, which is kept nowhere."""
    refuse(survey, person=person, label="", consented_at=now)
    token = new_token()
    link = SurveyLink.objects.create(
        workspace=survey.workspace,
        survey=survey,
        person=person,
        token_hash=hashed(token),
        created_by=by,
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    log(survey.workspace, by=by, verb="survey_link.issued", subject=link, now=now)
    return link, token


@transaction.atomic
def revoke_survey_link(link: SurveyLink, *, by: User, now: datetime) -> None:
    """An answered link stays answered."""
    unused = SurveyLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
    if unused.update(revoked_at=now):
        log(link.workspace, by=by, verb="survey_link.revoked", subject=link, now=now)


def find_survey_link(token: str, *, now: datetime) -> SurveyLink | None:
    """The link as long as it has something to say: open, or answered. Looking changes
    nothing. Everything else is None, whatever the cause."""
    links = SurveyLink.objects.select_related("survey", "workspace", "person")
    link = links.filter(token_hash=hashed(token), revoked_at=None).first()
    if link is None:
        return None
    if link.used_at is not None:
        return link
    is_open = now < link.expires_at and link.survey.closed_at is None
    is_ours = not link.survey.is_put_away and is_willing(link.person)
    return link if is_open and is_ours else None


def is_willing(person: Person | None) -> bool:
    return person is None or person.consent != Person.Consent.NONE


@transaction.atomic
def answer_survey(
    link: SurveyLink, *, now: datetime, answers: Mapping[str, Any]
) -> SurveyResponse | None:
    """None for whoever comes second. Raises ValidationError when the survey takes no
    more answers."""
    unused = SurveyLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None)
    if unused.filter(expires_at__gt=now).update(used_at=now) != 1:
        return None
    try:
        return record_response(
            link.survey,
            by=None,
            now=now,
            via=SurveyResponse.Via.LINK,
            person=link.person,
            asked_on=timezone.localdate(now, link.workspace.zone),
            consented_at=now,
            answers=answers,
        )
    except ValidationError as error:
        if error.code != "known":
            raise
        raise ValidationError(
            _("Your answers are there already. Thank you."), code="known"
        ) from error
