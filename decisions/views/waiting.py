"""Taking an alert up, and putting it off once."""

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
from decisions.actions import acknowledge, snooze
from decisions.errors import DecidedError, SettledError
from decisions.forms.waiting import SnoozeForm, TakeUpForm
from decisions.reports.waiting import snooze_of
from decisions.views.evaluations import decided_meanwhile
from decisions.views.following import typed_in
from decisions.views.lookups import alert_or_404, alert_url


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def alert_take_up(request, workspace, pk):
    alert = alert_or_404(workspace, pk)
    initial = {
        "owner": alert.owner_id or request.user.pk,
        "evaluate_by": alert.evaluate_by,
    }
    form = TakeUpForm(request.POST or None, initial=initial, workspace=workspace)
    action, said = partial(acknowledge, alert), _("It is taken up.")
    return settled(request, alert, form, action, "alert_take_up", said)


@workspace_view(Permission.DECIDE, methods=("GET", "POST"))
def alert_snooze(request, workspace, pk):
    alert = alert_or_404(workspace, pk)
    form = SnoozeForm(request.POST or None)
    action, said = partial(snooze, alert), _("Put off. It lifts itself on its day.")
    return settled(request, alert, form, action, "alert_snooze", said)


def settled(request, alert, form, action, name, said):
    """Draws the form, or does what it says; nothing typed is lost."""
    if alert.closed_at is not None and request.method != "POST":
        return redirect(alert_url(alert))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return page(request, alert, form, name, status=status)

    def effect():
        action(by=request.user, now=clock.now(), **form.cleaned_data)
        return alert_url(alert)

    try:
        url = submit_once(request, effect)
    except DecidedError as late:
        return decided_meanwhile(request, alert, late.decision, form)
    except SettledError as late:
        return page(request, alert, form, name, status=409, first=late.row)
    except ValidationError as error:
        form.add_error(None, error)
        return page(request, alert, form, name, status=422)
    messages.success(request, said)
    return go(request, url)


def page(request, alert, form, name, *, status, first=None):
    context = {
        "workspace": alert.workspace,
        "alert": alert,
        "form": form,
        "snooze": first or snooze_of(alert),
        "typed": typed_in(form) if status == 409 else (),
    }
    return render(request, f"decisions/{name}.html", context, status=status)
