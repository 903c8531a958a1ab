"""The summary: everything once more on one page, and the button that is final."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from decisions.actions import record_decision
from decisions.errors import DecidedError, IncompleteError
from decisions.evaluating import ADJUST, Draft
from decisions.forms.steps import StepForm
from decisions.models import Evaluation
from decisions.reports.alerts import alert_page
from decisions.views.evaluations import decided_meanwhile
from decisions.views.lookups import alert_or_404, alert_url
from milestones.conflicts import OutdatedError


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def decision_add(request, workspace, pk):
    alert = alert_or_404(workspace, pk)
    if request.method == "POST":
        return record(request, alert)
    if alert.closed_at is not None:
        return redirect(alert_url(alert))
    return summary_page(request, alert)


def record(request, alert):
    form = StepForm(request.POST)
    if not form.is_valid():
        return summary_page(request, alert, status=422, has_errors=True)
    try:
        url = submit_once(request, recording(request, alert, form.cleaned_data["rev"]))
    except DecidedError as late:
        return decided_meanwhile(request, alert, late.decision, form)
    except IncompleteError:
        return summary_page(request, alert, status=422, has_errors=True)
    except OutdatedError as conflict:
        return summary_page(request, alert, status=409, changed=conflict.latest)
    messages.success(request, _("The decision is recorded."))
    return go(request, url)


def recording(request, alert, rev):
    def effect():
        kept = Evaluation.objects.filter(alert=alert).values_list("draft", flat=True)
        draft = Draft.of(kept.first() or {})
        decision = record_decision(
            alert, by=request.user, rev=rev, now=clock.now(), **draft.parts()
        )
        url = alert_url(alert)
        return f"{url}#new-numbers" if decision.kind == ADJUST else url

    return effect


def summary_page(request, alert, *, status=200, has_errors=False, changed=None):
    today = alert.workspace.today(clock.now())
    page = alert_page(alert, today=today)
    context = {
        "workspace": alert.workspace,
        "page": page,
        "rev": page.evaluation.rev if page.evaluation else 0,
        "changed": changed,
        "has_errors": has_errors,
        "today": today,
    }
    return render(request, "decisions/decision_add.html", context, status=status)
