"""What the pages about one question share."""

from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse

from core import clock
from core.models import Permission
from core.once import submit_once
from milestones.conflicts import VersionEndedError
from milestones.eleven import ELEVEN, template
from milestones.scope import scope_of


def scope_from(request, workspace, number, on=None):
    """404 for a number that is none of the eleven, and for a foreign segment."""
    if not 1 <= number <= len(ELEVEN):
        raise Http404
    return scope_asked(request, workspace, on)


def scope_asked(request, workspace, on=None):
    """`on`: the day shown, for pages that show past ones."""
    asked = request.GET
    return scope_of(
        workspace, asked.get("segment") or None, asked.get("version") or None, on
    )


def day_in(form):
    """The day a form of the address names, or None."""
    return form.cleaned_data.get("as_of") if form.is_valid() else None


def query_of(scope, **more):
    """The part of the address that keeps segment and version; the usual need none.

    `more` is kept too, but for what is empty.
    """
    kept = {name: value for name, value in more.items() if value}
    if scope.segment is not None and scope.segment not in scope.segments[:1]:
        kept["segment"] = scope.segment.pk
    if not scope.is_current:
        kept["version"] = scope.version.number
    return f"?{urlencode(kept)}" if kept else ""


def question_url(scope, number):
    slug = scope.workspace.slug
    url = reverse("milestones:question_detail", args=[slug, number])
    return url + query_of(scope)


def newest_url(scope, number):
    """The question as it stands today, of the same segment."""
    slug = scope.workspace.slug
    url = reverse("milestones:question_detail", args=[slug, number])
    return f"{url}?segment={scope.segment.pk}" if scope.segment else url


def context_of(request, scope, number, **more):
    return {
        "workspace": scope.workspace,
        "scope": scope,
        "question": template(number),
        "question_url": question_url(scope, number),
        "newest_url": newest_url(scope, number),
        "query": query_of(scope),
        "today": scope.workspace.today(clock.now()),
        "can_score": Permission.SCORE in request.may and scope.is_current,
        "can_log": Permission.LOG in request.may and scope.is_current,
    } | more


def save(request, form, effect):
    """Where to go after a success; None when a rule refused, with the words on the form.

    `effect` writes and returns the URL. OutdatedError passes through, and
    so does VersionEndedError.
    """
    try:
        return submit_once(request, effect)
    except VersionEndedError:
        raise
    except ValidationError as error:
        form.add_error(None, error)
        return None


def in_between(latest):
    """For the page of a conflict. Nothing came in between where a new version of the
    model began meanwhile, which asks the question anew."""
    return {"latest": latest, "is_asked_anew": latest is None}


def rebased(form_data, latest):
    """What was typed, now on top of the row that came in between."""
    data = form_data.copy()
    data["follows"] = "" if latest is None else str(latest.pk)
    return data
