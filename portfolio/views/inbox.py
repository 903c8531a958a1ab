"""One page for whoever looks after many ventures."""

from django.shortcuts import render

from core import clock
from core.access import signed_in_view
from portfolio.reports.waiting import ventures_of


@signed_in_view()
def inbox(request):
    ventures = ventures_of(request.user, now=clock.now())
    context = {
        "ventures": ventures,
        "waiting": sum(one.is_waiting for one in ventures),
    }
    return render(request, "portfolio/inbox.html", context)
