"""The dashboard of those who advise, and what its readers and the founders say on it."""

from django.shortcuts import render
from django.urls import reverse

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import ROLE_PERMISSIONS, Permission, Role
from core.once import submit_once
from interviews.masked_pages import names_in
from milestones.eleven import ATTRIBUTION
from portfolio.actions.reading import ask_advisors, mark_read
from portfolio.forms.sharing import AskForm, ReadForm, WantedForm
from portfolio.models import Ask
from portfolio.reports.shared import Wanted, shared_page, visitor_of


@workspace_view(Permission.VIEW)
def shared(request, workspace):
    """Founders see it as an advisor does who was away for a week, and who has read it."""
    is_founder = Permission.SEE_PEOPLE in request.may
    can_ask = Permission.DECIDE in request.may
    visitor = visitor_of(request.user, request.may)
    if is_founder:
        request.may = ROLE_PERMISSIONS[Role.ADVISOR]
    context = page_context(request, visitor) | {
        "is_founder": is_founder,
        "can_ask": can_ask,
        "can_review": not is_founder and Permission.REVIEW in request.may,
        "is_linked": True,
        "read_url": reverse("portfolio:shared_read", args=[workspace.slug]),
        "report_url": reverse("portfolio:report", args=[workspace.slug]),
    }
    return render(request, "portfolio/shared.html", context)


def page_context(request, visitor):
    """What the dashboard shows, for members and for whoever has a link."""
    now, workspace = clock.now(), request.workspace
    form = WantedForm(request.GET)
    form.is_valid()
    wanted = Wanted(request.GET.get("segment", ""), form.cleaned_data.get("since"))
    request.names = names_in(workspace)
    page = shared_page(workspace, visitor, now=now, names=request.names, wanted=wanted)
    return {
        "workspace": workspace,
        "page": page,
        "today": workspace.today(now),
        "attribution": ATTRIBUTION,
        "wanted": wanted,
    }


@workspace_view(Permission.VIEW, methods=("POST",))
def shared_read(request, workspace):
    url = reverse("portfolio:shared", args=[workspace.slug])
    return go(request, submit_once(request, reading(request, url, by=request.user)))


def reading(request, url, *, by=None, link=None, guest=None):
    """An effect. Without a moment that makes sense, it was read as it stands now."""

    def effect():
        now = clock.now()
        form = ReadForm(request.POST)
        seen = form.cleaned_data["until"] if form.is_valid() else now
        readers = {"by": by, "link": link, "guest": guest}
        mark_read(request.workspace, now=now, seen_until=seen, **readers)
        return url

    return effect


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def ask_edit(request, workspace):
    standing = Ask.objects.in_workspace(workspace).first()
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, initial={"text": standing.text if standing else ""})
    if form.is_valid():

        def effect():
            text = form.cleaned_data["text"]
            ask_advisors(workspace, by=request.user, now=clock.now(), text=text)
            return reverse("portfolio:shared", args=[workspace.slug])

        return go(request, submit_once(request, effect))
    context = {"workspace": workspace, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "portfolio/ask_edit.html", context, status=status)
