"""Who comments by a link: asked for an address, shown by a code that was mailed there,
remembered in this browser, and ended by the founders."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from core.access import workspace_view
from core.htmx import go
from core.models import Permission
from core.once import outcome_before, submit_once
from core.rates import is_too_often
from core.tokens import hashed
from portfolio.actions.commenting import TooManyError
from portfolio.actions.guests import (
    CodeUsedError,
    NotWelcomeError,
    ask_for_code,
    count_try,
    end_guest,
    forget_browser,
    stop_replies,
    welcome_guest,
)
from portfolio.actions.speaking import member_of, say_by_link
from portfolio.forms.guests import CodeForm, GuestForm
from portfolio.guests import (
    KEPT,
    TRIES,
    browser_of,
    forget,
    guest_cookie,
    is_code_of,
    remember,
    same_mailbox,
    token_after,
    token_in,
    waiting_cookie,
    waiting_of,
    works,
)
from portfolio.models import Guest
from portfolio.share_access import share_view
from portfolio.views.digest_links import mail_view, nothing
from portfolio.views.share_comments import here, seen_by, status_of, too_often

# mails with a code: to one mailbox, and from one network; and by one link
CODES, CODES_BY_LINK = "5/1h/key,10/1h/ip", "60/1h/key"


# --- who are you? ------------------------------------------------------------------
@share_view(methods=("GET", "POST"))
def share_who(request, link):
    """For somebody whose text waits."""
    waiting = waiting_of(request, link, clock.now())
    if waiting is None or waiting.used_at or link.workspace.is_sample:
        return redirect(here(request, "share_dashboard"))
    known = {"address": waiting.address, "name": waiting.name}
    data = request.POST if request.method == "POST" else None
    form = GuestForm(data, initial=known | {"wants_replies": waiting.wants_replies})
    if form.is_valid() and (url := code_sent(request, waiting, form)):
        return go(request, url)
    context = seen_by(request, link, form=form, waiting=waiting)
    status = status_of(form)
    return render(request, "portfolio/share_who.html", context, status=status)


def code_sent(request, waiting, form):
    """Where the code is typed, or nothing and an error in the form. A form that came
    twice counts once: the limit is asked in its one transaction."""

    def effect():
        refuse_flood(request, waiting, form.cleaned_data["address"])
        ask_for_code(waiting, by=None, now=clock.now(), **form.cleaned_data)
        return here(request, "share_code")

    try:
        return submit_once(request, effect)
    except TooManyError:
        text = _("Too many codes were asked for. Wait an hour; your text is kept.")
        form.add_error(None, too_often(text))
        return ""


def refuse_flood(request, waiting, address):
    """In the same words whoever the address belongs to."""
    key = str(waiting.link_id)
    mailbox = hashed(same_mailbox(address))
    if is_too_often(request, "guest-code", CODES, key=mailbox) or is_too_often(
        request, f"guest-code-{key}", CODES_BY_LINK, key=key
    ):
        raise TooManyError


# --- the code ----------------------------------------------------------------------
@share_view(methods=("GET", "POST"))
def share_code(request, link):
    if request.method == "POST" and (url := outcome_before(request)):
        return known_in(request, link, url)
    now = clock.now()
    waiting = waiting_of(request, link, now)
    if waiting is None or waiting.used_at:
        return redirect(here(request, "share_dashboard"))
    if not waiting.code_hash:
        return redirect(here(request, "share_who"))
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (url := accepted(request, waiting, form)):
        return known_in(request, link, url)
    waiting.refresh_from_db()
    context = seen_by(request, link, form=form, waiting=waiting)
    context["is_over"] = not works(waiting, now)
    status = status_of(form)
    return render(request, "portfolio/share_code.html", context, status=status)


def accepted(request, waiting, form):
    """Where it leads, or nothing and an error in the form."""
    try:
        url = answered(request, waiting, form.cleaned_data["code"])
    except ValidationError as error:
        form.add_error("code", error)
    except NotWelcomeError:
        text = _("The founders have ended comments from this address by this link.")
        form.add_error(None, text)
    except Http404:
        text = _("What this is about is no longer shown here. Copy your text.")
        form.add_error(None, text)
    else:
        return url
    return ""


def answered(request, waiting, code):
    """Raises ValidationError for a code that is wrong, or no longer good. Whether it
    still is, the database says when it counts the try or takes the code: many at once
    get no more tries than one after the other, and twins of one form the same answer."""
    is_over = ValidationError(_("This code no longer works. Ask for another one."))
    if is_code_of(waiting, code):
        try:
            return submit_once(request, welcoming(request, waiting))
        except CodeUsedError:
            raise is_over from None
    if not count_try(waiting, by=None, now=clock.now()):
        raise is_over
    raise ValidationError(wrong_code(TRIES - waiting.tries - 1))


def wrong_code(left):
    if left <= 0:
        return _("That is not the code. Ask for another one.")
    return ngettext(
        "That is not the code. One try is left.",
        "That is not the code. %(left)d tries are left.",
        left,
    ) % {"left": left}


def welcoming(request, waiting):
    """What was typed is posted with it; if it is too much for this hour, it stays in
    the form it was typed in."""
    link = waiting.link
    token = token_after(token_in(request, waiting_cookie(link)))
    known = {"token": token, "came_by": request.resolver_match.kwargs["place"]}

    def effect():
        now = clock.now()
        guest = welcome_guest(waiting, by=None, now=now, **known)
        told = {"by": member_of(guest), "now": now}
        try:
            said = say_by_link(guest, place=waiting.place, text=waiting.text, **told)
        except TooManyError:
            about, _colon, key = waiting.place.partition(":")
            if about == "thread":
                return here(request, "share_thread", key)
            return here(request, "share_comments", about, key)
        url = here(request, "share_dashboard")
        return f"{url}?said={said.number}#comments"

    return effect


def known_in(request, link, url):
    """This browser is known from now on; the same for a form that came twice."""
    response = go(request, url)
    waiting = token_in(request, waiting_cookie(link))
    if waiting:
        remember(response, guest_cookie(link), token_after(waiting), max_age=KEPT)
    return response


# --- the end of it -----------------------------------------------------------------
@share_view(methods=("POST",))
def share_forget(request, link):
    """Not you?"""
    browser = browser_of(request, link)

    def effect():
        if browser is not None:
            forget_browser(browser, by=None, now=clock.now())
        return here(request, "share_dashboard")

    response = go(request, submit_once(request, effect))
    forget(response, guest_cookie(link))
    forget(response, waiting_cookie(link))
    return response


@workspace_view(Permission.MANAGE, methods=("POST",))
def guest_end(request, workspace, pk):
    guest = get_object_or_404(Guest.objects.in_workspace(workspace), pk=pk)

    def effect():
        end_guest(guest, by=request.user, now=clock.now())
        return reverse("portfolio:settings_sharing", args=[workspace.slug])

    url = submit_once(request, effect)
    messages.success(request, _("They comment no more by this link."))
    return go(request, url)


@mail_view(
    "RFC 8058: a mail reader stops mails about answers by one POST",
    methods=("GET", "POST"),
    one_click=True,
)
def replies_stop(request, token):
    """GET asks and changes nothing: scanners open every link of a mail."""
    rows = Guest.objects.select_related("workspace")
    guest = rows.filter(stop_hash=hashed(token)).first()
    if guest is None:
        return nothing(request)
    if request.method == "POST":
        stop_replies(guest, by=None, now=clock.now())
        guest.wants_replies = False
    context = {"guest_asked": guest, "workspace": guest.workspace}
    return render(request, "portfolio/replies_stop.html", context)
