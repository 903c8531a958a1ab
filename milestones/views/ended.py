"""What stands in place of a form when its version of the model has ended."""

from functools import wraps

from django.shortcuts import render
from django.urls import reverse

from milestones.conflicts import VersionEndedError
from milestones.eleven import template
from milestones.views.pages import scope_asked, scope_from

NOT_TYPED = {"csrfmiddlewaretoken", "form_key"}


def until_version_ends(view):
    """For views that write: says that the version has ended, where the question is asked
    today, and what was typed. 409 where something was sent."""

    @wraps(view)
    def asked(request, workspace, **ids):
        try:
            return view(request, workspace, **ids)
        except VersionEndedError as ended:
            context = {
                "workspace": workspace,
                "version": ended.version,
                "question": template(ended.number) if ended.number else None,
                "newest_url": newest_of(workspace, ended),
                "typed": words_typed(request.POST),
            }
            status = 409 if request.method == "POST" else 200
            page = "milestones/version_ended.html"
            return render(request, page, context, status=status)

    return asked


def newest_of(workspace, ended):
    """The question as it is asked today; the checkpoints, when it is about no question."""
    if ended.number is None:
        return reverse("milestones:checkpoint_list", args=[workspace.slug])
    segment = {"segment": ended.segment_id} if ended.segment_id else None
    where = [workspace.slug, ended.number]
    return reverse("milestones:question_detail", args=where, query=segment)


def words_typed(sent):
    """Sentences alone: choices and keys mean nothing outside of their form."""
    texts = [(name, text.strip()) for name, all_ in sent.lists() for text in all_]
    return [text for name, text in texts if name not in NOT_TYPED and " " in text]


def scope_to_write(request, workspace, number=None):
    """Like `scope_from`, and `scope_asked` without a number; VersionEndedError for an
    earlier version of the model."""
    if number is None:
        scope = scope_asked(request, workspace)
    else:
        scope = scope_from(request, workspace, number)
    if not scope.is_current:
        segment = scope.segment and scope.segment.pk
        raise VersionEndedError(scope.version, number, segment)
    return scope
