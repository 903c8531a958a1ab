"""Deals: the list, one with its steps, the forms."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.downloads import streamed
from core.htmx import go
from core.models import Permission
from core.spreadsheets import csv_parts
from discovery.views.saving import posted, saved
from forecasts.actions import (
    add_deal,
    add_step,
    correct_step,
    edit_deal,
    withdraw_deal,
)
from forecasts.deals import (
    COLUMNS,
    cells,
    deals_in,
    known_steps,
    listed,
    one_listed,
    step_chains,
    sums_of,
    with_steps,
)
from forecasts.errors import Conflict
from forecasts.forms.deals import (
    DealFilterForm,
    DealForm,
    RevForm,
    StepCorrectionForm,
    StepForm,
)
from forecasts.models import SalesCurve
from forecasts.views.lookups import (
    deal_or_404,
    latest_step,
    standing_deal_or_404,
    status_of,
    step_or_404,
    submitted,
)

A_PAGE = 25
A_PART = 500
FORM = "forecasts/selling_form.html"


@workspace_view(Permission.VIEW)
def deal_list(request, workspace):
    form = DealFilterForm(request.GET, workspace=workspace)
    form.full_clean()
    names = Permission.SEE_PEOPLE in request.may
    rows = deals_in(workspace, form.wanted, names=names)
    if request.GET.get("format") == "csv":
        rows = with_steps(rows).iterator(chunk_size=A_PART)
        table = csv_parts(COLUMNS, map(cells, listed(rows, names=names)))
        return streamed(table, f"deals-{workspace.slug}")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "form": form,
        "is_filtered": bool(form.wanted),
        "page": page,
        "rows": list(listed(page, names=names)),
        "sums": sums_of(rows),
        "import_into": open_curve(workspace, form.wanted.curve),
        "can_plan": Permission.PLAN in request.may,
    }
    return render(request, "forecasts/deal_list.html", context)


def open_curve(workspace, wanted):
    """Id of the curve a table of deals is for: the one that is shown, else the first."""
    curves = SalesCurve.objects.in_workspace(workspace).open()
    ids = [*curves.values_list("pk", flat=True)]
    return wanted if wanted in ids else next(iter(ids), None)


def deal_url(deal):
    return reverse("forecasts:deal_detail", args=[deal.workspace.slug, deal.pk])


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def deal_add(request, workspace):
    today = workspace.today(clock.now())
    form = DealForm(posted(request), workspace=workspace, today=today)
    back = reverse("forecasts:deal_list", args=[workspace.slug])
    return saved(
        request,
        form,
        lambda by, now, **_data: add_deal(workspace, by=by, now=now, **form.said),
        page_of=deal_url,
        template=FORM,
        context={
            "workspace": workspace,
            "heading": _("New deal"),
            "back_url": back,
            "back_text": _("Deals"),
        },
    )


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def deal_edit(request, workspace, pk):
    deal = standing_deal_or_404(workspace, pk)
    today = workspace.today(clock.now())
    form = DealForm(posted(request), instance=deal, workspace=workspace, today=today)
    return saved(
        request,
        form,
        lambda by, now, **_data: edit_deal(deal, by=by, now=now, **form.said),
        page_of=deal_url,
        template=FORM,
        context={
            "workspace": workspace,
            "heading": _("Edit %(name)s") % {"name": deal},
            "back_url": deal_url(deal),
            "back_text": deal.title,
        },
    )


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def deal_withdraw(request, workspace, pk):
    deal = standing_deal_or_404(workspace, pk)
    return saved(
        request,
        RevForm(posted(request), initial={"rev": deal.rev}),
        partial(withdraw_deal, deal),
        page_of=lambda row: reverse("forecasts:deal_list", args=[workspace.slug]),
        template="forecasts/deal_withdraw.html",
        context={"workspace": workspace, "deal": deal},
        said=_("%(name)s counts nowhere any more."),
    )


@workspace_view(Permission.VIEW)
def deal_detail(request, workspace, pk):
    deal = deal_or_404(workspace, pk)
    can_plan = Permission.PLAN in request.may and deal.withdrawn_at is None
    return deal_page(request, deal, StepForm() if can_plan else None)


def deal_page(request, deal, form):
    names = Permission.SEE_PEOPLE in request.may
    if form is not None:
        form.known = known_steps(deal.workspace)
        form.fields["name"].widget.attrs["list"] = "known-steps"
    context = {
        "workspace": deal.workspace,
        "deal": deal,
        "shown": one_listed(deal, names=names),
        "steps": step_chains(deal),
        "form": form,
    }
    status = status_of(form) if form is not None else 200
    return render(request, "forecasts/deal_detail.html", context, status=status)


@workspace_view(Permission.PLAN, methods=("POST",))
def step_add(request, workspace, pk):
    deal = deal_or_404(workspace, pk)
    form = StepForm(request.POST, today=workspace.today(clock.now()))
    if form.is_valid():

        def effect():
            add_step(deal, by=request.user, now=clock.now(), **form.cleaned_data)
            return deal_url(deal)

        url = submitted(request, form, effect)
        if url:
            messages.success(request, _("The step is written down."))
            return go(request, url)
    return deal_page(request, deal, form)


@workspace_view(Permission.PLAN, methods=("GET", "POST"))
def step_correct(request, workspace, pk):
    step = step_or_404(workspace, pk)
    stands = {"name": step.name, "on": step.on}
    today = workspace.today(clock.now())
    form = StepCorrectionForm(posted(request), initial=stands, today=today)
    context = {
        "workspace": workspace,
        "deal": step.deal,
        "step": step,
        "form": form,
        "back_url": deal_url(step.deal),
        "again_url": again_url(workspace, step),
    }
    status = status_of(form)
    if form.is_valid():
        try:
            url = submitted(request, form, correcting(request, step, form))
        except Conflict as conflict:
            context["differences"] = form.against(conflict.current)
            status = 409
        else:
            if url:
                messages.success(request, _("Corrected. The earlier step is kept."))
                return go(request, url)
    return render(request, "forecasts/step_correct.html", context, status=status)


def again_url(workspace, step):
    """Whoever read an earlier row, and was told so, corrects the one that stands."""
    row = latest_step(step)
    return reverse("forecasts:step_correct", args=[workspace.slug, row.pk])


def correcting(request, step, form):
    def effect():
        correct_step(step, by=request.user, now=clock.now(), **form.cleaned_data)
        return deal_url(step.deal)

    return effect
