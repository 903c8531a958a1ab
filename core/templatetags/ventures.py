"""The way out of a sample."""

from django import template

from core.models import Workspace

register = template.Library()


@register.simple_tag
def own_venture(user):
    """The first real venture of this person, or None."""
    joined = Workspace.objects.filter(
        is_sample=False, memberships__user=user, memberships__left_on=None
    )
    return joined.order_by("name", "pk").first()
