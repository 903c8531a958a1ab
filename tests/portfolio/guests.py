"""Those who comment by a link, in one line each."""

from django.urls import reverse

from core.models import Delivery
from core.sealing import unseal
from core.tokens import hashed
from forecasts.models import Metric
from portfolio.actions.speaking import say_by_link
from portfolio.models import Guest, GuestBrowser, Introduction, Thread
from tests.factories import NOW

BROWSER = "b" * 43
TEXT = "Which three clinics?\n\n> We would pay"
SENT = {"text": TEXT, "form_key": "t"}
KIM = {"address": "kim@board.example", "name": "Kim Ode"}
# route → what its <uuid:pk> names
GUESTS = {
    "portfolio:guest_end": Guest,
    "portfolio:share_comments": Metric,
    "portfolio:share_thread": Thread,
}


def make_guest(link, *, token=BROWSER, **fields):
    """Known in one browser."""
    defaults = KIM | {"confirmed_at": NOW, "came_by": link.token_hash[:16]}
    guest = Guest.objects.create(
        workspace=link.workspace, link=link, **defaults | fields
    )
    if token:
        GuestBrowser.objects.create(
            workspace=link.workspace,
            guest=guest,
            token_hash=hashed(token),
            created_at=NOW,
        )
    return guest


def known(client, link, token=BROWSER):
    client.cookies[f"guest-{link.pk.hex[:12]}"] = token
    return client


def say(guest, row, text="How do you know?", *, now=NOW, by=None, kind="metric"):
    return say_by_link(guest, by=by, now=now, place=f"{kind}:{row.pk}", text=text)


def by_link(client, name, *args, token="s" * 43):
    """The address of a page behind the link that was opened."""
    opened = client.get(reverse("portfolio:share_open", args=[token]))
    place = opened.url.rstrip("/").rpartition("/")[2]
    return reverse(f"portfolio:{name}", args=[place, *args])


def newest_code():
    """Of the mail that was planned last."""
    rows = Delivery.objects.filter(kind="guest_code")
    return unseal(rows.order_by("planned_at", "pk").last().payload)


def ask_who(client, start, **told):
    """A comment is typed and an address told; where that leads."""
    who = client.post(start, SENT).url
    return client.post(who, KIM | {"form_key": "w"} | told)


def type_code(client, code, url=None):
    return client.post(
        url or by_link(client, "share_code"), {"code": code, "form_key": "c"}
    )


def visit(workspace, link, number):
    """What the world of the tests holds of it."""
    canary = f"CANARY-{workspace.slug}-{number}"
    told = {"address": f"{canary}@guest.example".lower(), "name": f"{canary}-guest"}
    token = f"{workspace.slug[:20]}-{number}".ljust(43, "g")
    make_guest(link, token=token, **told)
    ended = {"ended_at": NOW, "ended_by": link.created_by}
    address = f"ended-{told['address']}"
    make_guest(link, token="", **told | ended | {"address": address})
    Introduction.objects.create(
        workspace=workspace,
        link=link,
        token_hash=hashed(token),
        place="metric:none",
        text=f"{canary}-waiting",
        created_at=NOW,
        **told,
    )
