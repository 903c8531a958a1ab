"""Sample ventures: looked at, or asked for."""

from django.urls import reverse

from core import clock
from core.access import signed_in_view
from core.htmx import go, render_page
from core.once import submit_once
from portfolio.actions.orders import order_sample
from portfolio.forms import SampleForm
from portfolio.offers import offers_for


@signed_in_view(methods=("GET", "POST"))
def sample_list(request):
    """For whoever may begin a venture, which is everybody with an account."""
    form = SampleForm(request.POST if request.method == "POST" else None)
    if form.is_valid():

        def effect():
            name = form.cleaned_data["name"]
            order_sample(name, by=request.user, now=clock.now())
            return reverse("portfolio:sample_list")

        return go(request, submit_once(request, effect))
    offers = offers_for(request.user)
    is_waiting = any(offer.is_waiting for offer in offers)
    context = {"form": form, "offers": offers, "is_waiting": is_waiting}
    partials = {"samples": "portfolio/_sample_list.html"}
    status = 422 if form.is_bound else 200
    page = "portfolio/sample_list.html"
    return render_page(request, page, context, partials=partials, status=status)
