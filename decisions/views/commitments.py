"""Commitments: the list, one with its gate, the form, the smaller step, the end."""

from copy import copy
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.downloads import streamed
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from core.revisions import OutdatedError
from core.spreadsheets import csv_parts
from decisions.actions import (
    add_commitment,
    close_commitment,
    edit_commitment,
    propose_smaller_step,
)
from decisions.forms.commitment_list import CommitmentFilterForm
from decisions.forms.commitments import CloseForm, CommitmentForm, RevForm
from decisions.models.commitments import Status
from decisions.reports.commitment_list import COLUMNS, cells, listed, with_classes
from decisions.reports.commitments import commitment_page
from decisions.views.lookups import commitment_or_404, commitment_url
from discovery.views.saving import posted, saved
from milestones.eleven import ATTRIBUTION

FORM = "decisions/commitment_form.html"
A_PAGE = 25
A_PART = 500


@workspace_view(Permission.VIEW)
def commitment_list(request, workspace):
    form = CommitmentFilterForm(request.GET)
    form.full_clean()
    names, now = Permission.SEE_PEOPLE in request.may, clock.now()
    rows = listed(workspace, form.wanted, names=names)
    if request.GET.get("format") == "csv":
        rows = rows.select_related("metric").iterator(chunk_size=A_PART)
        table = csv_parts(COLUMNS, map(cells, with_classes(workspace, rows, now)))
        return streamed(table, f"commitments-{workspace.slug}")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "workspace": workspace,
        "form": form,
        "is_filtered": bool(form.wanted),
        "page": page,
        "rows": list(with_classes(workspace, page, now)),
        "can_decide": Permission.DECIDE in request.may,
    }
    return render(request, "decisions/commitment_list.html", context)


@workspace_view(Permission.VIEW)
def commitment_detail(request, workspace, pk):
    return detail(request, commitment_or_404(workspace, pk))


def detail(request, commitment, *, status=200, problem=""):
    """Also the answer to whoever was refused: 409 with the gate as it stands."""
    page = commitment_page(commitment, membership=request.membership, now=clock.now())
    context = {
        "workspace": commitment.workspace,
        "page": page,
        "problem": problem,
        "can_decide": Permission.DECIDE in request.may,
        "is_owner": Permission.OWN in request.may,
        "is_advisor": request.membership.role == "advisor",
    }
    name = "decisions/commitment_detail.html"
    return render(request, name, context, status=status)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def commitment_add(request, workspace):
    form = CommitmentForm(posted(request), workspace=workspace)
    back = reverse("decisions:commitment_list", args=[workspace.slug])
    context = form_page(workspace, _("New commitment"), back, _("Commitments"))
    action, page = partial(add_commitment, workspace), commitment_url
    return saved(request, form, action, page_of=page, template=FORM, context=context)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def commitment_edit(request, workspace, pk):
    row = commitment_or_404(workspace, pk)
    if request.method != "POST" and not row.is_open:
        return redirect(commitment_url(row))
    form = CommitmentForm(posted(request), workspace=workspace, instance=copy(row))
    context = form_page(workspace, _("Edit commitment"), commitment_url(row), row)
    context |= {"row": row, "has_approval": row.status in APPROVED}
    action, page = partial(edit_commitment, row), commitment_url
    said = _("Saved: %(name)s")
    return saved(
        request, form, action, page_of=page, template=FORM, context=context, said=said
    )


APPROVED = (Status.APPROVED, Status.OVERRIDDEN)


def form_page(workspace, heading, back_url, back_text):
    return {
        "workspace": workspace,
        "heading": heading,
        "attribution": ATTRIBUTION,
        "back_url": back_url,
        "back_text": back_text,
    }


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def commitment_smaller(request, workspace, pk):
    row = commitment_or_404(workspace, pk)
    form = RevForm(posted(request), initial={"rev": row.rev})
    return settled(
        request,
        row,
        form,
        partial(propose_smaller_step, row),
        template="decisions/commitment_smaller.html",
        said=_("Proposed. The whole waits for what this step teaches."),
    )


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def commitment_close(request, workspace, pk):
    row = commitment_or_404(workspace, pk)
    form = CloseForm(
        posted(request),
        initial={"rev": row.rev},
        is_signed=row.status == Status.SIGNED,
    )
    return settled(
        request,
        row,
        form,
        partial(close_commitment, row),
        template="decisions/commitment_close.html",
        said=_("Closed. It stays on the list."),
    )


def settled(request, row, form, action, *, template, said, leaves_out=(), **more):
    """The page of one step, or on to the commitment it led to.

    422 with the typed text where a rule refused, 409 where somebody wrote in between.
    HeldError passes through.
    """
    context, status = more, 422 if form.is_bound else 200
    if form.is_valid():
        try:
            url = submit_once(request, effect_of(request, form, action, leaves_out))
        except OutdatedError:
            row, status = commitment_or_404(row.workspace, row.pk), 409
            context["is_outdated"] = True
            form.data = form.data.copy()
            form.data["rev"] = row.rev
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, said)
            return go(request, url)
    page = commitment_page(row, membership=request.membership, now=clock.now())
    context |= {"workspace": row.workspace, "page": page, "form": form}
    return render(request, template, context, status=status)


def effect_of(request, form, action, leaves_out):
    def effect():
        data = form.cleaned_data
        typed = {name: data[name] for name in data if name not in leaves_out}
        result = action(by=request.user, now=clock.now(), **typed)
        return commitment_url(getattr(result, "commitment", result))

    return effect
