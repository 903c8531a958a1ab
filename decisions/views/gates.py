"""The gate before a signature: checked, signed, overridden, co-signed."""

from contextlib import suppress
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from decisions.actions import check_gate, cosign, override_gate, sign_commitment
from decisions.errors import HeldError
from decisions.forms.commitments import CoSignForm, OverrideForm, RevForm
from decisions.reports.commitments import commitment_page
from decisions.views.commitments import detail, settled
from decisions.views.lookups import commitment_or_404, commitment_url
from discovery.views.saving import posted


@workspace_view(Permission.VIEW)
def commitment_gate(request, workspace, pk):
    """The gate as it stands, asked for by the page that stays open; 204 while what the
    page shows still holds."""
    row = commitment_or_404(workspace, pk)
    if not request.htmx:
        return redirect(commitment_url(row))
    page = commitment_page(row, membership=request.membership, now=clock.now())
    if page.checklist is None or request.GET.get("seen", "") == page.mark:
        return HttpResponse(status=204)
    context = {"workspace": workspace, "page": page, "has_changed": True}
    return render(request, "decisions/_gate_live.html", context)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def commitment_check(request, workspace, pk):
    """The commitment's own page; sent as a form, what it shows is kept."""
    row = commitment_or_404(workspace, pk)
    if request.method != "POST":
        return detail(request, row)

    def effect():
        check_gate(row, by=request.user, now=clock.now())
        return commitment_url(row)

    try:
        url = submit_once(request, effect)
    except ValidationError as error:
        return detail(request, row, status=422, problem=" ".join(error.messages))
    messages.success(request, _("Checked, and kept."))
    return go(request, url)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def commitment_sign(request, workspace, pk):
    row = commitment_or_404(workspace, pk)
    form = RevForm(posted(request), initial={"rev": row.rev})
    try:
        return settled(
            request,
            row,
            form,
            partial(sign_commitment, row),
            template="decisions/commitment_sign.html",
            said=_("Signed."),
        )
    except HeldError:
        return held(request, row)


def held(request, row):
    """Nothing was signed; that it is held is kept, outside of what was undone."""
    with suppress(ValidationError):
        check_gate(row, by=request.user, now=clock.now())
    row = commitment_or_404(row.workspace, row.pk)
    problem = _("The gate holds it now, so it was not signed.")
    return detail(request, row, status=409, problem=problem)


@workspace_view(Permission.OWN, methods=("GET", "POST"))
def commitment_override(request, workspace, pk):
    row = commitment_or_404(workspace, pk)
    form = OverrideForm(
        posted(request),
        initial={"rev": row.rev},
        workspace=workspace,
        today=workspace.today(clock.now()),
    )
    return settled(
        request,
        row,
        form,
        partial(override_gate, row),
        template="decisions/commitment_override.html",
        said=_("On record. Everybody who decides or advises is told."),
        leaves_out=("name",),
    )


@workspace_view(Permission.REVIEW, methods=("GET", "POST"))
def commitment_cosign(request, workspace, pk):
    """Members read the page; the action takes an advisor's word alone."""
    row = commitment_or_404(workspace, pk)
    form = CoSignForm(posted(request), initial={"rev": row.rev})
    return settled(
        request,
        row,
        form,
        partial(cosign, row),
        template="decisions/commitment_cosign.html",
        said=_("Co-signed."),
        is_advisor=request.membership.role == "advisor",
    )
