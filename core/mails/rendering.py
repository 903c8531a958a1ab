"""A mail from its three templates, the HTML with its styles written into the tags."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from css_inline import CSSInliner
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core.deliveries.kinds import Mail
from core.models import Delivery
from core.sealing import unseal

STYLES = Path(__file__).with_name("mail.css")


def from_templates(
    name: str, context: dict[str, object], delivery: Delivery | None = None
) -> Mail:
    """`emails/<name>.subject.txt`, `.txt` and `.html`; `origin` is added to the context.

    The text templates stand in `{% autoescape off %}`: they are not HTML. A `delivery`
    of a topic gets the way to switch that topic off, in the frame and the headers.
    """
    off = way_off(delivery) if delivery else ""
    context = {"origin": settings.APP_ORIGIN, "off": off} | context
    subject, text, html = (
        render_to_string(f"emails/{name}{ending}", context)
        for ending in (".subject.txt", ".txt", ".html")
    )
    return Mail(subject.strip(), text.strip() + "\n", inliner().inline(html), off)


def way_off(delivery: Delivery) -> str:
    """The address that switches off all mails of the topic; empty for other kinds."""
    if not delivery.off_hash or not delivery.payload:
        return ""
    path = reverse("portfolio:mail_off", args=[unseal(delivery.payload)])
    return f"{settings.APP_ORIGIN}{path}"


@cache
def inliner() -> CSSInliner:
    """Mail readers drop style sheets; what they keep of them, the rules for dark
    screens, stays in the head. Nothing is ever loaded from an address."""
    return CSSInliner(
        load_remote_stylesheets=False,
        keep_at_rules=True,
        minify_css=True,
        extra_css=STYLES.read_text(),
    )
