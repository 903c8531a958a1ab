"""How hits are shown."""

from django import template
from django.utils.html import format_html, format_html_join

from interviews.search.registry import kinds

register = template.Library()


@register.filter
def kind_label(kind):
    return kinds()[kind].label


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
    return kinds()[kind].address(row, slug)
