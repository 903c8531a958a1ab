"""Comments, in one line each."""

from django.urls import reverse

from forecasts.models import Metric
from portfolio.actions.commenting import open_thread
from portfolio.models import About, CommentDraft, Thread
from portfolio.subjects import Subject
from tests.factories import NOW
from tests.portfolio.guests import GUESTS

# route → what its <uuid:pk> names
THREADS = {
    "portfolio:comment_list": Metric,
    "portfolio:thread_detail": Thread,
    "portfolio:thread_resolve": Thread,
    "portfolio:thread_reopen": Thread,
    **GUESTS,
}
OF = {
    "Question": About.QUESTION,
    "Quote": About.QUOTE,
    "Metric": About.METRIC,
    "Alert": About.ALERT,
    "Decision": About.DECISION,
    "Commitment": About.COMMITMENT,
}


def about(row):
    return Subject(OF[type(row).__name__], row)


def comment_on(row, text="How do you know?", *, by, now=NOW, **fields):
    return open_thread(
        row.workspace, by=by, now=now, subject=about(row), text=text, **fields
    )


def comment_on_metric(workspace, metric, by, number):
    """What the world of the tests holds of it."""
    canary = f"CANARY-{workspace.slug}-{number}"
    comment_on(metric, f"{canary}-comment", by=by)
    CommentDraft.objects.create(
        workspace=workspace,
        by=by,
        place=f"metric:{metric.pk}",
        text=f"{canary}-draft",
        saved_at=NOW,
    )


def place(row, kind="metric"):
    args = [row.workspace.slug, kind, row.pk]
    return reverse("portfolio:comment_list", args=args)


def thread_url(thread, page="detail"):
    args = [thread.workspace.slug, thread.pk]
    return reverse(f"portfolio:thread_{page}", args=args)


def signed_in(client, user):
    client.force_login(user)
    return client
