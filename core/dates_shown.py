"""Dates on pages: short to read, whole in the title, exact for machines."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext

LONGEST_AGO = 60


def when(context, value, *, clock=False):
    """`19 Oct`, or `19 Oct 2025` unless the context has a `today` of the same year."""
    if value is None:
        return ""
    local = here(value)
    today = context.get("today")
    is_this_year = isinstance(today, date) and today.year == local.year
    text = date_format(local, "j M" if is_this_year else "j M Y")
    if clock and isinstance(local, datetime):
        text = f"{text}, {date_format(local, 'H:i')}"
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(),
        whole(local),
        text,
    )


def ago(value, today, *, short=False):
    """`3 days ago`, or in short `3 d`; the date in the title, for screen readers, and
    on paper."""
    if value is None:
        return ""
    local = here(value)
    day = local.date() if isinstance(local, datetime) else local
    absolute = date_format(day, "j M Y")
    days = (today - day).days
    distance = distance_words(days) or absolute
    if short and 1 < days <= LONGEST_AGO:
        distance = gettext("%(n)s d") % {"n": days}
    if distance == absolute:
        return format_html('<time datetime="{}">{}</time>', local.isoformat(), absolute)
    return format_html(
        '<time datetime="{}" title="{}"><span class="no-print">{}</span>'
        '<span class="on-paper"> {}</span></time>',
        local.isoformat(),
        whole(local),
        distance,
        absolute,
    )


def here(value):
    """In the venture's zone, which the view has activated."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def whole(value):
    day = date_format(value, "l j F Y")
    if not isinstance(value, datetime):
        return day
    zone = f" {value.tzinfo}" if value.tzinfo else ""
    return f"{day}, {date_format(value, 'H:i')}{zone}"


def distance_words(days):
    """Nothing where a date says more."""
    if days == 0:
        return gettext("today")
    if days == 1:
        return gettext("yesterday")
    if days == -1:
        return gettext("tomorrow")
    if 0 < days <= LONGEST_AGO:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if -LONGEST_AGO <= days < 0:
        return ngettext("in %(n)s day", "in %(n)s days", -days) % {"n": -days}
    return ""
