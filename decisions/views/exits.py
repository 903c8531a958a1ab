"""Ending an alert beside a decision, each way on a page of its own."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from decisions.actions import end_as_duplicate, end_as_false_data
from decisions.errors import DecidedError
from decisions.forms.exits import DuplicateForm, FalseDataForm
from decisions.reports.exits import corrections_of, may_double
from decisions.reports.papers import has_number
from decisions.views.evaluations import decided_meanwhile
from decisions.views.lookups import alert_or_404, alert_url


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def alert_false_data(request, workspace, pk):
    alert = alert_or_404(workspace, pk)
    form = FalseDataForm(
        request.POST or None, named=corrections_of(alert, now=clock.now())
    )
    action, said = partial(end_as_false_data, alert), _("Ended: its data were false.")
    return ended(request, alert, form, action, "alert_false_data", said)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def alert_duplicate(request, workspace, pk):
    alert = alert_or_404(workspace, pk)
    form = DuplicateForm(request.POST or None, named=may_double(alert))
    said = _("Ended as a duplicate. The decision on the other one covers it.")
    action = partial(end_as_duplicate, alert)
    return ended(request, alert, form, action, "alert_duplicate", said)


def ended(request, alert, form, action, name, said):
    """Draws the form, or does what it says; nothing typed is lost."""
    if request.method != "POST":
        if alert.closed_at is not None:
            return redirect(alert_url(alert))
        return page(request, alert, form, name)
    if alert.closed_at is None and not form.is_valid():
        return page(request, alert, form, name, status=422)

    def effect():
        values = form.values() if form.is_valid() else late_values(form)
        action(by=request.user, now=clock.now(), **values)
        return alert_url(alert)

    try:
        url = submit_once(request, effect)
    except DecidedError as late:
        return decided_meanwhile(request, alert, late.decision, form)
    except ValidationError as error:
        form.add_error(None, error)
        return page(request, alert, form, name, status=422)
    messages.success(request, said)
    return go(request, url)


def late_values(form):
    """The alert is closed, and offers nothing to choose: the action says so."""
    return {form.choice: None, "reason": form.cleaned_data.get("reason", "")}


def page(request, alert, form, name, *, status=200):
    context = {
        "workspace": alert.workspace,
        "alert": alert,
        "form": form,
        "has_number": has_number(alert),
    }
    return render(request, f"decisions/{name}.html", context, status=status)
