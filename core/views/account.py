"""Pages about oneself."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import signed_in_view
from core.actions import change_account
from core.forms.accounts import AccountForm
from core.htmx import go
from core.once import submit_once
from core.shortcuts import SHORTCUTS


@signed_in_view(methods=("GET", "POST"))
def me(request):
    data = request.POST if request.method == "POST" else None
    form = AccountForm(data, instance=request.user)
    if form.is_valid():

        def effect():
            change_account(request.user, now=clock.now(), **form.cleaned_data)
            return reverse("core:me")

        url = submit_once(request, effect)
        messages.success(request, _("Saved."))
        return go(request, url)
    status = 422 if form.is_bound else 200
    return render(request, "core/me.html", {"form": form}, status=status)


@signed_in_view()
def shortcuts(request):
    return render(request, "core/shortcuts.html", {"shortcuts": SHORTCUTS})
