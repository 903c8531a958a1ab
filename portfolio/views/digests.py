"""Mails of a venture: which one wants and how often the digest; for founders, who gets
that and what went out."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.actions.mail_choices import choose_mails
from core.htmx import go
from core.models import Permission
from core.once import submit_once
from core.signing_in import TOO_LONG_AGO, has_just_signed_in
from portfolio.actions.digest_readers import (
    change_digest_settings,
    invite_subscriber,
    remove_subscriber,
    send_test,
    set_rhythm,
)
from portfolio.actions.digests import member_row
from portfolio.digest.gathered import preview
from portfolio.forms.digests import ReaderForm, RhythmForm, WordsForm
from portfolio.forms.mails import MailsForm
from portfolio.mail_topics import mail_rules
from portfolio.models import DigestSubscription
from portfolio.reports.digests import is_wordless, recipients_of, sent_of


@workspace_view(Permission.VIEW)
def settings_digest(request, workspace):
    return digest_page(request, workspace)


def digest_page(request, workspace, *, rhythm=None, reader=None):
    """`rhythm` and `reader`: forms that came back with mistakes."""
    now = clock.now()
    row = member_row(request.membership, now=now)
    manages = Permission.MANAGE in request.may
    rules = mail_rules(workspace, request.membership)
    context = {
        "workspace": workspace,
        "row": row,
        "rhythm_form": rhythm or RhythmForm(initial={"rhythm": row.shown_rhythm}),
        "must_confirm": not has_just_signed_in(request),
        "reader_form": reader or ReaderForm(initial={"zone": workspace.timezone}),
        "mails_form": MailsForm(rules=rules),
        "is_unheard": rules.unheard,
        "can_manage": manages,
        "recipients": recipients_of(workspace, now=now) if manages else (),
        "sent": sent_of(workspace, now=now, only=None if manages else row.pk),
        "mails_are_files": not settings.EMAIL_URL,
        "outbox": settings.DATA_DIR / "outbox",
    }
    if manages:
        words = WordsForm(initial={"is_wordless": is_wordless(workspace)})
        context["words_form"] = words
    status = 422 if rhythm or reader else 200
    return render(request, "portfolio/settings_digest.html", context, status=status)


def done(request, workspace, effect, words):
    """Runs it once, says so, and leads back to the settings."""

    def effect_and_place():
        effect()
        return reverse("portfolio:settings_digest", args=[workspace.slug])

    url = submit_once(request, effect_and_place)
    messages.success(request, words)
    return go(request, url)


@workspace_view(Permission.VIEW, methods=("POST",))
def digest_rhythm(request, workspace):
    form = RhythmForm(request.POST)
    if not form.is_valid():
        return digest_page(request, workspace, rhythm=form)
    asked = form.cleaned_data["rhythm"]

    def effect():
        set_rhythm(workspace, by=request.user, now=clock.now(), rhythm=asked)

    return done(request, workspace, effect, _("Saved."))


@workspace_view(Permission.VIEW, methods=("POST",))
def mail_choices(request, workspace):
    """A box that is missing is one that is not ticked: nothing here can be wrong."""
    rules = mail_rules(workspace, request.membership)
    form = MailsForm(request.POST, rules=rules)
    form.is_valid()
    terms = {"wanted": form.wanted, "offered": rules.offered}

    def effect():
        choose_mails(workspace, by=request.user, now=clock.now(), **terms)

    return done(request, workspace, effect, _("Saved."))


@workspace_view(Permission.VIEW)
def digest_preview(request, workspace):
    now = clock.now()
    content = preview(workspace, member_row(request.membership, now=now), now)
    context = {"workspace": workspace, "content": content}
    return render(request, "portfolio/digest_preview.html", context)


@workspace_view(Permission.MANAGE, methods=("POST",))
def digest_test(request, workspace):
    def effect():
        send_test(workspace, by=request.user, now=clock.now())

    words = _("A test is on its way to %s.") % request.user.email
    if not settings.EMAIL_URL:
        words = _("A test is written to the outbox folder of this server.")
    return done(request, workspace, effect, words)


@workspace_view(Permission.MANAGE, methods=("POST",))
def digest_words(request, workspace):
    form = WordsForm(request.POST)
    form.is_valid()
    wordless = form.cleaned_data["is_wordless"]

    def effect():
        now = clock.now()
        change_digest_settings(
            workspace, by=request.user, now=now, is_wordless=wordless
        )

    return done(request, workspace, effect, _("Saved."))


@workspace_view(Permission.MANAGE, methods=("POST",))
def digest_invite(request, workspace):
    form = ReaderForm(request.POST)
    if not has_just_signed_in(request):
        form.add_error(None, TOO_LONG_AGO)
    if form.is_valid():

        def effect():
            now = clock.now()
            invite_subscriber(workspace, by=request.user, now=now, **form.cleaned_data)

        try:
            return done(request, workspace, effect, _("The question is on its way."))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return digest_page(request, workspace, reader=form)


@workspace_view(Permission.MANAGE, methods=("POST",))
def digest_remove(request, workspace, pk):
    rows = DigestSubscription.objects.in_workspace(workspace)
    row = get_object_or_404(rows.filter(link__isnull=False), pk=pk)

    def effect():
        remove_subscriber(row, by=request.user, now=clock.now())

    return done(request, workspace, effect, _("They get nothing any more."))
