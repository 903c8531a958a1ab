"""A hypothesis with the words for and against it, and what became of it."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from discovery.hypothesis_states import MOVES
from discovery.models import Hypothesis
from interviews.actions.settle import settle_hypothesis
from interviews.forms.settling import SettleForm
from interviews.reports.hypotheses import hypothesis_page


@workspace_view(Permission.VIEW)
def hypothesis_detail(request, workspace, pk):
    page = page_for(request, workspace, pk)
    context = {
        "workspace": workspace,
        "page": page,
        "today": workspace.today(clock.now()),
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "interviews/hypothesis_detail.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def hypothesis_settle(request, workspace, pk):
    """What became of it. A draft is registered first; a settled one stays."""
    page = page_for(request, workspace, pk)
    if request.method == "GET" and (page.state == "draft" or not page.moves):
        return redirect(url_of(page.row))
    data = request.POST if request.method == "POST" else None
    moves = page.moves or MOVES["registered"]
    form = SettleForm(data, hypothesis=page.row, moves=moves)
    if form.is_valid():
        try:
            settle = partial(settled, request, page.row, form)
            return go(request, submit_once(request, settle))
        except ValidationError as error:
            form.add_error(None, error)
    context = {
        "workspace": workspace,
        "page": page,
        "form": form,
        "back_url": url_of(page.row),
    }
    status = 422 if form.is_bound else 200
    return render(request, "interviews/hypothesis_settle.html", context, status=status)


def settled(request, hypothesis, form):
    data = form.cleaned_data
    settle_hypothesis(
        hypothesis, data["to"], by=request.user, now=clock.now(), reason=data["reason"]
    )
    messages.success(request, _("Written down. The history below keeps it."))
    return url_of(hypothesis)


def page_for(request, workspace, pk):
    rows = Hypothesis.objects.in_workspace(workspace)
    rows = rows.select_related("segment", "workspace", "created_by")
    return hypothesis_page(
        get_object_or_404(rows, pk=pk),
        today=workspace.today(clock.now()),
        sees_people=Permission.SEE_PEOPLE in request.may,
    )


def url_of(row):
    return reverse("interviews:hypothesis_detail", args=[row.workspace.slug, row.pk])
