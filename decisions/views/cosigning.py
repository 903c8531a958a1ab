"""The page on which an advisor reads an evaluation, and signs it or does not."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from decisions.actions import cosign_evaluation
from decisions.errors import DecidedError
from decisions.forms.cosigning import CoSignForm
from decisions.reports.alerts import alert_page
from decisions.views.evaluations import decided_meanwhile, on_top_of
from decisions.views.lookups import alert_or_404, alert_url
from milestones.conflicts import OutdatedError


@workspace_view(Permission.REVIEW, methods=("GET", "POST"))
def cosignature_add(request, workspace, pk):
    alert = alert_or_404(workspace, pk)
    if request.method == "POST":
        return sign(request, alert)
    if alert.closed_at is not None:
        return redirect(alert_url(alert))
    return cosign_page(request, alert)


def sign(request, alert):
    form = CoSignForm(request.POST)
    if not form.is_valid():
        return cosign_page(request, alert, form, status=422)
    try:
        url = submit_once(request, signing(request, alert, form.cleaned_data))
    except DecidedError as late:
        return decided_meanwhile(request, alert, late.decision, form)
    except OutdatedError as conflict:
        form = CoSignForm(on_top_of(conflict.latest, request.POST))
        return cosign_page(request, alert, form, status=409, changed=conflict.latest)
    except ValidationError as error:
        form.add_error(None, error)
        return cosign_page(request, alert, form, status=422)
    messages.success(request, _("Signed. Any later change to the evaluation voids it."))
    return go(request, url)


def signing(request, alert, values):
    def effect():
        cosign_evaluation(alert, by=request.user, now=clock.now(), **values)
        return alert_url(alert)

    return effect


def cosign_page(request, alert, form=None, *, status=200, changed=None):
    page = alert_page(alert, today=alert.workspace.today(clock.now()))
    rev = page.evaluation.rev if page.evaluation else 0
    context = {
        "workspace": alert.workspace,
        "page": page,
        "form": form or CoSignForm(initial={"rev": rev}),
        "changed": changed,
    }
    return render(request, "decisions/cosignature_add.html", context, status=status)
