"""What the mails about comments share: who may still get one, and what it names.

No mail holds a word of what was said: it leaves the house, and its reader may read
pseudonyms only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse

from core.mails.rendering import from_templates
from core.models import Delivery, Membership, Permission
from interviews.masked_pages import names_in
from portfolio.models import Thread
from portfolio.reports.comments import author_of
from portfolio.subjects import NAMED, subject_of

if TYPE_CHECKING:
    from core.deliveries import Mail
    from portfolio.models import Comment


def mail_about(name: str, delivery: Delivery, comment: Comment) -> Mail:
    """`comment`: where its link leads."""
    rows = Thread.objects.select_related("workspace", *NAMED)
    thread = rows.defer("decision__snapshot").get(pk=comment.thread_id)
    who, what = author_of(comment), subject_of(thread).name_in_mails
    if Permission.SEE_PEOPLE not in may_of(delivery):
        names = names_in(thread.workspace)
        who, what = names.mask(who), names.mask(what)
    slug = thread.workspace.slug
    path = reverse("portfolio:comment_go", args=[slug, comment.number])
    context = {
        "workspace": thread.workspace,
        "who": who,
        "what": what,
        "is_founders_only": thread.is_founders_only,
        "link": f"{settings.APP_ORIGIN}{path}",
    }
    return from_templates(name, context, delivery)


def may_of(delivery: Delivery) -> frozenset[Permission]:
    team = Membership.objects.filter(workspace=delivery.workspace_id).current()
    membership = team.filter(user=delivery.recipient_id).first()
    return membership.may if membership else frozenset()


def why_not(delivery: Delivery, thread_id: object) -> str | None:
    """They left, or may not know of the thread."""
    may = may_of(delivery)
    if Permission.VIEW not in may:
        return "role"
    rows = Thread.objects.filter(workspace=delivery.workspace_id).seen_with(may)
    return None if rows.filter(pk=thread_id).exists() else "role"
