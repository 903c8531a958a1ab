"""The warning to those who can do something about a silent worker."""

from django import template

from core import clock
from core.health import banner
from core.models import Permission

register = template.Library()

STARTED = clock.now()


@register.inclusion_tag("core/_health_banner.html")
def health_banner(request):
    may = getattr(request, "may", frozenset())
    if Permission.MANAGE not in may:
        return {"sentence": None}
    return {"sentence": banner(clock.now(), started=STARTED)}
