"""What search finds of comments: as they were last corrected, and by whom they may be
known."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interviews.search.lines import line_kind
from milestones.searched import claims_owed
from portfolio.models import Comment, Thread


def comments():
    return Comment.objects.standing()


def place_of(line, slug):
    return reverse("portfolio:comment_go", args=[slug, int(line.line_place)])


def heading(line):
    return _("Comment %s") % line.line_place


def hidden(reader, workspace):
    """Of threads that this reader does not know of, or whose score they still owe."""
    known = Thread.objects.in_workspace(workspace).seen_with(reader.may)
    owed = claims_owed(reader, workspace).values("question")
    rows = Comment.objects.filter(workspace=workspace)
    rows = rows.filter(~Q(thread__in=known.values("pk")) | Q(thread__question__in=owed))
    return rows.values("pk")


def earlier(ids):
    """What was said before a correction is found no more."""
    rows = Comment.objects.filter(pk__in=ids).values_list("workspace", "number")
    same = Q(pk__in=[])
    for workspace, number in rows:
        same |= Q(workspace=workspace, number=number)
    return {"comment": list(Comment.objects.filter(same).values_list("pk", flat=True))}


KINDS = (
    line_kind(
        "comment",
        Comment,
        gettext_lazy("Comments"),
        comments,
        ("text",),
        at="written_at",
        place="number",
        address=place_of,
        heading=heading,
        hidden=hidden,
        beside=earlier,
    ),
)
