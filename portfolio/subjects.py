"""What comments are about: found, named, and where it can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Permission
from decisions.models import Alert, Commitment, Decision
from decisions.subjects import RELATED, name_in_mails, name_of
from forecasts.models import Metric
from interviews.models import Quote
from interviews.said import speakers_of, who_said, why_withheld, words_of
from milestones.models import Question
from portfolio.models import About

if TYPE_CHECKING:
    from core.models import Workspace
    from portfolio.models import ShareLink

OF_ALERT = tuple(f"alert__{name}" for name in RELATED)
# what naming the subject of a thread asks for
NAMED = (
    *("question__segment", "quote", "metric", "alert", *OF_ALERT),
    *("decision__alert", *(f"decision__{name}" for name in OF_ALERT), "commitment"),
)


@dataclass(frozen=True)
class Subject:
    about: str
    row: Any

    @property
    def key(self) -> UUID:
        return self.row.pk

    @property
    def place(self) -> str:
        return f"{self.about}:{self.key}"

    @property
    def name(self) -> str:
        return str(NAMES[About(self.about)](self.row))

    @property
    def name_in_mails(self) -> str:
        """Without what was written about customers: a mail leaves the house."""
        if self.about == About.ALERT:
            return name_in_mails(self.row)
        if self.about == About.DECISION:
            return decided(name_in_mails(self.row.alert))
        return self.name

    def url(self, slug: str, may: frozenset[Permission]) -> str:
        """Where it stands itself; a quote stands in its talk, which not all may read."""
        if self.about == About.QUESTION:
            segment = self.row.segment_id
            url = reverse("milestones:question_detail", args=[slug, self.row.number])
            return f"{url}?segment={segment}" if segment else url
        if self.about == About.QUOTE:
            if Permission.SEE_PEOPLE not in may:
                return ""
            talk = self.row.interview_id
            url = reverse("interviews:interview_detail", args=[slug, talk])
            return f"{url}#q-{self.key}"
        if self.about == About.DECISION:
            return reverse("decisions:alert_detail", args=[slug, self.row.alert_id])
        return reverse(PAGES[About(self.about)], args=[slug, self.key])


PAGES = {
    About.METRIC: "forecasts:metric_detail",
    About.ALERT: "decisions:alert_detail",
    About.COMMITMENT: "decisions:commitment_detail",
}


def decided(name: str) -> str:
    return _("The decision on %(what)s") % {"what": name}


def of_question(row: Question) -> str:
    """Its number, for the wording is quoted where its author is named."""
    asked = _("Question %(n)s") % {"n": row.number}
    return f"{asked} ({row.segment})" if row.segment else asked


NAMES = {
    About.QUESTION: of_question,
    About.QUOTE: lambda row: _("A quote from a talk"),
    About.METRIC: lambda row: row.name,
    About.ALERT: lambda row: _("The alert: %(what)s") % {"what": name_of(row)},
    About.DECISION: lambda row: decided(name_of(row.alert)),
    About.COMMITMENT: lambda row: row.title,
}


def rows_about(workspace: Workspace, about: str) -> Any:
    """Those of the venture that comments may be about, ready to be named."""
    if about == About.QUESTION:
        return Question.objects.in_workspace(workspace).select_related("segment")
    if about == About.QUOTE:
        rows = Quote.objects.in_workspace(workspace).standing()
        rows = rows.filter(interview__trashed_at=None).defer("interview__notes")
        rows = rows.select_related("person__organisation", "interview")
        return rows.prefetch_related("interview__people__organisation")
    if about == About.METRIC:
        return Metric.objects.in_workspace(workspace)
    if about == About.ALERT:
        return Alert.objects.in_workspace(workspace).select_related(*RELATED)
    if about == About.DECISION:
        rows = Decision.objects.in_workspace(workspace).defer("snapshot")
        return rows.select_related("alert", *OF_ALERT)
    return Commitment.objects.in_workspace(workspace)


def subject_or_404(workspace: Workspace, about: str, pk: UUID) -> Subject:
    if about not in About.values:
        raise Http404
    row = rows_about(workspace, about).filter(pk=pk).first()
    if row is None:
        raise Http404
    return Subject(about, row)


def subject_of(thread: Any) -> Subject:
    """Of a thread that was read with NAMED."""
    return Subject(thread.about, getattr(thread, thread.about))


@dataclass(frozen=True)
class Said:
    """The words of a quote as this reader may see them, or why they stay back."""

    words: str | None
    withheld: str
    who: str


def said_in(subject: Subject, may: frozenset[Permission]) -> Said | None:
    """None for what is no quote."""
    if subject.about != About.QUOTE:
        return None
    sees = Permission.SEE_PEOPLE in may
    words = words_of(subject.row, sees_people=sees)
    withheld = "" if words else why_withheld(speakers_of(subject.row))
    return Said(words, withheld, who_said(subject.row, sees_people=sees))


# --- by a link ---------------------------------------------------------------------
def subject_by_link(link: ShareLink, about: str, pk: UUID) -> Subject:
    """Only what the dashboard behind the link shows: it holds no quotes."""
    is_whole = link.scope == link.Scope.WHOLE
    kinds = set(About) - {About.QUOTE} if is_whole else {About.QUESTION}
    if about not in kinds:
        raise Http404
    return subject_or_404(link.workspace, about, pk)
