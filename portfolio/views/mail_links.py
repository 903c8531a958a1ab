"""Mails of one topic, switched off and on by whoever has one of them."""

from django.shortcuts import render
from django.urls import reverse

from core import clock
from core.actions.mail_choices import (
    mine,
    switch_mails_off,
    switch_mails_on,
)
from core.deliveries.kinds import topic_of
from core.models import Delivery, MailChoice
from core.once import submit_once
from core.tokens import hashed
from portfolio.mail_topics import WITHOUT
from portfolio.views.digest_links import mail_view, nothing


def delivery_of(token):
    rows = Delivery.objects.select_related("workspace", "recipient")
    return rows.filter(off_hash=hashed(token)).first()


@mail_view(
    "RFC 8058: a mail reader switches mails of one topic off by one POST",
    methods=("GET", "POST"),
    one_click=True,
)
def mail_off(request, token):
    """GET asks and changes nothing: scanners open every link of a mail."""
    delivery = delivery_of(token)
    if delivery is None:
        return nothing(request)
    if request.method == "POST":
        switch_mails_off(delivery, now=clock.now())
    return off_page(request, delivery, token)


def off_page(request, delivery, token):
    topic = MailChoice.Topic(topic_of(delivery.kind))
    context = {
        "workspace": delivery.workspace,
        "topic": topic.label,
        "without": WITHOUT[topic],
        "is_on": not mine(delivery).exists(),
        "on": reverse("portfolio:mail_on", args=[token]),
        "off": reverse("portfolio:mail_off", args=[token]),
    }
    return render(request, "portfolio/mail_off.html", context)


@mail_view(
    "whoever switched mails off by one of them may want them again", methods=("POST",)
)
def mail_on(request, token):
    delivery = delivery_of(token)
    if delivery is None:
        return nothing(request)

    def effect():
        switch_mails_on(delivery, now=clock.now())
        return request.path

    submit_once(request, effect)
    return off_page(request, delivery, token)
