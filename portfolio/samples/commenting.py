"""Writes what is said beside the numbers and scores of a sample."""

from portfolio.actions.commenting import open_thread, reply, resolve_thread
from portfolio.models import About, Thread
from portfolio.subjects import Subject


def add_comments(sample, said, numbers):
    """`numbers`: actuals by the keys of the data, whose metrics are commented on."""
    for row in said:
        sample.then(row.ago, begin, sample, row, numbers)
        if row.answered_ago is not None:
            sample.then(row.answered_ago, answer, sample, row, numbers)


def begin(sample, row, numbers):
    open_thread(
        sample.workspace,
        by=getattr(sample, row.who),
        now=sample.ago(row.ago),
        subject=subject(sample, row, numbers),
        text=row.text,
        is_founders_only=row.is_founders_only,
    )


def answer(sample, row, numbers):
    about = subject(sample, row, numbers)
    threads = Thread.objects.in_workspace(sample.workspace)
    told = {"by": sample.owner, "now": sample.ago(row.answered_ago)}
    opened_at = sample.ago(row.ago)
    key = {f"{about.about}_id": about.key, "opened_at": opened_at}
    thread = threads.select_related("workspace").get(**key)
    reply(thread, text=row.answer, **told)
    if row.is_resolved:
        resolve_thread(thread, **told)


def subject(sample, row, numbers):
    """A number of the eleven, or the key of a series."""
    if isinstance(row.about, int):
        return Subject(About.QUESTION, sample.question(row.about))
    return Subject(About.METRIC, numbers[row.about].metric)
