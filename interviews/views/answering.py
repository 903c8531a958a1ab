"""Where somebody answers a survey by themselves, without an account.

The address they were given is exchanged for a cookie of one path, so that the token
stands in no history, no log and no Referer. Reading changes nothing: mail scanners may
open it as often as they like.
"""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from core.access import public_view
from core.htmx import go
from core.once import submit_once
from core.rates import is_too_often
from core.tokens import WELL_FORMED, cookie_name, exchange, place_of
from interviews.actions import answer_survey, find_survey_link
from interviews.models import Survey
from interviews.survey_forms import public_form

COOKIE = "answer"
RATE = "30/5m/ip"


@public_view("the one-time token of the address is the key")
def survey_open(request, token):
    if not WELL_FORMED.fullmatch(token):
        return ended(request)
    path = reverse("survey_answer", args=[place_of(token)])
    response = redirect(path)
    response.headers["Referrer-Policy"] = "no-referrer"
    exchange(response, COOKIE, token, path=path, max_age=None)
    return response


@public_view(
    "a one-time token, exchanged for a cookie of this path, is the key",
    methods=("GET", "POST"),
)
def survey_answer(request, place):
    link = link_of(request, place)
    if link is None:
        return ended(request)
    with timezone.override(link.workspace.zone):
        if link.used_at is not None:
            return render(request, "interviews/answer_done.html", {"link": link})
        data = request.POST if request.method == "POST" else None
        form = public_form(link.survey)(data, survey=link.survey)
        return answer_page(request, link, form)


def link_of(request, place):
    token = request.COOKIES.get(cookie_name(COOKIE), "")
    if not WELL_FORMED.fullmatch(token) or place_of(token) != place:
        return None
    return find_survey_link(token, now=clock.now())


def ended(request):
    """The same page for what never was, has ended and was withdrawn."""
    response = render(request, "interviews/answer_ended.html", status=404)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def answer_page(request, link, form):
    """The questions, or the answers kept."""
    status = 422 if form.is_bound else 200

    def effect():
        answer_survey(link, now=clock.now(), answers=form.answers())
        return request.path

    if form.is_bound and is_too_often(request, "answer", RATE):
        why = _("Too many answers came from your network. Send it again in 5 minutes.")
        form.add_error(None, why)
        status = 429
    elif form.is_valid():
        try:
            return go(request, submit_once(request, effect))
        except ValidationError as error:
            if error.code == "closed":
                return ended(request)
            form.add_error(None, error)
    is_needs = link.survey.kind == Survey.Kind.NEEDS
    context = {
        "survey": link.survey,
        "venture": link.workspace,
        "form": form,
        "pairs": list(form.pairs()) if is_needs else [],
    }
    return render(request, "interviews/answer_form.html", context, status=status)
