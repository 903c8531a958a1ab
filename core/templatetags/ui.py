"""Tags and filters of every page; docs/interface.md shows how to use them."""

import tomllib
from functools import cache
from uuid import uuid4

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from core import clock, dates_shown
from core.access import as_read
from core.chips import CHIPS
from core.menu import current_item, menu_for
from core.numbers import show as show_number
from core.shortcuts import for_url, shortcut
from core.typed_text import paragraphs

register = template.Library()
register.simple_tag(dates_shown.when, takes_context=True)
register.simple_tag(dates_shown.ago)

THEMES = ("light", "dark")


class CaptureNode(template.Node):
    """Keeps what is drawn inside, without outer space, in a variable.

    A block can be drawn only once; this lets the heading serve as the title too.
    """

    def __init__(self, nodelist, name):
        self.nodelist = nodelist
        self.name = name

    def render(self, context):
        # Rendered, and with that escaped, a line ago: only strip() forgets it.
        rendered = self.nodelist.render(context).strip()
        context[self.name] = SafeString(rendered)  # nosec B703
        return ""


@register.tag
def capture(parser, token):
    """`{% capture page_title %}…{% endcapture %}`"""
    try:
        _, name = token.split_contents()
    except ValueError:
        raise template.TemplateSyntaxError("capture needs one name") from None
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)


@register.inclusion_tag("components/_chip.html")
def chip(state, text=""):
    """An unknown state is a mistake in a template or report: it raises KeyError."""
    found = CHIPS[state]
    return {"tone": found.tone, "symbol": found.icon, "text": text or found.word}


@register.inclusion_tag("components/_icon.html")
def icon(name):
    return {"name": name}


@register.inclusion_tag("components/_figure.html")
def figure(chart):
    return {"chart": chart}


@register.inclusion_tag("components/_bar.html")
def bar(score):
    return {"bar": score}


@register.inclusion_tag("components/_spark.html")
def spark(picture):
    return {"spark": picture}


@register.simple_tag
def mails_are_files():
    """Whether mails only reach the outbox folder, for want of a mail server."""
    return not settings.EMAIL_URL


@register.simple_tag
def form_key():
    """One key for one drawn form: sent twice, it has one effect."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid4())


@register.filter
def show(value, unit=""):
    return show_number(value, unit)


@register.filter
def para(text):
    return paragraphs(str(text or ""))


@register.simple_tag(takes_context=True)
def hotkey(context, wanted):
    """` data-hotkey="…"` for a real link or button, unless this person wants none."""
    return attribute_of(context, shortcut(wanted))


def attribute_of(context, entry):
    if entry is None or not getattr(context.get("user"), "shortcuts_enabled", False):
        return ""
    return format_html(' data-hotkey="{}"', entry.key)


@register.inclusion_tag("components/_menu.html", takes_context=True)
def main_menu(context):
    """The items this role may open, the current one marked."""
    request = context["request"]
    match = request.resolver_match
    offered = menu_for(request.may)
    current = current_item(match.view_name, offered) if match else None
    slug = request.workspace.slug
    items = [
        {
            "label": item.label,
            "url": reverse(item.url_name, kwargs={"workspace_slug": slug}),
            "is_current": item is current,
            "hotkey": attribute_of(context, for_url(item.url_name)),
        }
        for item in offered
    ]
    return {"items": items}


@register.simple_tag(takes_context=True)
def short(context, text, length):
    """The beginning of a text. Names are masked before it is cut: of half a name nobody
    could tell afterwards that it is one."""
    return Truncator(as_read(context.request, str(text))).chars(length)


@register.simple_tag(takes_context=True)
def theme(context):
    """What the person chose, else what this browser chose, else as the device is."""
    request = context.get("request")
    user = context.get("user")
    chosen = getattr(user, "appearance", None) or (
        request.COOKIES.get("theme") if request else None
    )
    return chosen if chosen in THEMES else "auto"


@register.simple_tag(takes_context=True)
def printed_on(context):
    """The date at the foot of a printed sheet."""
    return dates_shown.when(context, clock.now())


@register.simple_tag
def version():
    return product_version()


@cache
def product_version():
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))
    return project["project"]["version"]
