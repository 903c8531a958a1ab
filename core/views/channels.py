"""Channels of a venture: who outside is told of alerts and digests, and how it went."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.actions.channels import (
    add_channel,
    edit_channel,
    remove_channel,
    renew_secret,
    try_channel,
)
from core.deliveries.attempts import attempts_of, channels_of
from core.forms.channels import KnownChannelForm, NewChannelForm
from core.htmx import go, shown_before
from core.models import Channel, Permission
from core.once import submit_once


@workspace_view(Permission.MANAGE, methods=("GET", "POST"))
def channel_list(request, workspace):
    """A secret is in the answer to the POST that made it, and nowhere else."""
    form = NewChannelForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return list_page(request, form)
    made = []

    def effect():
        terms = form.cleaned_data
        made.append(add_channel(workspace, by=request.user, now=clock.now(), **terms))
        return reverse("core:channel_list", args=[workspace.slug])

    try:
        url = submit_once(request, effect)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return list_page(request, form)
    is_signed = form.cleaned_data["kind"] == Channel.Kind.SIGNED
    if not made and is_signed:
        return shown_before(request, url)
    if not is_signed:
        messages.success(request, _("Added. Send it a test."))
        return go(request, url)
    return list_page(request, NewChannelForm(), made=made[0])


def list_page(request, form, *, made=None):
    context = {
        "workspace": request.workspace,
        "form": form,
        "made": made and made[0],
        "secret": made and made[1],
        "channels": channels_of(request.workspace),
    }
    status = 422 if form.is_bound else 200
    return render(request, "core/channel_list.html", context, status=status)


def channel_of(workspace, pk):
    rows = Channel.objects.in_workspace(workspace).working()
    return get_object_or_404(rows.select_related("workspace"), pk=pk)


@workspace_view(Permission.MANAGE, methods=("GET", "POST"))
def channel_detail(request, workspace, pk):
    channel = channel_of(workspace, pk)
    if request.method != "POST":
        return channel_page(request, channel)
    form = KnownChannelForm(request.POST)
    if not form.is_valid():
        return channel_page(request, channel, form=form)

    def effect():
        edit_channel(channel, by=request.user, now=clock.now(), **form.cleaned_data)

    return done(request, channel, effect, _("Saved."))


def channel_page(request, channel, *, form=None, secret=""):
    names = ("name", "wants_alerts", "wants_digest")
    known = {name: getattr(channel, name) for name in names}
    context = {
        "workspace": request.workspace,
        "channel": channel,
        "form": form or KnownChannelForm(initial=known),
        "secret": secret,
        "attempts": attempts_of(channel),
    }
    status = 422 if form else 200
    return render(request, "core/channel_detail.html", context, status=status)


def done(request, channel, effect, words, page="core:channel_detail"):
    """Runs it once, says so, and leads on."""
    ids = [channel.workspace.slug]
    if page == "core:channel_detail":
        ids.append(channel.pk)

    def effect_and_place():
        effect()
        return reverse(page, args=ids)

    url = submit_once(request, effect_and_place)
    messages.success(request, words)
    return go(request, url)


@workspace_view(Permission.MANAGE, methods=("POST",))
def channel_test(request, workspace, pk):
    channel = channel_of(workspace, pk)

    def effect():
        try_channel(channel, by=request.user, now=clock.now())

    words = _("A test is on its way. What became of it stands below in a moment.")
    return done(request, channel, effect, words)


@workspace_view(Permission.MANAGE, methods=("POST",))
def channel_secret(request, workspace, pk):
    """The new secret is in this answer, and nowhere else."""
    rows = Channel.objects.in_workspace(workspace).working()
    rows = rows.filter(kind=Channel.Kind.SIGNED).select_related("workspace")
    channel = get_object_or_404(rows, pk=pk)
    made = []

    def effect():
        made.append(renew_secret(channel, by=request.user, now=clock.now()))
        return reverse("core:channel_detail", args=[workspace.slug, pk])

    url = submit_once(request, effect)
    if not made:
        return shown_before(request, url)
    return channel_page(request, channel, secret=made[0])


@workspace_view(Permission.MANAGE, methods=("POST",))
def channel_remove(request, workspace, pk):
    channel = channel_of(workspace, pk)

    def effect():
        remove_channel(channel, by=request.user, now=clock.now())

    words = _("Nothing is sent there any more.")
    return done(request, channel, effect, words, "core:channel_list")
