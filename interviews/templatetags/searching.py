"""How hits are shown."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

register = template.Library()

LABELS = {
    "quote": _("Quotes"),
    "interview": _("Interviews"),
    "person": _("People"),
    "organisation": _("Organisations"),
    "problem": _("Problems"),
}
PAGES = {
    "interview": "interviews:interview_detail",
    "person": "interviews:person_detail",
    "organisation": "interviews:organisation_detail",
    "problem": "milestones:problem_detail",
}


@register.filter
def kind_label(kind):
    return LABELS[kind]


@register.simple_tag
def marked(snippet):
    """Every piece escaped, hits inside <mark>."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html("<mark>{}</mark>", piece) if is_hit else piece,)
            for piece, is_hit in snippet.pieces
        ),
    )


@register.simple_tag
def address_of(kind, row, slug):
    """Where a hit leads: a quote to its place in the notes."""
    if kind == "quote":
        page = reverse(PAGES["interview"], args=[slug, row.interview_id])
        return f"{page}#q-{row.pk}"
    return reverse(PAGES[kind], args=[slug, row.pk])
